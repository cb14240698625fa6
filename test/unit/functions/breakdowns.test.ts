import { expect, it } from 'vitest';
import { verifyBreakdowns } from '../../../functions/use-cases/verify/breakdowns.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { compose } from '../core/publication/composed.ts';
import { accepted, catalogueOf, indicator } from '../core/small-year.ts';

const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('b', 'flow', { output: { unit: '千件', factor: '0.001', decimals: 1 } }),
    indicator('c'),
    indicator('net', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'c', sign: '-' }] }),
    indicator('rate', 'ratio', { numerator: 'a', denominator: 'c' }),
    indicator('works', 'list'),
    indicator('own', 'flow', { overDepartments: 'none' }),
  ],
  months: [1, 2],
});
const said = (a: string, works: string[]) => ({ a, b: '1250', c: '4', works, own: '7' });
const publication = compose(
  [
    accepted('jia', '2023-01', said('5', ['甲'])),
    accepted('jia', '2023-02', said('6', ['甲', '乙'])),
    accepted('yi', '2023-01', said('7', ['丙'])),
  ],
  undefined,
  catalogue,
);

it('what totals say beside their figures is what it comes from', () => {
  expect(publication.totals.map(({ indicator: id, status }) => [id, status])).toEqual([
    ...['a', 'b', 'c', 'net', 'rate', 'works'].map((id) => [id, 'provisional']),
    ['own', 'per-department'],
  ]);
  expect(publication.comparisons.length).toBeGreaterThan(0);
  expect(verifyBreakdowns(publication, catalogue)).toEqual([]);
});

it.each<[what: string, id: string, edit: (total: Total) => object]>([
  ['a figure of a department', 'a', ({ byDepartment }) => Object.assign(byDepartment[0]!, { value: '99' })],
  [
    'one of a department that reports none',
    'a',
    ({ byDepartment }) => [byDepartment.push({ department: 'bing', value: '1' })],
  ],
  ['a figure of a department that is left out', 'a', ({ byDepartment }) => byDepartment.splice(0, 1)],
  ['a figure of a period that is left out', 'a', ({ byPeriod }) => byPeriod.splice(0, 1)],
  [
    'a department’s figure of what the city has none',
    'own',
    ({ byDepartment }) => Object.assign(byDepartment[1]!, { value: '70' }),
  ],
  ['a department’s rate', 'rate', ({ byDepartment }) => Object.assign(byDepartment[0]!, { value: '1' })],
  ['a figure of a period', 'b', ({ byPeriod }) => Object.assign(byPeriod[0]!, { value: '99' })],
  ['the numerator', 'rate', ({ numerator }) => Object.assign(numerator!, { value: '99' })],
  ['a part of a sum', 'net', ({ parts }) => Object.assign(parts![1]!, { value: '99' })],
  ['the items of a list', 'works', ({ items }) => Object.assign(items!, ['丁'])],
  ['the figure in words', 'a', (total) => Object.assign(total, { prose: '19' })],
  ['the unit', 'b', (total) => Object.assign(total, { unit: '件' })],
  ['the places', 'b', (total) => Object.assign(total, { decimals: 2 })],
  ['the name', 'a', (total) => Object.assign(total, { name: '别的' })],
  ['the standing', 'a', (total) => Object.assign(total, { status: 'final' })],
  ['the standing of what the city has none of', 'own', (total) => Object.assign(total, { status: 'final' })],
])('%s that is changed is found', (_, id, edit) => {
  const edited = structuredClone(publication);
  edit(edited.totals.find((total) => total.indicator === id)!);
  const faults = verifyBreakdowns(edited, catalogue);
  expect(new Set(faults.map(({ where }) => where))).toEqual(new Set([`total ${id}`]));
});
