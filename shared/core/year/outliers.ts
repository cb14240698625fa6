import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { type FindingWords, say } from '../returns/findings/findings.ts';
import type { FigureSaid } from '../returns/observation.ts';
import type { Decimal } from '../values/decimal.ts';

/** Jumps around 10,000 times are 元 written for 万元, or the other way round. */
const unitSlip = { least: 2_000, most: 50_000, pastNeeded: 2 };

/** See `isOutlier`. */
const outlier = { pastNeeded: 6, score: 4, beyondRange: 3, leastDifference: 10, leastScale: 0.25 };

/** See `isSteady`. */
const steady = { runNeeded: 3, least: 5, even: { runNeeded: 4, least: 100, spread: 2 } };

/** A department's own figures of an indicator before a period. */
export interface PastFigures {
  /** In order of period: last year's, where they are known, and this year's. */
  past: readonly FigureSaid[];
  /** Last year's of the same period; undefined if it is not known. */
  sameLastYear?: FigureSaid | undefined;
}

/**
 * Whether a figure looks wrong beside the department's own earlier periods: nothing after steady figures, a slip of
 * unit, or an outlier. These are hints for a person and never touch a figure, so they may compute in floating point.
 */
export function oddFinding(
  indicator: ReportedIndicator,
  now: FigureSaid,
  { past, sameLastYear }: PastFigures,
): FindingWords | undefined {
  if (amountOf(now) === 0) {
    // What comes to nothing in the same period each year is how the work runs: a holiday, a season, a quarter.
    const isUsual = sameLastYear !== undefined && amountOf(sameLastYear) === 0;
    return isUsual ? undefined : nothingFinding(indicator, now, past.map(amountOf));
  }
  const numbers = past.flatMap(({ value }) => value ?? []);
  return outlierFinding(indicator, now.value ?? '0', numbers);
}

/**
 * Whether what is reported as the year to date looks wrong: nothing came since the one before after steady figures, a slip
 * of unit in the whole beside the one before, or one in what came since beside what came in the periods before. `toDate` are
 * the year's own in order of period, the last of which is looked at. No outlier is looked for: corrections are in what came.
 */
export function oddToDate(
  indicator: ReportedIndicator,
  toDate: readonly FigureSaid[],
  came: FigureSaid,
  { past, sameLastYear }: PastFigures,
): FindingWords | undefined {
  if (amountOf(came) === 0) return oddFinding(indicator, came, { past, sameLastYear });
  const value = toDate.at(-1)?.value ?? '0';
  const earlier = toDate.slice(0, -1).map(amountOf);
  const before = slipBeside(Number(value), earlier, (numbers) => numbers.at(-1)!);
  if (before !== undefined) {
    return say('unit-slip', indicator, { value, typical: plain(before), of: 'year-to-date' });
  }
  const typical = slipBeside(amountOf(came), past.map(amountOf), median);
  if (typical === undefined) return undefined;
  return say('unit-slip', indicator, { value, typical: plain(typical), of: 'what-came' });
}

/** A figure as an amount: what does not apply or was left blank is nothing, as zero is. */
function amountOf({ status, value }: FigureSaid): number {
  return status === 'reported' ? Number(value) : 0;
}

function nothingFinding(
  indicator: ReportedIndicator,
  { status: now }: FigureSaid,
  before: number[],
): FindingWords | undefined {
  const run = before.slice(before.findLastIndex(isNextToNothing) + 1);
  if (!isSteady(run, before)) return undefined;
  const [least, most] = [Math.min(...run), Math.max(...run)];
  return say('nothing-after-steady', indicator, {
    now,
    periods: run.length,
    least: plain(least),
    most: plain(most),
  });
}

/** Counts that small come to zero by chance. */
function isNextToNothing(amount: number): boolean {
  return amount < steady.least;
}

/**
 * Whether the run of periods since the last that was next to nothing (under five) makes a zero unlikely: at least three,
 * and three times as many as such periods would then be, since a department that had some may have more: campaigns,
 * quarters, holidays. Four are enough, whatever was before, of a hundred or more each and none twice another: so even is
 * no campaign. Only the first zero after a run is asked about. Tried on twenty made sample years of 1,323 figures it asks
 * not once, and without the least of five 167 times; of months from April on that are left out it finds one of about eight
 * in 57 cases of a hundred, one of thirty or more always.
 */
function isSteady(run: number[], before: number[]): boolean {
  const few = before.filter(isNextToNothing).length;
  if (run.length >= steady.runNeeded * (few + 1)) return true;
  const { runNeeded, least, spread } = steady.even;
  const smallest = Math.min(...run);
  return run.length >= runNeeded && smallest >= least && Math.max(...run) <= smallest * spread;
}

function outlierFinding(
  indicator: ReportedIndicator,
  value: Decimal,
  past: readonly Decimal[],
): FindingWords | undefined {
  const now = Number(value);
  const before = past.map(Number);
  const typical = slipBeside(now, before, median);
  if (typical !== undefined) {
    return say('unit-slip', indicator, { value, typical: plain(typical), of: 'period' });
  }
  if (!isOutlier(now, before)) return undefined;
  const [least, most] = [Math.min(...before), Math.max(...before)];
  return say('outlier', indicator, { value, least: plain(least), most: plain(most) });
}

/** What is typical of those before that are not zero, where an amount is that far from it; undefined where it is not. */
function slipBeside(
  now: number,
  before: readonly number[],
  typicalOf: (nonZero: number[]) => number,
): number | undefined {
  const nonZero = before.filter((earlier) => earlier > 0);
  if (nonZero.length < unitSlip.pastNeeded || now <= 0) return undefined;
  const typical = typicalOf(nonZero);
  const jump = Math.max(now / typical, typical / now);
  return jump >= unitSlip.least && jump <= unitSlip.most ? typical : undefined;
}

/**
 * Median and median absolute deviation on the scale of log(1 + x), and a value clearly outside all that was seen.
 * Counts of government work are skewed (campaigns, year-end) and often mostly zero, where a mean, a standard
 * deviation or quartiles raise an alarm at every campaign. The logarithm makes ratios out of differences, which
 * takes the skew away; the median ignores a few odd months; a floor under the deviation keeps constant series
 * quiet; and besides the score the value must lie beyond three times the largest, or under a third of the
 * smallest, month so far, by at least ten. A series with zeros in half its months or more has no scale to
 * compare with and is left alone.
 */
function isOutlier(now: number, before: number[]): boolean {
  if (before.length < outlier.pastNeeded) return false;
  if (before.filter((earlier) => earlier === 0).length * 2 >= before.length) return false;
  const [least, most] = [Math.min(...before), Math.max(...before)];
  const far =
    (now > most * outlier.beyondRange && now - most >= outlier.leastDifference) ||
    (now * outlier.beyondRange < least && least - now >= outlier.leastDifference);
  if (!far) return false;
  const logs = before.map(Math.log1p);
  const centre = median(logs);
  const deviation = 1.4826 * median(logs.map((value) => Math.abs(value - centre)));
  return Math.abs(Math.log1p(now) - centre) / Math.max(deviation, outlier.leastScale) > outlier.score;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function plain(value: number): string {
  return String(Math.round(value * 100) / 100);
}
