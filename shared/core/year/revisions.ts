import type { AdoptedCatalogues } from '../catalogue/adoption.ts';
import { isAfterCutOff, isLate, type TimeLimit } from '../catalogue/deadlines.ts';
import type { Measure } from '../catalogue/measures.ts';
import type { Instant, Period } from '../catalogue/period.ts';
import { countedUpload, type EventOf, type LedgerEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import { byUploadOrder, handedInAt, type ReadUpload, type UploadId, uploadId } from '../ledger/upload.ts';
import type { Finding } from '../returns/finding.ts';
import { saidIn } from '../returns/grid.ts';
import { type NarrativeSaid, sameNarratives } from '../returns/narrative.ts';
import { type Observation, type Signature, sameFigures } from '../returns/observation.ts';
import { type RemarkSaid, remarksByIndicator } from '../returns/remark.ts';
import { type Agreement, lastAgreement } from './agreements.ts';
import { interpret, type Uncounted } from './interpretation.ts';
import { type Question, type QuestionState, stageOf, wasAskedFor } from './questions.ts';
import type { FiledScan, OfUpload } from './scans.ts';

/** Why an accepted revision does not count although no later one supersedes it. */
export type HeldBecause = 'after-cut-off' | 'changes-issued' | 'awaits-agreement' | 'sent-back';

/** Every reason for which a revision is held, so that all that is missing is asked for at once. */
export type HeldReasons = readonly [HeldBecause, ...HeldBecause[]];

/**
 * What became of an accepted revision: it counts, a later one took its place, it is held, or it came after the cut-off
 * and the legal office declined to let it in. Only a revision later than the one that counts is held: an earlier one
 * would not count whatever anybody decided.
 */
export type RevisionState =
  | { kind: 'counting' }
  | { kind: 'superseded' }
  | { kind: 'held'; because: HeldReasons }
  | { kind: 'declined' };

/** A file that was sent again while the revision it made was the last: the same revision, once more. */
export interface Repeat {
  id: UploadId;
  upload: ReadUpload;
}

/** One accepted version of a return (第N版). `number` counts them by when they were uploaded. */
export interface Revision {
  id: UploadId;
  number: number;
  department: string;
  period: Period;
  upload: ReadUpload;
  repeats: Repeat[];
  /** Of it and its repeats the one that was handed in first, which decides whether it was in time. */
  handedIn: Pick<ReadUpload, 'uploadedAt' | 'claimedAt'>;
  /** As they were recorded, each in the unit that `measures` says. */
  observations: readonly Observation[];
  measures: readonly Measure[];
  /** As they count under the catalogue in force, in its units. */
  figures: Observation[];
  /** What it says in words, as it was recorded. */
  narratives: readonly NarrativeSaid[];
  /** Of that, what the catalogue in force asks for. */
  texts: NarrativeSaid[];
  /** What it says beside its figures, as it was recorded, by indicator. */
  remarks: ReadonlyMap<string, RemarkSaid>;
  /** What was recorded and does not count under the catalogue in force. */
  uncounted: Uncounted[];
  signature: Signature;
  findings: Finding[];
  event: Pick<LedgerEvent, 'chain' | 'sequence' | 'hash' | 'catalogue'>;
  late: boolean;
  state: RevisionState;
  /** The reason given for a change, in the file or afterwards. */
  reason: string;
  /** What the legal office last decided about letting it in after the cut-off; undefined if nothing. */
  admission: Admission | undefined;
  /** What the department's own reviewer last decided about it; undefined if nothing. */
  agreement: Agreement | undefined;
  /** Scans of its sheet, signed and stamped, in the order in which they were filed: the last is the one that is meant. */
  scans: readonly FiledScan[];
}

/** Why the revision is held; empty if it is not. */
export function heldBecause({ state }: Pick<Revision, 'state'>): readonly HeldBecause[] {
  return state.kind === 'held' ? state.because : [];
}

/** Whether an upload made the revision, or repeated it. */
export function isUploadOf({ id, repeats }: Pick<Revision, 'id' | 'repeats'>, upload: string): boolean {
  return id === upload || repeats.some((repeat) => repeat.id === upload);
}

/** The version that a department goes on from: the newest of those that count or wait to; undefined if there is none. */
export function newestVersion({ revisions }: { revisions: readonly Revision[] }): Revision | undefined {
  return revisions.findLast(isCurrent);
}

/** Whether it counts, or waits to. */
export function isCurrent({ state }: Pick<Revision, 'state'>): boolean {
  return state.kind === 'counting' || state.kind === 'held';
}

/** Whether somebody uploaded the revision, or the same file again: who did does not review it. */
export function isUploadedBy(
  { upload, repeats }: Pick<Revision, 'upload' | 'repeats'>,
  name: string,
): boolean {
  return [upload, ...repeats.map((repeat) => repeat.upload)].some(({ uploader }) => uploader === name);
}

/** What decides about revisions beside themselves. */
export interface RankingContext {
  adopted: AdoptedCatalogues;
  limit: TimeLimit;
  /** What the legal office decided about uploads that came after the cut-off, in the order in which it did. */
  admissions: readonly Admission[];
  /** Reasons that departments gave afterwards, by upload. */
  explained: ReadonlyMap<string, string>;
  /** What reviewers decided about uploads of the return, in the order in which they did. */
  agreements: readonly OfUpload<Agreement>[];
  /** Whether what was uploaded at a moment counts only when a reviewer has agreed. */
  asksAgreement: (at: Instant) => boolean;
  /** Scans that were filed of uploads of the return, in the order in which they were. */
  scans: readonly OfUpload<FiledScan>[];
  /** The publications that the legal office issued, oldest first. */
  issued: readonly EventOf<'published'>[];
  /** What the office asks about the return. */
  questions: readonly Question[];
}

/** The legal office lets an upload in that came after the cut-off (同意), or does not (不同意). */
export interface Admission extends Act {
  upload: UploadId;
  kind: 'admitted' | 'declined';
}

/** The revisions of a return, and how the questions about it stand. */
export interface RankedRevisions {
  revisions: Revision[];
  questions: QuestionState[];
}

/**
 * The revisions of one return, from its accepted uploads in any order: the last that is neither held nor declined
 * counts. The same bytes again, read by the same catalogue while nothing else came in between, are no new revision.
 * One that was sent back takes those before it along: the department has replaced them itself.
 */
export function rankRevisions(
  uploads: EventOf<'return-accepted'>[],
  context: RankingContext,
): RankedRevisions {
  const inOrder = uploads.toSorted((a, b) => byUploadOrder(a.happening.upload, b.happening.upload));
  const unranked = withoutRepeats(inOrder).map((events, index) => revisionOf(events, index + 1, context));
  const issued = issuedRevision(unranked, context.issued);
  const waiting = unranked.map((revision) => waitingOf(revision, issued, context));
  const questions = context.questions.map((question) => questionState(question, unranked, waiting));
  const sentBack = lastSentBack(questions, unranked);
  const counting = waiting.findLastIndex((state, index) => state === undefined && index > sentBack);
  const revisions = unranked.map((revision, index): Revision => {
    if (index === counting) return { ...revision, state: { kind: 'counting' } };
    const own = waiting[index];
    if (index === sentBack) {
      const others = own?.kind === 'held' ? own.because : [];
      return { ...revision, state: { kind: 'held', because: ['sent-back', ...others] } };
    }
    return own !== undefined && index > Math.max(counting, sentBack) ? { ...revision, state: own } : revision;
  });
  return { revisions, questions };
}

/** A question as it stands: a version that may count, uploaded after the one in question, answers it. */
function questionState(
  question: Question,
  revisions: readonly Revision[],
  waiting: readonly (RevisionState | undefined)[],
): QuestionState {
  const inQuestion = revisions.findIndex((revision) => isUploadOf(revision, question.upload));
  const replacing = waiting.findIndex((state, index) => state === undefined && index > inQuestion);
  const replacedBy = inQuestion < 0 ? undefined : revisions[replacing]?.number;
  return { ...question, stage: stageOf(question, replacedBy !== undefined), replacedBy };
}

/** Which revision was sent back and not answered yet, the last of several; -1 if none was. */
function lastSentBack(questions: readonly QuestionState[], revisions: readonly Revision[]): number {
  const open = questions.filter(({ effect, stage }) => effect === 'sent-back' && stage === 'open');
  return revisions.findLastIndex((revision) => open.some(({ upload }) => isUploadOf(revision, upload)));
}

type Accepted = EventOf<'return-accepted'>;
type Run = readonly [Accepted, ...Accepted[]];

function withoutRepeats(inOrder: readonly Accepted[]): Run[] {
  const runs: [Accepted, ...Accepted[]][] = [];
  for (const event of inOrder) {
    const run = runs.at(-1);
    const isRepeat =
      run?.[0].happening.upload.sha256 === event.happening.upload.sha256 &&
      run[0].catalogue === event.catalogue;
    if (run !== undefined && isRepeat) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

function revisionOf([first, ...others]: Run, number: number, context: RankingContext): Revision {
  const { chain, sequence, hash, catalogue, happening } = first;
  const { department, period, upload, narratives = [], signature, findings } = happening;
  const { observations, measures } = saidIn(happening);
  const id = uploadId(upload);
  const repeats = others.map((event) => ({
    id: uploadId(event.happening.upload),
    upload: event.happening.upload,
  }));
  const handedIn = firstHandedIn([upload, ...repeats.map((repeat) => repeat.upload)]);
  const ids = [id, ...repeats.map((repeat) => repeat.id)];
  const explained = ids.flatMap((each) => context.explained.get(each) ?? []);
  return {
    id,
    number,
    department,
    period,
    upload,
    repeats,
    handedIn,
    observations,
    measures,
    narratives,
    remarks: remarksByIndicator(happening),
    ...interpret(first, context.adopted),
    signature,
    findings,
    event: { chain, sequence, hash, catalogue },
    late: isLate(handedInAt(handedIn), context.limit, context.adopted.inForce.catalogue),
    state: { kind: 'superseded' },
    reason: signature.correctionNote.trim() || (explained.at(-1) ?? ''),
    admission: context.admissions.findLast(({ upload }) => ids.includes(upload)),
    agreement: lastAgreement([{ id, upload }, ...repeats], context.agreements),
    scans: context.scans.filter((each) => ids.includes(each.upload)).map(({ said }) => said),
  };
}

function firstHandedIn(uploads: readonly [ReadUpload, ...ReadUpload[]]): Revision['handedIn'] {
  const { uploadedAt, claimedAt } = uploads.reduce((first, each) =>
    handedInAt(each) < handedInAt(first) ? each : first,
  );
  return { uploadedAt, claimedAt };
}

/** What a revision waits for by itself, or that it was declined; undefined if it may count. */
function waitingOf(
  revision: Revision,
  issued: Revision | undefined,
  context: RankingContext,
): Extract<RevisionState, { kind: 'held' | 'declined' }> | undefined {
  const tooLate = isTooLate(revision, context);
  if (tooLate && revision.admission?.kind === 'declined') return { kind: 'declined' };
  const changes =
    issued !== undefined &&
    issued.number < revision.number &&
    !(sameFigures(issued.figures, revision.figures) && sameNarratives(issued.texts, revision.texts));
  const [first, ...others]: HeldBecause[] = [
    ...(tooLate ? (['after-cut-off'] as const) : []),
    ...(changes && revision.reason === '' ? (['changes-issued'] as const) : []),
    ...(context.asksAgreement(revision.upload.uploadedAt) && revision.agreement?.kind !== 'agreed'
      ? (['awaits-agreement'] as const)
      : []),
  ];
  return first === undefined ? undefined : { kind: 'held', because: [first, ...others] };
}

/** Whether it came after the cut-off, and the office neither asked for it nor let it in. */
function isTooLate(revision: Revision, { limit, adopted, questions }: RankingContext): boolean {
  const { handedIn, upload, admission } = revision;
  return (
    isAfterCutOff(handedInAt(handedIn), limit, adopted.inForce.catalogue) &&
    !wasAskedFor(upload.uploadedAt, questions) &&
    admission?.kind !== 'admitted'
  );
}

/** The revision that the newest issued publication to include this return counted. */
function issuedRevision(
  revisions: Revision[],
  issued: readonly EventOf<'published'>[],
): Revision | undefined {
  for (const { happening } of issued.toReversed()) {
    const found = revisions.find((revision) => {
      const counted = countedUpload(happening, revision);
      return counted !== undefined && isUploadOf(revision, counted);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
