import { type Kind, overDepartmentsWords, overTimeWords } from '../../core/catalogue/kinds.ts';
import { roundingWords } from '../../core/values/decimal.ts';
import { choices, formerNames, months, otherUnits } from './cell-lists.ts';
import { code, decimal, month, text, whole, wordOf, yesOrNo, yesOrNoWords } from './cell-values.ts';
import { type Column, column } from './column.ts';
import { indicator, reporters } from './references.ts';
import { sumText } from './rule-text.ts';
import {
  frequency,
  frequencyWords,
  kindValue,
  kindWords,
  numerals,
  numeralWords,
  overDepartments,
  overTime,
  proseStyle,
  proseWords,
  scale,
  scaleWords,
} from './word-values.ts';

const reported: readonly Kind[] = ['flow', 'stock', 'extreme', 'list'];
const numeric: readonly Kind[] = ['flow', 'stock', 'extreme', 'sum'];

/** Of an indicator: more than of anything else, since each kind has columns of its own. */
export const indicatorColumns: readonly Column[] = [
  column('id', code, 18, '留空，由系统编号', { also: ['指标代码', '编号'] }),
  column('name', text, 30, '不能与其他指标同名', { isNecessary: true, also: ['指标名称', '指标'] }),
  column('section', text, 10, '报告的章节，例：一(二)'),
  column('unit', text, 8, '例：件', { isNecessary: true, also: ['计量单位'] }),
  column('definition', text, 50, '什么算、什么不算、按什么日期计入', {
    isNecessary: true,
    also: ['指标口径', '口径说明'],
  }),
  column('kind', kindValue, 20, '从下拉列表中选', {
    isNecessary: true,
    choices: Object.values(kindWords),
    also: ['类型'],
  }),
  column('overTime', overTime, 15, '各期的数怎样成为全年的数；留空用这种性质的通常办法', {
    choices: Object.values(overTimeWords),
  }),
  column('overDepartments', overDepartments, 15, '各部门的数怎样成为全市的数；留空用通常办法', {
    choices: Object.values(overDepartmentsWords),
  }),
  column('reporters', reporters, 26, '全部，或部门名称，用、隔开；例：市司法局（2024-01至2024-05）', {
    isNecessary: true,
    choices: 'departments',
    kinds: reported,
    also: ['填报部门', '责任部门'],
  }),
  column('decimals', whole, 8, '填报最多几位小数；留空为 0'),
  column('rounding', wordOf(roundingWords), 10, '留空为四舍五入', { choices: Object.values(roundingWords) }),
  column('required', yesOrNo, 8, '留空为“是”', {
    choices: yesOrNoWords,
    kinds: reported,
    also: ['是否必填'],
  }),
  column('notApplicable', yesOrNo, 9, '留空为“否”', { choices: yesOrNoWords, kinds: reported }),
  column('frequency', frequency, 10, '留空为按月', {
    choices: Object.values(frequencyWords),
    kinds: reported,
    also: ['频率', '报送周期'],
  }),
  column('months', months, 10, '按月报送的，只在这些月报，例：6、12；每月报的留空', { kinds: reported }),
  column('range.min', decimal, 9, '留空为 0', { kinds: reported }),
  column('range.max', decimal, 9, '没有上限的留空', { kinds: reported }),
  column('alsoIn', otherUnits, 16, '还可以用什么单位填，例：单位为万元的，写 元=0.0001', {
    kinds: reported,
    also: ['其他单位'],
  }),
  column('output.unit', text, 9, '发布时换用的单位，例：万元；不换的留空', { kinds: numeric }),
  column('output.factor', decimal, 10, '1 个填报单位合多少发布单位，例：0.0001', {
    kinds: numeric,
    also: ['换算'],
  }),
  column('output.decimals', whole, 10, '换用单位后的小数位', { kinds: numeric }),
  column('list.itemName', text, 12, '每一项是什么，例：作品名称', { kinds: ['list'] }),
  column('list.maxItems', whole, 9, '一期最多几项', { kinds: ['list'] }),
  column('list.maxLength', whole, 9, '每项最多几个字；留空为 60', { kinds: ['list'] }),
  column('list.options', choices, 24, '只能从中选的，用、隔开或一行一个；随便填的留空', { kinds: ['list'] }),
  column('parts', sumText, 30, '合计由哪些指标相加减，例：【甲】 + 【乙】 - 【丙】', {
    kinds: ['sum'],
    also: ['组成', '合计公式'],
  }),
  column('numerator', indicator, 22, '比率的分子是哪个指标', { kinds: ['ratio'], choices: 'indicators' }),
  column('denominator', indicator, 22, '比率的分母是哪个指标', { kinds: ['ratio'], choices: 'indicators' }),
  column('prose.style', proseStyle, 9, '报告里写原数、270余还是超90；留空为原数', {
    choices: Object.values(proseWords),
  }),
  column('prose.step', decimal, 8, '舍到几的倍数，例：10'),
  column('prose.scale', scale, 9, '以万、亿写，例：1.3万；不换的留空', {
    choices: Object.values(scaleWords),
  }),
  column('prose.numerals', numerals, 12, '留空为阿拉伯数字', { choices: Object.values(numeralWords) }),
  column('formerNames', formerNames, 26, '例：旧名称（至2024-05）'),
  column('was', text, 18, '本年改了代码的，写上一年的代码；没改的留空'),
  column('from', month, 11, '从哪个月起有，例：2024-06；一直有的留空'),
  column('to', month, 11, '到哪个月为止；没有结束的留空'),
];
