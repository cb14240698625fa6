import type { AdoptedCatalogues } from '../catalogue/adoption.ts';
import { isAfterCutOff, isLate, type TimeLimit } from '../catalogue/deadlines.ts';
import type { Instant } from '../catalogue/period.ts';
import type { EventOf } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import { byUploadOrder, handedInAt, type ReadUpload, type UploadId, uploadId } from '../ledger/upload.ts';
import { saidIn } from '../returns/grid.ts';
import { sameNarratives } from '../returns/narrative.ts';
import { sameFigures } from '../returns/observation.ts';
import { remarksByIndicator } from '../returns/remark.ts';
import { type Agreement, lastAgreement } from './agreements.ts';
import { interpret } from './interpretation.ts';
import { type Question, type QuestionState, stageOf, wasAskedFor } from './questions.ts';
import {
  type Admission,
  type HeldBecause,
  isUploadOf,
  type Revision,
  type RevisionState,
} from './revision.ts';
import type { FiledScan, OfUpload } from './scans.ts';

/** What decides about revisions beside themselves. */
export interface RankingContext {
  adopted: AdoptedCatalogues;
  limit: TimeLimit;
  /** What the legal office decided about uploads that came after the cut-off, in the order in which it did. */
  admissions: readonly Admission[];
  /** Reasons that departments gave afterwards, by upload. */
  explained: ReadonlyMap<string, Act>;
  /** What reviewers decided about uploads of the return, in the order in which they did. */
  agreements: readonly OfUpload<Agreement>[];
  /** Whether what was uploaded at a moment counts only when a reviewer has agreed. */
  asksAgreement: (at: Instant) => boolean;
  /** Scans that were filed of uploads of the return, in the order in which they were. */
  scans: readonly OfUpload<FiledScan>[];
  /** The uploads of the return that publications counted which the legal office issued, the newest first. */
  issued: readonly UploadId[];
  /** What the office asks about the return. */
  questions: readonly Question[];
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
  const note = signature.correctionNote.trim();
  const explanation = note === '' ? lastExplanation(ids, context) : undefined;
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
    reason: note || (explanation?.reason ?? ''),
    explanation,
    admission: context.admissions.findLast(({ upload }) => ids.includes(upload)),
    agreement: lastAgreement([{ id, upload }, ...repeats], context.agreements),
    scans: context.scans.filter((each) => ids.includes(each.upload)).map(({ said }) => said),
  };
}

function lastExplanation(
  uploads: readonly UploadId[],
  { explained }: Pick<RankingContext, 'explained'>,
): Act | undefined {
  const given = uploads.flatMap((each) => explained.get(each) ?? []);
  return given.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
}

function firstHandedIn(uploads: readonly [ReadUpload, ...ReadUpload[]]): Revision['handedIn'] {
  const { uploadedAt, claimedAt } = uploads.reduce((first, each) =>
    handedInAt(each) < handedInAt(first) ? each : first,
  );
  return { uploadedAt, claimedAt };
}

/**
 * What a revision waits for by itself, or that it was declined; undefined if it may count. More time afterwards does not
 * undo that it was declined: only letting it in does.
 */
function waitingOf(
  revision: Revision,
  issued: Revision | undefined,
  context: RankingContext,
): Extract<RevisionState, { kind: 'held' | 'declined' }> | undefined {
  if (revision.admission?.kind === 'declined') return { kind: 'declined' };
  const changes =
    issued !== undefined &&
    issued.number < revision.number &&
    !(sameFigures(issued.figures, revision.figures) && sameNarratives(issued.texts, revision.texts));
  const [first, ...others]: HeldBecause[] = [
    ...(isTooLate(revision, context) ? (['after-cut-off'] as const) : []),
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
function issuedRevision(revisions: Revision[], issued: readonly UploadId[]): Revision | undefined {
  for (const upload of issued) {
    const found = revisions.find((revision) => isUploadOf(revision, upload));
    if (found !== undefined) return found;
  }
  return undefined;
}
