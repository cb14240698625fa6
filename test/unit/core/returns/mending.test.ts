import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/core/returns/finding.ts';
import { findingRules } from '../../../../shared/core/returns/findings/findings.ts';
import { canBeTyped, errorsOfTheFile, fieldsToMend } from '../../../../shared/core/returns/mending.ts';
import { emptySubmission } from '../../../../shared/core/returns/submission.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const errors = Object.entries(findingRules).flatMap(([rule, { severity }]) =>
  severity === 'error' ? [rule] : [],
);

/** What is about the file: whose it is, whether it is the form, and what the form made anew would lose. */
const ofTheFile = [
  'address-malformed',
  'address-not-expected',
  'address-unknown-department',
  'address-unknown-period',
  'column-missing',
  'column-name-differs',
  'column-repeated',
  'form-contradicts-address',
  'form-heading-differs',
  'form-marks-differ',
  'form-not-recognised',
  'form-of-another-catalogue',
  'form-of-another-department',
  'form-of-another-period',
  'form-of-another-year',
  'list-column-missing',
  'list-stray',
  'narrative-stray',
  'row-unknown',
  'sheet-missing',
  'sheet-repeated',
];

const found = (rule: string, more: Partial<Finding> = {}): Finding => ({
  rule,
  severity: 'error',
  message: '有误。',
  indicator: 'a',
  ...more,
});

describe('what a refusal is for', () => {
  it('is mended by typing, or else is about the file: every error is decided', () => {
    const undecided = errors.filter((rule) => !canBeTyped([found(rule)]));
    expect(undecided.toSorted()).toEqual(ofTheFile);
  });

  it.each<[string, Finding[], boolean]>([
    ['nothing', [], false],
    ['what is no error', [found('figure-normalised', { severity: 'info' })], false],
    ['a cell', [found('figure-blank')], true],
    [
      'a cell, beside what is no error of the file',
      [found('figure-blank'), found('cell-ignored', { severity: 'info' })],
      true,
    ],
    ['a cell and the file', [found('figure-blank'), found('sheet-missing')], false],
    ['a cell of nobody knows what', [{ rule: 'figure-blank', severity: 'error', message: '有误。' }], false],
    [
      'a remark at the end of a row',
      [{ rule: 'text-too-long', severity: 'error', message: '有误。', place: { sheet: '表', cell: 'F6' } }],
      true,
    ],
    ['a rule of the catalogue', [found('rule-a-of-b')], true],
    ['a cell that cannot be read', [found('file-cell-unreadable')], true],
    ['a file that cannot be read', [{ rule: 'file-truncated', severity: 'error', message: '有误。' }], false],
  ])('for %s it is mended by typing: %#', (_, findings, isTyped) => {
    expect(canBeTyped(findings)).toBe(isTyped);
    expect(errorsOfTheFile(findings).length > 0).toBe(
      findings.some(({ severity }) => severity === 'error') && !isTyped,
    );
  });

  it.each([
    'row-repeated',
    'input-cell-merged',
    'input-cell-merged-left',
    'row-name-differs',
    'file-cell-unreadable',
  ])('a cell is typed from nothing where nobody can tell what stands in it (%s)', (rule) => {
    const catalogue = catalogueOf({ indicators: [indicator('a')] });
    const form = {
      catalogue,
      key: { department: 'jia', period: '2023-01' } as const,
      submission: emptySubmission(),
    };
    expect(fieldsToMend([found(rule)], form)).toMatchObject([{ field: { indicator: 'a' }, isBlank: true }]);
    expect(fieldsToMend([found('figure-negative')], form)).toMatchObject([{ isBlank: false }]);
  });
});
