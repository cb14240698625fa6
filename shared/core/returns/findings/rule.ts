import { z } from 'zod';
import type { Finding, Severity } from '../finding.ts';

/** What is said of a fault: what was found, what is expected, how to mend it. */
export type Words = Pick<Finding, 'found' | 'expected' | 'message'>;

/**
 * How a warning may be answered, from what weighs least: by a remark that was written beside the figure before anybody
 * asked (说明), by the department to that very warning, by the legal office.
 */
export const answerKindSchema = z.enum(['remark', 'department', 'legal-office']);
export type AnswerKind = z.infer<typeof answerKindSchema>;

/** Whether an answer is enough where one of that weight is needed. */
export function isEnough(answer: AnswerKind, needed: AnswerKind): boolean {
  const { options } = answerKindSchema;
  return options.indexOf(answer) >= options.indexOf(needed);
}

/** A kind of finding: how bad it is, and its words, which take what they are about. */
export function rule<A extends readonly unknown[]>(severity: Severity, words: (...about: A) => Words) {
  return { severity, words };
}

/** A kind of finding that asks about a return which counts, with what it takes at least to settle it. */
export function warning<A extends readonly unknown[]>(settledBy: AnswerKind, words: (...about: A) => Words) {
  return { severity: 'warning' as const, settledBy, words };
}
