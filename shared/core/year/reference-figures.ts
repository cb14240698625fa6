import { indicatorsOnForm } from '../catalogue/catalogue.ts';
import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { combined, kinds } from '../catalogue/kinds.ts';
import {
  comparePeriods,
  frequencyOf,
  type Period,
  periodBefore,
  yearBefore,
  yearOf,
} from '../catalogue/period.ts';
import { type Known, knownOf, sumsOnForm } from '../catalogue/sums.ts';
import type { ReturnKey } from '../returns/address.ts';
import { type FigureSaid, observationIn } from '../returns/observation.ts';
import type { Decimal } from '../values/decimal.ts';
import { figuresLastYear } from './last-year.ts';
import { ofSameOffices } from './taken-over.ts';
import type { ReturnState, YearState } from './year-state.ts';

/** The figures that a form shows beside its inputs; none of other offices, which the department's have become since. */
export interface ReferenceFigures {
  lastPeriod: Decimal | undefined;
  /** Of the same period of last year, as it was published. */
  lastYear: Decimal | undefined;
  yearToDate: Decimal | undefined;
}

/**
 * A department's own figures before a period: those of the period before, which of January is last
 * December, those of last year, and the year to date by each indicator's operator.
 */
export function referenceFigures(
  state: YearState,
  { department, period }: ReturnKey,
): Map<string, ReferenceFigures> {
  const earlier = state.returns.filter(
    (candidate) =>
      candidate.department.id === department &&
      frequencyOf(candidate.period) === frequencyOf(period) &&
      comparePeriods(candidate.period, period) < 0,
  );
  const reported = new Map(
    indicatorsOnForm(state.catalogue, department, period).map((indicator) => [
      indicator.id,
      knownFigures(indicator, earlier, { department, period }, state),
    ]),
  );
  const sums = sumsOnForm(state.catalogue, department, period).map((sum): [string, KnownFigures] => {
    const sumOf = (which: keyof ReferenceFigures) =>
      knownOf(sum, state.catalogue, (id) => reported.get(id)?.[which]);
    return [
      sum.id,
      { lastPeriod: sumOf('lastPeriod'), lastYear: sumOf('lastYear'), yearToDate: sumOf('yearToDate') },
    ];
  });
  return new Map(
    [...reported, ...sums].map(([id, { lastPeriod, lastYear, yearToDate }]) => [
      id,
      { lastPeriod: numberOf(lastPeriod), lastYear: numberOf(lastYear), yearToDate: numberOf(yearToDate) },
    ]),
  );
}

function knownFigures(
  indicator: ReportedIndicator,
  earlier: readonly ReturnState[],
  key: ReturnKey,
  state: YearState,
): KnownFigures {
  const isOfSameOffices = ofSameOffices(key, indicator, state);
  const others = earlier.findLastIndex(({ period }) => !isOfSameOffices({ period, isToDate: false }));
  const own = earlier.slice(others + 1);
  const past = figuresLastYear(state, key, indicator);
  const then = (other: Period) => past.find((each) => each.period === other)?.said;
  const before = periodBefore(key.period);
  const isFirst = yearOf(before) < yearOf(key.period);
  const isToDate = indicator.overTime === 'cumulative';
  const last = isFirst ? then(before) : observationsIn(own, indicator).at(-1);
  const standsAlone = isToDate || kinds[indicator.kind].taken === 'last-period';
  const numbers = observationsIn(standsAlone ? own : earlier, indicator).flatMap((each) =>
    each?.status === 'reported' ? [each] : [],
  );
  const toDate = isToDate ? numbers.at(-1)?.value : combined(indicator.overTime, numbers);
  return {
    lastPeriod: saidOf(isToDate && isFirst ? undefined : last),
    lastYear: saidOf(then(yearBefore(key.period))),
    yearToDate: toDate ?? (standsAlone && others >= 0 ? undefined : 'blank'),
  };
}

/** What those that count say of the indicator; undefined for one of which nothing counts. */
function observationsIn(returns: readonly ReturnState[], { id }: ReportedIndicator) {
  return returns.map(({ counting }) => counting && observationIn(counting.figures, id));
}

/** As they are known: a figure that nobody said is no blank, and a sum without it would be another. */
type KnownFigures = Record<keyof ReferenceFigures, Known>;

function saidOf(said: FigureSaid | undefined): Known {
  if (said === undefined) return undefined;
  return said.status === 'reported' ? (said.value ?? undefined) : 'blank';
}

function numberOf(known: Known): Decimal | undefined {
  return known === 'blank' ? undefined : known;
}
