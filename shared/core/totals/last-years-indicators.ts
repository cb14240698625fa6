import { factorFromLastYear, type StatedConversions, type YearToConvertTo } from '../catalogue/adoption.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import {
  type Indicator,
  idLastYear,
  isReported,
  outputOf,
  type RatioIndicator,
  type ReportedIndicator,
  type SumIndicator,
} from '../catalogue/indicator.ts';
import { sumsInOrder } from '../catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import { multiply } from '../values/decimal.ts';

/** Last year's indicators that are the same thing this year, by the ids of this year's. */
export type LastYearsIndicators = ReadonlyMap<string, Indicator>;

interface Matching extends StatedConversions {
  /** By what id last year knows an indicator. */
  idThen: (indicator: Indicator) => string;
}

/**
 * Last year's indicators beside this year's: with the ids that they had, in the units and to the places in which this
 * year's are published, so that they are rounded once. What is not the same thing any more, or whose unit nobody says
 * how to convert exactly, is left out: a change from it would mean nothing. `adoptions` are this year's.
 */
export function lastYearsIndicators(
  now: Catalogue,
  before: Catalogue,
  { idThen = idLastYear, adoptions = [] }: Partial<Matching> = {},
): LastYearsIndicators {
  const matched = new Map<string, Indicator>();
  for (const indicator of indicatorsOf(now).filter(isReported)) {
    const was = indicatorOf(before, idThen(indicator));
    const alike = was && isReported(was) ? asNow(was, indicator, { catalogue: now, adoptions }) : undefined;
    if (alike !== undefined) matched.set(indicator.id, alike);
  }
  for (const sum of sumsInOrder(now)) {
    const was = indicatorOf(before, idThen(sum));
    if (was?.kind !== 'sum' || was.unit !== sum.unit || !addsUpTheSame(was, sum, matched)) continue;
    matched.set(sum.id, { ...withPlaces(was, sum), output: outputOf(sum) });
  }
  for (const indicator of indicatorsOf(now)) {
    const was = indicatorOf(before, idThen(indicator));
    if (indicator.kind !== 'ratio' || was?.kind !== 'ratio' || was.unit !== indicator.unit) continue;
    if (hasSameParts(was, indicator, matched)) matched.set(indicator.id, withPlaces(was, indicator));
  }
  return matched;
}

function asNow(
  was: ReportedIndicator,
  now: ReportedIndicator,
  year: YearToConvertTo,
): ReportedIndicator | undefined {
  if (was.kind !== now.kind || was.overTime !== now.overTime) return undefined;
  if (was.overDepartments !== now.overDepartments) return undefined;
  const factor = factorFromLastYear(was, now, year);
  if (factor === undefined) return undefined;
  if (was.kind === 'list') return withPlaces(was, now);
  const output = outputOf(now);
  return { ...withPlaces(was, now), output: { ...output, factor: multiply(factor, output.factor) } };
}

function withPlaces<I extends Indicator>(was: I, { decimals, rounding }: Indicator): I {
  return { ...was, decimals, rounding };
}

function addsUpTheSame(was: SumIndicator, now: SumIndicator, matched: LastYearsIndicators): boolean {
  const then = new Map(was.parts.map(({ indicator, sign }) => [indicator, sign]));
  return (
    was.parts.length === now.parts.length &&
    now.parts.every(({ indicator, sign }) => then.get(matched.get(indicator)?.id ?? '') === sign)
  );
}

function hasSameParts(was: RatioIndicator, now: RatioIndicator, matched: LastYearsIndicators): boolean {
  return (['numerator', 'denominator'] as const).every((part) => matched.get(now[part])?.id === was[part]);
}
