import type { Workbook, Worksheet } from 'exceljs';
import { periodInYear } from '../../core/catalogue/period.ts';
import { namesOf } from '../../core/publication/names.ts';
import { cellsOfTables, type Publication } from '../../core/publication/publication.ts';
import { eachPeriod, type Total } from '../../core/totals/total.ts';
import type { Decimal } from '../../core/values/decimal.ts';
import { yearFigures } from '../../core/words.ts';
import type { ChartsOfSheet, NativeChart } from '../native-charts.ts';
import { safeText } from '../save.ts';
import { sheetNames } from './sheet-names.ts';
import { type Look, styles } from './styles.ts';
import { pageSetup, type Running, runningHeads } from './table.ts';

/** Where things stand in a block: the figures of periods, their chart, the figures of departments, theirs. */
const columns = { periods: 1, periodsChart: 5, departments: 14, departmentsChart: 17, last: 25 };
const chartColumns = 8;
const chartRows = 15;
/** So many rows are printed on a page: no chart is cut in two. */
const rowsOnPage = 70;

const colors = {
  now: '2F6DB3',
  before: 'B7CBE3',
  counting: '2F6DB3',
  waiting: 'F2A33A',
  missing: 'D9534F',
  early: 'D9D9D9',
};

/** Beyond this many departments a chart has more columns than can be read; the figures beside it have them all. */
const mostDepartments = 60;

/** What the charts of a block are drawn from: one row a category. */
interface Block {
  title: string;
  column: number;
  chartColumn: number;
  heading: string;
  categories: readonly string[];
  series: readonly { name: string; color: string; values: readonly (number | null)[] }[];
  isStacked?: boolean;
}

/**
 * Pictures of a publication, each beside the figures that it is drawn from: how returns came, and of each indicator its
 * course with last year beside it and what each department contributes.
 */
export function addChartsSheet(
  workbook: Workbook,
  publication: Publication,
  running: Running,
): ChartsOfSheet {
  const sheet = workbook.addWorksheet(sheetNames.charts, {
    views: [{ showGridLines: false }],
    pageSetup: pageSetup('landscape'),
    headerFooter: runningHeads(running),
  });
  for (let column = 1; column <= columns.last; column++) sheet.getColumn(column).width = 10;
  for (const column of [columns.periods, columns.departments]) sheet.getColumn(column).width = 18;
  const cells = cellsOfTables(publication);
  const totals = publication.totals.filter(
    ({ indicator, byPeriod }) => !cells.has(indicator) && byPeriod.some(({ value }) => value !== null),
  );
  const charts: NativeChart[] = [];
  let row = 1;
  let onPage = 0;
  for (const blocks of [
    [completeness(publication)],
    ...totals.map((total) => blocksOf(total, publication)),
  ]) {
    const height = Math.max(chartRows + 1, ...blocks.map(({ categories }) => categories.length + 2)) + 1;
    if (onPage > 0 && onPage + height > rowsOnPage) {
      sheet.getRow(row - 1).addPageBreak();
      onPage = 0;
    }
    charts.push(...blocks.map((block) => addBlock(sheet, block, row)));
    row += height;
    onPage += height;
  }
  return { sheet: { id: sheet.id, name: sheet.name }, charts };
}

function addBlock(sheet: Worksheet, block: Block, row: number): NativeChart {
  const { title, column, heading, categories, series } = block;
  put(sheet, { row, column }, title, styles.title);
  put(sheet, { row: row + 1, column }, heading, styles.header);
  for (const [index, { name }] of series.entries()) {
    put(sheet, { row: row + 1, column: column + 1 + index }, name, styles.header);
  }
  categories.forEach((category, at) => {
    put(sheet, { row: row + 2 + at, column }, category, styles.text);
    series.forEach(({ values }, index) => {
      put(sheet, { row: row + 2 + at, column: column + 1 + index }, values[at] ?? null, styles.right);
    });
  });
  return {
    title,
    description: `${title}的柱形图，数在左边的格子里`,
    ...(block.isStacked ? { isStacked: true } : {}),
    categories,
    firstCategory: { row: row + 2, column },
    series: series.map((each, index) => ({ ...each, heading: { row: row + 1, column: column + 1 + index } })),
    place: { row: row + 1, column: block.chartColumn, columns: chartColumns, rows: chartRows },
  };
}

function put(
  sheet: Worksheet,
  { row, column }: { row: number; column: number },
  content: string | number | null,
  look: Look,
): void {
  const cell = sheet.getCell(row, column);
  cell.value = typeof content === 'string' ? safeText(content) : content;
  cell.style = look;
}

/** Only drawn and looked at: the exact figures stand on the sheets of totals. */
function drawn(value: Decimal | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** How many returns of each period count, wait, are missing, or are not due. */
function completeness({ year, returns }: Publication): Block {
  const periods = [...new Set(returns.map(({ period }) => period))];
  const count = (standings: readonly string[]) =>
    periods.map(
      (period) => returns.filter((row) => row.period === period && standings.includes(row.standing)).length,
    );
  return {
    title: `${year}年各期报送情况（份）`,
    column: columns.periods,
    chartColumn: columns.periodsChart + 2,
    heading: '报告期',
    categories: periods.map(periodInYear),
    isStacked: true,
    series: [
      { name: '计入', color: colors.counting, values: count(['counting']) },
      {
        name: '暂存、退回',
        color: colors.waiting,
        values: count(['held', 'sent-back', 'declined', 'refused']),
      },
      { name: '未报', color: colors.missing, values: count(['not-reported']) },
      { name: '未到报送期', color: colors.early, values: count(['not-due']) },
    ],
  };
}

function blocksOf(total: Total, publication: Publication): Block[] {
  const { name, unit, byPeriod, byDepartment, indicator } = total;
  const names = namesOf(publication);
  const before = new Map(
    publication.comparisons
      .filter((each) => each.indicator === indicator)
      .map((each) => [each.period, drawn(each.lastYear?.value)]),
  );
  const lastYear = byPeriod.map(({ period }) => before.get(period) ?? null);
  const course: Block = {
    title: `${name}：${eachPeriod(total)}的数（${unit}）`,
    column: columns.periods,
    chartColumn: columns.periodsChart,
    heading: '报告期',
    categories: byPeriod.map(({ period }) => periodInYear(period)),
    series: [
      ...(lastYear.some((value) => value !== null)
        ? [{ name: '上年', color: colors.before, values: lastYear }]
        : []),
      { name: '本年', color: colors.now, values: byPeriod.map(({ value }) => drawn(value)) },
    ],
  };
  const known = byDepartment.filter(({ value }) => value !== null);
  if (known.length < 2 || known.length > mostDepartments) return [course];
  return [
    course,
    {
      title: `${name}：各部门的数（${unit}）`,
      column: columns.departments,
      chartColumn: columns.departmentsChart,
      heading: '部门',
      categories: known.map(({ department }) => names.department(department)),
      series: [
        {
          name: yearFigures(publication.returns),
          color: colors.now,
          values: known.map(({ value }) => drawn(value)),
        },
      ],
    },
  ];
}
