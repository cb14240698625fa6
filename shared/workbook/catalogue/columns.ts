import { maxPeriods, overWords } from '../../core/catalogue/catalogue.ts';
import { kinds } from '../../core/catalogue/kinds.ts';
import { type CatalogueList, fieldInWords } from '../../core/catalogue/problem.ts';
import { roundingWords } from '../../core/values/decimal.ts';
import { formerNames, months } from './cell-lists.ts';
import {
  code,
  day,
  decimal,
  month,
  period,
  text,
  whole,
  wordOf,
  yesOrNo,
  yesOrNoWords,
} from './cell-values.ts';
import { type Column, column } from './column.ts';
import { indicatorColumns } from './indicator-columns.ts';
import { lineRule, lineSum } from './line-text.ts';
import { department, reporters, table } from './references.ts';
import { ruleText } from './rule-text.ts';
import {
  axisValue,
  axisWords,
  blank,
  blankWords,
  frequency,
  frequencyWords,
  over,
  tableKinds,
} from './word-values.ts';

const sections: readonly Column[] = [
  column('id', text, 12, '例：一(二)', {
    isNecessary: true,
    heading: fieldInWords('section'),
    also: ['章节号', '编号'],
  }),
  column('name', text, 60, '例：健全完善制度体系', {
    isNecessary: true,
    also: ['标题', '章节标题'],
  }),
];

const departments: readonly Column[] = [
  column('id', code, 12, '留空，由系统编号', { also: ['部门代码', '编号'] }),
  column('name', text, 30, '例：市司法局', { isNecessary: true, also: ['部门名称', '部门', '单位名称'] }),
  column('group', text, 16, '例：县政府部门、乡镇街道；同组的有小计，不分组的留空', {
    also: ['组别', '类别'],
  }),
  column('formerNames', formerNames, 30, '例：市法制办（至2024-05）'),
  column('from', month, 12, '从哪个月起报，例：2024-06；一直都报的留空'),
  column('to', month, 12, '报到哪个月，例：2024-05；没有结束的留空'),
  column('successor', department, 26, '撤并的，填并入哪个部门，并填结束期', {
    choices: 'departments',
    also: ['并入'],
  }),
];

/** What tables and narratives say of who is asked, how often, and since when. */
const askedOf = column('reporters', reporters, 26, '全部，或部门名称，用、隔开', {
  isNecessary: true,
  choices: 'departments',
  also: ['填报部门', '责任部门'],
});
const howOften = column('frequency', frequency, 10, '留空为按月', {
  choices: Object.values(frequencyWords),
  also: ['频率', '报送周期'],
});
const inForce: readonly Column[] = [
  column('from', month, 11, '从哪个月起有；一直有的留空'),
  column('to', month, 11, '到哪个月为止；没有结束的留空'),
];

const tableColumns: readonly Column[] = [
  column('id', code, 12, '留空，由系统编号', { also: ['表格代码', '编号'] }),
  column('name', text, 30, '例：政府信息公开申请情况', { isNecessary: true, also: ['表格名称', '表名'] }),
  column('section', text, 10, '报告的章节，例：一(二)'),
  column('unit', text, 8, '例：件', { isNecessary: true, also: ['计量单位'] }),
  column('definition', text, 50, '什么算、什么不算、按什么日期计入', {
    isNecessary: true,
    also: ['指标口径', '口径说明'],
  }),
  column('kind', tableKinds, 20, '从下拉列表中选', {
    isNecessary: true,
    choices: [kinds.flow.words, kinds.stock.words],
    also: ['类型'],
  }),
  askedOf,
  column('blank', blank, 10, '空白格算 0，还是要问；留空为要问', { choices: Object.values(blankWords) }),
  column('decimals', whole, 8, '填报最多几位小数；留空为 0'),
  column('rounding', wordOf(roundingWords), 10, '留空为四舍五入', { choices: Object.values(roundingWords) }),
  howOften,
  column('months', months, 10, '按月报送的，只在这些月报，例：12；每月报的留空'),
  column('range.min', decimal, 9, '留空为 0'),
  column('range.max', decimal, 9, '没有上限的留空'),
  ...inForce,
];

const lineColumns: readonly Column[] = [
  column('table', table, 26, '哪张表', { isNecessary: true, choices: 'tables', also: ['表格', '表名'] }),
  column('axis', axisValue, 8, '行、列，或各列都要平衡的关系', {
    isNecessary: true,
    choices: Object.values(axisWords),
  }),
  column('id', code, 12, '留空，由系统编号', { also: ['编号'] }),
  column('name', text, 44, '行、列的名称；平衡关系写不符合时告诉部门的话', {
    isNecessary: true,
    also: ['说明文字'],
  }),
  column('sum', lineSum, 44, '合计的行、列由哪些相加减，例：【甲】 + 【乙】；不是合计的留空', {
    also: ['组成', '合计公式'],
  }),
  column('rule', lineRule, 50, '平衡关系，例：【收到】 + 【结转】 = 【办结】 + 【未办】', { also: ['公式'] }),
];

const narratives: readonly Column[] = [
  column('id', code, 12, '留空，由系统编号', { also: ['编号'] }),
  column('name', text, 30, '例：简要情况说明、典型做法', { isNecessary: true, also: ['标题'] }),
  column('section', text, 10, '报告的章节，例：一(二)'),
  column('definition', text, 60, '写什么、写多少，例：本季度推进法治建设的主要做法，一至两段', {
    isNecessary: true,
    also: ['填写要求', '要求', '口径'],
  }),
  askedOf,
  column('required', yesOrNo, 8, '留空为“是”', { choices: yesOrNoWords, also: ['是否必填'] }),
  column('maxLength', whole, 9, '最多几个字，不超过 2000；留空为 500', { also: ['字数上限'] }),
  howOften,
  column('months', months, 10, '按月报送的，只在这些月报，例：6、12；每月报的留空'),
  column('formerNames', formerNames, 26, '例：旧名称（至2024-05）'),
  ...inForce,
];

const rules: readonly Column[] = [
  column('id', code, 22, '留空，由系统编号', { also: ['规则代码', '编号'] }),
  column('over', over, 12, '当期：不符合的退回；本年累计、全市汇总、用到上年的：请核对', {
    isNecessary: true,
    choices: Object.values(overWords),
  }),
  column(
    'expression',
    ruleText,
    64,
    '例：【行政复议受理】 <= 【行政复议收到】；可用 + - <= = >=；上年的数写 上年同期【…】，存量的写 上年末【…】',
    {
      isNecessary: true,
      also: ['公式', '规则内容'],
    },
  ),
  column('message', text, 52, '不符合时告诉部门的话，例：受理数不得大于收到数。', {
    isNecessary: true,
    also: ['说明', '提示'],
  }),
];

const periods: readonly Column[] = [
  column('period', period, 14, '例：2024-03、2024-Q1、2024-H1、2024', {
    isNecessary: true,
    also: ['报送期', '月份'],
  }),
  column('starts', day, 16, '统计期间不是自然月、季、年的，填第一天，例：2023-12-11；否则留空', {
    also: ['统计起日期', '起日'],
  }),
  column('ends', day, 16, '统计期间的最后一天，例：2024-06-10；自然月、季、年留空', {
    also: ['统计止日期', '止日'],
  }),
  column('due', day, 16, '过了这一天算迟报，例：2024-04-10', {
    isNecessary: true,
    also: ['截止日期', '报送截止日'],
  }),
  column('cutOff', day, 16, '过了这一天先暂存，例：2024-04-20', {
    isNecessary: true,
    also: ['最迟日期', '最迟报送日'],
  }),
];

export interface TableShape {
  /** What its sheet is called. */
  sheet: string;
  columns: readonly Column[];
  /** As many entries as a catalogue may have. */
  most: number;
  /** Rows without entries that are made ready to type in. */
  spare: number;
}

export const tables: Record<CatalogueList, TableShape> = {
  sections: { sheet: '章节', columns: sections, most: 200, spare: 10 },
  departments: { sheet: '部门', columns: departments, most: 500, spare: 30 },
  indicators: { sheet: '指标', columns: indicatorColumns, most: 2000, spare: 60 },
  tables: { sheet: '表格', columns: tableColumns, most: 100, spare: 10 },
  lines: { sheet: '表格行列', columns: lineColumns, most: 2000, spare: 40 },
  narratives: { sheet: '文字说明', columns: narratives, most: 50, spare: 10 },
  rules: { sheet: '规则', columns: rules, most: 2000, spare: 30 },
  periods: { sheet: '报送期', columns: periods, most: maxPeriods, spare: 12 },
};
export const tableNames = Object.keys(tables) as CatalogueList[];

/** Something of each table. */
export function ofEachTable<T>(make: (list: CatalogueList) => T): Record<CatalogueList, T> {
  return {
    sections: make('sections'),
    departments: make('departments'),
    indicators: make('indicators'),
    tables: make('tables'),
    lines: make('lines'),
    narratives: make('narratives'),
    rules: make('rules'),
    periods: make('periods'),
  };
}

export const findingsSheet = '校验结果';

/** Begins each explanation that stands in a cell: such a cell is no data, wherever it is moved. */
export const explanationMark = '※';
