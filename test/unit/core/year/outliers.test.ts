import { describe, expect, it } from 'vitest';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import type { FigureSaid } from '../../../../shared/core/returns/observation.ts';
import { oddFinding, oddToDate } from '../../../../shared/core/year/outliers.ts';
import { reported } from '../small-year.ts';

const money = reported('flow', { unit: '万元', decimals: 4 });
const cases = reported();
/** A month's figure; null is 不适用, and undefined a blank. */
type Month = number | null | undefined;
function saying(month: Month): FigureSaid {
  if (month === undefined) return { status: 'missing' };
  return month === null ? { status: 'not-applicable' } : { status: 'reported', value: `${month}` };
}
const findingOn = (month: Month, past: Month[], about = cases) =>
  oddFinding(about, saying(month), { past: past.map(saying) });
const ruleOn = (month: Month, past: Month[], about = cases) => findingOn(month, past, about)?.rule;

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
    [0, [189, 201, 175], 'nothing-after-steady', 'zero is no slip'],
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
    const finding = findingOn(1_895_934, [189.59, 201, 175], money);
    findingSchema.parse({ ...finding });
    expect(finding).toMatchObject({
      severity: 'warning',
      found: '1895934',
      expected: '与以前各月相近（中位数 189.59 万元）',
    });
    expect(finding?.message).toContain('单位应为“万元”');
    expect(findingOn(1_895_934, [189, 201], money)?.expected).toContain('中位数 195 万元');
  });
});

describe('an outlier', () => {
  it.each([
    [400, [30, 34, 29, 41, 36, 33], 'outlier', 'ten times the usual'],
    [1, [130, 134, 129, 141, 136, 133], 'outlier', 'next to nothing where there was always much'],
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
    const finding = findingOn(400, [30, 34, 29, 41, 36, 33]);
    expect(finding?.expected).toBe('以前各月为 29 至 41 件');
  });
});

describe('nothing after steady figures', () => {
  it.each([
    [0, [30, 34, 29], 'nothing-after-steady', 'three months of about thirty, then none'],
    [null, [30, 34, 29], 'nothing-after-steady', '不适用 is nothing too'],
    [undefined, [30, 34, 29], 'nothing-after-steady', 'so is a blank that may be one'],
    [0, [130, 134, 129, 141, 136, 133], 'nothing-after-steady', 'more months make it no other warning'],
    [0, [30, 34], undefined, 'two months are too few to say'],
    [0, [], undefined, 'January has nothing to be compared with'],
    [0, [2, 1, 3], undefined, 'small counts come to zero by chance'],
    [0, [2, 1, 3, 1, 2, 4, 1, 2, 3, 2, 1], undefined, 'and go on doing so'],
    [0, [5, 5, 5], 'nothing-after-steady', 'five a month are no longer small'],
    [0, [5, 4, 5], undefined, 'one month under five makes them small'],
    [0, [0.8, 0.9, 0.7], undefined, 'nor are small amounts asked about'],
    [0, [-30, -34, -29], undefined, 'negative figures are no steady work'],
    [1, [30, 34, 29], undefined, 'one is not nothing'],
    [0, [30, 34, 29, 0], undefined, 'the second zero in a row is not asked about again'],
    [0, [30, 34, 29, null], undefined, 'nor is a zero after 不适用'],
    [0, [0, 30, 34, 29], undefined, 'who had a zero may have another'],
    [0, [0, 30, 34, 29, 41, 36], undefined, 'also after five months'],
    [0, [0, 30, 34, 29, 41, 36, 33], 'nothing-after-steady', 'six months outweigh one zero'],
    [0, [30, undefined, 34, 29, 41, 36, 33, 30], 'nothing-after-steady', 'or one blank, wherever it was'],
    [0, [0, 30, 0, 34, 29, 41, 36, 33, 30, 31, 35], undefined, 'but eight do not outweigh two'],
    [0, [0, 0, 34, 29, 41, 36, 33, 30, 31, 35, 32], 'nothing-after-steady', 'nine do'],
    [0, [0, 0, 1100, 1080, 1120, 1095, 1110], 'nothing-after-steady', 'steady large figures outweigh zeros'],
    [
      0,
      [1100, 1080, 1120, 3, 1095, 1110, 1090, 1105],
      'nothing-after-steady',
      'or a month of next to nothing',
    ],
    [0, [0, 0, 1100, 1080, 1120], undefined, 'three months may be a campaign'],
    [0, [0, 0, 90, 92, 94, 91, 93], undefined, 'so may more that are not large'],
    [0, [0, 0, 1100, 2300, 1120, 1095, 1110], undefined, 'or swing'],
    [0, [0, 0, 0, 0, 60, 55, 58], undefined, 'a campaign of three months ends'],
    [0, [0, 0, 48, 0, 0, 51], undefined, 'a figure of each quarter'],
    [0, [12, 40, 9, 55, 14, 8, 61], 'nothing-after-steady', 'swings that never came near zero'],
    [0, [20, 19, 15, 10, 5, 1], undefined, 'a season that runs out'],
  ] as [Month, Month[], string | undefined, string][])('%s after %j: %s: %s', (now, past, rule) => {
    expect(ruleOn(now, past)).toBe(rule);
  });

  it.each([
    [0, '0', '本月为 0：确实没有，'],
    [null, '不适用', '本月填了“不适用”：确实不适用，'],
    [undefined, '空白', '本月没有填写：确实没有，'],
  ])('asks of %s whether it is so, or was left out', (month, found, asked) => {
    const finding = findingOn(month, [0, 28, 33.5, 30, 29, 31, 30]);
    findingSchema.parse({ ...finding });
    expect(finding).toMatchObject({
      severity: 'warning',
      found,
      expected: '此前连续 6 次月报为 28 至 33.5 件',
    });
    expect(finding?.message).toContain(`${asked}还是尚未统计或漏填？`);
  });

  it.each([
    [0, [30, 28, 31, 29, 33, 30, 0, 0, 34, 30, 29, 31, 30, 33, 29, 30, 32, 31], 0, undefined, 'it was none'],
    [0, [30, 28, 31, 29, 33, 30, 30, 31, 34, 30, 29, 31], 30, 'nothing-after-steady', 'it was thirty'],
    [0, [30, 34, 29], undefined, 'nothing-after-steady', 'nothing is known of it'],
    [null, [30, 34, 29], null, undefined, 'it did not apply then either'],
    [400, [30, 34, 29, 41, 36, 33], 0, 'outlier', 'it was none, but is now very much'],
  ] as [Month, Month[], Month, string | undefined, string][])(
    '%s after %j, beside %s in the same month of last year: %s: %s',
    (now, past, sameLastYear, rule) => {
      const before = {
        past: past.map(saying),
        sameLastYear: sameLastYear === undefined ? undefined : saying(sameLastYear),
      };
      expect(oddFinding(cases, saying(now), before)?.rule).toBe(rule);
    },
  );

  it('is asked once of what is only done in some months', () => {
    const schoolYear = [30, 28, 31, 29, 33, 30, 0, 0, 34, 30, 29, 31];
    expect(saidDuring(schoolYear)).toEqual(
      schoolYear.map((_, at) => (at === 6 ? 'nothing-after-steady' : '')),
    );
    const heating = [60, 55, 41, 0, 0, 0, 0, 0, 0, 0, 38, 57];
    expect(saidDuring(heating)).toEqual(heating.map((_, at) => (at === 3 ? 'nothing-after-steady' : '')));
  });
});

describe('nothing odd', () => {
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
    [[2, 1, 3, 0, 2, 2, 1, 0, 4, 1, 3, 0], 'small counts with zeros among them'],
    [[0, 60, 0, 0, 55, 0, 0, 58, 0, 0, 61, 0], 'a figure of each quarter'],
    [[0, 0, 0, 0, 120, 95, 80, 0, 0, 0, 0, 0], 'a campaign of three months'],
  ])('is seen in %j: %s', (year) => {
    expect(saidDuring(year)).toEqual(nothing(year));
  });
});

describe('steady figures of a hundred or more', () => {
  it.each([
    [[1, 100, 200, 150, 100], 'nothing-after-steady', 'a hundred, and twice that'],
    [[1, 99, 190, 150, 100], undefined, 'less than a hundred'],
    [[1, 100, 201, 150, 100], undefined, 'more than twice'],
    [[1, 100, 150, 100], undefined, 'three periods alone'],
  ] as [number[], string | undefined, string][])('after %j nothing is %s: %s', (past, rule) => {
    expect(ruleOn(0, past)).toBe(rule);
  });
});

it('of what came since is asked whether it is nothing, or a slip of unit, and not whether it is an outlier', () => {
  const months = [1000, 1100, 1000, 1050, 1000, 1020];
  const past = months.map(saying);
  const sofar = months.map((_, index) => months.slice(0, index + 1).reduce((a, b) => a + b));
  const ruleAfter = (came: number) =>
    oddToDate(cases, [...sofar, sofar.at(-1)! + came].map(saying), saying(came), { past })?.rule;
  expect(ruleAfter(0)).toBe('nothing-after-steady');
  expect(ruleAfter(90_000)).toBeUndefined();
  expect(ruleAfter(10_000_000)).toBe('unit-slip');
  expect(oddFinding(cases, saying(90_000), { past })?.rule).toBe('outlier');
});
