import { describe, expect, it } from 'vitest';
import { comparisonsWithin } from '../../../../shared/core/totals/comparisons-within.ts';
import { catalogueOf, indicator } from '../small-year.ts';
import { enteredYear, monthsOf2022 } from '../year/entered-years.ts';
import { comparisonsIn, lastYear, type Parts, yearBeside } from './compared-years.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const one = [{ id: 'jia', name: '甲局' }];
const ofOne = (
  more: Record<string, unknown> = {},
  kind: Parameters<typeof indicator>[1] = 'flow',
): Parts => ({
  ...{ indicators: [indicator('x', kind, more), indicator('y')], months, departments: one },
});
/** A year in which 1 was reported in each of these months. */
const ones = (asked: readonly number[]) => ({
  jia: months.map((month) => (asked.includes(month) ? { x: '1', y: '1' } : { y: '1' })),
});

describe('a whole year that was entered', () => {
  const beside = (parts: Parts, asked: readonly number[], entered: Record<string, string>) => {
    const then = enteredYear(catalogueOf(parts), { 全市: { x: entered } });
    return comparisonsIn(yearBeside(parts, ones(asked), then)).at(-1)?.toDate.lastYear?.value ?? null;
  };

  it.each<
    [
      sentence: string,
      more: Record<string, unknown>,
      asked: number[],
      entered: Record<string, string>,
      expected: string | null,
    ]
  >([
    ['is beside a year of all months', {}, months, { '2022': '40' }, '40'],
    [
      'is beside the months of a year in which alone it is asked for',
      { months: [6, 12] },
      [6, 12],
      { '2022': '40' },
      '40',
    ],
    [
      'is not beside a year that began in June',
      { from: '2023-06' },
      [6, 7, 8, 9, 10, 11, 12],
      { '2022': '40' },
      null,
    ],
    ['is not made of eleven months', {}, months, monthsOf2022([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), null],
    ['is made of twelve', {}, months, monthsOf2022(months.map(() => 1)), '12'],
  ])('%s', (_, more, asked, entered, expected) => {
    expect(beside(ofOne(more), asked, entered)).toBe(expected);
  });
});

describe('a year that was published', () => {
  it.each<[sentence: string, now: number[], then: number[]]>([
    ['of which other months were asked for', [6, 12], [3, 9]],
    ['of which another month was', [12], [6]],
  ])('%s is nothing to compare with', (_, now, then) => {
    const before = lastYear(ofOne({ months: then }), ones(then));
    const rows = comparisonsIn(yearBeside(ofOne({ months: now }), ones(now), before));
    expect(rows.map(({ toDate }) => toDate.lastYear)).toEqual(now.map(() => null));
  });
});

describe('what is made of parts', () => {
  const second = [7, 8, 9, 10, 11, 12];
  const sinceTogether = months.filter((month) => month !== 1 && month !== 7);
  /** A sum, or a ratio, of two parts: the first of every month, the second of some. */
  const made = (
    kind: 'sum' | 'ratio',
    more: object,
    ofPart: Parameters<typeof indicator>[1] = 'flow',
  ): Parts => ({
    indicators: [
      indicator('a', ofPart),
      indicator('b', ofPart, { ...more }),
      indicator(
        'x',
        kind,
        {
          sum: { parts: [{ indicator: 'a' }, { indicator: 'b' }] },
          ratio: { numerator: 'a', denominator: 'b' },
        }[kind],
      ),
    ],
    months,
    departments: one,
  });
  const figures = (asked: readonly number[]) => ({
    jia: months.map((month) => (asked.includes(month) ? { a: '10', b: '100' } : { a: '10' })),
  });

  it.each<
    [
      sentence: string,
      kind: 'sum' | 'ratio',
      asked: { now: number[]; before: number[] },
      expected: Record<'before' | 'lastYear' | 'toDate', number[]>,
    ]
  >([
    [
      'a sum is not beside a year in which a part was asked for from July on',
      'sum',
      { now: months, before: second },
      { before: months, lastYear: second, toDate: [] },
    ],
    [
      'nor a sum of a part that is asked for from July on beside a year that had it from the beginning',
      'sum',
      { now: second, before: months },
      { before: sinceTogether, lastYear: second, toDate: [] },
    ],
    [
      'a sum is beside one of parts that were asked for in the very same months',
      'sum',
      { now: second, before: second },
      { before: sinceTogether, lastYear: months, toDate: months },
    ],
    [
      'a ratio is not beside a year in which its denominator was asked for from July on',
      'ratio',
      { now: months, before: second },
      { before: months, lastYear: second, toDate: [] },
    ],
    [
      'a ratio is beside one of parts that were asked for in the very same months',
      'ratio',
      { now: second, before: second },
      { before: sinceTogether, lastYear: months, toDate: months },
    ],
  ])('%s', (_, kind, { now, before }, expected) => {
    const then = lastYear(made(kind, { months: before }), figures(before));
    const rows = comparisonsIn(yearBeside(made(kind, { months: now }), figures(now), then));
    const monthsOf = (isThere: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(isThere).map(({ period }) => Number(period.slice(5)));
    expect({
      before: monthsOf((row) => row.before !== null),
      lastYear: monthsOf((row) => row.lastYear !== null),
      toDate: monthsOf((row) => row.toDate.lastYear !== null),
    }).toEqual(expected);
  });

  it('is, of stocks, beside those of the same end, however often each was asked for', () => {
    const before = lastYear(made('sum', { months: [12] }, 'stock'), figures([12]));
    const rows = comparisonsIn(yearBeside(made('sum', {}, 'stock'), figures(months), before));
    expect(rows.map(({ toDate }) => toDate.lastYear?.value ?? null)).toEqual([
      ...months.slice(1).map(() => null),
      '110',
    ]);
  });
});

describe('a stock', () => {
  it('is beside that of the same end, however often it was asked for', () => {
    const before = lastYear(ofOne({ months: [12] }, 'stock'), ones([12]));
    const rows = comparisonsIn(yearBeside(ofOne({ months: [6, 12] }, 'stock'), ones([6, 12]), before));
    expect(rows.map(({ toDate }) => toDate.lastYear?.value ?? null)).toEqual([null, '1']);
  });

  it('is beside that of the same end only', () => {
    const now = { ...ofOne({}, 'stock'), months: [1, 2] };
    const then = lastYear({ ...now, months: [1] }, { jia: [{ x: '5', y: '1' }] });
    const figures = {
      jia: [
        { x: '7', y: '1' },
        { x: '9', y: '1' },
      ],
    };
    const [january, february] = comparisonsIn(yearBeside(now, figures, then));
    expect(january?.toDate.lastYear).toMatchObject({ value: '5', change: '2' });
    expect(february?.toDate.lastYear).toBeNull();
  });
});

describe('what is reported to date', () => {
  it('is, of a month by itself, beside the month before', () => {
    const now = { ...ofOne({ overTime: 'cumulative' }), months: [1, 2, 3] };
    const figures = { jia: ['3', '7', '8'].map((x) => ({ x, y: '1' })) };
    expect(
      comparisonsIn(yearBeside(now, figures)).map(({ value, before }) => [value, before?.change ?? null]),
    ).toEqual([
      ['3', null],
      ['4', '1'],
      ['1', '-3'],
    ]);
  });
});

describe('figures of some departments', () => {
  const departments = [
    { id: 'jia', name: '甲局' },
    { id: 'yi', name: '乙局', to: '2023-01', successor: 'bing' },
    { id: 'bing', name: '丙局' },
  ];
  const parts: Parts = { indicators: [indicator('x')], months: [1], departments };
  const figures = { jia: [{ x: '1' }], yi: [{ x: '10' }], bing: [{ x: '100' }] };
  const valueWithin = (state: ReturnType<typeof yearBeside>, ...of: string[]) =>
    comparisonsWithin(state, 'x')(new Set(of)).map(({ value, lastYear: then }) => [value, then]);

  it('have nobody who was merged into others', () => {
    const state = yearBeside(parts, figures);
    expect(valueWithin(state, 'jia')).toEqual([['1', null]]);
    expect(valueWithin(state, 'bing')).toEqual([['110', null]]);
    expect(valueWithin(state, 'yi')).toEqual([['10', null]]);
  });

  it('are beside nothing where of last year no more is known than what each said', () => {
    const then = lastYear({ ...parts, departments: one }, { jia: [{ x: '1' }] });
    expect(valueWithin(yearBeside(parts, figures, { ...then, state: undefined }), 'jia')).toEqual([
      ['1', null],
    ]);
  });

  it('are none of an indicator that is not known', () => {
    expect(comparisonsWithin(yearBeside(parts, figures), 'gone')(new Set(['jia']))).toEqual([]);
  });
});
