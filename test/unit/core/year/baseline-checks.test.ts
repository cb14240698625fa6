import { describe, expect, it } from 'vitest';
import { disagreements, sumsNotKnown } from '../../../../shared/core/year/baseline-checks.ts';
import { catalogueOf, indicator } from '../small-year.ts';
import { type Entered, monthsOf2022, rowsOf } from './entered-years.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const twelve = months.map(() => 2);

describe('two sources that disagree', () => {
  it.each<[what: string, of: object, entered: Entered, expected: object[]]>([
    [
      'the city and its departments',
      indicator('x'),
      { 全市: { x: { '2022-01': '5' } }, jia: { x: { '2022-01': '2' } }, yi: { x: { '2022-01': '2' } } },
      [{ kind: 'city-and-departments', period: '2022-01', said: '5', comesTo: '4', difference: '1' }],
    ],
    [
      'not while a department is unknown',
      indicator('x'),
      { 全市: { x: { '2022-01': '5' } }, jia: { x: { '2022-01': '2' } } },
      [],
    ],
    [
      'not where those who report it now began this year',
      indicator('x', 'flow', {
        reporters: ['jia', 'yi'].map((department) => ({ department, from: '2023-01' })),
      }),
      { 全市: { x: { '2022-01': '5' } }, jia: { x: { '2022-01': '2' } } },
      [],
    ],
    [
      'not what is the same',
      indicator('x'),
      { 全市: { x: { '2022-01': '4' } }, jia: { x: { '2022-01': '2' } }, yi: { x: { '2022-01': '2' } } },
      [],
    ],
    [
      'the largest of departments',
      indicator('x', 'extreme'),
      { 全市: { x: { '2022-01': '5' } }, jia: { x: { '2022-01': '2' } }, yi: { x: { '2022-01': '4' } } },
      [{ comesTo: '4' }],
    ],
    [
      'the whole year and its months',
      indicator('x'),
      { 全市: { x: { '2022': '25', ...monthsOf2022(twelve) } } },
      [{ kind: 'year-and-periods', period: '2022', said: '25', comesTo: '24', difference: '1' }],
    ],
    [
      "the city's whole year and the months of all departments",
      indicator('x'),
      { 全市: { x: { '2022': '40' } }, jia: { x: monthsOf2022(twelve) }, yi: { x: monthsOf2022(twelve) } },
      [{ kind: 'city-and-departments', period: '2022', said: '40', comesTo: '48', difference: '-8' }],
    ],
    [
      "the city's months and the whole year of all departments",
      indicator('x'),
      { 全市: { x: monthsOf2022(twelve) }, jia: { x: { '2022': '10' } }, yi: { x: { '2022': '10' } } },
      [{ kind: 'city-and-departments', period: '2022', said: '24', comesTo: '20', difference: '4' }],
    ],
    [
      'not the largest of smallest figures and the smallest of largest ones',
      indicator('x', 'extreme', { overDepartments: 'min' }),
      {
        全市: { x: monthsOf2022(months.map(() => 1)) },
        jia: { x: { '2022': '9' } },
        yi: { x: { '2022': '9' } },
      },
      [],
    ],
    [
      'not while a month is unknown',
      indicator('x'),
      { 全市: { x: { '2022': '25', ...monthsOf2022(twelve.slice(1)) } } },
      [],
    ],
    [
      'the end of the year and the last stock',
      indicator('x', 'stock'),
      { jia: { x: { '2022': '25', '2022-12': '24' } } },
      [{ said: '25', comesTo: '24' }],
    ],
    [
      'what is to date and its last month',
      indicator('x', 'flow', { overTime: 'cumulative' }),
      { jia: { x: { '2022': '25', '2022-12': '25' } } },
      [],
    ],
    [
      'the largest of the city’s months and of all departments’ years',
      indicator('x', 'extreme'),
      { 全市: { x: monthsOf2022(twelve) }, jia: { x: { '2022': '5' } }, yi: { x: { '2022': '4' } } },
      [{ kind: 'city-and-departments', period: '2022', said: '2', comesTo: '5' }],
    ],
    [
      'the largest of the city’s year and of smallest figures of all departments’ months',
      indicator('x', 'extreme', { overTime: 'min', overDepartments: 'max' }),
      { 全市: { x: { '2022': '9' } }, jia: { x: monthsOf2022(twelve) }, yi: { x: monthsOf2022(twelve) } },
      [{ kind: 'city-and-departments', period: '2022', said: '9', comesTo: '2' }],
    ],
    [
      'the stock of the city’s last month and those of all departments’ ends of the year',
      indicator('x', 'stock', { overDepartments: 'max' }),
      { 全市: { x: { '2022-12': '9' } }, jia: { x: { '2022': '5' } }, yi: { x: { '2022': '4' } } },
      [{ kind: 'city-and-departments', period: '2022', said: '9', comesTo: '5' }],
    ],
    [
      'nothing about whole years that nobody entered',
      indicator('x'),
      { 全市: { x: monthsOf2022(twelve) }, jia: { x: monthsOf2022(twelve) } },
      [],
    ],
    [
      'not what each department keeps for itself',
      indicator('x', 'flow', { overDepartments: 'none' }),
      { 全市: { x: { '2022-01': '5' } }, jia: { x: { '2022-01': '2' } }, yi: { x: { '2022-01': '2' } } },
      [],
    ],
    [
      'nothing where the city is not known',
      indicator('x'),
      { jia: { x: { '2022-01': '2' } }, yi: { x: { '2022-01': '2' } } },
      [],
    ],
    [
      'nothing of lists',
      indicator('x', 'list'),
      { 全市: { x: { '2022-01': '5' } }, jia: { x: { '2022-01': '2' } }, yi: { x: { '2022-01': '2' } } },
      [],
    ],
  ])('%s', (_, of, entered, expected) => {
    expect(disagreements(rowsOf(entered), catalogueOf({ indicators: [of], months }))).toMatchObject(expected);
  });
});

it('nothing is said of what the catalogue does not know, or computes', () => {
  const catalogue = catalogueOf({
    indicators: [indicator('x'), indicator('sum', 'sum', { parts: [{ indicator: 'x' }] })],
    months,
  });
  const own = { '2022-01': '2' };
  const entered = {
    全市: { gone: { '2022-01': '5' }, sum: { '2022-01': '5' } },
    jia: { gone: own, sum: own },
    yi: { gone: own, sum: own },
  };
  expect(disagreements(rowsOf(entered), catalogue)).toEqual([]);
});

it('the row of the city is told as it was entered, where its whole year follows from its months', () => {
  const catalogue = catalogueOf({ indicators: [indicator('x')], months });
  const entered = {
    全市: { x: monthsOf2022(twelve) },
    jia: { x: { '2022': '10' } },
    yi: { x: { '2022': '10' } },
  };
  const [disagreement] = disagreements(rowsOf(entered), catalogue);
  expect(disagreement?.row).toEqual({ department: null, indicator: 'x', values: monthsOf2022(twelve) });
});

it('whole years that nobody entered are not made to be compared', () => {
  const catalogue = catalogueOf({ indicators: [indicator('x')], months });
  const own = { x: monthsOf2022(twelve) };
  const found = disagreements(rowsOf({ 全市: own, jia: own, yi: own }), catalogue);
  expect(found.map(({ period }) => period)).toEqual(Object.keys(own.x));
});

it('only sums are told of which parts are not known', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('works', 'list'),
      indicator('x'),
      indicator('sum', 'sum', { parts: [{ indicator: 'x' }] }),
    ],
    months,
  });
  expect(
    sumsNotKnown(rowsOf({ jia: { works: { '2022-01': '2' }, x: { '2022-01': '2' } } }), catalogue),
  ).toEqual([]);
});
