import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { findingSchema, hasErrors } from '../../../../shared/core/returns/finding.ts';
import { unsigned } from '../../../../shared/core/returns/observation.ts';
import type { Entry } from '../../../../shared/core/returns/submission.ts';
import { validateReturn } from '../../../../shared/core/returns/validation.ts';
import { catalogueOf, indicator } from '../small-year.ts';
import { rule, sound, submissionOf, type Typed, validate } from './typed-january.ts';

describe('a return', () => {
  it('that is sound is accepted: zero, blank and 不适用 stay three things', () => {
    const { observations, findings } = validate({ ...sound, a: '0', b: '不适用' });
    expect(findings).toEqual([]);
    expect(observations.map(({ place: _place, ...figure }) => figure)).toEqual([
      { indicator: 'a', status: 'reported', value: '0' },
      { indicator: 'b', status: 'not-applicable' },
      { indicator: 'c', status: 'missing' },
      { indicator: 'works', status: 'reported', value: '0', items: [] },
    ]);
  });

  it('of nothing but zeros is a return', () => {
    const { observations, findings } = validate({ a: '0', b: '0', c: '0', works: '0' });
    expect(findings).toEqual([]);
    expect(observations).toHaveLength(4);
  });

  it.each([
    [{ a: '' }, ['figure-blank a'], 'a blank in a required cell is an error'],
    [{ c: '' }, [], 'a blank in an optional cell is none'],
    [{ a: '不适用' }, ['figure-not-applicable a'], '不适用 must be allowed'],
    [{ a: undefined }, ['row-missing a'], 'a row that is not there is an error'],
    [{ c: undefined }, ['row-missing c'], 'an optional row must be there too'],
    [{ a: '3' }, ['rule-a-of-b a'], 'a rule of the month refuses'],
    [{ a: '2' }, [], 'a rule of the month is kept to the last one'],
    [{ c: '9' }, [], 'a rule over the year to date refuses nothing'],
    [{ a: '3', b: '不适用' }, [], 'a rule about a figure that is not applicable says nothing'],
    [{ a: '3', b: '两件' }, ['figure-not-a-number b'], 'a rule about a figure that is wrong says nothing'],
    [{ works: '1', c: '0' }, ['list-count-differs works'], 'a list is compared with its sheet'],
    [
      { a: '', b: '约3', c: '-1', works: '' },
      ['figure-blank a', 'figure-approximate b', 'figure-negative c', 'figure-blank works'],
      'every problem is told at once, as the form runs',
    ],
    [
      { works: '约1', a: '无' },
      ['figure-word-for-nothing a', 'figure-approximate works'],
      'in the order of the form',
    ],
  ] as [Typed, string[], string][])('%j: %j: %s', (typed, rules) => {
    const { said, findings } = validate({ ...sound, ...typed });
    expect(said).toEqual(rules);
    expect(hasErrors(findings)).toBe(rules.length > 0);
  });

  it('tells a clerk to enter 0, or 不适用 where that may be', () => {
    const { findings } = validate({ ...sound, a: '', b: '' });
    expect(findings.map(({ place }) => place?.cell)).toEqual(['E6', 'E7']);
    expect(findings.map(({ message }) => message)).toEqual([
      '本指标必须填写；本月没有发生请填 0。',
      '本指标必须填写；本月没有发生请填 0，不适用请填“不适用”。',
    ]);
  });

  it('names the figures of a broken rule and their cell, in one well-formed sentence', () => {
    const [finding] = validate({ ...sound, a: '3' }).findings;
    expect(finding).toMatchObject({ found: '指标a 3，指标b 2', place: { sheet: '月报', cell: 'E6' } });
    expect(finding?.message).toBe(
      '甲不得大于乙；现在左边 3，右边 2，相差 1，请核对这几项的数字：指标a、指标b。',
    );
  });

  it('puts errors first, then what was normalised, and keeps what the reader found', () => {
    const findings = [
      { rule: 'form-of-another-catalogue', severity: 'info' as const, message: '目录有过修订。' },
    ];
    const normalised: Content = { kind: 'text', text: '1件' };
    const { said } = validate({ ...sound, a: normalised, b: '', c: '２' }, { findings });
    expect(said).toEqual([
      'figure-blank b',
      'form-of-another-catalogue',
      'figure-normalised a',
      'figure-normalised c',
    ]);
  });

  it('does not say of a row with an error in the form that anything else is wrong with it', () => {
    const findings = [
      { rule: 'row-repeated', severity: 'error' as const, indicator: 'a', message: '两行。' },
    ];
    expect(validate({ ...sound, a: undefined }, { findings }).said).toEqual(['row-repeated a']);
  });

  it('says what is wrong with the other rows beside one with an error in the form', () => {
    const findings = [
      { rule: 'row-repeated', severity: 'error' as const, indicator: 'a', message: '两行。' },
    ];
    const { said } = validate({ ...sound, a: undefined, b: '约3' }, { findings });
    expect(said).toEqual(['row-repeated a', 'figure-approximate b']);
  });

  it('reads a row of which something was told that is no error', () => {
    const findings = [{ rule: 'row-moved', severity: 'info' as const, indicator: 'a', message: '移动过。' }];
    const { said, observations } = validate({ ...sound, a: '约1' }, { findings });
    expect(said).toEqual(['figure-approximate a', 'row-moved a']);
    expect(observations.map(({ indicator }) => indicator)).toEqual(['b', 'c', 'works']);
  });

  it('orders what is equally bad: the whole file, then as the form runs, then rows that are not on it', () => {
    const about = (...indicators: (string | undefined)[]) =>
      indicators.map((indicator) => ({
        rule: 'row-moved',
        severity: 'info' as const,
        ...(indicator === undefined ? {} : { indicator }),
        message: '移动过。',
      }));
    const { said } = validate(sound, { findings: about('gone', 'works', 'a', undefined, 'c') });
    expect(said).toEqual(['row-moved', 'row-moved a', 'row-moved c', 'row-moved works', 'row-moved gone']);
  });

  it('does not say of a file that was not read that its rows and names are missing', () => {
    const findings = [
      { rule: 'form-of-another-department', severity: 'error' as const, message: '别的部门。' },
    ];
    const signature = unsigned;
    const { said, observations, narratives, remarks } = validate({}, { findings, signature });
    expect(said).toEqual(['form-of-another-department']);
    expect({ observations, narratives, remarks }).toEqual({ observations: [], narratives: [], remarks: [] });
  });

  it('says of an empty form that each of its rows is missing', () => {
    expect(validate({}).said).toEqual([
      'row-missing a',
      'row-missing b',
      'row-missing c',
      'row-missing works',
    ]);
  });

  it('tells what is wrong with the items of a list even where its count is wrong', () => {
    const place = { sheet: '清单1', cell: 'C5' };
    const items: Entry[] = [{ content: { kind: 'boolean', value: true }, computed: false, place }];
    const { said } = validate({ ...sound, works: '约1' }, { lists: new Map([['works', items]]) });
    expect(said).toEqual(['figure-approximate works', 'list-item-not-text works']);
  });

  it('does not ask for what another department or another month reports', () => {
    const { observations } = validate(sound);
    expect(observations.map(({ indicator }) => indicator)).toEqual(['a', 'b', 'c', 'works']);
  });
});

describe('the signature', () => {
  const typed = {
    ...{ head: ' 王五', preparer: ' 张三 ', reviewer: '', telephone: '1'.repeat(100) },
    ...{ date: '2023年4月3日 ', correctionNote: ' 补报 ' },
  };

  it('is trimmed and cut, and a missing name does not refuse', () => {
    const { signature, findings } = validate(sound, { signature: typed });
    expect(signature).toEqual({
      head: '王五',
      preparer: '张三',
      reviewer: '',
      telephone: '1'.repeat(60),
      date: '2023年4月3日',
      correctionNote: '补报',
    });
    expect(findings).toMatchObject([{ rule: 'signature-missing', severity: 'info', expected: '审核人' }]);
  });

  it.each([
    ['', '李四', '填报人', '没有填写填报人；'],
    [' 　', '李四', '填报人', '没有填写填报人；'],
    ['张三', ' ', '审核人', '没有填写审核人；'],
    ['', '', '填报人、审核人', '没有填写填报人和审核人；'],
  ])('of %j and %j is without %s', (preparer, reviewer, expected, message) => {
    const { findings } = validate(sound, { signature: { ...typed, preparer, reviewer } });
    expect(findings).toMatchObject([{ rule: 'signature-missing', expected }]);
    expect(findings[0]?.message).toContain(message);
  });

  it('counts the characters of a note without the white space around', () => {
    const noted = (length: number) => {
      const correctionNote = ` ${'长'.repeat(length)} `;
      return validate(sound, { signature: { ...typed, reviewer: '李四', correctionNote } }).findings;
    };
    expect(noted(500)).toEqual([]);
    expect(noted(501)).toMatchObject([{ found: '501 个字' }]);
  });

  it('refuses a note too long to keep, since half of a reason is none', () => {
    const signature = { ...typed, reviewer: '李四', correctionNote: '长'.repeat(501) };
    expect(validate(sound, { signature }).findings).toMatchObject([{ rule: 'correction-note-too-long' }]);
    expect(
      validate(sound, { signature: { ...signature, correctionNote: '长'.repeat(500) } }).findings,
    ).toEqual([]);
  });
});

describe('findings', () => {
  it('of the reader are cut to what the ledger keeps', () => {
    const long = {
      rule: 'file-odd',
      severity: 'info' as const,
      message: '长'.repeat(700),
      found: '长'.repeat(300),
    };
    const [finding] = validate(sound, { findings: [long] }).findings;
    expect([finding?.message.length, finding?.found?.length]).toEqual([600, 200]);
    const [placeless] = validate(sound, { findings: [{ ...long, found: undefined }] }).findings;
    expect(placeless?.found).toBeUndefined();
  });

  it('fit into the ledger, however many indicators a rule has and however long their names are', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `i${index}`);
    const long = catalogueOf({
      indicators: ids.map((id) => indicator(id, 'flow', { name: `${id}${'\u{20000}'.repeat(25)}` })),
      rules: [rule('many', `${ids.slice(1).join(' + ')} <= ${ids[0]}`, '规'.repeat(119))],
    });
    const submission = submissionOf(Object.fromEntries(ids.map((id) => [id, '1'])));
    const { findings } = validateReturn(submission, long, { department: 'jia', period: '2023-01' });
    expect(findings).toHaveLength(1);
    const finding = findingSchema.parse(findings[0]);
    expect(finding.found?.isWellFormed()).toBe(true);
    expect(finding.message.isWellFormed()).toBe(true);
  });
});
