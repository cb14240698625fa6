import { describe, expect, it } from 'vitest';
import { comparisonsOf } from '../../../../shared/core/totals/comparisons.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { sumsNotKnown } from '../../../../shared/core/year/baseline-checks.ts';
import { referenceFigures } from '../../../../shared/core/year/reference-figures.ts';
import { catalogueOf, indicator, type Said } from '../small-year.ts';
import { comparisonsIn, type Figures, yearBeside } from '../totals/compared-years.ts';
import { type Entered, enteredYear, monthsOf2022, rowsOf } from './entered-years.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const twelve = months.map(() => 2);
const year = (...indicators: object[]) => ({ indicators, months });

/** What both departments said of x in each month. */
function said(jia: readonly (Said | number)[], yi: readonly (Said | number)[] = jia): Figures {
  const of = (figures: readonly (Said | number)[]) =>
    figures.map((x) => ({ x: typeof x === 'number' ? `${x}` : x }));
  return { jia: of(jia), yi: of(yi) };
}

function beside(parts: Parameters<typeof catalogueOf>[0], figures: Figures, entered: Entered) {
  return yearBeside(parts, figures, enteredYear(catalogueOf(parts), entered));
}

describe('a year beside a baseline', () => {
  it.each<
    [
      what: string,
      kind: Parameters<typeof indicator>[1],
      more: Record<string, unknown>,
      entered: Entered,
      toDate: object | null,
    ]
  >([
    [
      "the city's whole year",
      'flow',
      {},
      { 全市: { x: { '2022': '40' } } },
      { value: '40', missing: 0, change: '8' },
    ],
    [
      'a stock at the end of the year',
      'stock',
      {},
      { 全市: { x: { '2022': '3' } } },
      { value: '3', change: '1' },
    ],
    [
      'the largest of the year',
      'extreme',
      {},
      { 全市: { x: { '2022': '3' } } },
      { value: '3', change: '-1' },
    ],
    [
      'months of departments',
      'flow',
      {},
      { jia: { x: monthsOf2022(twelve) }, yi: { x: monthsOf2022(twelve) } },
      { value: '48', missing: 0 },
    ],
    [
      'months of one department alone',
      'flow',
      {},
      { jia: { x: monthsOf2022(twelve) } },
      { value: '24', missing: 12 },
    ],
    ['months of the city', 'flow', {}, { 全市: { x: monthsOf2022(twelve) } }, { value: '24', missing: 0 }],
    [
      'both, which agree',
      'flow',
      {},
      { 全市: { x: { '2022': '24', ...monthsOf2022(twelve) } }, jia: { x: monthsOf2022(twelve) } },
      { value: '24', missing: 0 },
    ],
    ['eleven months', 'flow', {}, { 全市: { x: monthsOf2022(twelve.slice(1)) } }, null],
    [
      'quarters for what is asked monthly',
      'flow',
      { frequency: 'month' },
      { 全市: { x: { '2022-Q1': '1' } } },
      null,
    ],
    ['nothing', 'flow', {}, { jia: { y: { '2022': '1' } } }, null],
  ])('compares the whole of it with %s', (_, kind, more, entered, toDate) => {
    const figures = said(kind === 'flow' ? twelve : months.map(() => 2));
    const rows = comparisonsIn(beside(year(indicator('x', kind, more), indicator('y')), figures, entered));
    const december = rows.at(-1);
    if (toDate === null) expect(december?.toDate.lastYear).toBeNull();
    else expect(december?.toDate.lastYear).toMatchObject(toDate);
  });

  it('takes the whole year where its periods are not all known, and the periods beside it', () => {
    const entered = { 全市: { x: { '2022': '40' } }, jia: { x: monthsOf2022(twelve) } };
    const rows = comparisonsIn(beside(year(indicator('x')), said(twelve), entered));
    expect(rows.at(-1)).toMatchObject({
      lastYear: { value: '2', missing: 1 },
      toDate: { lastYear: { value: '40', missing: 0, change: '8' } },
    });
  });

  it('takes the periods where the whole year is known of some departments alone', () => {
    const entered = { 全市: { x: monthsOf2022(twelve) }, jia: { x: { '2022': '40' } } };
    const rows = comparisonsIn(beside(year(indicator('x')), said(twelve), entered));
    expect(rows.at(-1)?.toDate.lastYear).toMatchObject({ value: '24', missing: 0 });
  });

  it('compares no part of a year with a whole one', () => {
    const state = beside(year(indicator('x')), said(twelve.slice(0, 5)), { 全市: { x: { '2022': '40' } } });
    expect(comparisonsIn(state).map(({ lastYear, toDate }) => [lastYear, toDate.lastYear])).toEqual(
      months.slice(0, 5).map(() => [null, null]),
    );
  });

  it('puts January beside last December, and each month beside the same of last year', () => {
    const state = beside(year(indicator('x')), said([3]), { 全市: { x: monthsOf2022(months) } });
    expect(comparisonsIn(state)[0]).toMatchObject({
      before: { value: '12', change: '-6' },
      lastYear: { value: '1', change: '5' },
    });
  });

  it('counts the items of a list as the number that was entered', () => {
    const lists = months.map(() => ['甲', '乙']);
    const state = beside(year(indicator('x', 'list')), said(lists), { 全市: { x: { '2022': '7' } } });
    expect(comparisonsIn(state).at(-1)?.toDate.lastYear).toMatchObject({ value: '7', change: '-5' });
  });

  it('takes what is reported to date as it stood at the end of the year', () => {
    const toDate = indicator('x', 'flow', { overTime: 'cumulative' });
    const state = beside(year(toDate), said(months), { 全市: { x: { '2022': '20' } } });
    expect(comparisonsIn(state).at(-1)?.toDate).toMatchObject({
      value: '24',
      lastYear: { value: '20', change: '4' },
    });
  });

  it('puts beside a month no figure of several, where what is to date is known of some months alone', () => {
    const toDate = indicator('x', 'flow', { overTime: 'cumulative' });
    const twice = indicator('twice', 'sum', { parts: [{ indicator: 'x' }] });
    const some = { '2022-03': '30', '2022-04': '40', '2022-06': '60', '2022-12': '120' };
    const state = beside(year(toDate, twice), said(months.map((month) => month * 5)), { 全市: { x: some } });
    for (const id of ['x', 'twice']) {
      const rows = comparisonsIn(state, id);
      const known = rows.filter(({ lastYear }) => lastYear !== null);
      expect(known.map(({ period, lastYear }) => [period, lastYear?.value])).toEqual([['2023-04', '10']]);
      expect(rows[0]?.before).toBeNull();
    }
  });

  it('compares what is asked in some months alone with a whole year when they have come', () => {
    const state = beside(year(indicator('x', 'flow', { months: [11, 12] })), said(months.map(() => 1)), {
      全市: { x: { '2022': '5' } },
    });
    expect(comparisonsIn(state).map(({ toDate }) => toDate.lastYear?.value ?? null)).toEqual([null, '5']);
  });

  it('adds up sums of parts that are known alike, and no others', () => {
    const sum = (parts: string[]) => ({ parts: parts.map((id) => ({ indicator: id })) });
    const parts = year(
      indicator('x'),
      indicator('y'),
      indicator('xy', 'sum', sum(['x', 'y'])),
      indicator('z'),
      indicator('xz', 'sum', sum(['x', 'z'])),
    );
    const figures = { jia: months.map(() => ({ x: '1', y: '1', z: '1' })), yi: [] };
    const entered = { 全市: { x: { '2022': '5' }, y: { '2022': '6' } } };
    const rows = comparisonsOf(beside(parts, figures, entered)).filter(({ period }) => period === '2023-12');
    expect(rows.map(({ indicator: id, toDate }) => [id, toDate.lastYear?.value ?? null])).toEqual([
      ['x', '5'],
      ['y', '6'],
      ['xy', '11'],
      ['z', null],
      ['xz', null],
    ]);
    expect(sumsNotKnown(rowsOf(entered), catalogueOf(parts))).toEqual(['xz']);
  });

  it.each<[what: string, entered: Entered, sum: string | null, ratio: string | null]>([
    ['the city and the city', { 全市: { x: { '2022': '50' }, y: { '2022': '100' } } }, '150', '50'],
    [
      'the city and some departments',
      { 全市: { x: { '2022': '50' } }, jia: { y: { '2022': '10' } } },
      null,
      null,
    ],
    [
      'the city and all departments',
      { 全市: { x: { '2022': '50' } }, jia: { y: { '2022': '40' } }, yi: { y: { '2022': '60' } } },
      '150',
      '50',
    ],
    ['the same departments', { jia: { x: { '2022': '5' }, y: { '2022': '10' } } }, '15', '50'],
    ['other departments', { jia: { x: { '2022': '5' } }, yi: { y: { '2022': '10' } } }, null, null],
  ])('computes sums and ratios of what is known of %s', (_, entered, sum, ratio) => {
    const parts = year(
      indicator('x'),
      indicator('y'),
      indicator('xy', 'sum', { parts: [{ indicator: 'x' }, { indicator: 'y' }] }),
      indicator('rate', 'ratio', { numerator: 'x', denominator: 'y' }),
    );
    const figures = { jia: months.map(() => ({ x: '1', y: '1' })), yi: [] };
    const state = beside(parts, figures, entered);
    const base = (id: string) => comparisonsIn(state, id).at(-1)?.toDate.lastYear?.value ?? null;
    expect([base('xy'), base('rate')]).toEqual([sum, ratio]);
  });

  it('divides what was entered, however coarsely that would be published', () => {
    const output = { unit: '千件', factor: '0.001', decimals: 0 };
    const parts = year(
      indicator('x', 'flow', { output }),
      indicator('y', 'flow', { output }),
      indicator('rate', 'ratio', { numerator: 'x', denominator: 'y' }),
    );
    const figures = { jia: months.map(() => ({ x: '1', y: '1' })), yi: [] };
    const state = beside(parts, figures, { 全市: { x: { '2022': '600' }, y: { '2022': '1800' } } });
    expect(comparisonsIn(state, 'rate').at(-1)?.toDate.lastYear?.value).toBe('33.33');
  });

  it("is asked by this year's ids, whatever an indicator was called before", () => {
    const state = beside(year(indicator('x', 'flow', { was: 'old' })), said(twelve), {
      全市: { x: { '2022': '40' } },
    });
    expect(comparisonsIn(state).at(-1)?.toDate.lastYear?.value).toBe('40');
  });
});

describe('a baseline under a catalogue that was adopted after it', () => {
  const entered = { 全市: { x: { '2022': '40' } } };
  const before = () => enteredYear(catalogueOf(year(indicator('x'))), entered);
  it.each<[what: string, now: Record<string, unknown>, expected: string | null]>([
    ['the same', {}, '40'],
    ['another unit that nobody converts', { unit: '百件' }, null],
    [
      'another unit that is converted',
      { unit: '百件', decimals: 1, alsoIn: [{ unit: '件', factor: '0.01' }] },
      '0.4',
    ],
    ['another operator', { overTime: 'cumulative' }, null],
    ['no figure of the city any more', { overDepartments: 'none' }, null],
  ])('is compared as far as it is the same thing: %s', (_, more, expected) => {
    const figures = said(more.overTime === 'cumulative' ? months : twelve);
    const rows = comparisonsIn(yearBeside(year(indicator('x', 'flow', more)), figures, before()));
    expect(rows.at(-1)?.toDate.lastYear?.value ?? null).toBe(expected);
  });
});

describe("a department's own figures", () => {
  const parts = year(indicator('x'));
  const entered = { jia: { x: monthsOf2022([29, 31, 28, 33, 29, 30, 27, 32, 29, 31, 30, 28]) } };

  it('stand beside the form, and a jump is asked about', () => {
    const state = beside(parts, said([29, 30, 28, 31, 725]), entered);
    const may = { department: 'jia', period: '2023-05' as const };
    expect(referenceFigures(state, may).get('x')).toMatchObject({ lastYear: '29', lastPeriod: '31' });
    const warned = warningsOf(state).map(({ department, period, finding }) => [
      department,
      period,
      finding.rule,
    ]);
    expect(warned).toEqual([['jia', '2023-05', 'outlier']]);
  });

  it('make no sum of which a part is unknown', () => {
    const sum = (id: string, ...ids: string[]) =>
      indicator(id, 'sum', { parts: ids.map((each) => ({ indicator: each })) });
    const three = year(
      indicator('x'),
      indicator('y'),
      indicator('z'),
      sum('xy', 'x', 'y'),
      sum('xz', 'x', 'z'),
    );
    const some = { jia: { x: { '2022-01': '5', '2022-12': '6' }, y: { '2022-01': '7', '2022-12': '8' } } };
    const state = beside(three, { jia: [], yi: [] }, some);
    const figures = referenceFigures(state, { department: 'jia', period: '2023-01' });
    expect(figures.get('xy')).toMatchObject({ lastYear: '12', lastPeriod: '14' });
    expect(figures.get('xz')).toEqual({ lastYear: undefined, lastPeriod: undefined, yearToDate: undefined });
  });

  it('do not, where the city alone is known', () => {
    const state = beside(parts, said([29, 30, 28, 31, 725]), { 全市: entered.jia });
    expect(
      referenceFigures(state, { department: 'jia', period: '2023-05' }).get('x')?.lastYear,
    ).toBeUndefined();
    expect(warningsOf(state)).toEqual([]);
  });
});
