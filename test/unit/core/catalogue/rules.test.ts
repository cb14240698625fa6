import { describe, expect, it } from 'vitest';
import type { SumIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import { outcomeOf, rulesFor, rulesOverTotals, sumSaid } from '../../../../shared/core/catalogue/rules.ts';
import type { Known } from '../../../../shared/core/catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../../../../shared/core/catalogue/tables.ts';
import { ruleBroken } from '../../../../shared/core/returns/findings/findings.ts';
import { catalogueOf, indicator, smallTable } from '../small-year.ts';

const ids = ['a', 'b-c', 'd', 'e1', 'zero', 'blank', 'unread'];
const numbers: Record<string, Known> = {
  ...{ a: '0.1', 'b-c': '0.2', d: '0.3', e1: '-5', zero: '0', blank: 'blank', unread: undefined },
};
const minus = { indicator: 'b-c', sign: '-' };
const sums = [
  indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b-c' }] }),
  indicator('nested', 'sum', { parts: [{ indicator: 'both' }, minus, { indicator: 'blank' }] }),
];

function outcome(expression: string) {
  const rules = [{ id: 'rule', over: 'period', expression, message: '应当如此。' }];
  const catalogue = catalogueOf({ indicators: [...ids.map((id) => indicator(id)), ...sums], rules });
  const [rule] = rulesFor(catalogue, 'jia', 'refusal');
  return rule && outcomeOf(rule, catalogue, (id) => numbers[id]);
}

const inUnits = catalogueOf({
  indicators: [
    indicator('yuan', 'flow', { unit: '元' }),
    indicator('wan', 'flow', { unit: '万元', decimals: 6, alsoIn: [{ unit: '元', factor: '0.0001' }] }),
    indicator('yi', 'flow', { unit: '亿元', output: { unit: '万元', factor: '10000', decimals: 2 } }),
    indicator('cases', 'flow', { unit: '件' }),
    indicator('people', 'flow', { unit: '人' }),
    indicator('all', 'sum', { unit: '元', parts: [{ indicator: 'yuan' }, { indicator: 'fines' }] }),
    indicator('fines', 'flow', { unit: '元' }),
  ],
});
const amounts: Record<string, Known> = {
  ...{ yuan: '20000', wan: '1.5', yi: '0.5', cases: '8', people: '5', fines: '500' },
};

/** What a rule over indicators of several units says, as people read it. */
function inWords(expression: string) {
  const rule = { id: 'rule', over: 'period' as const, expression, message: '应当如此。' };
  const [first, ...others] = indicatorsOf(inUnits);
  const outcome = outcomeOf({ rule, indicators: [first!, ...others] }, inUnits, (id) => amounts[id]);
  if (outcome.kind !== 'broken') return outcome.kind;
  const { found, breakdown, message } = ruleBroken(rule, outcome);
  return [found, ...(breakdown ?? []), /现在(.*?，相差[^，]*)/.exec(message)?.[1]];
}

describe('a rule of indicators in several units', () => {
  it.each([
    [
      'yuan <= wan',
      ['指标yuan 20000 元，指标wan 1.5 万元 = 15000 元', '左边 20000 元，右边 15000 元，相差 5000 元'],
      'the right side is converted to the unit of the left, by what the indicator may also be typed in',
    ],
    [
      'wan + yuan <= 3',
      [
        '指标wan 1.5 万元 + 指标yuan 20000 元 = 3.5 万元，3 万元',
        '左边 3.5 万元，右边 3 万元，相差 0.5 万元',
      ],
      'a number is in the unit of the first indicator',
    ],
    [
      'yi - wan = 5000',
      [
        '指标yi 0.5 亿元 - 指标wan 1.5 万元 = 0.49985 亿元，5000 亿元',
        '左边 0.49985 亿元，右边 5000 亿元，相差 4999.50015 亿元',
      ],
      'the unit that an indicator is published in is one that it is converted to',
    ],
    [
      'people >= cases',
      ['指标people 5 人，指标cases 8 件', '左边 5 人，右边 8 件，相差 3'],
      'sides that count two things are compared as numbers',
    ],
    [
      '10 <= people + 1',
      ['10，指标people 5 + 1 = 6', '左边 10，右边 6，相差 4'],
      'where all is in one unit, it is not said',
    ],
    [
      'people >= cases + 2',
      ['指标people 5 人，指标cases 8 件 + 2 件 = 10 件', '左边 5 人，右边 10 件，相差 5'],
      'a number beside what is counted otherwise is in the unit of its own side',
    ],
    ['wan = 1.5', 'holds', 'with one indicator nothing is converted'],
    ['wan - 0.5 <= yuan', 'holds', 'nor is anything lost'],
    [
      'all = wan',
      [
        '左边 20500 元，右边 15000 元',
        '左边 20500 元',
        '　+ 指标all 20500 元',
        '　　+ 指标yuan 20000 元',
        '　　+ 指标fines 500 元',
        '右边 15000 元',
        '　+ 指标wan 1.5 万元',
        '相差 5500 元',
        '左边 20500 元，右边 15000 元，相差 5500 元',
      ],
      'a sum is said with what it comes from, each in its own unit',
    ],
  ] as [string, string | string[], string][])('%s: %j: %s', (expression, said) => {
    expect(inWords(expression)).toEqual(said);
  });
});

describe('rules of a catalogue', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('a', 'stock'),
      indicator('b', 'stock'),
      indicator('theirs', 'stock', { reporters: ['yi'] }),
    ],
    rules: [
      { id: 'plain', over: 'period', expression: 'a <= b', message: '应当如此。' },
      { id: 'back', over: 'period', expression: 'a = last-year-end(b)', message: '应当如此。' },
      { id: 'to-date', over: 'year-to-date', expression: 'a <= b', message: '应当如此。' },
      { id: 'city', over: 'all-departments', expression: 'a = theirs', message: '应当如此。' },
      { id: 'also-city', over: 'all-departments', expression: 'a = b', message: '应当如此。' },
      { id: 'of-yi', over: 'year-to-date', expression: 'a >= theirs', message: '应当如此。' },
    ],
  });
  const idsOf = (rules: { rule: { id: string } }[]) => rules.map(({ rule }) => rule.id);

  it('refuse a return only for what it says by itself', () => {
    expect(idsOf(rulesFor(catalogue, 'jia', 'refusal'))).toEqual(['plain']);
    expect(idsOf(rulesFor(catalogue, 'jia', 'warning'))).toEqual(['back', 'to-date']);
  });

  it('look at the returns of whoever reports all that they are about', () => {
    const ofYi = rulesFor(catalogue, 'yi', 'warning');
    expect(idsOf(ofYi)).toEqual(['back', 'to-date', 'of-yi']);
    expect(ofYi.at(-1)?.indicators.map(({ id }) => id)).toEqual(['a', 'theirs']);
  });

  it('are over the totals of all departments where no one reports all of it', () => {
    expect(idsOf(rulesOverTotals(catalogue))).toEqual(['city', 'also-city']);
  });

  it('are also the balances of its tables, one for each column that is typed', () => {
    const tabled = catalogueOf({ indicators: [], ...smallTable() });
    expect(rulesFor(tabled, 'jia', 'refusal').map(({ rule }) => rule)).toEqual(
      [
        ['ca', '个人'],
        ['cb', '单位'],
      ].map(([id, name]) => ({
        ...{ id: `grid-most-${id}`, over: 'period', message: `办结不大于收到（${name}）` },
        expression: `grid-rb-${id} <= grid-ra-${id}`,
      })),
    );
  });
});

describe('the balance of a table', () => {
  it('is between rows whatever their codes, and is said without its last stop', () => {
    const line = { table: 't' };
    const catalogue = catalogueOf({
      indicators: [],
      tables: [{ ...smallTable().tables[0]!, id: 't' }],
      lines: [
        { ...line, axis: 'row', id: 'r', name: '收到' },
        { ...line, axis: 'row', id: 'done2', name: '办结' },
        { ...line, axis: 'column', id: 'c', name: '件数' },
        { ...line, axis: 'balance', id: 'b', name: '要平。办结不大于收到。', rule: 'done2 <= r' },
      ],
    });
    expect(rulesFor(catalogue, 'jia', 'refusal')).toMatchObject([
      { rule: { expression: 't-done2-c <= t-r-c', message: '要平。办结不大于收到（件数）' } },
    ]);
  });
});

describe('a rule', () => {
  it.each([
    ['a + b-c = d', 'holds', 'sums are exact'],
    ['a + b-c <= d', 'holds', 'equal is not more'],
    ['a + b-c >= d', 'holds', 'equal is not less'],
    ['d - b-c = a', 'holds', 'an id with a hyphen is no subtraction'],
    ['d <= a', 'broken', 'more is not at most'],
    ['a >= d', 'broken', 'less is not at least'],
    ['e1 <= zero', 'holds', 'a negative number is below zero'],
    ['a - a - a <= e1', 'broken', 'signs apply to each term'],
    ['zero = zero', 'holds', 'zero is a number'],
    ['a + 0.2 = d', 'holds', 'a number stands for itself'],
    ['a >= 1', 'broken', 'less than the number is not at least it'],
    ['both = d', 'holds', 'a sum is what its parts come to'],
    ['nested = a', 'holds', 'a sum of sums is what their parts come to, with their signs'],
    ['a + blank = a', 'holds', 'a blank among numbers counts as nothing'],
    ['unread >= d', 'off', 'what could not be read is said elsewhere, and breaks nothing'],
    ['a + unread >= d', 'off', 'nor does what it is added to'],
    ['blank >= d', 'off', 'a side that is all blank says nothing'],
    ['d >= blank', 'off', 'nor does the other side'],
  ])('%s: %s, since %s', (expression, kind) => {
    expect(outcome(expression)?.kind).toBe(kind);
  });

  it('gives both sides with their terms, and by how much they differ, for the finding', () => {
    expect(outcome('a + b-c - e1 + blank = nested + 1')).toEqual({
      kind: 'broken',
      left: {
        value: '5.3',
        unit: '',
        terms: [
          { sign: 1, name: '指标a', value: '0.1', unit: '', from: [] },
          { sign: 1, name: '指标b-c', value: '0.2', unit: '', from: [] },
          { sign: -1, name: '指标e1', value: '-5', unit: '', from: [] },
        ],
      },
      right: {
        value: '1.1',
        unit: '',
        terms: [
          {
            sign: 1,
            name: '指标nested',
            value: '0.1',
            unit: '',
            from: [
              { sign: 1, name: '指标a', value: '0.1', unit: '', from: [] },
              { sign: 1, name: '指标b-c', value: '0.2', unit: '', from: [] },
              { sign: -1, name: '指标b-c', value: '0.2', unit: '', from: [] },
            ],
          },
          { sign: 1, name: '', value: '1', unit: '', from: [] },
        ],
      },
      difference: '4.2',
    });
  });

  it.each([
    ['people + cases >= 0', 'of which what is added has not one unit'],
    ['none >= 5', 'of an indicator that is not there'],
    ['people >= none', 'of which one is not there'],
  ])('%s, %s, says nothing', (expression) => {
    expect(inWords(expression)).toBe('off');
  });

  it('names figures of last year by when they are of', () => {
    const expression = 'people <= last-year(people) - last-year-end(people)';
    const rule = { id: 'rule', over: 'year-to-date' as const, expression, message: '应当如此。' };
    const [first] = indicatorsOf(inUnits);
    const then = { now: '9', 'last-year': '5', 'last-year-end': '1' } as const;
    const broken = outcomeOf({ rule, indicators: [first!] }, inUnits, (_, when) => then[when]);
    expect(broken).toMatchObject({
      left: { value: '9', terms: [{ name: '指标people' }] },
      right: { value: '4', terms: [{ name: '上年同期【指标people】' }, { name: '上年末【指标people】' }] },
    });
  });
});

describe('a sum', () => {
  const [both, nested] = ['both', 'nested'] as const;
  const said = (id: string, known: Record<string, Known>) => {
    const catalogue = catalogueOf({ indicators: [...ids.map((each) => indicator(each)), ...sums] });
    return sumSaid(indicatorOf(catalogue, id) as SumIndicator, catalogue, (each) => known[each]);
  };
  const term = (sign: 1 | -1, id: string, value: string) => ({
    ...{ sign, name: `指标${id}`, value, unit: '', from: [] },
  });

  it('is said with what it comes from, without what is blank', () => {
    expect(said(nested, numbers)).toEqual({
      ...{ value: '0.1', unit: '' },
      terms: [term(1, 'a', '0.1'), term(1, 'b-c', '0.2'), term(-1, 'b-c', '0.2')],
    });
  });

  it('is not said where it is not known, or all of it is blank', () => {
    expect(said(both, { a: '1' })).toBeUndefined();
    expect(said(both, { a: 'blank', 'b-c': 'blank' })).toBeUndefined();
    expect(said(both, { a: '1', 'b-c': 'blank' })?.value).toBe('1');
  });
});
