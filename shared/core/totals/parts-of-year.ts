import { endsBy, type Period } from '../catalogue/period.ts';
import { sourcesOf } from '../catalogue/sums.ts';
import type { YearState } from '../year/year-state.ts';
import { type IndicatorObservations, observationsByIndicator } from './observations-by-indicator.ts';
import type { PartialFigure } from './period-comparison.ts';
import type { Total } from './total.ts';
import { annualTotals, figuresAlone, totalsFrom } from './totals.ts';
import { type Untold, untoldIn } from './year-to-date.ts';

type TotalOf = (id: string) => Total | undefined;
/** The observations of an indicator in some periods. */
type Parts = (periods: readonly Period[]) => IndicatorObservations;

/**
 * The figures of parts of a year: of a period alone, and of the year to its end. They are totals of the observations
 * of those periods, so that there is no second arithmetic.
 */
export class PartsOfYear {
  private readonly state: YearState;
  private readonly idOf: (indicator: string) => string | undefined;
  private readonly parts = new Map<string, TotalOf>();
  private readonly byPeriod = new Map<string, Parts>();
  private readonly figures = new Map<string, PartialFigure>();

  /** `idOf` tells by what id the year knows an indicator; undefined for one that it does not have. */
  constructor(state: YearState, idOf: (indicator: string) => string | undefined = (id) => id) {
    this.state = state;
    this.idOf = idOf;
  }

  /** In which unit the indicator is published, and of which kind it is. */
  described(indicator: string): Pick<Total, 'unit' | 'kind'> {
    const total = this.whole(indicator);
    if (total === undefined) throw new RangeError(`the year has no indicator ${indicator}`);
    return total;
  }

  /** The periods in which the indicator is asked for, in order. */
  periodsOf(indicator: string): Period[] {
    return this.whole(indicator)?.byPeriod.map(({ period }) => period) ?? [];
  }

  /** The figure of the period by itself; undefined if the indicator is not asked for in it. */
  alone(indicator: string, period: Period): PartialFigure | undefined {
    if (!this.periodsOf(indicator).includes(period)) return undefined;
    return this.figure(indicator, `in ${period}`, (each) => each === period);
  }

  /** Whether what is reported as the year to date is, in the period, also of some before it that nobody told apart. */
  isOfMore(indicator: string, period: Period): boolean {
    return this.untold(indicator, (each) => each === period).some(({ longer }) => longer.length > 0);
  }

  /** The figure of all periods to the end of this one. */
  toDate(indicator: string, period: Period): PartialFigure {
    return this.figure(indicator, `to ${period}`, (each) => endsBy(each, period));
  }

  private whole(indicator: string): Total | undefined {
    const totalOf = this.parts.get('whole') ?? byId(annualTotals(this.state));
    this.parts.set('whole', totalOf);
    return totalOf(this.idOf(indicator) ?? '');
  }

  private figure(indicator: string, part: string, isIn: (period: Period) => boolean): PartialFigure {
    const name = `${indicator} ${part}`;
    const figure = this.figures.get(name) ?? this.figureAnew(indicator, part, isIn);
    this.figures.set(name, figure);
    return figure;
  }

  private figureAnew(indicator: string, part: string, isIn: (period: Period) => boolean): PartialFigure {
    const totalOf = this.parts.get(part) ?? this.totalsIn(isIn);
    this.parts.set(part, totalOf);
    const total = totalOf(this.idOf(indicator) ?? '');
    const missing = new Set(
      total?.coverage.missing
        .map((gap) => `${gap.department} ${gap.period}`)
        .concat(this.untold(indicator, isIn).flatMap(({ blank, longer }) => [...blank, ...longer])),
    );
    return { value: total?.value ?? null, missing: missing.size };
  }

  /** What is not told of the periods, of each indicator in the figure that is reported as the year to date. */
  private untold(indicator: string, isIn: (period: Period) => boolean): Untold[] {
    const observed = observationsByIndicator(this.state);
    return sourcesOf(this.idOf(indicator) ?? '', this.state.catalogue).flatMap((id) => {
      const observations = observed.get(id);
      return observations?.indicator.overTime === 'cumulative' ? [untoldIn(observations, isIn)] : [];
    });
  }

  private totalsIn(isIn: (period: Period) => boolean): TotalOf {
    const { catalogue } = this.state;
    const observed = observationsByIndicator(this.state);
    const periods = catalogue.periods.map(({ period }) => period).filter(isIn);
    const observationsOf = (id: string) => {
      const all = observed.get(id);
      if (all === undefined) return undefined;
      const byPeriod = this.byPeriod.get(id) ?? partsOf(all);
      this.byPeriod.set(id, byPeriod);
      return byPeriod(periods);
    };
    return totalsFrom(observationsOf, catalogue, figuresAlone);
  }
}

function byId(totals: readonly Total[]): TotalOf {
  const known = new Map(totals.map((total) => [total.indicator, total]));
  return (id) => known.get(id);
}

/** Takes observations apart by period, once, since every part of the year has them. */
function partsOf({ indicator, ...all }: IndicatorObservations): Parts {
  const [expected, counted, missing] = [byPeriod(all.expected), byPeriod(all.counted), byPeriod(all.missing)];
  return (periods) => ({
    indicator,
    expected: periods.flatMap((period) => expected.get(period) ?? []),
    counted: periods.flatMap((period) => counted.get(period) ?? []),
    missing: periods.flatMap((period) => missing.get(period) ?? []),
  });
}

function byPeriod<Each extends { period: Period }>(all: readonly Each[]): Map<Period, Each[]> {
  return Map.groupBy(all, ({ period }) => period);
}
