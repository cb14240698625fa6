import type { Indicator } from '../catalogue/catalogue.ts';
import type { Finding } from '../returns/finding.ts';
import type { Decimal } from '../values/decimal.ts';

/** Jumps around 10,000 times are 元 written for 万元, or the other way round. */
const unitSlip = { least: 2_000, most: 50_000, pastNeeded: 2 };

/** See `isOutlier`. */
const outlier = { pastNeeded: 6, score: 4, beyondRange: 3, leastDifference: 10, leastScale: 0.25 };

/**
 * Whether a value looks wrong beside the department's own earlier months: a slip of unit, or an outlier.
 * These are hints for a person and never touch a figure, so they may compute in floating point.
 */
export function outlierFinding(
  indicator: Indicator,
  value: Decimal,
  past: readonly Decimal[],
): Pick<Finding, 'rule' | 'severity' | 'found' | 'expected' | 'message'> | undefined {
  const now = Number(value);
  const before = past.map(Number);
  const nonZero = before.filter((earlier) => earlier > 0);
  if (nonZero.length >= unitSlip.pastNeeded && now > 0) {
    const typical = median(nonZero);
    const jump = Math.max(now / typical, typical / now);
    if (jump >= unitSlip.least && jump <= unitSlip.most) {
      return {
        rule: 'unit-slip',
        severity: 'warning',
        found: value,
        expected: `与以前各月相近（中位数 ${plain(typical)} ${indicator.unit}）`,
        message: `本月数与以前各月相差约一万倍，可能填错了单位（例如把元填成了万元）；请核对，单位应为“${indicator.unit}”；无误的请说明原因。`,
      };
    }
  }
  if (!isOutlier(now, before)) return undefined;
  return {
    rule: 'outlier',
    severity: 'warning',
    found: value,
    expected: `以前各月为 ${plain(Math.min(...before))} 至 ${plain(Math.max(...before))} ${indicator.unit}`,
    message: '本月数与本部门以前各月相差很大；请核对，有误的重新报送，无误的请说明原因。',
  };
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
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function plain(value: number): string {
  return String(Math.round(value * 100) / 100);
}
