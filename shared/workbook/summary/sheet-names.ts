/** The sheets in their order, and what the cover says of each. */
export const sheetNames = {
  cover: '封面',
  totals: '年度汇总',
  departments: '按部门',
  periods: '按期',
  comparisons: '同比环比',
  comparisonsByPeriod: '各期比较',
  charts: '图表',
  returns: '报送情况',
  warnings: '待处理校验结果',
  changes: '变动',
  definitions: '指标口径',
  facts: '发布信息',
} as const;

export const contents: readonly { sheet: string; says: string }[] = [
  { sheet: sheetNames.totals, says: '每项指标的年度数、报告写法、状态和说明' },
  { sheet: sheetNames.departments, says: '每项指标各部门的年度数' },
  { sheet: sheetNames.periods, says: '每项指标各期的汇总数' },
  { sheet: sheetNames.comparisons, says: '截至最近一期的本年累计、上年同期、同比，本期、上期、环比' },
  { sheet: sheetNames.comparisonsByPeriod, says: '每项指标各期的本期数、本年累计，与上期、上年比' },
  { sheet: sheetNames.charts, says: '各期的数和上年同期、各部门的数、各期报送情况，都是可以改的图' },
  { sheet: sheetNames.returns, says: '各部门各期报表的报送情况' },
  {
    sheet: sheetNames.warnings,
    says: '还没有确认的预警、已确认的预警和理由、暂存的报表、同意计入和延期的理由',
  },
  { sheet: sheetNames.changes, says: '与上一次发布相比变了哪些数、为什么' },
  { sheet: sheetNames.definitions, says: '每项指标的定义、单位和汇总方法' },
  { sheet: sheetNames.facts, says: '内容摘要、指标目录、软件和台账位置，核验时用' },
];
