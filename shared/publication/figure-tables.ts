import type { BaseFigure, PeriodComparison } from '../core/totals/period-comparison.ts';
import type { Total } from '../core/totals/total.ts';
import {
  type Column,
  department,
  indicator,
  ofDepartment,
  ofTotal,
  type PublishedTableFile,
  period,
  status,
  table,
  unit,
  value,
} from './table.ts';

export const totalsTable = table<Total>({
  name: 'totals',
  purpose: '各项指标的年度数',
  primaryKey: ['indicator'],
  from: ({ totals }) => totals,
  columns: [
    { ...indicator, of: (total) => total.indicator },
    { name: 'name', type: 'string', title: '指标名称', of: (total) => total.name },
    { name: 'section', type: 'string', title: '章节', of: (total) => total.section },
    { name: 'kind', type: 'string', title: '种类', of: (total) => total.kind },
    { ...value, of: (total) => total.value },
    { ...unit, of: (total) => total.unit },
    { ...status, of: (total) => total.status },
    { name: 'asOf', type: 'string', title: '时点数取自', of: (total) => total.asOf },
    { name: 'expected', type: 'integer', title: '应报份数', of: ({ coverage }) => coverage.returns.expected },
    { name: 'missing', type: 'integer', title: '缺少份数', of: ({ coverage }) => coverage.missing.length },
  ],
});

/** Figures below a total, which are not rounded, by the part of it that each is of. */
interface Below {
  indicator: string;
  of: string;
  value: Total['value'];
}

function tableBelow(
  part: Pick<Column, 'name' | 'type' | 'title'>,
  {
    figures,
    ...described
  }: Pick<PublishedTableFile, 'purpose'> &
    Partial<Pick<PublishedTableFile, 'foreignKeys'>> & {
      figures(total: Total): { of: string; value: Total['value'] }[];
    },
): PublishedTableFile {
  return table<Below>({
    name: `by-${part.name}`,
    primaryKey: ['indicator', part.name],
    foreignKeys: ofTotal,
    ...described,
    from: ({ totals }) =>
      totals.flatMap((total) => figures(total).map((row) => ({ indicator: total.indicator, ...row }))),
    columns: [
      { ...indicator, of: (row) => row.indicator },
      { ...part, of: (row) => row.of },
      { ...value, title: '数值（未舍入）', of: (row) => row.value },
    ],
  });
}

export const byDepartmentTable = tableBelow(department, {
  purpose: '各项指标分部门的数',
  foreignKeys: { ...ofTotal, ...ofDepartment },
  figures: ({ byDepartment }) => byDepartment.map((row) => ({ of: row.department, value: row.value })),
});

export const byGroupTable = tableBelow(
  { name: 'group', type: 'string', title: '分组' },
  {
    purpose: '各项指标分组的小计',
    figures: ({ byGroup }) => byGroup.map((row) => ({ of: row.group, value: row.value })),
  },
);

export const byPeriodTable = tableBelow(period, {
  purpose: '各项指标分期的数',
  figures: ({ byPeriod }) => byPeriod.map((row) => ({ of: row.period, value: row.value })),
});

/** An earlier figure, how many returns it misses, the change since, and the change as a percentage of it. */
function baseColumns(
  name: string,
  title: string,
  baseOf: (row: PeriodComparison) => BaseFigure | null,
): Column<PeriodComparison>[] {
  return [
    { name, type: 'number', title, of: (row) => baseOf(row)?.value ?? null },
    {
      name: `${name}Missing`,
      type: 'integer',
      title: `${title}缺少份数`,
      of: (row) => baseOf(row)?.missing ?? null,
    },
    {
      name: `${name}Change`,
      type: 'number',
      title: `比${title}增减`,
      of: (row) => baseOf(row)?.change ?? null,
    },
    {
      name: `${name}Rate`,
      type: 'number',
      title: `比${title}增减（%）`,
      of: (row) => baseOf(row)?.rate ?? null,
    },
  ];
}

export const comparisonsTable = table<PeriodComparison>({
  name: 'comparisons',
  purpose: '各项指标各期的数，及上期、上年同期、本年累计',
  primaryKey: ['indicator', 'period'],
  foreignKeys: ofTotal,
  from: ({ comparisons }) => comparisons,
  columns: [
    { ...indicator, of: (row) => row.indicator },
    { ...period, of: (row) => row.period },
    { ...value, of: (row) => row.value },
    { name: 'missing', type: 'integer', title: '缺少份数', of: (row) => row.missing },
    ...baseColumns('before', '上期数', ({ before }) => before),
    ...baseColumns('lastYear', '上年同期数', ({ lastYear }) => lastYear),
    { name: 'toDate', type: 'number', title: '本年累计', of: ({ toDate }) => toDate.value },
    { name: 'toDateMissing', type: 'integer', title: '本年累计缺少份数', of: ({ toDate }) => toDate.missing },
    ...baseColumns('lastYearToDate', '上年同期累计', ({ toDate }) => toDate.lastYear),
  ],
});
