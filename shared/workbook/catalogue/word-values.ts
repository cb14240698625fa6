import { overWords } from '../../core/catalogue/catalogue.ts';
import { kinds, overDepartmentsWords, overTimeWords } from '../../core/catalogue/kinds.ts';
import { frequencies } from '../../core/catalogue/period.ts';
import { wordOf } from './cell-values.ts';

export const kindWords = Object.fromEntries(Object.entries(kinds).map(([kind, { words }]) => [kind, words]));
/** What a row of an indicator is read by, before its other cells are. */
export const kindValue = wordOf(kindWords, {}, () => Object.keys(kindWords));
export const overTime = wordOf(
  overTimeWords,
  {
    相加: 'sum',
    合计: 'sum',
    求和: 'sum',
    各月相加: 'sum',
    最后一个月: 'last',
    取最后一个月: 'last',
    期末: 'last',
    最大: 'max',
    最小: 'min',
    去重: 'distinct',
  },
  (kind) => kinds[kind].overTime,
);
export const overDepartments = wordOf(
  overDepartmentsWords,
  { 相加: 'sum', 合计: 'sum', 求和: 'sum', 最大: 'max', 最小: 'min', 去重: 'distinct', 不合计: 'none' },
  (kind) => kinds[kind].overDepartments,
);
export const proseWords = { exact: '原数', 'at-least': '…余', 'more-than': '超…' };
export const proseStyle = wordOf(proseWords, {
  余: 'at-least',
  '...余': 'at-least',
  超: 'more-than',
  '超...': 'more-than',
});
export const numeralWords = { arabic: '阿拉伯数字', chinese: '中文数字' };
export const numerals = wordOf(numeralWords, { 阿拉伯: 'arabic', 中文: 'chinese', 汉字: 'chinese' });
export const over = wordOf(overWords, {
  当月: 'period',
  本月: 'period',
  本期: 'period',
  累计: 'year-to-date',
  年初至今: 'year-to-date',
  全市: 'all-departments',
  全市合计: 'all-departments',
  各部门合计: 'all-departments',
  部门汇总: 'all-departments',
  汇总: 'all-departments',
});
export const frequencyWords = Object.fromEntries(
  Object.entries(frequencies).map(([frequency, { words }]) => [frequency, words]),
);
export const frequency = wordOf(frequencyWords, {
  ...{
    每月: 'month',
    月报: 'month',
    月: 'month',
    每季: 'quarter',
    季报: 'quarter',
    季: 'quarter',
    按季度: 'quarter',
  },
  ...{ 每半年: 'half-year', 半年报: 'half-year', 半年: 'half-year' },
  ...{ 每年: 'year', 年报: 'year', 年: 'year', 按年度: 'year' },
});

export const tableKinds = wordOf({ flow: kinds.flow.words, stock: kinds.stock.words });
export const blankWords = { ask: '要问', zero: '算 0' };
export const blank = wordOf(blankWords, { 询问: 'ask', 零: 'zero', 0: 'zero', 算零: 'zero' });
export const axisWords = { row: '行', column: '列', balance: '平衡' };
/** What a row of the table of lines is read by, before its other cells are. */
export const axisValue = wordOf(axisWords, { 平衡关系: 'balance' });

export const scaleWords = { 万: '万', 亿: '亿' };
export const scale = wordOf(scaleWords, { 以万计: '万', 以亿计: '亿' });
