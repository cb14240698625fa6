import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { foldYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, catalogueOf, indicator, recorded } from '../small-year.ts';
import { lastYear } from '../totals/compared-years.ts';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  setFlagsFromString('--no-expose-gc');
}

it('what warnings were worked out from is gone with the year, and does not live as long as its catalogue', async () => {
  const parts = { indicators: [indicator('x')] };
  const adopted = adoptedAlone(catalogueOf(parts));
  const { catalogue } = adopted.inForce;
  const warnedBeside = () => {
    const before = lastYear(parts, { jia: [{ x: '30' }, { x: '34' }] });
    const events = recorded(catalogue, [adoption(catalogue), accepted('jia', '2023-01', { x: '300000' })]);
    expect(warningsOf(foldYear(adopted, events, before))).toHaveLength(1);
    return new WeakRef(before);
  };
  const before = warnedBeside();
  await setImmediate();
  collectGarbage();
  expect(before.deref() === undefined).toBe(true);
  expect(adopted.inForce.catalogue).toBe(catalogue);
});
