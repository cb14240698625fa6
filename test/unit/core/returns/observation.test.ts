import { expect, it } from 'vitest';
import {
  type FigureSaid,
  type Observation,
  sameFigure,
  sameFigures,
} from '../../../../shared/core/returns/observation.ts';

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

const listed = (...items: string[]): FigureSaid => ({ status: 'reported', value: null, items });

it.each<[what: string, one: FigureSaid | undefined, other: FigureSaid | undefined, same: boolean]>([
  ['nothing and nothing', undefined, undefined, true],
  ['nothing and a blank', undefined, { status: 'missing' }, false],
  ['no number and none known', { status: 'missing' }, { status: 'missing', value: null }, true],
  ['the same names', listed('甲', '乙'), listed('乙', '《甲》'), true],
  ['one name more', listed('甲'), listed('甲', '乙'), false],
  ['no names and none known', { status: 'reported', value: null }, listed(), true],
])('of an indicator %s', (_, one, other, same) => {
  expect(sameFigure(one, other)).toBe(same);
  expect(sameFigure(other, one)).toBe(same);
});
