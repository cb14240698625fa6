import { expect } from 'vitest';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import { unsigned } from '../../../../shared/core/returns/observation.ts';
import { type Entry, emptySubmission, type Submission } from '../../../../shared/core/returns/submission.ts';
import { validateReturn } from '../../../../shared/core/returns/validation.ts';
import { catalogueOf, indicator } from '../small-year.ts';

/** A rule of the month. */
export const rule = (id: string, expression: string, message = '甲不得大于乙。') => ({
  id,
  over: 'period',
  expression,
  message,
});
/** A catalogue with rules that refuse, and some that do not. */
export const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('b', 'flow', { notApplicable: true }),
    indicator('c', 'flow', { required: false }),
    indicator('works', 'list'),
    indicator('later', 'flow', { months: [2] }),
    indicator('theirs', 'flow', { reporters: ['yi'] }),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'c' }] }),
    indicator('net', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b', sign: '-' }] }),
  ],
  rules: [
    rule('a-of-b', 'a <= b'),
    rule('works-of-c', 'works <= c'),
    rule('theirs-of-a', 'theirs <= a'),
    { ...rule('c-of-a', 'c <= a'), over: 'year-to-date' },
    rule('ten', 'both <= 10'),
    rule('with-blank', 'a + c <= 50'),
  ],
});

/** What is typed of each indicator; undefined for a row that is not there. */
export type Typed = Record<string, string | Content | undefined>;
/** What is typed into a sound form. */
export const sound: Typed = { a: '1', b: '2', c: '', works: '0' };

/** A form in which so much was typed. */
export function submissionOf(typed: Typed, more: Partial<Submission> = {}): Submission {
  const figures = Object.entries(typed).flatMap(([id, content], index): [string, Entry][] => {
    if (content === undefined) return [];
    const read: Content =
      typeof content !== 'string'
        ? content
        : content === ''
          ? { kind: 'blank' }
          : { kind: 'text', text: content };
    const number = read.kind === 'text' && /^[0-9.]+$/.test(read.text);
    const place = { sheet: '月报', cell: `E${6 + index}` };
    return [[id, { content: number ? { kind: 'number', text: read.text } : read, computed: false, place }]];
  });
  const signature = { ...unsigned, preparer: '张三', reviewer: '李四' };
  return { ...emptySubmission(), figures: new Map(figures), signature, ...more };
}

/** What is made of it, as January's return of one department. */
export function validate(typed: Typed, more: Partial<Submission> = {}) {
  const result = validateReturn(submissionOf(typed, more), catalogue, {
    department: 'jia',
    period: '2023-01',
  });
  for (const finding of result.findings) findingSchema.parse(finding);
  const said = result.findings.map(({ rule, indicator, place }) => `${rule} ${indicator} ${place?.cell}`);
  expect(new Set(said).size).toBe(said.length);
  return {
    ...result,
    said: result.findings.map(({ rule, indicator = '' }) => `${rule} ${indicator}`.trim()),
  };
}
