import { describe, expect, it } from 'vitest';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';
import { outlierFinding } from '../../../../shared/core/year/outliers.ts';
import { reported } from '../small-year.ts';

const money = reported('flow', { unit: '万元', decimals: 4 });
const cases = reported();
const text = (value: number): Decimal => `${value}`;
const ruleOn = (value: number, past: number[], about = cases) =>
  outlierFinding(about, text(value), past.map(text))?.rule;

/** What is said month by month as a year goes on. */
const saidDuring = (year: number[]) => year.map((value, month) => ruleOn(value, year.slice(0, month)) ?? '');
const nothing = (year: number[]) => year.map(() => '');

describe('a slip of unit', () => {
  it.each([
    [1_895_934, [189, 201, 175], 'unit-slip', '元 written for 万元'],
    [0.0189, [189, 201, 175], 'unit-slip', '万元 written for 元'],
    [1_895_934, [189, 0, 175], 'unit-slip', 'zeros do not hide it'],
    [1_895_934, [189], undefined, 'one month is nothing to compare with'],
    [1_895_934, [0, 0, 189], undefined, 'nor is one month with anything in it'],
    [0, [189, 201, 175], undefined, 'zero is no slip'],
    [18_900, [189, 201, 175], undefined, 'a hundred times is none'],
    [18_900_000, [18.9, 20.1, 17.5], undefined, 'a million times is none'],
    [-1_895_934, [189, 201, 175], undefined, 'a negative figure is none'],
    [1_895_934, [0, 0, 0, 189, 201], 'unit-slip', 'most months may be zeros'],
    [4000, [2, 2], 'unit-slip', 'two thousand times is one'],
    [3999, [2, 2], undefined, 'a little less is none'],
    [100_000, [2, 2], 'unit-slip', 'fifty thousand times is one'],
    [100_002, [2, 2], undefined, 'a little more is none'],
  ] as [number, number[], string | undefined, string][])('%s after %j: %s: %s', (value, past, rule) => {
    expect(ruleOn(value, past, money)).toBe(rule);
  });

  it('says what the figures are like and in which unit', () => {
    const finding = outlierFinding(money, '1895934', ['189.59', '201', '175']);
    findingSchema.parse({ ...finding });
    expect(finding).toMatchObject({
      severity: 'warning',
      found: '1895934',
      expected: '与以前各月相近（中位数 189.59 万元）',
    });
    expect(finding?.message).toContain('单位应为“万元”');
    expect(outlierFinding(money, '1895934', ['189', '201'])?.expected).toContain('中位数 195 万元');
  });
});

describe('an outlier', () => {
  it.each([
    [400, [30, 34, 29, 41, 36, 33], 'outlier', 'ten times the usual'],
    [1, [130, 134, 129, 141, 136, 133], 'outlier', 'next to nothing where there was always much'],
    [0, [130, 134, 129, 141, 136, 133], 'outlier', 'nothing where there was always much'],
    [400, [30, 34, 29, 41, 36], undefined, 'five months are too few to say'],
    [110, [30, 34, 29, 41, 36, 33], undefined, 'under three times the largest'],
    [14, [1, 2, 4, 3, 2, 1], undefined, 'no less than ten more, but within the spread of small numbers'],
    [9, [1, 1, 1, 1, 1, 1], undefined, 'less than ten more'],
    [14, [4, 4, 4, 4, 4, 4], 'outlier', 'ten more'],
    [123, [30, 34, 29, 41, 36, 33], undefined, 'three times the largest'],
    [124, [30, 34, 29, 41, 36, 33], 'outlier', 'more than three times the largest'],
    [25, [60, 130, 134, 129, 141, 136], undefined, 'more than a third of the smallest'],
    [25, [75, 130, 134, 129, 141, 136], undefined, 'a third of the smallest'],
    [25, [78, 130, 134, 129, 141, 136], 'outlier', 'less than a third of the smallest'],
    [2, [12, 30, 30, 30, 30, 30], 'outlier', 'ten less'],
    [2, [9, 30, 30, 30, 30, 30], undefined, 'less than ten less'],
    [4000, [0, 0, 0, 5, 5, 5], undefined, 'half of the months are zeros'],
  ] as [number, number[], string | undefined, string][])('%s after %j: %s: %s', (value, past, rule) => {
    expect(ruleOn(value, past)).toBe(rule);
  });

  it('names the range so far', () => {
    const finding = outlierFinding(cases, '400', ['30', '34', '29', '41', '36', '33']);
    expect(finding?.expected).toBe('以前各月为 29 至 41 件');
  });

  it.each([
    [[30, 28, 35, 31, 29, 33, 95, 88, 34, 30, 27, 60], 'a campaign in summer'],
    [[210, 180, 260, 240, 310, 290, 330, 280, 350, 420, 510, 780], 'a rise towards the end of the year'],
    [[12, 40, 9, 55, 14, 8, 61, 11, 10, 48, 7, 90], 'a campaign every third month'],
    [[0, 0, 3, 0, 0, 0, 0, 120, 0, 0, 0, 4], 'one action in a year of nothing'],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500, 480], 'an examination in November and December'],
    [[0, 1, 0, 2, 0, 0, 1, 0, 15, 0, 0, 1], 'mostly zeros with a handful'],
    [[5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6], 'a constant that grows by one'],
    [[1, 0, 2, 1, 3, 1, 0, 2, 1, 4, 2, 9], 'small counts'],
    [
      [800, 950, 620, 1100, 700, 2100, 900, 860, 2400, 640, 1000, 2900],
      'large counts with inspections each quarter',
    ],
  ])('is not seen in %j: %s', (year) => {
    expect(saidDuring(year)).toEqual(nothing(year));
  });
});
