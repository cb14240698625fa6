import { expect, it } from 'vitest';
import { type Observation, sameFigures } from '../../../../shared/core/returns/observation.ts';

const place = { sheet: '月报', cell: 'E6' };
const a: Observation = { indicator: 'a', place, status: 'reported', value: '1' };
const b: Observation = { indicator: 'b', place, status: 'missing' };
const works = (...items: string[]): Observation => ({
  indicator: 'works',
  status: 'reported',
  value: `${items.length}`,
  items,
});
const reordered = (observation: Observation) =>
  Object.fromEntries(Object.entries(observation).reverse()) as Observation;

it.each<[what: string, one: Observation[], other: Observation[], same: boolean]>([
  ['nothing and nothing', [], [], true],
  ['rows in another order', [a, b], [b, a], true],
  ['another cell', [a], [{ ...a, place: { sheet: '月报', cell: 'F9' } }], true],
  ['fields in another order, as storage gives them back', [a, b], [reordered(a), reordered(b)], true],
  ['names in another order', [works('甲', '乙')], [works('乙', '甲')], true],
  ['another name', [works('甲')], [works('乙')], false],
  ['another number', [a], [{ ...a, value: '2' }], false],
  ['a blank for 不适用', [b], [{ ...b, status: 'not-applicable' }], false],
  ['another indicator', [a], [{ ...a, indicator: 'c' }], false],
  ['a row less', [a, b], [a], false],
  ['a row more', [a], [a, b], false],
])('a return against another with %s', (_, one, other, same) => {
  expect(sameFigures(one, other)).toBe(same);
  expect(sameFigures(other, one)).toBe(same);
});
