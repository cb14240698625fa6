import { expect, test } from 'vitest';
import type { Observation } from '../../shared/core/returns/observation.ts';
import type { Decimal } from '../../shared/core/values/decimal.ts';
import { type Kind, mutateAndRead } from '../fixtures/hostile/mutate-and-read.ts';
import { isSaid } from '../fixtures/hostile/plain-reading.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

/** Ten thousand in all, where all are tried; a fault tells its kind and seed. */
const runs: [kind: Kind, count: number][] = [
  ['bytes', casesTried(2500)],
  ['zip', casesTried(1500)],
  ['xml', casesTried(6000)],
];

test.each(runs)('mutated %s of good forms: no throw, no number that nobody wrote', async (kind, count) => {
  const { refused, same, other, faults } = await mutateAndRead(kind, { from: 1, count });
  expect(faults).toEqual([]);
  expect(refused + same + other).toBe(count);
  // Neither may be rare, or nothing would be proved.
  expect(refused).toBeGreaterThan(count / 5);
  expect(same).toBeGreaterThan(count / 10);
});

test('the judge of these tests knows a number that nobody wrote', () => {
  const told = (value: Decimal): Observation => ({
    indicator: 'cases',
    place: { sheet: '月报', cell: 'E6' },
    status: 'reported',
    value,
  });
  const parts = {
    'a.xml': '<worksheet><row><c r="E6"><v>13</v></c><c r="E7"><v>99</v></c></row></worksheet>',
  };
  const judged = (value: Decimal, of?: typeof parts) =>
    isSaid(told(value), { before: [told('12')], parts: of });
  expect([judged('12'), judged('13'), judged('13', parts), judged('12', parts)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect([judged('99', parts), judged('1', parts), judged('130', parts)]).toEqual([false, false, false]);
});
