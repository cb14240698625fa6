import { describe, expect, it } from 'vitest';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import {
  baseFor,
  comparisonsTo,
  isInPoints,
  isOpenBeside,
  missingFrom,
  type PeriodComparison,
} from '../../../../shared/core/totals/period-comparison.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';

const base = (missing: number) => ({ value: null, missing, change: null, rate: null });
const row = (indicator: string, period: Period, more: Partial<PeriodComparison> = {}): PeriodComparison => ({
  ...{ indicator, period, value: null, missing: 0, before: null, lastYear: null },
  toDate: { value: null, missing: 0, lastYear: null },
  ...more,
});

describe('comparisons as of a period', () => {
  it('are the last of each indicator that ends by then', () => {
    const rows = [
      row('a', '2023-01'),
      row('b', '2023-Q1'),
      row('a', '2023-02'),
      row('b', '2023-Q2'),
      row('a', '2023-03'),
    ];
    const told = (period: Period) =>
      comparisonsTo(rows, period).map((each) => `${each.indicator} ${each.period}`);
    expect(told('2023-02')).toEqual(['a 2023-02']);
    expect(told('2023-03')).toEqual(['a 2023-03', 'b 2023-Q1']);
  });
});

describe('what is missing from a comparison', () => {
  it.each<[sentence: string, PeriodComparison, lastYear: number]>([
    ['is nothing where nothing of last year is known', row('a', '2023-02'), 0],
    ['is what is missing from the same period', row('a', '2023-02', { lastYear: base(2) }), 2],
    [
      'is what is missing to its end',
      row('a', '2023-02', { lastYear: base(2), toDate: { value: null, missing: 5, lastYear: base(3) } }),
      3,
    ],
    [
      'is not what is missing from the month before, which is of this year',
      row('a', '2023-02', { before: base(4) }),
      0,
    ],
    [
      'is what is missing from December, beside January',
      row('a', '2023-01', { before: base(4), lastYear: base(1) }),
      4,
    ],
  ])('%s', (_, comparison, lastYear) => {
    expect(missingFrom(comparison)).toEqual({ now: comparison.toDate.missing, lastYear });
  });

  it('is what is missing from the period alone, where nothing is to its end', () => {
    expect(missingFrom(row('a', '2023-03', { missing: 2 }))).toEqual({ now: 2, lastYear: 0 });
  });

  it.each([
    [0, 0, false],
    [1, 0, true],
    [0, 1, true],
    [1, 1, true],
  ])('%i now and %i then: it may change is %s', (now, then, isOpen) => {
    expect(isOpenBeside({ missing: now }, { missing: then })).toBe(isOpen);
  });
});

describe('a change', () => {
  it.each<
    [
      now: Decimal | null,
      value: Decimal | null,
      unit: string,
      change: string | null,
      rate: string | null,
      what: string,
    ]
  >([
    ['12', '10', '件', '2', '20', 'more, as a share of what was'],
    ['9', '12', '件', '-3', '-25', 'less'],
    ['1', '3', '件', '-2', '-66.7', 'to one place'],
    ['5', '0', '件', '5', null, 'from nothing, of which there is no share'],
    ['5', '-2', '件', '7', null, 'from less than nothing'],
    ['60', '50', '%', '10', null, 'of percentages, in points'],
    ['6', '5', '‰', '1', null, 'of per mille too'],
    [null, '5', '件', null, null, 'to nothing that is known'],
    ['5', null, '件', null, null, 'from nothing that is known'],
  ])('to %s from %s %s is %s, and its rate %s: %s', (now, value, unit, change, rate) => {
    expect(baseFor(now, { value, missing: 2 }, unit)).toEqual({ value, missing: 2, change, rate });
  });

  it('is in points of shares alone', () => {
    expect(['%', '‰', '件'].map(isInPoints)).toEqual([true, true, false]);
  });
});
