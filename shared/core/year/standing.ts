import type { Catalogue } from '../catalogue/catalogue.ts';
import { compareDue, isOver, isOverdue } from '../catalogue/deadlines.ts';
import type { Instant } from '../catalogue/period.ts';
import { byUploadOrder } from '../ledger/upload.ts';
import type { ExtensionRequest } from './extension-requests.ts';
import type { QuestionState } from './questions.ts';
import { heldBecause, type Revision } from './revision.ts';
import type { Warning } from './warning.ts';
import {
  type MisdirectedUpload,
  type Refusal,
  type ReturnState,
  returnOf,
  type YearState,
} from './year-state.ts';

/** What became of a return, whatever time it is. */
export type Outcome = 'counting' | 'held' | 'sent-back' | 'declined' | 'refused' | 'not-reported';

/** Where a return stands: what became of it, or, where nothing has come, what time it is. */
export type StandingKind = Exclude<Outcome, 'not-reported'> | 'overdue' | 'due' | 'not-due';

/** A return's standing at a moment, as the matrix of returns and a department's own year show it. */
export interface Standing {
  kind: StandingKind;
  /** Whether its first accepted upload came after it was due. */
  late: boolean;
  /** Warnings that nobody has acknowledged. */
  openWarnings: number;
  /** Accepted revisions that do not count yet, and would if they were let in. */
  heldRevisions: number;
  /** Questions of the legal office that are not closed. */
  openQuestions: number;
  /** Whether the newest upload of all was refused, although an earlier one counts. */
  lastRefused: boolean;
  /** Whether it counts and its signed and stamped scan is asked for and was not filed. */
  awaitsScan: boolean;
}

export function outcomeOf({ counting, revisions, refusals }: ReturnState): Outcome {
  if (counting !== undefined) return 'counting';
  if (revisions.length > 0) return waitsFor(revisions);
  return refusals.length > 0 ? 'refused' : 'not-reported';
}

/** What keeps accepted revisions of which none counts. */
function waitsFor(revisions: readonly Revision[]): 'held' | 'sent-back' | 'declined' {
  if (revisions.some((one) => heldBecause(one).includes('sent-back'))) return 'sent-back';
  return revisions.some(({ state }) => state.kind === 'held') ? 'held' : 'declined';
}

/** Whether the first accepted upload of the return came after it was due. */
export function wasLate({ revisions }: Pick<ReturnState, 'revisions'>): boolean {
  return revisions[0]?.late ?? false;
}

/** Whether the version that counts is not signed and stamped yet (待签章), where the catalogue asks for it. It counts all the same. */
export function awaitsScan(
  { counting }: Pick<ReturnState, 'counting'>,
  { signing }: Pick<Catalogue, 'signing'>,
): boolean {
  return signing.scan && counting !== undefined && counting.scans.length === 0;
}

/** Held revisions, which would count if somebody decided so, newest first; without what is only asked about. */
export function heldRevisions({ revisions }: Pick<ReturnState, 'revisions'>): Revision[] {
  return revisions.filter(isHeldApart).toReversed();
}

/** Whether a revision waits for more than the answer to a question, which is listed by itself. */
export function isHeldApart(revision: Revision): boolean {
  return heldBecause(revision).some((because) => because !== 'sent-back');
}

/**
 * Files that were sent for one return and are the form of another, as long as nothing came after them for either, and the
 * file was not accepted as what it is before. Of another year's return nothing is known here.
 */
export function openMisdirected(
  state: Pick<YearState, 'returns'>,
): { sentFor: ReturnState; sent: MisdirectedUpload }[] {
  return state.returns.flatMap((sentFor) =>
    sentFor.misdirected
      .filter((sent) => {
        const other = returnOf(state, sent.formOf);
        const isKnown = other?.revisions.some(({ upload }) => upload.sha256 === sent.upload.sha256) ?? false;
        return !isKnown && [sentFor, other].every((one) => one === undefined || !hasLater(one, sent));
      })
      .map((sent) => ({ sentFor, sent })),
  );
}

function hasLater({ revisions, refusals, misdirected }: ReturnState, { upload }: Refusal): boolean {
  const accepted = revisions.flatMap((revision) => [revision, ...revision.repeats]);
  return [...accepted, ...refusals, ...misdirected].some((one) => byUploadOrder(one.upload, upload) > 0);
}

/** The standing of a return; `warnings` are those of its year. */
export function standingOf(
  one: ReturnState,
  { warnings, now, catalogue }: { warnings: readonly Warning[]; now: Instant; catalogue: Catalogue },
): Standing {
  const { department, period, revisions, refusals } = one;
  const own = warnings.filter((warning) => warning.department === department.id && warning.period === period);
  const lastRefusal = refusals.at(-1)?.upload.uploadedAt ?? '';
  const lastAccepted = revisions.at(-1);
  const lastUpload = lastAccepted?.repeats.at(-1)?.upload ?? lastAccepted?.upload;
  return {
    kind: kindOf(one, now, catalogue),
    late: wasLate(one),
    openWarnings: own.filter(({ acknowledged }) => acknowledged === null).length,
    heldRevisions: heldRevisions(one).length,
    openQuestions: one.questions.filter(({ stage }) => stage !== 'closed').length,
    lastRefused: lastRefusal > (lastUpload?.uploadedAt ?? ''),
    awaitsScan: awaitsScan(one, catalogue),
  };
}

function kindOf(one: ReturnState, now: Instant, catalogue: Catalogue): StandingKind {
  const outcome = outcomeOf(one);
  if (outcome !== 'not-reported') return outcome;
  if (isOverdue(one, now, catalogue)) return 'overdue';
  return isOver(one.deadline, now, catalogue) ? 'due' : 'not-due';
}

/** The returns of a year that have not come, or were refused, although they are overdue; first what was due first. */
export function overdueIn({ returns, catalogue }: YearState, now: Instant): ReturnState[] {
  return returns
    .filter(({ revisions }) => revisions.length === 0)
    .filter((one) => isOverdue(one, now, catalogue))
    .sort((a, b) => compareDue(a.deadline, b.deadline));
}

/** Every question of a year that is not closed: first those that wait for the legal office, then the oldest. */
export function openQuestionsIn({ returns }: Pick<YearState, 'returns'>): QuestionState[] {
  return returns
    .flatMap(({ questions }) => questions)
    .filter(({ stage }) => stage !== 'closed')
    .sort((a, b) => (a.stage === b.stage ? byAsking(a, b) : a.stage === 'answered' ? -1 : 1));
}

function byAsking(a: QuestionState, b: QuestionState): number {
  return a.asked.at < b.asked.at ? -1 : 1;
}

/** The requests of a year that nobody has answered, oldest first. */
export function openExtensionRequestsIn({ returns }: Pick<YearState, 'returns'>): ExtensionRequest[] {
  return returns
    .flatMap(({ extensionRequests }) => extensionRequests)
    .filter(({ answer }) => answer === undefined)
    .sort((a, b) => (a.asked.at < b.asked.at ? -1 : 1));
}
