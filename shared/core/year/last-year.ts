import { z } from 'zod';
import type { ReportedIndicator } from '../catalogue/indicator.ts';
import type { Kind } from '../catalogue/kinds.ts';
import { comparePeriods, frequencyOf, numberInYear, type Period, yearSchema } from '../catalogue/period.ts';
import { countedUpload, type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import { uploadId } from '../ledger/upload.ts';
import type { FigureSaid } from '../returns/observation.ts';
import { sha256Schema } from '../values/digest.ts';

/** Names a publication and what it says, save ledger positions. */
export const publicationCitationSchema = z.strictObject({
  year: yearSchema,
  number: z.int().min(1),
  digest: sha256Schema,
});
export type PublicationCitation = z.infer<typeof publicationCitationSchema>;

/** What a department said of an indicator in a period of last year, and how that was counted. */
export interface PublishedFigure {
  period: Period;
  kind: Kind;
  unit: string;
  said: FigureSaid;
}

/** What a publication of last year counted, by department and indicator, in order of period. */
export interface LastYear {
  publication: PublicationCitation;
  figures: ReadonlyMap<string, ReadonlyMap<string, readonly PublishedFigure[]>>;
}

/** The newest publication in a chain of the office; undefined if there is none. */
export function newestPublication(events: readonly LedgerEvent[]): EventOf<'published'> | undefined {
  return events
    .filter((event) => isEvent(event, 'published'))
    .toSorted((a, b) => a.happening.number - b.happening.number)
    .at(-1);
}

/** Last year as a publication of it has it, from the chains of the departments that are wanted. */
export function lastYearOf(
  { happening: published }: EventOf<'published'>,
  events: readonly LedgerEvent[],
): LastYear {
  const figures = new Map<string, Map<string, PublishedFigure[]>>();
  for (const { happening } of countedReturns(published, events)) {
    const own = figures.get(happening.department) ?? new Map<string, PublishedFigure[]>();
    for (const [indicator, figure] of figuresOf(happening)) {
      own.set(indicator, [...(own.get(indicator) ?? []), figure]);
    }
    figures.set(happening.department, own);
  }
  const { year, number, digest } = published;
  return { publication: { year, number, digest }, figures };
}

type Accepted = EventOf<'return-accepted'>;

function countedReturns(
  published: EventOf<'published'>['happening'],
  events: readonly LedgerEvent[],
): Accepted[] {
  return events
    .filter((event) => isEvent(event, 'return-accepted'))
    .filter(({ happening }) => countedUpload(published, happening) === uploadId(happening.upload))
    .toSorted((a, b) => comparePeriods(a.happening.period, b.happening.period));
}

function figuresOf({
  period,
  observations,
  measures,
}: Accepted['happening']): (readonly [string, PublishedFigure])[] {
  const said = new Map(observations.map((observation) => [observation.indicator, observation]));
  return measures.flatMap(({ kind, unit, indicators }) =>
    indicators.flatMap((indicator) => {
      const observation = said.get(indicator);
      if (observation === undefined) return [];
      return [[indicator, { period, kind, unit, said: observation }] as const];
    }),
  );
}

/**
 * What a department said of an indicator last year, in order of period; nothing of what was counted in another unit,
 * as another kind, or as often as is not asked any more, beside which this year's figures would all look wrong.
 */
export function figuresLastYear(
  lastYear: LastYear | undefined,
  department: string,
  { id, kind, unit, frequency }: Pick<ReportedIndicator, 'id' | 'kind' | 'unit' | 'frequency'>,
): PublishedFigure[] {
  const figures = lastYear?.figures.get(department)?.get(id) ?? [];
  return figures.filter(
    (figure) => figure.kind === kind && figure.unit === unit && frequencyOf(figure.period) === frequency,
  );
}

/** Whether two periods are of one frequency and the same in their years. */
export function isSameInYear(a: Period, b: Period): boolean {
  return frequencyOf(a) === frequencyOf(b) && numberInYear(a) === numberInYear(b);
}
