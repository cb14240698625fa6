import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Indicator, ReportedIndicator } from '../../../shared/core/catalogue/indicator.ts';
import { indicatorOf, indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import { type Conversions, ownFiguresOf } from './own-figures.ts';
import { byEnd, endOf, endsBy } from './period-ends.ts';
import { askedPeriods, askedReturns, recomputeFigures } from './recomputation.ts';

/** What a return says of something that is reported to date; undefined where it is not there. */
interface ToDate {
  /** The return, as `department period`. */
  at: string;
  department: string;
  period: string;
  status: Lineage['status'] | undefined;
}

/** What parts of a year come to, from its observations. */
export class RecomputedYear {
  private readonly observations: readonly Lineage[];
  private readonly catalogue: Catalogue;
  private readonly conversions: Conversions;
  private readonly idOf: (indicator: string) => string | undefined;
  private readonly figures = new Map<string, Map<string, string | null>>();
  private readonly gaps = new Map<string, ReadonlySet<string>>();
  private readonly statuses: ReadonlyMap<string, Lineage['status']>;
  private readonly toDateChains = new Map<string, ToDate[][]>();

  constructor(
    observations: readonly Lineage[],
    catalogue: Catalogue,
    conversions: Conversions,
    idOf: (indicator: string) => string | undefined = (id) => id,
  ) {
    this.observations = ownFiguresOf(observations, catalogue, conversions);
    this.statuses = new Map(
      observations.map((row) => [`${row.indicator} ${row.department} ${row.period}`, row.status]),
    );
    this.catalogue = catalogue;
    this.conversions = conversions;
    this.idOf = idOf;
  }

  asked(indicator: string): string[] {
    const found = this.known(indicator);
    return found === undefined ? [] : askedPeriods(found, this.catalogue);
  }

  /** The reported indicators that a figure comes from, as this year's catalogue has them. */
  sourcesOf(indicator: string): ReportedIndicator[] {
    const found = this.known(indicator);
    if (found === undefined) return [];
    if (found.kind === 'ratio') {
      return [found.numerator, found.denominator].flatMap((part) => this.sourcesOf(part));
    }
    if (found.kind === 'sum') return found.parts.flatMap((part) => this.sourcesOf(part.indicator));
    return [found];
  }

  /**
   * Of how many months the figure of a period alone is, of each indicator in it that is reported to date: of those since
   * it was asked for before.
   */
  monthsAlone(indicators: readonly string[], period: string): string {
    const { year, month } = endOf(period);
    return indicators
      .map((indicator) => {
        const ends = this.asked(indicator)
          .map(endOf)
          .filter((end) => end.year === year && end.month < month);
        return month - Math.max(0, ...ends.map((end) => end.month));
      })
      .join();
  }

  /** How many returns do not tell what the same figure needs: one that lacks several parts of it once. */
  missing(indicator: string, from: string, to: string): number {
    const found = this.known(indicator);
    if (found === undefined) return 0;
    const gaps = this.gaps.get(found.id) ?? this.gapsOf(found);
    this.gaps.set(found.id, gaps);
    const isIn = isPartOf(from, to);
    const absent = [...gaps].filter((one) => isIn({ period: one.split(' ')[1]! }));
    const { blank, longer } = this.untold(found, isIn);
    return new Set([...absent, ...blank, ...longer]).size;
  }

  /** Whether a figure of the period alone, of what is reported to date, has some of an earlier period in it. */
  isOfMore(indicator: string, period: string): boolean {
    const found = this.known(indicator);
    return found !== undefined && this.untold(found, isPartOf(period, period)).longer.length > 0;
  }

  /**
   * Of what is reported to date, the returns that left it blank with no figure after them in the part; and those with the
   * first figure in it, if what was asked for last before, and applied, was left blank or is not there.
   */
  private untold(indicator: Indicator, isIn: (one: { period: string }) => boolean) {
    const untold: Record<'blank' | 'longer', string[]> = { blank: [], longer: [] };
    const chains = this.toDateChains.get(indicator.id) ?? this.toDateChainsOf(indicator);
    this.toDateChains.set(indicator.id, chains);
    for (const chain of chains) {
      const start = chain.findIndex(isIn);
      const part = chain.filter(isIn);
      const last = part.findLast(({ status }) => status === 'reported' || status === 'missing');
      if (last?.status === 'missing') untold.blank.push(last.at);
      const first = part.find(({ status }) => status === 'reported');
      const before = chain.findLast(({ status }, index) => index < start && status !== 'not-applicable');
      if (first && before && before.status !== 'reported') untold.longer.push(first.at);
    }
    return untold;
  }

  /** What each department said to date of each part of an indicator, in order of period. */
  private toDateChainsOf(indicator: Indicator): ToDate[][] {
    return [...askedReturns(indicator, this.catalogue)].flatMap(([id, returns]) => {
      if (indicatorOf(this.catalogue, id)?.overTime !== 'cumulative') return [];
      const said = returns.map((at): ToDate => {
        const [department = '', period = ''] = at.split(' ');
        return { at, department, period, status: this.statuses.get(`${id} ${at}`) };
      });
      const ordered = said.toSorted((a, b) => byEnd(a.period, b.period));
      return [...Map.groupBy(ordered, ({ department }) => department).values()];
    });
  }

  private known(indicator: string): Indicator | undefined {
    return indicatorsOf(this.catalogue).find(({ id }) => id === this.idOf(indicator));
  }

  private gapsOf(indicator: Indicator): ReadonlySet<string> {
    const asked = [...askedReturns(indicator, this.catalogue)];
    return new Set(
      asked.flatMap(([id, returns]) => returns.filter((one) => !this.statuses.has(`${id} ${one}`))),
    );
  }

  /** Of a period alone where it is both, else of all that is over with it. */
  figure(indicator: string, from: string, to: string): string | null {
    const part = `${from} ${to}`;
    const isIn = isPartOf(from, to);
    const figures =
      this.figures.get(part) ??
      recomputeFigures(
        this.observations.filter(isIn),
        { ...this.catalogue, periods: this.catalogue.periods.filter(isIn) },
        this.conversions,
      );
    this.figures.set(part, figures);
    return figures.get(this.idOf(indicator) ?? '') ?? null;
  }
}

/** Whether a period is the one that is both, or else over with the later. */
function isPartOf(from: string, to: string): (one: { period: string }) => boolean {
  return ({ period }) => (from === to ? period === to : endsBy(period, to));
}
