import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../shared/core/returns/content.ts';
import type { Submission } from '../../../../shared/core/returns/submission.ts';
import { validateReturn } from '../../../../shared/core/returns/validation.ts';
import { catalogueOf, indicator, narrative } from '../small-year.ts';
import { rule, sound, submissionOf, type Typed, validate } from './typed-january.ts';

describe('the cell of a sum', () => {
  const sum = (typed: string | Content | undefined, figures: Typed = {}, id = 'both') => {
    const { findings } = validate({ ...sound, b: '7', ...figures, [id]: typed });
    return findings.map(({ rule: of, found, expected, place }) =>
      [of, found, expected, place?.cell].join(' '),
    );
  };

  it.each<[sentence: string, typed: string | Content | undefined, figures: Typed, said: string[]]>([
    ['that is not there is computed', undefined, { c: '4' }, []],
    ['that is blank is computed', '', { c: '4' }, []],
    ['may say what its parts come to', '5', { c: '4' }, []],
    ['must not say anything else', '6', { c: '4' }, ['sum-differs 6 指标a 1 + 指标c 4 = 5 E10']],
    ['says what a blank part leaves', '1', {}, []],
    [
      'is not compared while a part of it is wrong',
      '6',
      { c: '约4' },
      ['figure-approximate 约4 准确的数字 E8'],
    ],
    ['is not read where it is no number', '见附件', { c: '4' }, ['sum-not-read 见附件  E10']],
    ['is not read where it does not apply', '不适用', { c: '4' }, ['sum-not-read 不适用  E10']],
  ])('%s', (_, typed, figures, said) => {
    expect(sum(typed, figures)).toEqual(said);
  });

  it('may be less than nothing', () => {
    expect(sum('-6', {}, 'net')).toEqual([]);
    expect(sum('-5', {}, 'net')).toMatchObject([expect.stringContaining('sum-differs -5')]);
  });

  it('that a formula computed is not looked at', () => {
    const figures = submissionOf({ ...sound, c: '4', both: '6' }).figures;
    figures.set('both', { ...figures.get('both')!, computed: true });
    expect(validate({}, { figures }).said).toEqual([]);
  });

  it('breaks a rule with what its parts come to, at no place if it has none', () => {
    const { findings } = validate({ ...sound, a: '6', b: '6', c: '5' });
    expect(findings.map(({ rule: of }) => of)).toEqual(['rule-ten']);
    expect('place' in findings[0]!).toBe(false);
  });

  it('of a rule counts a blank among numbers as nothing', () => {
    expect(validate({ ...sound, a: '51', b: '60', both: undefined }).said).toContain('rule-with-blank a');
  });
});

describe('a rule of the month', () => {
  it('holds of what this department alone reports', () => {
    const own = catalogueOf({
      indicators: [indicator('mine', 'flow', { reporters: ['jia'] }), indicator('a')],
      rules: [rule('own', 'mine <= a')],
    });
    const { findings } = validateReturn(submissionOf({ mine: '2', a: '1' }), own, {
      department: 'jia',
      period: '2023-01',
    });
    expect(findings.map(({ rule: of }) => of)).toEqual(['rule-own']);
  });
});

describe('what is written', () => {
  const how = {
    content: { kind: 'text', text: '写明' } as Content,
    computed: false,
    place: { sheet: '文字', cell: 'E5' },
  };
  const asked = catalogueOf({
    indicators: [indicator('a')],
    narratives: [narrative('how'), narrative('theirs', { reporters: ['yi'] })],
  });
  const read = (more: Partial<Submission>) =>
    validateReturn(submissionOf({ a: '1' }, more), asked, { department: 'jia', period: '2023-01' });

  it('is read where it is asked for', () => {
    const { narratives, findings } = read({
      narratives: new Map([
        ['how', how],
        ['theirs', how],
      ]),
    });
    expect(narratives).toEqual([{ narrative: 'how', text: '写明', place: how.place }]);
    expect(findings).toEqual([]);
  });

  it('is not read where the form has an error there', () => {
    const fault = {
      rule: 'input-cell-merged',
      severity: 'error' as const,
      indicator: 'how',
      message: '合并。',
    };
    const blank = { ...how, content: { kind: 'blank' } as Content };
    const { narratives, findings } = read({ findings: [fault], narratives: new Map([['how', blank]]) });
    expect(narratives).toEqual([]);
    expect(findings.map(({ rule: of }) => of)).toEqual(['input-cell-merged']);
  });

  it('is something that was read, where no figure was', () => {
    const fault = { rule: 'sheet-missing', severity: 'error' as const, message: '缺少。' };
    const { findings } = read({ figures: new Map(), findings: [fault], narratives: new Map([['how', how]]) });
    expect(findings.map(({ rule: of }) => of)).toEqual(['sheet-missing', 'row-missing']);
  });
});
