import { indicatorsOnForm } from '../catalogue/catalogue.ts';
import { combined } from '../catalogue/kinds.ts';
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
import type { YearState } from './year-state.ts';

/** The figures that a form shows beside its inputs. */
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
    indicatorsOnForm(state.catalogue, department, period).map((indicator): [string, KnownFigures] => {
      const observed = earlier.map(
        ({ counting }) => counting && observationIn(counting.figures, indicator.id),
      );
      const numbers = observed.flatMap((each) => (each?.status === 'reported' ? [each] : []));
      const past = figuresLastYear(state, { department, period }, indicator);
      const then = (other: Period) => past.find((each) => each.period === other)?.said;
      const isFirst = yearOf(periodBefore(period)) < yearOf(period);
      const isToDate = indicator.overTime === 'cumulative';
      const last = isFirst ? then(periodBefore(period)) : observed.at(-1);
      return [
        indicator.id,
        {
          lastPeriod: saidOf(isToDate && isFirst ? undefined : last),
          lastYear: saidOf(then(yearBefore(period))),
          yearToDate: (isToDate ? numbers.at(-1)?.value : combined(indicator.overTime, numbers)) ?? 'blank',
        },
      ];
    }),
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

/** As they are known: a figure that nobody said is no blank, and a sum without it would be another. */
type KnownFigures = Record<keyof ReferenceFigures, Known>;

function saidOf(said: FigureSaid | undefined): Known {
  if (said === undefined) return undefined;
  return said.status === 'reported' ? (said.value ?? undefined) : 'blank';
}

function numberOf(known: Known): Decimal | undefined {
  return known === 'blank' ? undefined : known;
}
