import { type Instant, yearOf } from '../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent, type Payload } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import type { ExtensionRequest } from '../../shared/core/year/extension-requests.ts';
import type { QuestionStage } from '../../shared/core/year/questions.ts';
import {
  type HeldBecause,
  heldBecause,
  isUploadedBy,
  isUploadOf,
  type Revision,
} from '../../shared/core/year/revision.ts';
import type { Warning } from '../../shared/core/year/warning.ts';
import { warningsOn } from '../../shared/core/year/warnings.ts';
import { returnOf, type YearState } from '../../shared/core/year/year-state.ts';
import type { Store } from './adopted.ts';
import { append } from './append.ts';
import { officeEventsIn, readYear } from './read-year.ts';

/** What a person decides about a return, a period or what was found in one. */
export type Decision = Extract<
  Payload,
  {
    kind:
      | 'deadline-extended'
      | 'return-admitted'
      | 'admission-declined'
      | 'correction-explained'
      | 'warning-acknowledged'
      | 'question-asked'
      | 'question-answered'
      | 'question-insisted'
      | 'question-closed'
      | 'extension-requested'
      | 'extension-declined'
      | 'scan-filed'
      | 'return-agreed'
      | 'return-disagreed';
  }
>;

/** What somebody answers to a warning. */
export type WarningAnswer = Extract<Decision, { kind: 'warning-acknowledged' }>;

/** A decision that makes no sense as the ledger stands, with why. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
}

/** Records a decision in the office's chain. Throws `DecisionError` if it is about nothing that is there. */
export async function recordDecision(
  decision: Decision,
  decided: Decided,
  store: Store & { ledger: Ledger },
): Promise<LedgerEvent> {
  const year = yearOf(decision.period);
  return appendToOffice({ year, decided, happening: decision }, store, (state) =>
    problemWith(decision, state, decided.by),
  );
}

/** When somebody decided, and who. */
export interface Decided {
  at: Instant;
  by: string;
}

/** Appends to the office's chain. Throws `DecisionError` for what makes no sense as the year stands. */
export async function appendToOffice(
  { year, decided, happening }: { year: number; decided: Decided; happening: Payload },
  store: Store & { ledger: Ledger },
  problemIn: (state: YearState) => string | undefined,
): Promise<LedgerEvent> {
  return append(store.ledger, async () => {
    const { state, chains, catalogueHash: catalogue } = await readYear(store, year);
    const problem = problemIn(state);
    if (problem !== undefined) throw new DecisionError(problem);
    const entry = { ...decided, catalogue, happening };
    const event = nextEvent(chainOf(year, 'office'), officeEventsIn(chains, year), entry);
    return { kind: 'append', event, result: event };
  });
}

/** Why a decision makes no sense as the year stands; undefined where it does. */
export function problemWith(decision: Decision, state: YearState, by: string): string | undefined {
  switch (decision.kind) {
    case 'deadline-extended':
      return state.returns.some(
        ({ department, period }) =>
          period === decision.period && (decision.department ?? department.id) === department.id,
      )
        ? undefined
        : `no return is expected of ${decision.department ?? 'anybody'} for ${decision.period}`;
    case 'extension-requested':
      return problemWithRequesting(decision, state);
    case 'extension-declined':
      return requestsOf(decision, state).some(
        ({ id, answer }) => id === decision.request && answer === undefined,
      )
        ? undefined
        : `no request ${decision.request} waits for an answer`;
    case 'return-admitted':
      return isDeclined(decision, state) ? undefined : problemWithHeld(decision, 'after-cut-off', state);
    case 'admission-declined':
      return problemWithHeld(decision, 'after-cut-off', state);
    case 'correction-explained':
      return problemWithHeld(decision, 'changes-issued', state);
    case 'return-agreed':
    case 'return-disagreed':
      return problemWithAgreement(decision, state, by);
    case 'scan-filed':
      return problemWithScan(decision, state);
    case 'question-asked':
      return problemWithAsking(decision, state);
    case 'question-answered':
      return problemWithQuestion(decision, ['open'], state);
    case 'question-insisted':
      return problemWithQuestion(decision, ['answered'], state) ?? problemWithNewest(decision, state);
    case 'question-closed':
      return problemWithQuestion(decision, ['open', 'answered'], state);
    case 'warning-acknowledged':
      return problemWithAnswer(decision, state);
  }
}

/** A department may answer what only the legal office settles: that is kept, and shown to the office. */
function problemWithAnswer(answer: WarningAnswer, state: YearState): string | undefined {
  if (answer.department === null && answer.as === 'department') {
    return 'what is over the totals of all departments is answered by the legal office';
  }
  return warningsAbout(answer, state).some(({ id }) => id === answer.warning)
    ? undefined
    : `no warning ${answer.warning} stands: it may have gone with a correction`;
}

/** Of a return, or, where no department is named, of the totals of all. */
function warningsAbout(
  { department, period }: Pick<WarningAnswer, 'department' | 'period'>,
  state: YearState,
): Warning[] {
  if (department !== null) return warningsOn(state, { department, period });
  return warningsOf(state).filter((one) => one.department === null && one.period === period);
}

function requestsOf(key: ReturnKey, state: YearState): ExtensionRequest[] {
  return returnOf(state, key)?.extensionRequests ?? [];
}

function problemWithRequesting(key: ReturnKey, state: YearState): string | undefined {
  const one = returnOf(state, key);
  if (one === undefined) return `no return is expected of ${key.department} for ${key.period}`;
  if (one.revisions.length > 0) return 'the return has come';
  const waits = one.extensionRequests.some(({ answer }) => answer === undefined);
  return waits ? 'a request for more time waits already' : undefined;
}

type AboutUpload = ReturnKey & { upload: string };

function revisionOf({ upload, ...key }: AboutUpload, state: YearState): Revision | undefined {
  return returnOf(state, key)?.revisions.find((one) => isUploadOf(one, upload));
}

function isDeclined(about: AboutUpload, state: YearState): boolean {
  return revisionOf(about, state)?.state.kind === 'declined';
}

function problemWithHeld(about: AboutUpload, because: HeldBecause, state: YearState): string | undefined {
  const revision = revisionOf(about, state);
  const isHeld = revision !== undefined && heldBecause(revision).includes(because);
  return isHeld ? undefined : `no upload ${about.upload} is held for this reason`;
}

/** Of a version that waits for it; not by whoever uploaded it; once somebody disagreed, only agreeing says something new. */
function problemWithAgreement(
  decision: Extract<Decision, { kind: 'return-agreed' | 'return-disagreed' }>,
  state: YearState,
  by: string,
): string | undefined {
  const problem = problemWithHeld(decision, 'awaits-agreement', state);
  const revision = revisionOf(decision, state);
  if (problem !== undefined || revision === undefined) return problem ?? 'there is no such version';
  if (isUploadedBy(revision, by)) return 'whoever uploaded a version does not review it';
  const isSaid = decision.kind === 'return-disagreed' && revision.agreement?.kind === 'disagreed';
  return isSaid ? 'it was disagreed to already' : undefined;
}

/** Any accepted version may be signed, those too that another took the place of; the same scan twice in a row says nothing new. */
function problemWithScan(
  decision: Extract<Decision, { kind: 'scan-filed' }>,
  state: YearState,
): string | undefined {
  const revision = revisionOf(decision, state);
  if (revision === undefined) return `no upload ${decision.upload} was accepted for this return`;
  return revision.scans.at(-1)?.sha256 === decision.scan.sha256 ? 'this scan was filed already' : undefined;
}

/** Only the newest version of a return is asked about: what it says of the others, it has replaced itself. */
function problemWithNewest(about: AboutUpload, state: YearState): string | undefined {
  const newest = returnOf(state, about)?.revisions.at(-1);
  const isNewest = newest !== undefined && isUploadOf(newest, about.upload);
  return isNewest ? undefined : `${about.upload} is not the newest version of the return`;
}

function problemWithAsking(
  decision: Extract<Decision, { kind: 'question-asked' }>,
  state: YearState,
): string | undefined {
  const { about } = decision;
  const asked = returnOf(state, decision)?.questions ?? [];
  if (asked.some((one) => one.stage !== 'closed' && one.about === about)) {
    return `a question about ${about ?? 'the return'} waits already`;
  }
  const { figures = [], texts = [] } = revisionOf(decision, state) ?? {};
  const isSaid =
    about === null ||
    figures.some(({ indicator }) => indicator === about) ||
    texts.some(({ narrative }) => narrative === about);
  return problemWithNewest(decision, state) ?? (isSaid ? undefined : `the return says nothing of ${about}`);
}

function problemWithQuestion(
  { question, ...key }: ReturnKey & { question: string },
  stages: readonly QuestionStage[],
  state: YearState,
): string | undefined {
  const found = returnOf(state, key)?.questions.find(({ id }) => id === question);
  return found !== undefined && stages.includes(found.stage)
    ? undefined
    : `no question ${question} waits for this`;
}
