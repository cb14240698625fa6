import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Indicator, isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { kinds } from '../catalogue/kinds.ts';
import {
  endsBy,
  frequencyOf,
  lastMonthOf,
  lastPeriodOf,
  monthsOf,
  type Period,
  periodBefore,
  yearBefore,
  yearOf,
} from '../catalogue/period.ts';
import { sourcesOf } from '../catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import { onceForEach } from '../values/once-for-each.ts';
import { idIn } from '../year/last-year.ts';
import type { YearState } from '../year/year-state.ts';
import { keptFor } from './kept.ts';
import { lastYearsIndicators } from './last-years-indicators.ts';
import { observationsByIndicator } from './observations-by-indicator.ts';
import { PartsOfYear } from './parts-of-year.ts';
import { type BaseFigure, baseFor, type PartialFigure, type PeriodComparison } from './period-comparison.ts';

/**
 * Each indicator in each period of the year so far, and in the year to its end, beside the period before and the year
 * before; in catalogue order, then by period. What each department keeps for itself has no figure to compare.
 */
export const comparisonsOf = onceForEach((state: YearState): PeriodComparison[] => {
  const reported = state.returns.filter(({ counting }) => counting !== undefined);
  const last = lastPeriodOf(reported.map(({ period }) => period));
  if (last === undefined) return [];
  const kept = keptFor(state);
  const observed = observationsByIndicator(state);
  const now = new PartsOfYear(state);
  const { before, whole } = lastYearBeside(state);
  return indicatorsOf(state.catalogue)
    .filter(({ overDepartments }) => overDepartments !== 'none')
    .flatMap((indicator) => {
      const sources = sourcesIn(indicator, state.catalogue);
      const things = [indicator, state.catalogue, before, whole, last];
      return kept.once(
        `comparisons of ${indicator.id}`,
        [...things, ...sources.map(({ id }) => observed.get(id))],
        () => {
          const periods = now.periodsOf(indicator.id).filter((period) => endsBy(period, last));
          return periods.map((period) => comparisonOf(indicator, period, { now, before, whole, sources }));
        },
      );
    });
});

/** The reported indicators that a figure comes from. */
function sourcesIn({ id }: Indicator, catalogue: Catalogue): ReportedIndicator[] {
  return sourcesOf(id, catalogue)
    .map((source) => indicatorOf(catalogue, source))
    .filter((source) => source !== undefined && isReported(source));
}

interface Years {
  now: PartsOfYear;
  /** Undefined where nothing is known of it. */
  before: PartsOfYear | undefined;
  /** What was entered of it as a whole, if anything. */
  whole: PartsOfYear | undefined;
  /** What the figure comes from, each of which is to be of the same months. */
  sources: readonly ReportedIndicator[];
}

/** Last year by this year's indicators, units and places, as far as they are the same. */
function lastYearBeside(state: YearState): Pick<Years, 'before' | 'whole'> {
  const { lastYear, catalogue, adopted } = state;
  const stated = adopted.adoptions.flatMap((each) => [each.catalogue, each.conversions]);
  return keptFor(state).once('last year', [lastYear, catalogue, ...stated], () => ({
    before: partsOfLastYear(state, lastYear?.state),
    whole: partsOfLastYear(state, lastYear?.wholeYear),
  }));
}

function partsOfLastYear(
  { catalogue, adopted, lastYear }: YearState,
  state: YearState | undefined,
): PartsOfYear | undefined {
  if (lastYear === undefined || state === undefined) return undefined;
  const alike = lastYearsIndicators(catalogue, state.catalogue, {
    idThen: (indicator) => idIn(lastYear, indicator),
    adoptions: adopted.adoptions,
  });
  const known = new Map([...alike.values()].map((indicator) => [indicator.id, indicator]));
  const indicators = indicatorsOf(state.catalogue).flatMap(({ id }) => known.get(id) ?? []);
  const then: Catalogue = { ...state.catalogue, indicators, tables: [], lines: [] };
  return new PartsOfYear({ ...state, catalogue: then }, (id) => alike.get(id)?.id);
}

function comparisonOf({ id: indicator }: Indicator, period: Period, years: Years): PeriodComparison {
  const { now, before, whole } = years;
  const { unit } = now.described(indicator);
  const base = (figure: PartialFigure, earlier: PartialFigure | undefined): BaseFigure | null =>
    earlier === undefined ? null : baseFor(figure.value, earlier, unit);
  const alone = now.alone(indicator, period) ?? { value: null, missing: 0 };
  const toDate = now.toDate(indicator, period);
  const [previous, then] = [periodBefore(period), yearBefore(period)];
  const soFar = [whole, before].find((year) => isAskedAlike(indicator, [period, then], { ...years, year }));
  const aloneIn = (year: PartsOfYear | undefined, at: Period) =>
    isAloneAlike(indicator, [period, at], { ...years, year }) ? year?.alone(indicator, at) : undefined;
  return {
    indicator,
    period,
    ...alone,
    before: base(alone, aloneIn(yearOf(previous) === yearOf(period) ? now : before, previous)),
    lastYear: base(alone, aloneIn(before, then)),
    toDate: { ...toDate, lastYear: base(toDate, soFar?.toDate(indicator, then)) },
  };
}

/** This year, and the one that it is to be beside. */
type BesideYear = Pick<Years, 'now' | 'sources'> & { year: PartsOfYear | undefined };

/** Whether the other year so far asked for all that the figure comes from as this year did. */
function isAskedAlike(
  indicator: string,
  [period, then]: readonly [period: Period, then: Period],
  { now, year, sources }: BesideYear,
): boolean {
  if (!year?.periodsOf(indicator).some((each) => endsBy(each, then))) return false;
  return sources.every((source) => {
    const [soFar, soFarThen] = [
      now.periodsOf(source.id).filter((each) => endsBy(each, period)),
      year.periodsOf(source.id).filter((each) => endsBy(each, then)),
    ];
    return kinds[source.kind].taken === 'last-period'
      ? lastMonth(soFar) === lastMonth(soFarThen)
      : isOfSameMonths(source, soFar, soFarThen);
  });
}

/**
 * Whether periods so far are of the very same months as last year's, be they months or the whole year: the sum of ten
 * months beside that of four would look like a rise. What is asked for in some months alone has its whole year in those.
 */
function isOfSameMonths(
  { months }: ReportedIndicator,
  soFar: readonly Period[],
  then: readonly Period[],
): boolean {
  const isWholeYear = then.length === 1 && then.every((each) => frequencyOf(each) === 'year');
  return (isWholeYear && soFar.length === months?.length) || monthsCovered(soFar) === monthsCovered(then);
}

/**
 * Whether a period by itself may be beside another: all that the figure comes from is asked for in both or in neither, and
 * what is reported as the year to date is of as many months, which are told apart.
 */
function isAloneAlike(
  indicator: string,
  [period, then]: readonly [period: Period, then: Period],
  { now, year, sources }: BesideYear,
): boolean {
  if (year === undefined || now.isOfMore(indicator, period) || year.isOfMore(indicator, then)) return false;
  return sources.every(
    ({ id, overTime }) =>
      now.periodsOf(id).includes(period) === year.periodsOf(id).includes(then) &&
      (overTime !== 'cumulative' || monthsAlone(year, id, then) === monthsAlone(now, id, period)),
  );
}

/**
 * Of how many months a period's own figure is of what is reported as the year to date: all since it was asked for
 * before, since it is less what was reported then.
 */
function monthsAlone(year: PartsOfYear, indicator: string, period: Period): number {
  const before = year.periodsOf(indicator).findLast((each) => lastMonthOf(each) < lastMonthOf(period));
  const [last, earlier = 0] = [period, before].map((each) => each && monthsOf(each).at(-1));
  return last! - earlier;
}

/** With which month of its year the last period ends, as long as it may be; undefined if there is none. */
function lastMonth(periods: readonly Period[]): number | undefined {
  return periods.map(monthsOf).at(-1)?.at(-1);
}

/** The months of periods of a year, whatever the year. */
function monthsCovered(periods: readonly Period[]): string {
  return [...new Set(periods.flatMap(monthsOf))].sort((a, b) => a - b).join();
}
