import { describe, expect, it } from 'vitest';
import { adoptedAlone, withAdoption } from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { adoptedAt, adoptionEvents, isBasis } from '../../../../shared/core/ledger/adoptions.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { accepted, adoption, catalogueOf, indicator, recorded } from '../small-year.ts';

const first = catalogueOf({ indicators: [indicator('a')] });
const second = catalogueOf({ indicators: [indicator('a', 'flow', { unit: '百件' })] });
const conversions = [{ indicator: 'a', from: '件', to: '百件', factor: '0.01' } as const];
const replaced: Payload = {
  ...{ kind: 'catalogue-adopted', catalogue: catalogueHash(second), replaces: catalogueHash(first) },
  ...{ conversions, reason: '改单位' },
};
const baseline: Payload = { kind: 'baseline-recorded', baseline: sha256('baseline'), reason: '首年' };
const adopted = () =>
  withAdoption(adoptedAlone(first), { catalogue: second, hash: catalogueHash(second), conversions });

describe('adoptions in the ledger', () => {
  it('are told from all else, in the order of the chain', () => {
    const events = recorded(first, [
      adoption(first),
      baseline,
      replaced,
      accepted('jia', '2023-01', { a: '1' }),
    ]);
    expect(adoptionEvents(events).map(({ happening }) => happening.catalogue)).toEqual([
      catalogueHash(first),
      catalogueHash(second),
    ]);
  });

  it('are what a year rests on, and so are baselines of last year', () => {
    const events = recorded(first, [adoption(first), baseline, accepted('jia', '2023-01', { a: '1' })]);
    expect(events.map(isBasis)).toEqual([true, true, false]);
  });
});

describe('what was adopted when the chain was so long', () => {
  const at = (...happenings: Payload[]) => adoptedAt(recorded(first, happenings), adopted());

  it('is all up to then, with the factors that each states', () => {
    expect(at(adoption(first))).toEqual(adoptedAlone(first));
    expect(at(adoption(first), replaced)).toEqual(adopted());
  });

  it('leaves out a catalogue that is not known, and is nothing where none is', () => {
    const unknown = adoption(catalogueOf({ indicators: [indicator('b')] }));
    expect(at(unknown, adoption(first))).toEqual(adoptedAlone(first));
    expect(at(unknown)).toBeUndefined();
    expect(at()).toBeUndefined();
  });
});
