import { describe, expect, it } from 'vitest';
import type { BrokenRule, SideSaid, TermSaid } from '../../../../../shared/core/catalogue/rules.ts';
import { findingSchema } from '../../../../../shared/core/returns/finding.ts';
import {
  ruleBroken,
  ruleWarns,
  settledBy,
  sumDiffers,
} from '../../../../../shared/core/returns/findings/findings.ts';
import { type AnswerKind, isEnough } from '../../../../../shared/core/returns/findings/rule.ts';
import { type Decimal, subtract } from '../../../../../shared/core/values/decimal.ts';
import { catalogueOf, indicator } from '../../small-year.ts';

const term = (name: string, value: string, more: Partial<TermSaid> = {}): TermSaid => ({
  ...{ sign: 1, name, value: value as Decimal, unit: '', from: [] },
  ...more,
});
const side = (value: string, terms: readonly TermSaid[], unit = ''): SideSaid => ({
  ...{ value: value as Decimal, unit, terms },
});
const minus = { sign: -1 } as const;
const broken = (left: SideSaid, right: SideSaid): BrokenRule => ({
  ...{ left, right, difference: subtract(left.value, right.value) },
});
const rule = (over: 'period' | 'year-to-date' | 'all-departments' = 'period') => ({
  ...{ id: 'a-of-b', over, expression: 'a <= b', message: '甲不得大于乙。' },
});
const two = side('2', [term('乙', '2')]);
const of = (count: number, more: Partial<TermSaid> = {}) =>
  Array.from({ length: count }, (_, index) => term(`项${index + 1}`, '1', more));

describe('a rule that a return breaks', () => {
  it.each<[found: string, left: SideSaid, why: string]>([
    ['甲 3', side('3', [term('甲', '3')]), 'an indicator by its name'],
    ['3', side('3', [term('', '3')]), 'a number that stands in the rule'],
    ['甲 3 + 丙 4 = 7', side('7', [term('甲', '3'), term('丙', '4')]), 'several are added up'],
    ['甲 3 - 丙 4 = -1', side('-1', [term('甲', '3'), term('丙', '4', minus)]), 'or taken away'],
    ['- 甲 3 + 丙 9 = 6', side('6', [term('甲', '3', minus), term('丙', '9')]), 'the first of them too'],
    ['甲 3 = 3', side('3', [term('丙', '0'), term('甲', '3')]), 'nothing is said of what is nothing'],
    ['0', side('0', [term('甲', '0'), term('丙', '0')]), 'nor if all are'],
    ['甲 0', side('0', [term('甲', '0')]), 'unless it is the only one'],
    [
      '甲 3 千件 = 3000 件',
      side('3000', [term('甲', '3', { unit: '千件' })], '件'),
      'another unit is converted',
    ],
    ['甲 3 件', side('3', [term('甲', '3', { unit: '件' })], '件'), 'its own is said once'],
    ['甲 0 千件', side('0', [term('甲', '0', { unit: '千件' })], '件'), 'nothing needs no conversion'],
    ['5', side('5', []), 'what nobody takes apart is said as it is'],
    [
      '项1 1 + 项2 1 + 项3 1 + 项4 1 = 4',
      side('4', [...of(4), term('丙', '0')]),
      'four numbers fit into a line',
    ],
  ])('says %s of a side: %#', (found, left) => {
    const said = ruleBroken(rule(), broken(left, two));
    expect(said).toMatchObject({
      rule: 'rule-a-of-b',
      severity: 'error',
      found: `${found}，乙 2`,
      expected: '甲不得大于乙。',
    });
    expect(said).not.toHaveProperty('breakdown');
    expect(ruleBroken(rule(), broken(two, left)).found).toBe(`乙 2，${found}`);
    findingSchema.parse(said);
  });

  it.each<[message: string, left: SideSaid, right: SideSaid]>([
    ['现在左边 3，右边 2，相差 1，请核对这几项的数字：甲、乙。', side('3', [term('甲', '3')]), two],
    ['现在左边 1，右边 2，相差 1，请核对这几项的数字：甲、乙。', side('1', [term('甲', '1')]), two],
    ['现在左边 9，右边 2，相差 7，请核对这几项的数字：乙。', side('9', [term('', '9')]), two],
    [
      '现在左边 4，右边 2，相差 2，请核对这几项的数字：乙。',
      side('4', [term('乙', '2'), term('乙', '2')]),
      two,
    ],
    [
      '现在左边 3 件，右边 2 件，相差 1 件，请核对这几项的数字：甲、乙。',
      side('3', [term('甲', '3', { unit: '件' })], '件'),
      side('2', [term('乙', '2', { unit: '件' })], '件'),
    ],
    [
      '现在左边 3 人，右边 2 件，相差 1，请核对这几项的数字：甲、乙。',
      side('3', [term('甲', '3', { unit: '人' })], '人'),
      side('2', [term('乙', '2', { unit: '件' })], '件'),
    ],
    ['现在左边 5，右边 2，相差 3，请逐项核对。', side('5', of(5)), two],
  ])('is mended by looking at what it is about: %s', (message, left, right) => {
    expect(ruleBroken(rule(), broken(left, right)).message).toBe(`甲不得大于乙；${message}`);
  });

  it('is taken apart line by line where a side has more numbers than fit', () => {
    const said = ruleBroken(rule(), broken(side('5', [...of(5), term('丙', '0')]), two));
    expect(said).toMatchObject({
      found: '左边 5，右边 2',
      breakdown: [
        '左边 5',
        ...[1, 2, 3, 4, 5].map((each) => `　+ 项${each} 1`),
        '右边 2',
        '　+ 乙 2',
        '相差 3',
      ],
    });
    expect(ruleBroken(rule(), broken(two, side('5', of(5)))).breakdown?.slice(0, 4)).toEqual([
      ...['左边 2', '　+ 乙 2', '右边 5', '　+ 项1 1'],
    ]);
    findingSchema.parse(said);
  });

  it('is taken apart where a number is a sum itself, down to what was typed', () => {
    const sum = term('合计', '3', {
      ...minus,
      from: [term('甲', '4', { unit: '件' }), term('丙', '1', minus), term('丁', '0')],
    });
    for (const left of [side('-3', [sum]), side('-2', [term('', '1'), sum])]) {
      const lines = ruleBroken(rule(), broken(left, two)).breakdown ?? [];
      expect(lines.slice(-6)).toEqual([
        '　- 合计 3',
        '　　+ 甲 4 件',
        '　　- 丙 1',
        '右边 2',
        '　+ 乙 2',
        `相差 ${2 - Number(left.value)}`,
      ]);
    }
  });

  it('is taken apart where a line would be longer than a finding keeps', () => {
    const named = (length: number) => broken(side('3', [term('甲'.repeat(length), '3')]), two);
    expect(ruleBroken(rule(), named(194)).found).toHaveLength(200);
    expect(ruleBroken(rule(), named(194))).not.toHaveProperty('breakdown');
    const { found, breakdown = [] } = ruleBroken(rule(), named(195));
    expect(found).toBe('左边 3，右边 2');
    expect(breakdown[1]).toBe(`　+ ${'甲'.repeat(117)}`);
  });

  it('keeps as many lines as a finding may have, all of them well formed', () => {
    const { breakdown = [] } = ruleBroken(
      rule(),
      broken(side('500', of(500, { name: '\u{20000}'.repeat(100) })), two),
    );
    expect(breakdown).toHaveLength(400);
    expect(breakdown.every((line) => line.isWellFormed() && line.length <= 120)).toBe(true);
  });
});

describe('a rule that warns', () => {
  it.each([
    ['period', '2023年2月的数与上年的数相比，', '请核对本期和上年的数字，有误的重新报送，无误的请说明原因。'],
    [
      'year-to-date',
      '截至2023年2月的累计数',
      '请核对各期数字，有误的重新报送那一期，无误的请写明情况，由法制机构核实后结案。',
    ],
    [
      'all-departments',
      '截至2023年2月的全市汇总数',
      '请与有关部门核对，有误的由其重新报送，无误的请说明原因。',
    ],
  ] as const)('over %s says so, and who is asked', (over, figures, mend) => {
    const said = ruleWarns(rule(over), broken(side('3', [term('甲', '3')]), two), '2023-02');
    expect(said).toEqual({
      ...{ rule: 'rule-a-of-b', severity: 'warning', found: '甲 3，乙 2', expected: '甲不得大于乙。' },
      message: `${figures}不符合“甲不得大于乙”：左边 3，右边 2，相差 1；${mend}`,
    });
  });
});

describe('a number that was typed for a sum', () => {
  it('is said with what its parts come to', () => {
    const said = sumDiffers({ name: '合计' }, '5', side('3', [term('甲', '1'), term('乙', '2')]));
    expect(said).toEqual({
      ...{ rule: 'sum-differs', severity: 'error', found: '5', expected: '甲 1 + 乙 2 = 3' },
      message: '“合计”填的是 5，各组成项加起来是 3，相差 2；请核对各组成项，这一格可以清除，由系统计算。',
    });
    expect(sumDiffers({ name: '合计' }, '1', side('3', [term('甲', '3')])).message).toContain('相差 2；');
  });

  it('is taken apart where its parts are many', () => {
    expect(sumDiffers({ name: '合计' }, '4', side('5', of(5)))).toMatchObject({
      expected: '5',
      breakdown: ['左边 4', '右边 5', ...[1, 2, 3, 4, 5].map((each) => `　+ 项${each} 1`), '相差 1'],
    });
  });
});

describe('what it takes to settle a warning', () => {
  const catalogue = catalogueOf({
    indicators: [indicator('a'), indicator('b')],
    rules: [
      { ...rule(), id: 'alone', expression: 'a >= last-year(a)' },
      { ...rule(), id: 'two', expression: 'a >= last-year(b)' },
      { ...rule('year-to-date'), id: 'to-date' },
      { ...rule('all-departments'), id: 'city' },
    ],
  });

  it.each<[string, AnswerKind, string]>([
    ['outlier', 'remark', 'a figure that is far from others'],
    ['cumulative-falls', 'legal-office', 'a figure that cannot be'],
    ['near-doubles', 'department', 'two names'],
    ['figure-blank', 'department', 'what asks nobody'],
    ['rule-alone', 'remark', 'one figure beside its own of last year'],
    ['rule-two', 'department', 'several, of which a remark beside one says nothing'],
    ['rule-to-date', 'legal-office', 'what several returns make'],
    ['rule-city', 'legal-office', 'what all departments make'],
    ['rule-gone', 'legal-office', 'a rule that is no more'],
    ['toString', 'legal-office', 'a name that every object has'],
  ])('of %s is %s: %s', (name, needed) => {
    expect(settledBy({ rule: name }, catalogue)).toBe(needed);
  });

  it.each<[AnswerKind, AnswerKind, boolean]>([
    ['remark', 'remark', true],
    ['remark', 'department', false],
    ['remark', 'legal-office', false],
    ['department', 'remark', true],
    ['department', 'department', true],
    ['department', 'legal-office', false],
    ['legal-office', 'remark', true],
    ['legal-office', 'legal-office', true],
  ])('an answer as %s is enough where that of %s is needed: %s', (answer, needed, enough) => {
    expect(isEnough(answer, needed)).toBe(enough);
  });
});
