import {
  type Catalogue,
  type Deadline,
  type Department,
  deadlineOf,
  expectedReturns,
} from '../catalogue/catalogue.ts';
import { endOfDay, type Instant, type Period } from '../catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import { byUploadOrder, type ReadUpload, type Upload, uploadId } from '../ledger/upload.ts';
import type { Finding } from '../returns/finding.ts';
import { type Observation, type Signature, sameFigures } from '../returns/observation.ts';

/** Why an accepted revision does not count although no later one supersedes it. */
export type HeldBecause = 'after-cut-off' | 'changes-published-figures';

/** One accepted upload of a return (修订). `number` counts accepted revisions by when they were uploaded. */
export interface Revision {
  id: string;
  number: number;
  department: string;
  period: Period;
  upload: ReadUpload;
  observations: Observation[];
  signature: Signature;
  findings: Finding[];
  event: Pick<LedgerEvent, 'chain' | 'sequence' | 'hash' | 'catalogue'>;
  late: boolean;
  standing: 'counting' | 'superseded' | 'held';
  heldBecause?: HeldBecause;
  /** The reason given for a change, in the file or afterwards. */
  reason: string;
}

/** An upload that was refused, with why. */
export interface Refusal {
  id: string;
  upload: Upload;
  findings: Finding[];
}

/** Everything known of one department's return for one period. */
export interface ReturnState {
  department: Department;
  period: Period;
  deadline: Deadline;
  /** Until when the office has extended the deadline; undefined if it has not. */
  extendedUntil: Instant | undefined;
  revisions: Revision[];
  refusals: Refusal[];
  counting: Revision | undefined;
}

export interface Acknowledgement {
  by: string;
  at: Instant;
  reason: string;
}

/** What a year's chains say, whatever the order in which uploads were recorded. */
export interface YearState {
  catalogue: Catalogue;
  returns: ReturnState[];
  unaddressed: Refusal[];
  acknowledgements: Map<string, Acknowledgement>;
  publications: EventOf<'published'>[];
}

/** Folds the events of a year: those of every department, the office's own, and the unaddressed ones. */
export function foldYear(catalogue: Catalogue, events: readonly LedgerEvent[]): YearState {
  const acts = officeActs(events);
  const accepted = groupByReturn(events.filter((event) => isEvent(event, 'return-accepted')));
  const refused = groupByReturn(events.filter((event) => isEvent(event, 'return-refused')));
  const returns = expectedReturns(catalogue).map(({ department, period }): ReturnState => {
    const deadline = deadlineOf(catalogue, period)!;
    const key = returnKey(department.id, period);
    const uploads = firstRecordings(accepted.get(key) ?? []);
    const extendedUntil = lastExtension(acts.extensions, department.id, period);
    const revisions = rankRevisions(uploads, { catalogue, deadline, extendedUntil, acts });
    return {
      department,
      period,
      deadline,
      extendedUntil,
      revisions,
      refusals: firstRecordings(refused.get(key) ?? []).map(refusalOf),
      counting: revisions.find(({ standing }) => standing === 'counting'),
    };
  });
  const expected = new Set(returns.map(({ department, period }) => returnKey(department.id, period)));
  return {
    catalogue,
    returns,
    unaddressed: firstRecordings(
      [...refused].flatMap(([key, uploads]) => (expected.has(key) ? [] : uploads)),
    ).map(refusalOf),
    acknowledgements: acts.acknowledgements,
    publications: acts.publications,
  };
}

/** The state of one return; undefined if the catalogue expects none. */
export function returnOf(state: YearState, department: string, period: Period): ReturnState | undefined {
  return state.returns.find(
    (candidate) => candidate.department.id === department && candidate.period === period,
  );
}

function returnKey(department: string | null, period: Period | null): string {
  return `${department ?? ''} ${period ?? ''}`;
}

type UploadEvent = EventOf<'return-accepted'> | EventOf<'return-refused'>;

function groupByReturn<E extends UploadEvent>(events: E[]): Map<string, E[]> {
  return Map.groupBy(events, ({ happening }) => returnKey(happening.department, happening.period));
}

/** In order of upload, each upload once. */
function firstRecordings<E extends UploadEvent>(events: E[]): E[] {
  const byId = new Map<string, E>();
  for (const event of events) {
    const id = uploadId(event.happening.upload);
    if (!byId.has(id)) byId.set(id, event);
  }
  return [...byId.values()].sort((a, b) => byUploadOrder(a.happening.upload, b.happening.upload));
}

function refusalOf({ happening }: EventOf<'return-refused'>): Refusal {
  return { id: uploadId(happening.upload), upload: happening.upload, findings: happening.findings };
}

interface OfficeActs {
  extensions: EventOf<'deadline-extended'>['happening'][];
  admitted: Set<string>;
  explained: Map<string, string>;
  acknowledgements: Map<string, Acknowledgement>;
  publications: EventOf<'published'>[];
}

function officeActs(events: readonly LedgerEvent[]): OfficeActs {
  const admissions = events.filter((event) => isEvent(event, 'return-admitted'));
  const explanations = events.filter((event) => isEvent(event, 'correction-explained'));
  const acknowledgements = events.filter((event) => isEvent(event, 'warning-acknowledged'));
  return {
    extensions: events
      .filter((event) => isEvent(event, 'deadline-extended'))
      .map(({ happening }) => happening),
    admitted: new Set(admissions.map(({ happening }) => happening.upload)),
    explained: new Map(explanations.map(({ happening }) => [happening.upload, happening.reason])),
    acknowledgements: new Map(
      acknowledgements.map(({ happening, by, at }) => [
        happening.warning,
        { by, at, reason: happening.reason },
      ]),
    ),
    publications: events
      .filter((event) => isEvent(event, 'published'))
      .sort((a, b) => a.happening.number - b.happening.number),
  };
}

function lastExtension(
  extensions: OfficeActs['extensions'],
  department: string,
  period: Period,
): Instant | undefined {
  return extensions
    .filter((each) => each.period === period && [null, department].includes(each.department))
    .map(({ until }) => until)
    .sort()
    .at(-1);
}

interface RankingContext {
  catalogue: Catalogue;
  deadline: Deadline;
  extendedUntil: Instant | undefined;
  acts: OfficeActs;
}

function rankRevisions(uploads: EventOf<'return-accepted'>[], context: RankingContext): Revision[] {
  const revisions = uploads.map((event, index) => revisionOf(event, index + 1, context));
  const published = publishedRevision(revisions, context.acts.publications);
  for (const revision of revisions) {
    const heldBecause = heldReason(revision, published, context);
    if (heldBecause !== undefined) Object.assign(revision, { standing: 'held', heldBecause });
  }
  const counting = revisions.findLast(({ standing }) => standing !== 'held');
  if (counting !== undefined) counting.standing = 'counting';
  return revisions;
}

function revisionOf(event: EventOf<'return-accepted'>, number: number, context: RankingContext): Revision {
  const { chain, sequence, hash, catalogue, happening } = event;
  const { department, period, upload, observations, signature, findings } = happening;
  const id = uploadId(upload);
  return {
    id,
    number,
    department,
    period,
    upload,
    observations,
    signature,
    findings,
    event: { chain, sequence, hash, catalogue },
    late: isAfter(upload.uploadedAt, context.deadline.due, context),
    standing: 'superseded',
    reason: signature.correctionNote.trim() || (context.acts.explained.get(id) ?? ''),
  };
}

function heldReason(
  revision: Revision,
  published: Revision | undefined,
  context: RankingContext,
): HeldBecause | undefined {
  const { deadline, acts } = context;
  const tooLate = isAfter(revision.upload.uploadedAt, deadline.cutOff, context);
  if (tooLate && !acts.admitted.has(revision.id)) return 'after-cut-off';
  const changes =
    published !== undefined &&
    published.number < revision.number &&
    !sameFigures(published.observations, revision.observations);
  return changes && revision.reason === '' ? 'changes-published-figures' : undefined;
}

/** The revision that the newest publication to include this return counted. */
function publishedRevision(
  revisions: Revision[],
  publications: EventOf<'published'>[],
): Revision | undefined {
  for (const { happening } of publications.toReversed()) {
    const found = revisions.find(
      ({ id, department, period }) => happening.counted[department]?.[period] === id,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether an upload came after the end of a day, unless an extension covers it. */
function isAfter(
  uploadedAt: Instant,
  day: string,
  { catalogue, extendedUntil = '' }: Pick<RankingContext, 'catalogue' | 'extendedUntil'>,
): boolean {
  return uploadedAt > endOfDay(day, catalogue.utcOffset) && uploadedAt > extendedUntil;
}
