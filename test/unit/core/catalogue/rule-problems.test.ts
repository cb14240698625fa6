import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator } from '../small-year.ts';
import { inOneLine, ratio, rule, sound } from './catalogue-parts.ts';

function problemsOf(file: unknown): string[] {
  const reading = readCatalogue(file);
  return reading.kind === 'problems' ? reading.problems.map(inOneLine) : [];
}

describe('a rule', () => {
  it.each([
    [
      '规则中的“c”不是本目录的指标；请改用目录中的指标，或先把它列为指标。',
      sound({ rules: [rule('a <= c')] }),
    ],
    [
      '“指标b”的单位是人，与件不能换算，不能相加减；请只把单位相同的指标放在一边，或在其中一个指标的“可用单位”中写明怎样换算。',
      sound({
        indicators: [indicator('a'), indicator('b', 'flow', { unit: '人' })],
        rules: [rule('a + b <= 5')],
      }),
    ],
    [
      '左边的单位是元，右边是万元，没有写明怎样换算；请在其中一个指标的“可用单位”中写明，例如单位为万元的，写 元=0.0001。',
      sound({
        indicators: [indicator('a', 'flow', { unit: '元' }), indicator('b', 'flow', { unit: '万元' })],
        rules: [rule('a <= b')],
      }),
    ],
    [
      '“指标b”的单位（日）不能精确换算成周；请改用能精确换算的单位。',
      sound({
        indicators: [
          indicator('a', 'flow', { unit: '周' }),
          indicator('b', 'flow', { unit: '日', alsoIn: [{ unit: '周', factor: '7' }] }),
        ],
        rules: [rule('a <= b')],
      }),
    ],
    [
      '规则中的指标所写的元与万元的换算不一致；请在“可用单位”或“发布单位”中改成一致的。',
      sound({
        indicators: [
          indicator('a', 'flow', { unit: '万元', alsoIn: [{ unit: '元', factor: '0.0001' }] }),
          indicator('b', 'flow', { unit: '元', alsoIn: [{ unit: '万元', factor: '1000' }] }),
        ],
        rules: [rule('a <= b')],
      }),
    ],
    [
      '“指标b”是流量（当期发生数），没有上年末的数；请改用“上年同期”，或换一个存量（期末数）的指标。',
      sound({ rules: [rule('a <= last-year-end(b)')] }),
    ],
    [
      '规则中只有上年的数，本年报什么都不会改变它；请至少用一个本年的数。',
      sound({ rules: [rule('last-year(a) <= last-year(b)')] }),
    ],
    [
      '全市汇总的规则只能用本年的数；请去掉“上年同期”“上年末”，或改为当期、本年累计的规则。',
      sound({ rules: [rule('a <= last-year(b)', 'all-departments')] }),
    ],
    [
      '“指标b”各部门分别计，没有全市的数，全市汇总的规则不能用它；请换一个指标，或改它的“跨部门汇总”。',
      sound({
        indicators: [indicator('a'), indicator('b', 'flow', { overDepartments: 'none' })],
        rules: [rule('a <= b', 'all-departments')],
      }),
    ],
    [
      '“指标rate”是比率，全市汇总的规则不能用它；请换一个指标，或改范围。',
      sound({
        indicators: [indicator('a'), indicator('b'), ratio({})],
        rules: [rule('a <= rate', 'all-departments')],
      }),
    ],
    [
      '规则中上年的数写法不对；上年同期请写成 last-year(a)，上年末请写成 last-year-end(a)，括号里是指标代码。',
      sound({ rules: [rule('a <= last-year(b + a)')] }),
    ],
    [
      '“指标b”是极值，本年累计的规则不能用它；请换一个指标，或改范围。',
      sound({
        indicators: [indicator('a'), indicator('b', 'extreme')],
        rules: [rule('a <= b', 'year-to-date')],
      }),
    ],
    [
      '没有一个部门报送其中全部的指标，这条规则永远不会核对；请换用同一个部门报送的指标，改为全市汇总的规则，或删去这条规则。',
      sound({
        indicators: [
          indicator('a', 'flow', { reporters: ['jia'] }),
          indicator('b', 'flow', { reporters: ['yi'] }),
        ],
        rules: [rule('a <= b')],
      }),
    ],
  ])('is refused, since %s', (message, file) => {
    expect(problemsOf(file)).toEqual([`rule 0 expression 规则“r1”：${message}`]);
  });

  it.each([
    ['a > b', '规则中的“>”不能用；请改为 >=，或 =。'],
    ['a < b', '规则中的“<”不能用；请改为 <=，或 =。'],
    [
      'a <= -5',
      '规则中的数“-5”写法不对；请写成 12 或 0.5 的样子，不带正负号、逗号、百分号和多余的 0，小数最多 6 位。',
    ],
    ['a <= 5件', '规则中的“5件”不是指标代码；请写成 a - b <= c 的样子'],
    ['a <= b.5', '规则中的“b.5”不是指标代码；请写成 a - b <= c 的样子'],
    ['a <= lastyear(b)', '规则中上年的数写法不对；上年同期请写成 last-year(a)'],
    ['a <=5', '规则的写法不对；请写成 a - b <= c 的样子'],
  ])('%s is refused, since %s', (expression, message) => {
    const problems = problemsOf(sound({ rules: [rule(expression)] }));
    expect(problems).toEqual([expect.stringContaining(`rule 0 expression 规则“r1”：${message}`)]);
  });

  it('over a month has no figures of a month beside figures to date', () => {
    const indicators = [indicator('a'), indicator('b', 'flow', { overTime: 'cumulative' })];
    expect(problemsOf(sound({ indicators, rules: [rule('a <= b')] }))).toEqual([
      'rule 0 expression 规则“r1”：各指标有的填当期数，有的填本年累计数，当期的规则不能比较；请改为本年累计的规则。',
    ]);
  });

  it.each([
    ['people beside cases', 'a <= people'],
    ['the end of last year of a stock', 'a >= last-year-end(stock)'],
    ['last year of what is reported to date', 'a <= last-year(people) + 5'],
  ])('may have %s', (_, expression) => {
    const indicators = [
      indicator('a'),
      indicator('people', 'flow', { unit: '人' }),
      indicator('stock', 'stock'),
    ];
    expect(problemsOf(sound({ indicators, rules: [rule(expression)] }))).toEqual([]);
  });

  it('over the totals of all departments may have what two of them report', () => {
    const indicators = [
      indicator('a', 'flow', { reporters: ['jia'] }),
      indicator('b', 'flow', { reporters: ['yi'] }),
    ];
    expect(problemsOf(sound({ indicators, rules: [rule('a = b', 'all-departments')] }))).toEqual([]);
  });
});
