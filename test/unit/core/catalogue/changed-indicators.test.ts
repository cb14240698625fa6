import { describe, expect, it } from 'vitest';
import { indicator } from '../small-year.ts';
import { list, ratio } from './catalogue-parts.ts';
import { plain, type Said, said } from './differing.ts';

describe('an indicator that is changed', () => {
  it.each<[what: string, before: Record<string, unknown>, after: Record<string, unknown>, said: Said]>([
    ['by its name', {}, { name: '新名' }, ['renamed', '指标x', '新名']],
    ['by its meaning', {}, { definition: '另定。' }, ['definition', '口径。', '另定。']],
    ['by its section', {}, { section: '一' }, ['definition', '口径。', '一 口径。']],
    ['by when it begins', {}, { from: '2023-02' }, ['validity', '全年', '2023年2月起']],
    ['by when it ends', {}, { to: '2023-02' }, ['validity', '全年', '至2023年2月止']],
    [
      'by both',
      { from: '2023-01', to: '2023-02' },
      { from: '2023-02', to: '2023-03' },
      ['validity', '2023年1月起至2023年2月止', '2023年2月起至2023年3月止'],
    ],
    ['by who reports it, named as people name it', {}, { reporters: ['yi'] }, ['moved', '全部部门', '乙局']],
    [
      'by when each reports it',
      { reporters: ['jia', 'yi'] },
      { reporters: [{ department: 'jia', to: '2023-01' }, 'yi'] },
      ['moved', '甲局、乙局', '甲局（至2023年1月止）、乙局'],
    ],
    [
      'by how it is added up over time',
      {},
      { overTime: 'cumulative' },
      [
        'kind',
        '流量（当期发生数），各期相加，各部门相加',
        '流量（当期发生数），填本年累计数，取最后一期，各部门相加',
      ],
    ],
    ['by being asked for', {}, { required: false }, ['entry', ...entries('必填', '选填')]],
    [
      'by whether it may not apply',
      {},
      { notApplicable: true },
      ['entry', ...entries('必填', '必填，可填“不适用”')],
    ],
    [
      'by the months that ask for it',
      {},
      { months: [3, 9] },
      ['entry', ...entries('必填', '必填，3、9月报送')],
    ],
    [
      'by the least and most that it may be',
      { range: { min: '1' } },
      { range: { min: '0', max: '100' } },
      ['entry', '0 位小数，必填，不小于 1', '0 位小数，必填，不小于 0，不大于 100'],
    ],
    [
      'by the units that it may be entered in',
      {},
      { alsoIn: [{ unit: '百件', factor: '100' }] },
      ['entry', '0 位小数，必填，不小于 0', '0 位小数，必填，不小于 0，也可按百件填（乘以 100）'],
    ],
    ['by what it was called last year', {}, { was: 'old' }, ['was', '', 'old']],
    [
      'by the unit that it is published in',
      {},
      { output: { unit: '万件', factor: '0.0001', decimals: 2 } },
      [
        'output',
        '按件发布，0 位小数，四舍五入，写作原数',
        '按万件发布，乘以 0.0001，2 位小数，四舍五入，写作原数',
      ],
    ],
    [
      'by its rounding',
      {},
      { rounding: 'truncate' },
      ['output', '按件发布，0 位小数，四舍五入，写作原数', '按件发布，0 位小数，截尾，写作原数'],
    ],
  ])('%s: from %j to %j', (_, before, after, expected) => {
    const of = (more: Record<string, unknown>) => ({ indicators: [indicator('x', 'flow', more)] });
    expect(said(of(before), of(after))).toEqual([expected]);
  });

  it.each<[prose: object, words: string]>([
    [{ style: 'at-least', step: '10' }, '10 的倍数加“余”'],
    [{ style: 'more-than', step: '5' }, '超过 5 的倍数'],
    [{ style: 'exact', numerals: 'chinese' }, '原数，用汉字数字'],
    [{ style: 'exact', scale: '万' }, '原数，以万计'],
    [
      { style: 'more-than', step: '5', numerals: 'chinese', scale: '亿' },
      '超过 5 的倍数，用汉字数字，以亿计',
    ],
  ])('by how prose writes it, %j: %s', (prose, words) => {
    const written = (how: string) => `按件发布，0 位小数，四舍五入，写作${how}`;
    expect(
      said({ indicators: [indicator('x')] }, { indicators: [indicator('x', 'flow', { prose })] }),
    ).toEqual([['output', written('原数'), written(words)]]);
  });

  it('that lists items: by how many, how long, and what may be chosen', () => {
    const of = (more: object) => ({ indicators: [list(more)] });
    expect(said(of({}), of({ maxItems: 6, maxLength: 8, options: ['甲', '乙'] }))).toEqual([
      [
        'entry',
        '0 位小数，必填，不小于 0，清单“名称”最多 5 项，每项最长 60 字',
        '0 位小数，必填，不小于 0，清单“名称”最多 6 项，每项最长 8 字，只选：甲、乙',
      ],
    ]);
  });

  it('that is computed: by what it is made of, and not by who reports it', () => {
    const of = (parts: object[], divided: object) => ({
      indicators: [...plain, indicator('all', 'sum', { parts }), ratio(divided)],
    });
    expect(
      said(
        of([{ indicator: 'a' }, { indicator: 'b' }], {}),
        of([{ indicator: 'a' }, { indicator: 'b', sign: '-' }], { numerator: 'b', denominator: 'a' }),
      ),
    ).toEqual([
      [
        'kind',
        '合计（由其他指标相加减），各组成项分别汇总后相加减，各组成项分别汇总后相加减，+ a + b',
        '合计（由其他指标相加减），各组成项分别汇总后相加减，各组成项分别汇总后相加减，+ a - b',
      ],
      [
        'kind',
        '比率，分子、分母分别汇总后相除，分子、分母分别汇总后相除，a ÷ b',
        '比率，分子、分母分别汇总后相除，分子、分母分别汇总后相除，b ÷ a',
      ],
    ]);
  });

  it('to one that is computed is reported by nobody any more, and entered no more', () => {
    const summed = indicator('x', 'sum', { parts: [{ indicator: 'a' }] });
    expect(said({ indicators: [...plain, indicator('x')] }, { indicators: [...plain, summed] })).toEqual([
      ['moved', '全部部门', ''],
      [
        'kind',
        '流量（当期发生数），各期相加，各部门相加',
        '合计（由其他指标相加减），各组成项分别汇总后相加减，各组成项分别汇总后相加减，+ a',
      ],
      ['entry', '0 位小数，必填，不小于 0', ''],
    ]);
  });
});

/** How a month's whole number is entered that is to be at least 0, where one thing about it is changed. */
function entries(before: string, after: string): [string, string] {
  return [`0 位小数，${before}，不小于 0`, `0 位小数，${after}，不小于 0`];
}
