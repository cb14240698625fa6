import { describe, expect, it } from 'vitest';
import type { ListIndicator } from '../../../../../shared/core/catalogue/indicator.ts';
import {
  adoptionRules,
  comparisonRules,
  figureRules,
  sumRules,
  tableRules,
} from '../../../../../shared/core/returns/findings/figures.ts';
import { findingRules, say, tableBlanks } from '../../../../../shared/core/returns/findings/findings.ts';
import { addressRules, formRules, rowRules } from '../../../../../shared/core/returns/findings/forms.ts';
import { listRules, namesRules } from '../../../../../shared/core/returns/findings/lists.ts';
import { reported } from '../../small-year.ts';
import { type Case, saysEach } from './said.ts';

const whole = reported('flow');
const measured = reported('flow', { unit: '元', decimals: 2, notApplicable: true });
const quarterly = reported('flow', { frequency: 'quarter' });
const converted = reported('flow', { unit: '万元', alsoIn: [{ unit: '元', factor: '0.0001' }] });
const list = (more: object) =>
  reported('list', { list: { itemName: '名称', maxItems: 3, ...more } }) as ListIndicator;
const long = '甲'.repeat(300);
const cut = `${'甲'.repeat(79)}…`;
const narrative = { id: 'how', name: '做法', maxLength: 4 } as never;

const ofFigures: Case[] = [
  [() => say('figure-blank', whole), '空白', '数字', '本指标必须填写；本月没有发生请填 0。'],
  [() => say('figure-blank', measured), '空白', '数字，或“不适用”', '不适用请填“不适用”。'],
  [() => say('figure-blank', quarterly), '空白', '数字', '本季没有发生请填 0。'],
  [() => say('figure-not-applicable', whole), '不适用', '整数（件）', '本指标不能填“不适用”'],
  [
    () => say('figure-not-applicable', reported('flow', { decimals: 2 })),
    '不适用',
    '数字，最多 2 位小数（件）',
    '请填 0',
  ],
  [() => say('figure-too-large', long), cut, '不超过 15 位的数字', '数字过大'],
  [() => say('figure-is-a-date', '2023-03-01'), '2023-03-01', '数字', '单元格里是日期'],
  [() => say('figure-is-an-error-value', '#REF!'), '#REF!', '数字', '公式出错'],
  [() => say('figure-formula-without-result'), '没有计算结果的公式', '数字', '没有保存计算结果'],
  [() => say('figure-formula-not-a-number', whole, '三'), '三', '整数（件）', '公式的结果不是数字'],
  [() => say('figure-is-a-percentage', whole, long), '甲'.repeat(200), '整数（件）', '不填百分比'],
  [() => say('figure-shown-otherwise', whole, long), '甲'.repeat(200), '整数（件）', '单位是“件”'],
  [() => say('figure-unit-differs', converted, '亿元'), '亿元', '万元或元', '请按“万元”填写数字'],
  [() => say('figure-unit-differs', whole, '个'), '个', '件', '与指标目录的“件”不一致'],
  [() => say('figure-reversed', '\u202e12'), '‹U+202E›12', '数字', '倒着显示'],
  [() => say('figure-approximate', '约3'), '约3', '准确的数字', '约数'],
  [() => say('figure-word-for-nothing', whole, '无'), '无', '整数（件）', '如本月没有发生，请填 0。'],
  [
    () => say('figure-word-for-nothing', measured, '无'),
    '无',
    '数字，最多 2 位小数（元）',
    '没有发生请填 0，不适用请填“不适用”。',
  ],
  [() => say('figure-not-a-number', whole, '三件'), '三件', '整数（件）', '单位是“件”。'],
  [() => say('figure-negative', quarterly, '-1'), '-1', '不小于 0 的数字', '不要在本季冲减。'],
  [() => say('figure-out-of-range', '10', '-5 至 9'), '10', '-5 至 9', '允许的范围（-5 至 9）'],
  [() => say('figure-too-many-decimals', whole, '1.5'), '1.5', '整数（件）', '本指标按“件”计，应填整数'],
  [
    () => say('figure-too-many-decimals', measured, '1.555'),
    '1.555',
    '数字，最多 2 位小数（元）',
    '最多保留 2 位小数',
  ],
  [
    () => say('figure-normalised', whole, { found: long, value: '3', note: '已按数字读取' }),
    '甲'.repeat(200),
    '3',
    '已按数字读取：3 件；',
  ],
  [() => say('list-item-too-long', list({ maxLength: 4 }), 5), '5 个字', '不超过 4 个字', '名称过长'],
  [
    () => say('list-item-unknown', list({ options: ['盗窃', '诈骗'] }), '抢劫'),
    '抢劫',
    '盗窃、诈骗',
    '不在可选的名称之内',
  ],
  [() => say('list-item-unknown', list({}), '抢劫'), '抢劫', '', '不在可选的名称之内'],
  [() => say('list-item-not-text', 'TRUE'), 'TRUE', '文字', '这一格应填名称'],
  [() => say('list-item-no-name', list({}), '无'), '无', '名称', '“无”不是一项名称，不能计数；本月没有的'],
  [() => say('list-item-repeated', '甲', '甲'), '甲', '甲', '这一项在本表中重复填写，只计一次。'],
  [() => say('list-item-repeated', '甲 ', '《甲》'), '甲', '《甲》', '与上面的“《甲》”只有空格'],
  [() => say('list-stray', '名称', '乙'), '乙', '填在“名称”列', '而同一行的“名称”是空的'],
  [() => say('list-too-long', list({}), 4), '4 项', '不超过 3 项', '最多填写 3 项'],
  [() => say('list-count-taken', list({}), 2), '空白', '2', '本月数没有填写，已按清单中的项目计为 2。'],
  [
    () => say('list-count-differs', list({}), '3', 2),
    '3',
    '2（清单中不同的项目数）',
    '清单中有 2 项不同的内容',
  ],
  [
    () => say('sum-differs', { name: '合计', typed: '5', value: '3', difference: '2' }),
    '5',
    '3',
    '“合计”填的是 5，各组成项加起来是 3，相差 2；',
  ],
  [() => say('sum-not-read', '见附件'), '见附件', undefined, '没有读取'],
  [() => say('table-empty', { name: '表', blank: 'zero' }), '全表空白', undefined, '请在表下面填“本期无”'],
  [() => say('table-empty', { name: '表', blank: 'ask' }), '全表空白', undefined, '请在表下面填“是”'],
  [() => say('table-blanks', '表', 3), '3 格空白', '数字；没有发生的填 0', '“表”有 3 格没有填'],
  [() => tableBlanks({ name: '表' }, ['E6 甲']), '1 格空白', '数字；没有发生的填 0', '有 1 格没有填'],
  [() => say('near-doubles', [{ item: '甲', earlier: '乙' }]), '甲', '乙', '“甲”与“乙”；'],
  [
    () =>
      say('near-doubles', [
        { item: '甲', earlier: '乙' },
        { item: '丙', earlier: '丁' },
      ]),
    '甲、丙',
    '乙、丁',
    '有 2 项的名称与以前报过的只差一个字，现在按不同的项计：“甲”与“乙”等；',
  ],
  [
    () => say('figures-not-counted', ['甲', '乙']),
    '甲、乙',
    undefined,
    '其中 2 项现行目录不再要求或已改变含义，没有计入：甲、乙；',
  ],
  [
    () => say('figures-asked-since', ['一', '二', '三', '四', '五']),
    '一、二、三、四、五',
    undefined,
    '增加了 5 项：一、二、三、四、五；',
  ],
  [
    () => say('figures-asked-since', ['一', '二', '三', '四', '五', '六']),
    '一、二、三、四、五、六',
    undefined,
    '增加了 6 项：一、二、三、四、五等；',
  ],
  [
    () => say('unit-slip', whole, { value: '9', typical: '90000', of: 'period' }),
    '9',
    '与以前各月相近（中位数 90000 件）',
    '单位应为“件”',
  ],
  [
    () => say('unit-slip', whole, { value: '9', typical: '90000', of: 'year-to-date' }),
    '9',
    '与上一次的累计数相近（90000 件）',
    '累计数与上一次的累计数相差约一万倍',
  ],
  [
    () => say('unit-slip', whole, { value: '9', typical: '90000', of: 'what-came' }),
    '9',
    '比上一次增加的数与以前各月相近（中位数 90000 件）',
    '比上一次增加的数与以前各月相差约一万倍',
  ],
  [
    () => say('outlier', quarterly, { value: '9', least: '1', most: '2' }),
    '9',
    '以前各季为 1 至 2 件',
    '本季数与本部门以前各季相差很大',
  ],
  [
    () => say('cumulative-falls', '4', { period: '2023-01', value: '5' }),
    '4',
    '不小于2023年1月的累计数 5',
    '却比2023年1月的累计数（5）小',
  ],
  ...(
    [
      ['reported', '0', '本月为 0：确实没有，还是', '确实没有的，请说明原因。'],
      ['not-applicable', '不适用', '本月填了“不适用”：确实不适用，还是', '确实不适用的，请说明原因。'],
      ['missing', '空白', '本月没有填写：确实没有，还是', '确实没有的，请说明原因。'],
    ] as const
  ).flatMap(([now, found, asked, agreed]): Case[] =>
    [asked, agreed].map(
      (says): Case => [
        () => say('nothing-after-steady', whole, { now, periods: 4, least: '8', most: '9' }),
        found,
        '此前连续 4 次月报为 8 至 9 件',
        says,
      ],
    ),
  ),
];

const ofWords: Case[] = [
  [() => say('narrative-stray', long), cut, '写在浅黄色单元格中', '不知道属于哪一项'],
  [() => say('narrative-blank', narrative), '空白', '文字，不超过 4 字', '“做法”必须填写'],
  [() => say('text-too-long', { name: '做法', maxLength: 4 }, 5), '5 字', '不超过 4 字', '“做法”过长'],
  [() => say('text-not-text', '#REF!'), '#REF!', '文字', '不是文字'],
  [() => say('text-struck', '120135'), '120135', '没有删除线的内容', '请把不要的内容删去'],
  [() => say('text-raised', '122'), '122', '没有上标、下标的数字', '是不是数的一部分'],
  [() => say('text-reversed', '\u202e甲'), '‹U+202E›甲', '文字', '改变书写方向'],
  [
    () => say('signature-missing', ['填报人', '审核人']),
    undefined,
    '填报人、审核人',
    '没有填写填报人和审核人；',
  ],
  [() => say('correction-note-too-long', 501, 500), '501 个字', '不超过 500 个字', '缩短到 500 个字以内'],
  [() => say('more-findings', 9), '9 条', undefined, '另有 9 条同类问题'],
];

describe('what is said of figures and words', () => {
  saysEach([...ofFigures, ...ofWords]);

  it('is listed here for every rule', () => {
    const rules = Object.keys({
      ...{ ...figureRules, ...listRules, ...sumRules, ...tableRules },
      ...{ ...namesRules, ...adoptionRules, ...comparisonRules },
    });
    expect([...new Set(ofFigures.map(([words]) => words().rule))].toSorted()).toEqual(rules.toSorted());
    const others = Object.keys({ ...addressRules, ...formRules, ...rowRules });
    const here = new Set(ofWords.map(([words]) => words().rule));
    expect([...rules, ...others, ...here].toSorted()).toEqual(Object.keys(findingRules).toSorted());
  });

  it('lists the blank cells of a table, as many as a finding keeps, each cut to what it may be long', () => {
    const blanks = Array.from({ length: 401 }, (_, index) => `E${index} ${'\u{20000}'.repeat(100)}`);
    const { breakdown = [] } = tableBlanks({ name: '表' }, blanks);
    expect(breakdown).toHaveLength(400);
    expect(breakdown[0]).toHaveLength(120);
    expect(breakdown.every((line) => line.isWellFormed())).toBe(true);
    expect(tableBlanks({ name: '表' }, ['E6 甲', 'E7 乙']).breakdown).toEqual(['E6 甲', 'E7 乙']);
  });
});
