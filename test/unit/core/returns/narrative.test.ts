import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import {
  narrativeSaidSchema,
  readNarratives,
  sameNarratives,
} from '../../../../shared/core/returns/narrative.ts';
import type { Entry } from '../../../../shared/core/returns/submission.ts';
import { catalogueOf, indicator, narrative } from '../small-year.ts';

const { narratives } = catalogueOf({
  indicators: [indicator('a')],
  narratives: [narrative('how', { maxLength: 4 }), narrative('best', { required: false, maxLength: 4 })],
});
const place = { sheet: '文字说明', cell: 'E5' };

function read(content: Content, { id = 'how', ...how }: { id?: string } & Partial<Entry> = {}) {
  const result = readNarratives(narratives, {
    narratives: new Map([[id, { content, computed: false, place, ...how }]]),
  });
  for (const finding of result.findings) findingSchema.parse(finding);
  for (const said of result.said) narrativeSaidSchema.parse(said);
  return result;
}
const text = (typed: string, shown?: string): Content =>
  shown === undefined ? { kind: 'text', text: typed } : { kind: 'text', text: typed, shown };

describe('what a department writes', () => {
  it.each<[string, Content, string]>([
    ['white space around it', text(' \t甲　'), '甲'],
    ['blank lines between paragraphs', text('甲\n\n \n乙'), '甲\n乙'],
    ['ends of lines of Windows', text('甲\r\n乙'), '甲\n乙'],
    ['ends of lines of an old Macintosh', text('甲\r乙'), '甲\n乙'],
    ['separators of lines', text('甲\u2028乙'), '甲\n乙'],
    ['separators of pages', text('甲\u000c乙'), '甲\n乙'],
    ['characters that nobody sees', text('甲\u200b乙\u0007'), '甲乙'],
    ['letters that are put together', text('e\u0301'), 'é'],
    ['what its cell shows in place of it', text('甲', '乙'), '乙'],
    ['half a character', text('甲\ud800'), '甲\ufffd'],
    ['a number', { kind: 'number', text: '12' }, '12'],
    ['a day', { kind: 'date', iso: '2-3', text: '1' }, '2-3'],
    ['a truth', { kind: 'boolean', value: true }, 'TRUE'],
    ['as much as is allowed', text('一二三四'), '一二三四'],
  ])('is kept without, or as, %s', (_, content, expected) => {
    expect(read(content)).toEqual({ said: [{ narrative: 'how', text: expected, place }], findings: [] });
  });

  it('is kept if a formula wrote it', () => {
    expect(read(text('甲'), { computed: true }).said).toEqual([{ narrative: 'how', text: '甲', place }]);
  });

  it.each<[string, Content, Partial<Entry>, object]>([
    ['nothing', { kind: 'blank' }, {}, { rule: 'narrative-blank', expected: '文字，不超过 4 字' }],
    ['what nobody sees', text(' \u200b\n'), {}, { rule: 'narrative-blank', found: '空白' }],
    ['one more than is allowed', text('一二三四五'), {}, { rule: 'text-too-long', found: '5 字' }],
    ['an error', { kind: 'error', code: '#REF!' }, {}, { rule: 'text-not-text', found: '#REF!' }],
    [
      'a formula that was never calculated',
      { kind: 'blank' },
      { computed: true },
      { rule: 'text-not-text', found: '没有计算结果的公式' },
    ],
    ['struck out in part', text('甲乙'), { look: 'struck' }, { rule: 'text-struck', found: '甲乙' }],
    ['what is turned round', text('甲\u202e乙'), {}, { rule: 'text-reversed', found: '甲‹U+202E›乙' }],
  ])('is refused where it is %s', (_, content, how, expected) => {
    const { said, findings } = read(content, how);
    expect(said).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'error', indicator: 'how', place, ...expected }]);
    expect(findings).toHaveLength(1);
  });

  it('may be left out where it need not be written, but not be too long there', () => {
    expect(read({ kind: 'blank' }, { id: 'best' })).toEqual({ said: [], findings: [] });
    expect(read(text('一二三四五'), { id: 'best' }).findings).toMatchObject([{ rule: 'text-too-long' }]);
  });

  it('is not asked about twice where its row is not in the file', () => {
    expect(readNarratives(narratives, { narratives: new Map() })).toEqual({ said: [], findings: [] });
  });

  it('is the same wherever in the file it stands, and in whatever order', () => {
    const [how, best] = [
      { narrative: 'how', text: '甲', place },
      { narrative: 'best', text: '乙' },
    ];
    expect(sameNarratives([how!, best!], [best!, { narrative: 'how', text: '甲' }])).toBe(true);
    expect(sameNarratives([how!], [{ ...how!, text: '丙' }])).toBe(false);
    expect(sameNarratives([how!], [how!, best!])).toBe(false);
    expect(sameNarratives([how!, best!], [how!])).toBe(false);
    expect(sameNarratives([], [])).toBe(true);
  });
});
