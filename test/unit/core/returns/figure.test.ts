import { describe, expect, it } from 'vitest';
import type { ReportedIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { readFigure } from '../../../../shared/core/returns/figure.ts';
import { findingSchema, hasErrors } from '../../../../shared/core/returns/finding.ts';
import type { Entry } from '../../../../shared/core/returns/submission.ts';
import { reported } from '../small-year.ts';

const of = (more: Record<string, unknown>) => reported('flow', more);
const cases = of({ unit: '件' });
const people = of({ unit: '人' });
const visits = of({ unit: '人次' });
const money = of({ unit: '万元', decimals: 4, alsoIn: [{ unit: '元', factor: '0.0001' }] });
const yuan = of({ unit: '元', alsoIn: [{ unit: '万元', factor: '10000' }] });
const change = of({ unit: '人', range: { min: '-100', max: '100' } });
const share = of({ unit: '%', decimals: 1 });
const byUnit: Record<string, ReportedIndicator> = {
  件: cases,
  人: people,
  人次: visits,
  万元: money,
  元: yuan,
  '人±': change,
  '%': share,
};
const perhaps = of({ unit: '人次', notApplicable: true });

const text = (typed: string): Content => ({ kind: 'text', text: typed });
const number = (stored: string): Content => ({ kind: 'number', text: stored });
const at = (content: Content, computed = false): Entry => ({
  content,
  computed,
  place: { sheet: '月报', cell: 'E6' },
});

function read(about: ReportedIndicator, content: Content, computed = false) {
  const figure = readFigure(about, at(content, computed));
  for (const finding of figure.findings) {
    findingSchema.parse(finding);
    expect(finding.place).toEqual({ sheet: '月报', cell: 'E6' });
    expect(finding.indicator).toBe('x');
  }
  expect(figure.reading === undefined).toBe(hasErrors(figure.findings));
  return figure;
}

it.each([
  ['struck', false, 'text-struck'],
  ['struck', true, 'text-struck'],
  ['raised', false, 'text-raised'],
] as const)('a figure of which a part is %s (computed: %s) is in doubt: %s', (look, computed, rule) => {
  const { reading, findings } = readFigure(cases, { ...at(text('120135'), computed), look });
  expect([reading, findings.map((each) => each.rule)]).toEqual([undefined, [rule]]);
});

describe('what is unambiguous is read, and said to have been read', () => {
  it.each([
    ['件', '120', '120', 'a number typed as text'],
    ['件', '１２０', '120', 'full-width digits'],
    ['件', '1,234', '1234', 'thousands separators'],
    ['件', '1，234', '1234', 'full-width thousands separators'],
    ['件', '12,345,678', '12345678', 'several separators'],
    ['件', '1 234', '1234', 'a space as separator'],
    ['件', '1\u00a0234', '1234', 'a no-break space as separator'],
    ['件', '  120　', '120', 'spaces around, full-width too'],
    ['件', '120件', '120', 'the unit behind the number'],
    ['件', '120 件', '120', 'the unit behind a space'],
    ['件', '120（件）', '120', 'the unit in full-width brackets'],
    ['件', '120(件)', '120', 'the unit in brackets'],
    ['件', '1,234件', '1234', 'separators and unit together'],
    ['人次', '35人次', '35', '人次 for 人次'],
    ['人', '35人', '35', '人 for 人'],
    ['万元', '1,234.56', '1234.56', 'separators and a fraction'],
    ['万元', '1 234.56', '1234.56', 'spaces and a fraction'],
    ['件', '1 234 567', '1234567', 'several spaces as separators'],
    ['件', '+1,234', '1234', 'a plus sign before separators'],
    ['件', '+12 345', '12345', 'a plus sign before spaces as separators'],
    ['人±', '100', '100', 'the greatest there may be'],
    ['人±', '-100', '-100', 'the least there may be'],
    ['万元', '189.5934万元', '189.5934', 'its own unit, although 元 is its ending'],
    ['万元', '1895934元', '189.5934', '元 for an indicator in 万元'],
    ['万元', '1,895,934 元', '189.5934', '元 with separators'],
    ['元', '3万元', '30000', '万元 for an indicator in 元'],
    ['件', '007', '7', 'leading zeros'],
    ['件', '+5', '5', 'a plus sign'],
    ['件', '＋５', '5', 'a full-width plus sign'],
    ['件', '5.0', '5', 'a fraction of nothing'],
    ['人±', '-5', '-5', 'a negative number where one may be'],
    ['人±', '\u22125', '-5', 'a typographic minus sign'],
    ['%', '98.5%', '98.5', 'a percentage where the unit is %'],
  ])('%s: %j is %s: %s', (unit, typed, value) => {
    const about = byUnit[unit]!;
    const figure = read(about, text(typed));
    expect(figure.reading).toEqual({ status: 'reported', value });
    expect(figure.findings).toMatchObject([{ rule: 'figure-normalised', severity: 'info', expected: value }]);
    expect(figure.findings[0]?.message).toContain(`：${value} ${about.unit}；`);
  });

  it.each([
    ['12', '12'],
    ['12.0', '12'],
    ['1.2E+3', '1200'],
    ['0', '0'],
    ['999999999999999', '999999999999999'],
  ])('a number %s is %s, with nothing to say', (stored, value) => {
    expect(read(cases, number(stored))).toEqual({ reading: { status: 'reported', value }, findings: [] });
  });

  it('a formula with a cached value counts as the file has it, and says that nothing was computed', () => {
    const figure = read(money, number('189.59000000000001'), true);
    expect(figure.reading).toEqual({ status: 'reported', value: '189.59' });
    expect(figure.findings).toMatchObject([{ rule: 'figure-normalised', severity: 'info' }]);
    expect(figure.findings[0]?.message).toContain('公式');
  });

  it.each([
    [{ kind: 'blank' }, 'an empty cell'],
    [text(''), 'an empty text'],
    [text(' 　\u00a0\u200b'), 'white space only'],
  ] as [Content, string][])('%j is blank: %s', (content) => {
    expect(read(cases, content)).toEqual({ reading: { status: 'blank' }, findings: [] });
  });

  it('不适用 is taken where it is allowed, and zero stays a number', () => {
    expect(read(perhaps, text(' 不适用 '))).toEqual({ reading: { status: 'not-applicable' }, findings: [] });
    expect(read(perhaps, number('0')).reading).toEqual({ status: 'reported', value: '0' });
  });
});

describe('what is not unambiguous is refused, with the reason', () => {
  it.each([
    ['件', '20余', 'figure-approximate', 'cut off'],
    ['件', '20余件', 'figure-approximate', 'cut off, with a unit'],
    ['件', '约30', 'figure-approximate', 'about'],
    ['件', '近30', 'figure-approximate', 'nearly'],
    ['件', '30左右', 'figure-approximate', 'or so'],
    ['件', '二十余', 'figure-approximate', 'in Chinese numerals'],
    ['件', '95%左右', 'figure-approximate', 'about so many percent'],
    ['件', '不足', 'figure-not-a-number', 'a word of about without a number'],
    ['件', '暂无', 'figure-not-a-number', 'a word that ends like nothing'],
    ['件', '无法统计', 'figure-not-a-number', 'a word that begins like nothing'],
    ['件', '--', 'figure-word-for-nothing', 'two dashes'],
    ['件', '1,2345', 'figure-not-a-number', 'a separator before four digits'],
    ['件', '1,234,5', 'figure-not-a-number', 'a separator before one digit'],
    ['件', '1234,567', 'figure-not-a-number', 'a separator behind four digits'],
    ['件', '1,234.', 'figure-not-a-number', 'separators and a point without a fraction'],
    ['件', '1 2345', 'figure-not-a-number', 'a space before four digits'],
    ['件', '1234 567', 'figure-not-a-number', 'a space behind four digits'],
    ['件', '95%', 'figure-is-a-percentage', 'a percentage for a count'],
    ['件', '９５％', 'figure-is-a-percentage', 'a full-width percentage'],
    ['件', '无', 'figure-word-for-nothing', 'a word for nothing'],
    ['件', '没有', 'figure-word-for-nothing', 'two words for nothing'],
    ['件', '-', 'figure-word-for-nothing', 'a dash'],
    ['件', '——', 'figure-word-for-nothing', 'a Chinese dash'],
    ['件', '/', 'figure-word-for-nothing', 'a slash'],
    ['件', 'N/A', 'figure-word-for-nothing', 'not available'],
    ['件', '零', 'figure-word-for-nothing', 'zero as a word'],
    ['件', '不适用', 'figure-not-applicable', '不适用 where a number must be'],
    ['件', '1E3', 'figure-not-a-number', 'an exponent typed as text'],
    ['件', '1,5', 'figure-not-a-number', 'a comma that is no thousands separator'],
    ['件', '1,23,456', 'figure-not-a-number', 'separators at odd places'],
    ['件', '12 3', 'figure-not-a-number', 'a gap that is no separator'],
    ['件', '1\n2', 'figure-not-a-number', 'two lines'],
    ['件', '3²', 'figure-not-a-number', 'a superscript, which is no digit'],
    ['件', '①', 'figure-not-a-number', 'a circled number'],
    ['件', '三', 'figure-not-a-number', 'a Chinese numeral'],
    ['件', '٣', 'figure-not-a-number', 'an Arabic-Indic digit'],
    ['件', '120个', 'figure-not-a-number', 'another unit'],
    ['件', '3+4', 'figure-not-a-number', 'a sum'],
    ['件', '\u202e21', 'figure-reversed', 'text that reads backwards'],
    ['件', '1.234.567', 'figure-not-a-number', 'points as separators'],
    ['件', '件', 'figure-not-a-number', 'a unit alone'],
    ['人', '35人次', 'figure-not-a-number', '人次 where 人 are counted'],
    ['人次', '35人', 'figure-not-a-number', '人 where 人次 are counted'],
    ['件', '5万件', 'figure-not-a-number', 'a multiple of the unit'],
    ['人', '120元', 'figure-not-a-number', 'a unit of something else'],
    ['件', '-3', 'figure-negative', 'a negative count'],
    ['件', '－３', 'figure-negative', 'a full-width negative count'],
    ['件', '2.5', 'figure-too-many-decimals', 'a fraction of a case'],
    ['万元', '1.23456', 'figure-too-many-decimals', 'more places than the indicator has'],
    ['万元', '1元5', 'figure-not-a-number', 'a unit in the middle'],
    ['万元', '0.5元', 'figure-too-many-decimals', '元 that 万元 cannot hold'],
    ['件', '1'.repeat(16), 'figure-too-large', '16 digits'],
    ['元', `${'9'.repeat(15)}万元`, 'figure-too-large', 'more than 15 digits once it is in its unit'],
    ['元', `${'9'.repeat(24)}万元`, 'figure-too-large', 'more than the ledger can hold'],
    ['件', '0.0000000000001', 'figure-too-large', 'more places than can be kept'],
    ['人±', '101', 'figure-out-of-range', 'beyond its range'],
    ['人±', '-101', 'figure-out-of-range', 'below its range'],
  ])('%s: %j gives %s: %s', (unit, typed, rule) => {
    const figure = read(byUnit[unit]!, text(typed));
    expect(figure.reading).toBeUndefined();
    expect(figure.findings).toHaveLength(1);
    expect(figure.findings[0]).toMatchObject({ rule, severity: 'error' });
    expect(figure.findings[0]?.found).not.toBe('');
  });

  it.each([
    [{ kind: 'date', iso: '2023-03-05', text: '44990' }, 'figure-is-a-date'],
    [{ kind: 'boolean', value: true }, 'figure-not-a-number'],
    [{ kind: 'error', code: '#DIV/0!' }, 'figure-is-an-error-value'],
    [number('-3'), 'figure-negative'],
    [number('2.5'), 'figure-too-many-decimals'],
    [number('9.9E+30'), 'figure-too-large'],
    [number('1234567890123456'), 'figure-too-large'],
    [number('12345678901234567'), 'figure-too-large'],
  ] as [Content, string][])('%j gives %s', (content, rule) => {
    expect(read(cases, content).findings).toMatchObject([{ rule, severity: 'error' }]);
  });

  it.each([
    [{ kind: 'blank' }, 'figure-formula-without-result'],
    [text('12'), 'figure-formula-not-a-number'],
    [text(''), 'figure-formula-not-a-number'],
    [{ kind: 'boolean', value: false }, 'figure-formula-not-a-number'],
    [{ kind: 'error', code: '#REF!' }, 'figure-is-an-error-value'],
    [number('2.5'), 'figure-too-many-decimals'],
  ] as [Content, string][])('a formula whose cached value is %j gives %s', (content, rule) => {
    expect(read(cases, content, true).findings).toMatchObject([{ rule, severity: 'error' }]);
  });

  it.each([400, 20_000])('%i digits are too many, and said to be', (count) => {
    expect(read(cases, text('1'.repeat(count))).findings).toMatchObject([{ rule: 'figure-too-large' }]);
  });

  it.each([
    ['件', text('两件'), '整数（件）', '单位是“件”'],
    ['万元', text('两万'), '数字，最多 4 位小数（万元）', '单位是“万元”'],
    ['件', number('2.5'), '整数（件）', '应填整数'],
    ['万元', number('1.23456'), '数字，最多 4 位小数（万元）', '最多保留 4 位小数'],
    ['人±', number('101'), '-100 至 100', '（-100 至 100）'],
    ['人+', number('2'), '不小于 3', '（不小于 3）'],
  ])('%s: %j: %s is expected', (unit, content, expected, said) => {
    const about = unit === '人+' ? of({ unit: '人', range: { min: '3' } }) : byUnit[unit]!;
    const [finding] = read(about, content).findings;
    expect(finding?.expected).toBe(expected);
    expect(finding?.message).toContain(said);
  });

  it('tells a department that may say 不适用 so, and another to enter 0', () => {
    expect(read(perhaps, text('无')).findings[0]?.message).toContain('不适用请填“不适用”');
    expect(read(cases, text('无')).findings[0]?.message).not.toContain('不适用');
  });

  it('quotes what was found with what nobody sees by name, cut to a bearable length', () => {
    const [finding] = read(cases, text(`a\u200b\u0007${'长'.repeat(500)}`)).findings;
    expect(finding?.found).toMatch(/^a‹U\+200B›‹U\+0007›长+…$/);
    expect(finding?.found).toHaveLength(80);
  });
});
