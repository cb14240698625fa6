import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Indicator, isReported } from '../catalogue/indicator.ts';
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
import { lastYearsIndicators } from './last-years-indicators.ts';
import { PartsOfYear } from './parts-of-year.ts';
import { type BaseFigure, baseFor, type PartialFigure, type PeriodComparison } from './period-comparison.ts';

/**
 * Each indicator in each period of the year so far, and in the year to its end, beside the period before and the year
 * before; in catalogue order, then by period. What each department keeps for itself has no figure to compare.
 */
export const comparisonsOf = onceForEach((state: YearState): PeriodComparison[] => {
  const { lastYear } = state;
  const years = {
    now: new PartsOfYear(state),
    before: partsOfLastYear(state, lastYear?.state),
    whole: partsOfLastYear(state, lastYear?.wholeYear),
  };
  const reported = state.returns.filter(({ counting }) => counting !== undefined);
  const last = lastPeriodOf(reported.map(({ period }) => period));
  if (last === undefined) return [];
  return indicatorsOf(state.catalogue)
    .filter(({ overDepartments }) => overDepartments !== 'none')
    .flatMap((indicator) => {
      const periods = years.now.periodsOf(indicator.id).filter((period) => endsBy(period, last));
      const told = toDateSources(indicator, state.catalogue);
      return periods.map((period) => comparisonOf(indicator, period, { ...years, toDateSources: told }));
    });
});

/** The indicators that a figure comes from and that are reported as the year to date. */
function toDateSources({ id }: Indicator, catalogue: Catalogue): string[] {
  return sourcesOf(id, catalogue).filter((source) => {
    const indicator = indicatorOf(catalogue, source);
    return indicator !== undefined && isReported(indicator) && indicator.overTime === 'cumulative';
  });
}

interface Years {
  now: PartsOfYear;
  /** Undefined where nothing is known of it. */
  before: PartsOfYear | undefined;
  /** What was entered of it as a whole, if anything. */
  whole: PartsOfYear | undefined;
  toDateSources: readonly string[];
}

/** Last year by this year's indicators, units and places, as far as they are the same. */
function partsOfLastYear(
  { catalogue, lastYear }: YearState,
  state: YearState | undefined,
): PartsOfYear | undefined {
  if (lastYear === undefined || state === undefined) return undefined;
  const alike = lastYearsIndicators(catalogue, state.catalogue, (indicator) => idIn(lastYear, indicator));
  const known = new Map([...alike.values()].map((indicator) => [indicator.id, indicator]));
  const indicators = indicatorsOf(state.catalogue).flatMap(({ id }) => known.get(id) ?? []);
  const then: Catalogue = { ...state.catalogue, indicators, tables: [], lines: [] };
  return new PartsOfYear({ ...state, catalogue: then }, (id) => alike.get(id)?.id);
}

function comparisonOf(compared: Indicator, period: Period, years: Years): PeriodComparison {
  const { now, before, whole, toDateSources } = years;
  const { id: indicator } = compared;
  const { unit, kind } = now.described(indicator);
  const base = (figure: PartialFigure, earlier: PartialFigure | undefined): BaseFigure | null =>
    earlier === undefined ? null : baseFor(figure.value, earlier, unit);
  const alone = now.alone(indicator, period) ?? { value: null, missing: 0 };
  const toDate = now.toDate(indicator, period);
  const [previous, then] = [periodBefore(period), yearBefore(period)];
  const isAlike = (year: PartsOfYear | undefined) =>
    kinds[kind].taken === 'last-period'
      ? isAskedAtTheEnd(indicator, then, year)
      : isAskedAlike(compared, period, { now, before: year });
  const soFar = [whole, before].find(isAlike);
  const aloneIn = (year: PartsOfYear | undefined, at: Period) => {
    if (year === undefined || now.isOfMore(indicator, period) || year.isOfMore(indicator, at))
      return undefined;
    const isAsLong = toDateSources.every((id) => monthsAlone(year, id, at) === monthsAlone(now, id, period));
    return isAsLong ? year.alone(indicator, at) : undefined;
  };
  return {
    indicator,
    period,
    ...alone,
    before: base(alone, aloneIn(yearOf(previous) === yearOf(period) ? now : before, previous)),
    lastYear: base(alone, aloneIn(before, then)),
    toDate: { ...toDate, lastYear: base(toDate, soFar?.toDate(indicator, then)) },
  };
}

/**
 * Whether last year asked for the indicator in periods of the very same months so far, be they months or the whole year:
 * the sum of ten months beside that of four would look like a rise. What is asked for in some months alone has its whole
 * year in those.
 */
function isAskedAlike(
  indicator: Indicator,
  period: Period,
  { now, before }: Pick<Years, 'now' | 'before'>,
): boolean {
  const { id, months } = { months: undefined, ...indicator };
  const asked = now.periodsOf(id).filter((each) => endsBy(each, period));
  const then = before?.periodsOf(id).filter((each) => endsBy(each, yearBefore(period))) ?? [];
  const isWholeYear = then.length === 1 && then.every((each) => frequencyOf(each) === 'year');
  if (isWholeYear && asked.length === months?.length) return true;
  return then.length > 0 && monthsCovered(asked) === monthsCovered(then);
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

/** Whether the last of its periods so far ends with this one, as long as either may be. */
function isAskedAtTheEnd(indicator: string, period: Period, year: PartsOfYear | undefined): boolean {
  const last = year?.periodsOf(indicator).findLast((each) => endsBy(each, period));
  return last !== undefined && lastMonthOf(last) === lastMonthOf(period);
}

/** The months of periods of a year, whatever the year. */
function monthsCovered(periods: readonly Period[]): string {
  return [...new Set(periods.flatMap(monthsOf))].sort((a, b) => a - b).join();
}
