import type { Instant } from '../catalogue/period.ts';
import { type Answerer, type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import type { ReturnKey } from '../returns/address.ts';
import { actOf, type Question, questionsIn } from './questions.ts';
import type { Admission } from './revision.ts';
import type { RankingContext } from './revisions.ts';

/** What somebody answered to a warning, and as what. */
export interface Acknowledgement extends Act {
  as: Answerer;
}

/** By the id of a warning, in the order in which they were given. */
export type Acknowledgements = ReadonlyMap<string, readonly Acknowledgement[]>;

/** Who extended a deadline, why, and to when. */
export type Extended = Act & { until: Instant };

/** What people decided and answered in a year, beside the returns themselves. */
interface OfficeDecisions extends Pick<RankingContext, 'admissions' | 'explained'> {
  extensions: EventOf<'deadline-extended'>[];
  acknowledgements: Acknowledgements;
  questions: Question[];
  publications: EventOf<'published'>[];
  issued: Map<number, Act>;
}

/** Those of these events. */
export function officeDecisions(events: readonly LedgerEvent[]): OfficeDecisions {
  const issues = events.filter((event) => isEvent(event, 'publication-issued'));
  const explanations = events.filter((event) => isEvent(event, 'correction-explained'));
  return {
    extensions: events.filter((event) => isEvent(event, 'deadline-extended')),
    admissions: admissionsIn(events),
    explained: new Map(explanations.map((event) => [event.happening.upload, actOf(event)])),
    acknowledgements: acknowledgementsIn(events),
    questions: questionsIn(events),
    publications: events
      .filter((event) => isEvent(event, 'published'))
      .sort((a, b) => a.happening.number - b.happening.number),
    issued: new Map(issues.map((event) => [event.happening.number, actOf(event)])),
  };
}

function admissionsIn(events: readonly LedgerEvent[]): Admission[] {
  return events.flatMap((event): Admission[] => {
    if (!isEvent(event, 'return-admitted') && !isEvent(event, 'admission-declined')) return [];
    const { kind, upload } = event.happening;
    return [{ kind: kind === 'return-admitted' ? 'admitted' : 'declined', upload, ...actOf(event) }];
  });
}

function acknowledgementsIn(events: readonly LedgerEvent[]): Acknowledgements {
  const given = events.filter((event) => isEvent(event, 'warning-acknowledged'));
  const byWarning = Map.groupBy(given, ({ happening }) => happening.warning);
  return new Map(
    [...byWarning].map(([id, own]) => [
      id,
      own.map((event) => ({ as: event.happening.as, ...actOf(event) })),
    ]),
  );
}

/** Of the extensions of a return the one that goes furthest; of two that go as far the first, which the other did not move. */
export function lastExtension(
  extensions: OfficeDecisions['extensions'],
  { department, period }: ReturnKey,
): Extended | undefined {
  const [last] = extensions
    .filter(
      ({ happening }) => happening.period === period && [null, department].includes(happening.department),
    )
    .toSorted((a, b) => Date.parse(b.happening.until) - Date.parse(a.happening.until));
  return last && { ...actOf(last), until: last.happening.until };
}
