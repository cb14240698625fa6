import { type AdoptedCatalogues, factorFromLastYear, factorToUnit } from '../catalogue/adoption.ts';
import { type Indicator, idLastYear, isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { comparePeriods, frequencyOf, numberInYear, type Period } from '../catalogue/period.ts';
import { indicatorOf } from '../catalogue/tables.ts';
import { adoptedAt } from '../ledger/adoptions.ts';
import { countedUploads } from '../ledger/counted.ts';
import { chainOf, type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import { uploadId } from '../ledger/upload.ts';
import type { ReturnKey } from '../returns/address.ts';
import { saidIn } from '../returns/grid.ts';
import { type Decimal, multiply } from '../values/decimal.ts';
import { ofSameOffices } from './taken-over.ts';
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

/** A year as far as its figures stand beside last year's. */
export type BesideLastYear = Pick<YearState, 'catalogue' | 'adopted' | 'lastYear'>;

/**
 * What a department said of an indicator last year that may stand beside its return of a period of this year: in order of
 * period and in this year's unit. Nothing of what was counted in a unit from which nobody says how to convert, as another
 * kind, by period or to date otherwise, as often as is not asked any more, or by other offices, beside which this year's
 * figures would all look wrong.
 */
export function figuresLastYear(
  state: BesideLastYear,
  key: ReturnKey,
  indicator: ReportedIndicator,
): FigureLastYear[] {
  const { lastYear } = state;
  const said = lastYear?.figures.get(key.department)?.get(idIn(lastYear, indicator)) ?? [];
  const isOfSameOffices = ofSameOffices(key, indicator, state);
  return said
    .filter(
      (figure) =>
        figure.kind === indicator.kind &&
        figure.isToDate === (indicator.overTime === 'cumulative') &&
        frequencyOf(figure.period) === indicator.frequency &&
        isOfSameOffices(figure),
    )
    .flatMap((figure) => inUnitOf(indicator, figure, state) ?? []);
}

/** The indicator as last year's own catalogue came to have it; undefined where that is not known. */
function lastYearsOwn(
  { lastYear }: BesideLastYear,
  indicator: ReportedIndicator,
): ReportedIndicator | undefined {
  const then = lastYear?.state;
  const own = then && indicatorOf(then.catalogue, idIn(lastYear, indicator));
  return own && isReported(own) ? own : undefined;
}

/** A figure of last year as this year's are entered; undefined where nobody says how its unit is converted. */
function inUnitOf(
  indicator: ReportedIndicator,
  figure: FigureLastYear,
  state: BesideLastYear,
): FigureLastYear | undefined {
  const { unit } = indicator;
  if (figure.unit === unit) return figure;
  const factor = factorOf(figure, indicator, state);
  if (factor === undefined) return undefined;
  const { said } = figure;
  return { ...figure, unit, said: said.value ? { ...said, value: multiply(said.value, factor) } : said };
}

/** By way of the unit that last year's own catalogue came to have, where that is known, as what is compared. */
function factorOf(
  { unit }: FigureLastYear,
  indicator: ReportedIndicator,
  state: BesideLastYear,
): Decimal | undefined {
  const year = { catalogue: state.catalogue, adoptions: state.adopted.adoptions };
  const was = lastYearsOwn(state, indicator);
  const then = state.lastYear?.state;
  if (then === undefined || was === undefined) {
    return factorFromLastYear({ ...indicator, unit, alsoIn: [] }, indicator, year);
  }
  const within = factorToUnit({ indicator: was.id, from: unit, to: was.unit }, then.adopted);
  const between = factorFromLastYear(was, indicator, year);
  return within && between && multiply(within, between);
}

/** By what id last year knows an indicator: a baseline is written in this year's. */
export function idIn({ source }: Pick<LastYear, 'source'>, indicator: Pick<Indicator, 'id' | 'was'>): string {
  return source.kind === 'baseline' ? indicator.id : idLastYear(indicator);
}

/** Whether two periods are of one frequency and the same in their years. */
export function isSameInYear(a: Period, b: Period): boolean {
  return frequencyOf(a) === frequencyOf(b) && numberInYear(a) === numberInYear(b);
}
