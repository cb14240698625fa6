import type { Finding, Severity } from '../finding.ts';

/** What is said of a fault: what was found, what is expected, how to mend it. */
export type Words = Pick<Finding, 'found' | 'expected' | 'message'>;

/** A kind of finding: how bad it is, and its words, which take what they are about. */
export function rule<A extends readonly unknown[]>(severity: Severity, words: (...about: A) => Words) {
  return { severity, words };
}
