import { expect, it } from 'vitest';
import { findingSchema } from '../../../../../shared/core/returns/finding.ts';
import type { FindingWords } from '../../../../../shared/core/returns/findings/findings.ts';

/** What is found and expected, and what the sentence for whoever sent the file must say besides. */
export type Case = [
  words: () => FindingWords,
  found: string | undefined,
  expected: string | undefined,
  says: string,
];

/** A test for each case, called by what is said. */
export function saysEach(cases: readonly Case[]): void {
  it.each(cases.map(([words, found, expected, says]) => [says, words, found, expected] as const))(
    '“%s”',
    (says, words, found, expected) => {
      const said = words();
      expect({ found: said.found, expected: said.expected }).toEqual({ found, expected });
      expect(said.message).toContain(says);
      expect(said.message).toMatch(/。$/);
      expect(findingSchema.parse(said)).toEqual(said);
      expect(Object.values(said)).not.toContain(undefined);
    },
  );
}
