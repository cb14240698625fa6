import type { Instant } from '../catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent, type QuestionEffect } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import type { UploadId } from '../ledger/upload.ts';
import type { ReturnKey } from '../returns/address.ts';
import type { Sha256 } from '../values/digest.ts';

/** What was done about a question after it was asked. */
export interface QuestionStep extends Act {
  kind: 'answered' | 'insisted' | 'closed';
}

/** What the legal office asks a department about a return, or about one thing in it (核实, 退回). */
export interface Question extends ReturnKey {
  /** The hash of the event that asked. */
  id: Sha256;
  /** The indicator or narrative that is asked about; null for the return as a whole. */
  about: string | null;
  effect: QuestionEffect;
  asked: Act;
  /** The version in question: the newest when it was asked, or when the office last insisted. */
  upload: UploadId;
  /** In the order in which they were recorded. */
  steps: QuestionStep[];
}

/** For whom a question waits: the department, then the legal office, then nobody. */
export type QuestionStage = 'open' | 'answered' | 'closed';

/** A question as it stands. */
export interface QuestionState extends Question {
  stage: QuestionStage;
  /** The version that came in its place and counts or did; undefined where none has. */
  replacedBy: number | undefined;
}

/** The questions of a year with what was done about them, from the office's chain in its order; oldest first. */
export function questionsIn(events: readonly LedgerEvent[]): Question[] {
  const questions = new Map<string, Question>();
  for (const event of events) {
    if (isEvent(event, 'question-asked')) questions.set(event.hash, askedIn(event));
    else if (isEvent(event, 'question-insisted')) {
      const question = questions.get(event.happening.question);
      if (question === undefined) continue;
      question.steps.push({ kind: 'insisted', ...actOf(event) });
      question.upload = event.happening.upload;
    } else if (isEvent(event, 'question-answered')) {
      questions.get(event.happening.question)?.steps.push({ kind: 'answered', ...actOf(event) });
    } else if (isEvent(event, 'question-closed')) {
      questions.get(event.happening.question)?.steps.push({ kind: 'closed', ...actOf(event) });
    }
  }
  return [...questions.values()];
}

/** Who recorded an event that has a reason, when and why. */
export function actOf({ by, at, happening }: LedgerEvent & { happening: { reason: string } }): Act {
  return { by, at, reason: happening.reason };
}

function askedIn(event: EventOf<'question-asked'>): Question {
  const { department, period, about, effect, upload } = event.happening;
  return { id: event.hash, department, period, about, effect, asked: actOf(event), upload, steps: [] };
}

/** For whom a question waits, given whether a version that may count came after the one in question. */
export function stageOf({ steps }: Pick<Question, 'steps'>, isReplaced: boolean): QuestionStage {
  const last = steps.at(-1)?.kind;
  if (last === 'closed') return 'closed';
  return last === 'answered' || isReplaced ? 'answered' : 'open';
}

/**
 * Whether an upload at this moment does what the office asked for: it came after a question on its return was asked, and
 * before that was closed. The office need not let it in as well.
 */
export function wasAskedFor(at: Instant, questions: readonly Question[]): boolean {
  return questions.some(({ asked, steps }) => {
    const closed = steps.find(({ kind }) => kind === 'closed');
    return at >= asked.at && (closed === undefined || at <= closed.at);
  });
}
