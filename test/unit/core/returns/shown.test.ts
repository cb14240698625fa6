import { describe, expect, it } from 'vitest';
import {
  type Content,
  quoted,
  retyped,
  shownText,
  showsItself,
} from '../../../../shared/core/returns/content.ts';
import { readFigure } from '../../../../shared/core/returns/figure.ts';
import { reported } from '../small-year.ts';

const of = (more: Record<string, unknown>) => reported('flow', more);
const byUnit = {
  件: of({ unit: '件' }),
  '%': of({ unit: '%', decimals: 2 }),
  元: of({ unit: '元', decimals: 2 }),
  万元: of({ unit: '万元', decimals: 4, alsoIn: [{ unit: '元', factor: '0.0001' }] }),
} as const;
type Unit = keyof typeof byUnit;

const number = (text: string, shown: string, power = 0) =>
  ({ kind: 'number', text, shown: { text: shown, power } }) satisfies Content;

function read(unit: Unit, content: Content, unitOfRow?: string) {
  const place = { sheet: '月报', cell: 'E6' };
  const ofRow = unitOfRow === undefined ? {} : { unit: unitOfRow };
  const { reading, findings } = readFigure(byUnit[unit], { content, computed: false, place, ...ofRow });
  const said = findings.map(({ rule }) => rule).join('+');
  return reading?.status === 'reported' ? `${reading.value} ${said}`.trim() : said;
}

describe('a number whose cell shows something else', () => {
  it.each<[Unit, string, string, number, string, string]>([
    ['件', '12', '12件', 0, '12', 'its own unit'],
    ['件', '12000', '12,000', 0, '12000', 'thousands apart'],
    ['件', '12000', '12 000', 0, '12000', 'thousands apart by spaces'],
    ['件', '12', '（12）', 0, 'figure-shown-otherwise', 'brackets say that it is negative'],
    ['%', '0.95', '95%', 2, '95 figure-normalised', 'a percentage where percentages are asked'],
    ['%', '0.956', '96%', 2, '95.6 figure-normalised', 'all digits of a percentage'],
    ['%', '0.95671', '96%', 2, 'figure-too-many-decimals', 'more digits than are asked, of a percentage'],
    ['%', '95', '95%', 0, '95', 'a percent sign that is but a unit'],
    ['件', '0.95', '95%', 2, 'figure-is-a-percentage', 'a percentage where numbers are asked'],
    ['件', '0', '0%', 2, 'figure-is-a-percentage', 'none in percent'],
    ['元', '12.5', '¥12.50', 0, '12.5', 'the sign of 元'],
    ['万元', '12.5', '¥12.50', 0, 'figure-shown-otherwise', 'the sign of 元 where 万元 are asked'],
    ['万元', '125000', '125,000.00元', 0, '12.5 figure-normalised', 'a unit that converts'],
    ['万元', '125000', '12.5万元', -4, '12.5 figure-normalised', 'its own unit, scaled'],
    ['万元', '123456', '12.3万元', -4, '12.3456 figure-normalised', 'its own unit, scaled and rounded'],
    ['件', '125000', '125', -3, 'figure-shown-otherwise', 'thousands that nobody names'],
    ['件', '0', '0', -3, '0', 'no thousands'],
    ['件', '12500', '1.3万', -4, '12500', 'ten thousands that it names'],
    ['件', '12500', '1.3万件', -4, '12500', 'ten thousands that it names, with its unit'],
    ['件', '12500', '12.5万', -3, 'figure-shown-otherwise', 'thousands that it calls ten thousands'],
    ['件', '12500', '1.4万', -4, 'figure-shown-otherwise', 'other ten thousands'],
    ['万元', '12500', '1.3万', -4, 'figure-shown-otherwise', 'ten thousands of 元, or of 万元'],
    ['件', '12', '13', 0, 'figure-shown-otherwise', 'another number'],
    ['件', '12', '', 0, 'figure-shown-otherwise', 'nothing'],
    ['件', '0', '', 0, '0 figure-normalised', 'nothing, which it is'],
    ['元', '0.01000000000931323', '0.01', 0, '0.01 figure-normalised', 'a residue that it does not show'],
    ['元', '0.014', '0.01', 0, 'figure-too-many-decimals', 'what is no residue'],
    ['元', '0.01005', '0.01', 0, 'figure-too-many-decimals', 'what is little, and no residue either'],
    ['元', '0.01000001', '0.01', 0, '0.01 figure-normalised', 'the largest residue'],
    ['元', '0.0100000000001', '0.0', 0, 'figure-too-many-decimals', 'a residue of what it does not show'],
    ['元', '0.5000000000004', '0.50', 0, '0.5 figure-normalised', 'a residue beyond what can be kept'],
    ['件', '5', '5%人', 0, 'figure-shown-otherwise', 'a percent sign within words'],
    ['件', '0', ' - ', 0, '0 figure-normalised', 'a dash for nothing'],
    ['元', '1.5', '1 1/2', 0, '1.5', 'an exact fraction'],
    ['元', '-1.5', '-1 1/2', 0, 'figure-negative', 'a fraction below zero'],
  ])('%s: %s shown as %s, times ten to %i, comes to %s: %s', (unit, stored, shown, power, outcome) => {
    expect(read(unit, number(stored, shown, power))).toBe(outcome);
  });

  it.each<[Unit, Content, string | undefined, string]>([
    ['万元', { kind: 'number', text: '125000' }, '元', '12.5 figure-normalised'],
    ['万元', { kind: 'text', text: '125000' }, '元', '12.5 figure-normalised'],
    ['万元', { kind: 'text', text: '125000元' }, '元', '12.5 figure-normalised'],
    ['万元', { kind: 'text', text: '12.5万元' }, '元', 'figure-unit-differs'],
    ['万元', { kind: 'number', text: '12.5' }, '亿元', 'figure-unit-differs'],
    ['万元', { kind: 'blank' }, '亿元', ''],
    ['万元', { kind: 'text', text: ' 125000 元 ' }, '元', '12.5 figure-normalised'],
    ['万元', { kind: 'number', text: '12.5' }, '万元', '12.5'],
    ['件', { kind: 'text', text: '12', shown: '12件' }, undefined, '12 figure-normalised'],
    ['件', { kind: 'text', text: '12', shown: '13' }, undefined, 'figure-shown-otherwise'],
    ['件', { kind: 'text', text: '12', shown: '约12' }, undefined, 'figure-shown-otherwise'],
    ['件', { kind: 'text', text: '约12', shown: '12' }, undefined, 'figure-shown-otherwise'],
    ['件', { kind: 'text', text: '约12', shown: '无' }, undefined, 'figure-word-for-nothing'],
    ['件', { kind: 'text', text: '', shown: ' ' }, undefined, ''],
    ['件', { kind: 'text', text: '', shown: '约12' }, undefined, 'figure-shown-otherwise'],
    ['万元', number('125000.00000000931', '125,000.00'), '元', '12.5 figure-normalised'],
    ['件', { kind: 'text', text: '12', shown: '' }, undefined, 'figure-shown-otherwise'],
    ['元', { kind: 'number', text: '0.5000000000004' }, undefined, 'figure-too-many-decimals'],
  ])('%s: %j in a row of %s comes to %s', (unit, content, unitOfRow, outcome) => {
    expect(read(unit, content, unitOfRow)).toBe(outcome);
  });
});

describe('what is told of a number that was read', () => {
  const noteOf = (content: Content) => {
    const place = { sheet: '月报', cell: 'E6' };
    return readFigure(byUnit.件, { content, computed: false, place }).findings[0]?.message;
  };

  it.each<[Content, string]>([
    [number('0', ''), '单元格按数字格式显示为空白：0 件；'],
    [number('0', '—'), '单元格按数字格式显示为“—”：0 件；'],
    [{ kind: 'text', text: '12' }, '单元格里是文字，已按数字读取：12 件；'],
    [
      { kind: 'text', text: '1\u200b2' },
      '单元格里是文字，已按数字读取，其中看不见的字符（U+200B）没有读取：12 件；',
    ],
  ])('%j: %s', (content, note) => {
    expect(noteOf(content)).toBe(`${note}如不对，请改正后重新上传。`);
  });
});

describe('what is quoted and what is put into the marked copy', () => {
  it.each<[Content & { kind: 'number' | 'text' }, string | undefined, string, string]>([
    [number('12000', '12,000'), undefined, '12,000', '12000'],
    [number('0.956', '96%', 2), undefined, '96%（存储的是 0.956）', '95.6%'],
    [number('125000', '125', -3), undefined, '125（存储的是 125000）', '125（存储的是 125000）'],
    [number('5', ''), undefined, '空白（存储的是 5）', '空白（存储的是 5）'],
    [number('0', '不适用'), undefined, '不适用（存储的是 0）', '不适用（存储的是 0）'],
    [{ kind: 'number', text: '125000' }, '元', '125000', '125000元'],
    [number('5', '5件'), '人', '5件（存储的是 5）', '5件（单位一栏是“人”）'],
    [{ kind: 'text', text: '12' }, '元', '12', '12元'],
    [{ kind: 'text', text: '\u202e21' }, undefined, '‹U+202E›21', '‹U+202E›21'],
    [{ kind: 'text', text: '1,200' }, undefined, '1,200', '1,200'],
    [{ kind: 'text', text: '约 12 件' }, undefined, '约 12 件', '约 12 件'],
    [{ kind: 'text', text: '甲'.repeat(100) }, undefined, `${'甲'.repeat(79)}…`, '甲'.repeat(100)],
    [{ kind: 'text', text: '5', shown: '  ' }, undefined, '空白（存储的是 5）', '空白（存储的是 5）'],
    [{ kind: 'text', text: '5', shown: '5 件' }, undefined, '5 件（存储的是 5）', '5 件'],
    [{ kind: 'text', text: '12 ' }, '元', '12', '12 元'],
    [{ kind: 'text', text: '12元' }, '元', '12元', '12元'],
    [{ kind: 'text', text: '（元）12' }, '元', '（元）12', '（元）12元'],
    [{ kind: 'text', text: '12人' }, '元', '12人', '12人（单位一栏是“元”）'],
    [number('12000', '12,000元'), undefined, '12,000元（存储的是 12000）', '12000元'],
    [number('-12.5', '- ¥12.50'), undefined, '- ¥12.50（存储的是 -12.5）', '-12.5'],
    [number('12.55', '12.5 5'), undefined, '12.5 5（存储的是 12.55）', '12.5 5（存储的是 12.55）'],
    [number('12', '约12'), undefined, '约12（存储的是 12）', '约12（存储的是 12）'],
    [number('12', '12件3'), undefined, '12件3（存储的是 12）', '12件3（存储的是 12）'],
    [number('1.25', '1.25 元'), undefined, '1.25 元（存储的是 1.25）', '1.25元'],
    [number('5000', '5 ', -3), undefined, '5（存储的是 5000）', '5（存储的是 5000）'],
    [number('1e999', '1'), undefined, '1（存储的是 1e999）', '1（存储的是 1e999）'],
  ])('%j in a row of %s is quoted as %s, and copied as %s', (content, unit, quotation, copy) => {
    expect(quoted(content)).toBe(quotation);
    expect(retyped(content, unit)).toBe(copy);
  });
});

describe('what a cell shows', () => {
  it.each<[Content, string]>([
    [{ kind: 'number', text: '12' }, '12'],
    [number('12', '12件'), '12件'],
    [{ kind: 'text', text: '甲' }, '甲'],
    [{ kind: 'text', text: '甲', shown: '甲戏' }, '甲戏'],
    [{ kind: 'date', iso: '2023-03-01', text: '44986' }, '2023-03-01'],
    [{ kind: 'boolean', value: true }, 'TRUE'],
    [{ kind: 'boolean', value: false }, 'FALSE'],
    [{ kind: 'error', code: '#N/A' }, '#N/A'],
    [{ kind: 'blank' }, ''],
  ])('of %j is %s, which is what is quoted where nothing else is stored', (content, shown) => {
    expect(shownText(content)).toBe(shown);
  });

  it.each<[Extract<Content, { kind: 'number' }>, boolean, string]>([
    [{ kind: 'number', text: '12' }, true, 'a cell without a format'],
    [number('12000', '12,000'), true, 'thousands apart'],
    [number('12.345', ' 12.35 '), true, 'but for rounding and white space'],
    [number('1.5', ' 1 1/2 '), true, 'a fraction'],
    [number('12', '13'), false, 'another number'],
    [number('12', '12件'), false, 'a unit, by which it is another text'],
    [number('0.12', '12', 2), false, 'a percentage, although the digits fit'],
    [number('12', '12', 2), false, 'a percentage of another number'],
    [{ kind: 'number', text: '1e999' }, false, 'what is too large to be kept'],
  ])('of %j is the number itself: %s, as of %s', (content, expected) => {
    expect(showsItself(content)).toBe(expected);
  });
});
