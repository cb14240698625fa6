import type { AdoptedCatalogues } from '../catalogue/adoption.ts';
import { type Indicator, idLastYear, type ReportedIndicator } from '../catalogue/indicator.ts';
import { comparePeriods, frequencyOf, numberInYear, type Period } from '../catalogue/period.ts';
import { adoptedAt } from '../ledger/adoptions.ts';
import { countedUploads } from '../ledger/counted.ts';
import { chainOf, type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import { uploadId } from '../ledger/upload.ts';
import { saidIn } from '../returns/grid.ts';
import { type FigureLastYear, foldYear, type LastYear, type YearState } from './year-state.ts';

/** The newest publication in a chain of the office; undefined if there is none. */
export function newestPublication(events: readonly LedgerEvent[]): EventOf<'published'> | undefined {
  return events
    .filter((event) => isEvent(event, 'published'))
    .toSorted((a, b) => a.happening.number - b.happening.number)
    .at(-1);
}

/** Last year as a publication of it has it, from the chains of the departments that are wanted. */
export function lastYearOf(
  event: EventOf<'published'>,
  events: readonly LedgerEvent[],
  adopted?: AdoptedCatalogues,
): LastYear {
  const { happening: published } = event;
  const figures = new Map<string, Map<string, FigureLastYear[]>>();
  for (const { happening } of countedReturns(published.number, events)) {
    const own = figures.get(happening.department) ?? new Map<string, FigureLastYear[]>();
    for (const [indicator, figure] of figuresOf(happening)) {
      own.set(indicator, [...(own.get(indicator) ?? []), figure]);
    }
    figures.set(happening.department, own);
  }
  const { year, number, digest } = published;
  const state = adopted && publishedYear(event, events, adopted);
  return { source: { kind: 'publication', year, number, digest }, figures, state, wholeYear: undefined };
}

type Accepted = EventOf<'return-accepted'>;

/**
 * A year as a publication has it: of the returns that it counted alone, under the catalogues that were adopted before
 * it. So what is made of it comes to what was published, whatever was corrected or adopted since. Undefined where those
 * catalogues are not known.
 */
function publishedYear(
  { happening: published, sequence }: EventOf<'published'>,
  events: readonly LedgerEvent[],
  known: AdoptedCatalogues,
): YearState | undefined {
  const office = chainOf(published.year, 'office');
  const before = events.filter((event) => event.chain === office && event.sequence < sequence);
  const adopted = adoptedAt(before, known);
  if (adopted === undefined) return undefined;
  const state = foldYear(adopted, [...before, ...countedReturns(published.number, events)]);
  return {
    ...state,
    returns: state.returns.map((one) => ({ ...one, counting: one.revisions.at(-1) })),
  };
}

/** The returns that the publication of that number counted, of those whose chains are here. */
export function countedReturns(number: number, events: readonly LedgerEvent[]): Accepted[] {
  const counted = countedUploads(events.filter((event) => isEvent(event, 'published')));
  return events
    .filter((event) => isEvent(event, 'return-accepted'))
    .filter(({ happening }) => counted.uploadAt(number, happening) === uploadId(happening.upload))
    .toSorted((a, b) => comparePeriods(a.happening.period, b.happening.period));
}

function figuresOf(happening: Accepted['happening']): (readonly [string, FigureLastYear])[] {
  const { period } = happening;
  const { observations, measures } = saidIn(happening);
  const said = new Map(observations.map((observation) => [observation.indicator, observation]));
  return measures.flatMap(({ kind, unit, isToDate = false, indicators }) =>
    indicators.flatMap((indicator) => {
      const observation = said.get(indicator);
      if (observation === undefined) return [];
      return [[indicator, { period, kind, unit, isToDate, said: observation }] as const];
    }),
  );
}

/**
 * What a department said of an indicator last year, in order of period; nothing of what was counted in another unit,
 * as another kind, by period or to date otherwise, or as often as is not asked any more, beside which this year's figures would all look wrong.
 */
export function figuresLastYear(
  lastYear: LastYear | undefined,
  department: string,
  indicator: Pick<ReportedIndicator, 'id' | 'was' | 'kind' | 'unit' | 'frequency' | 'overTime'>,
): FigureLastYear[] {
  const { kind, unit, frequency } = indicator;
  const figures = lastYear?.figures.get(department)?.get(idIn(lastYear, indicator)) ?? [];
  return figures.filter(
    (figure) =>
      figure.kind === kind &&
      figure.unit === unit &&
      figure.isToDate === (indicator.overTime === 'cumulative') &&
      frequencyOf(figure.period) === frequency,
  );
}

/** By what id last year knows an indicator: a baseline is written in this year's. */
export function idIn({ source }: Pick<LastYear, 'source'>, indicator: Pick<Indicator, 'id' | 'was'>): string {
  return source.kind === 'baseline' ? indicator.id : idLastYear(indicator);
}

/** Whether two periods are of one frequency and the same in their years. */
export function isSameInYear(a: Period, b: Period): boolean {
  return frequencyOf(a) === frequencyOf(b) && numberInYear(a) === numberInYear(b);
}
