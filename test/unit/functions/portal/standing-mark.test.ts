import { describe, expect, it } from 'vitest';
import { standingLegend, standingSign } from '../../../../functions/portal/pages/standing-mark.ts';
import type { Standing } from '../../../../shared/core/year/standing.ts';

const kinds = [
  ...(['counting', 'held', 'sent-back', 'declined'] as const),
  ...(['refused', 'overdue', 'due', 'not-due'] as const),
];
const plain = {
  ...{ late: false, openWarnings: 0, openQuestions: 0, heldRevisions: 0, lastRefused: false },
  awaitsScan: false,
};
const signing = { scan: true, agreement: false };

/** Every look that a return may have in the matrix. */
const looks: Standing[] = [
  ...kinds.map((kind) => ({ ...plain, kind })),
  { ...plain, kind: 'counting', late: true },
  { ...plain, kind: 'counting', openWarnings: 2 },
  { ...plain, kind: 'counting', late: true, openQuestions: 1 },
];

const marksIn = (html: unknown) =>
  [...String(html).matchAll(/aria-hidden="true">([^<]+)</g)].map(([, mark]) => mark ?? '');

describe('the marks of the matrix', () => {
  it('tell every standing from every other without colour', () => {
    const marks = looks.flatMap((standing) => marksIn(standingSign(standing)));
    expect(new Set(marks).size).toBe(looks.length);
  });

  it('are each explained', () => {
    const marks = looks.flatMap((standing) => marksIn(standingSign(standing)));
    expect(marksIn(standingLegend({ signing })).toSorted()).toEqual(marks.toSorted());
  });

  it('say beside what a return is that it is not signed yet, where that is asked for', () => {
    const unsigned = String(standingSign({ ...plain, kind: 'counting', awaitsScan: true }));
    expect(unsigned).toContain('<sub>章</sub>');
    expect(unsigned).toContain('已报，待签章');
    expect(String(standingLegend({ signing }))).toContain('<sub>章</sub> 待签章：');
    expect(String(standingLegend({ signing: { ...signing, scan: false } }))).not.toContain('待签章');
  });
});
