import type { Cell, DataValidation, Workbook, Worksheet } from 'exceljs';
import { kinds } from '../../core/catalogue/kinds.ts';
import type { CatalogueList } from '../../core/catalogue/problem.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { a4, cellValue } from '../form-cells.ts';
import { columnName } from '../reading/address.ts';
import { aligned, box, fills, fonts, rowHeight } from '../styles.ts';
import { months } from './cell-lists.ts';
import { code, day, decimal, month, period, whole } from './cell-values.ts';
import type { Column } from './column.ts';
import { explanationMark, tables } from './columns.ts';
import { department, indicator } from './references.ts';
import { noResult, type TypedTable, typedText } from './typed.ts';

/** Where things stand on the sheet of a table. Explanations are above the headings, where sorting leaves them. */
export const tableRows = { title: 1, hint: 2, explanations: 3, header: 4, first: 5 } as const;

/** Columns to the left that stay in sight. */
const kept = {
  sections: 1,
  departments: 2,
  indicators: 2,
  tables: 2,
  lines: 4,
  narratives: 2,
  rules: 1,
  periods: 1,
} as const;

const hints: Record<CatalogueList, string> = {
  sections:
    '一行是报告的一个章节，按报告中的先后排列：写了标题的，汇总和报告里就有标题。都不写的，这张表留空，汇总里只有章节号。',
  departments: '一行一个部门，按报告中的先后排列。标 * 的列必须填写；代码留空的由系统编号，编定后不要再改。',
  indicators:
    '一行一个指标，按报告中的先后排列。要加一个指标：复制相近的一行，插入，改名称，把代码清空。标 * 的列必须填写；灰色的格子这种性质不用填。',
  tables:
    '一行一张表格：填报和发布都是一张行列相交的表。行、列写在“表格行列”表中。没有表格的，这两张表留空。',
  lines:
    '一行是表格的一行或一列，按表格中的先后排列。合计的行、列写组成项，由系统计算；平衡关系对每一列核对。名称写在【】里。',
  narratives:
    '一行一项要部门写的文字，例如简要情况说明、典型做法：写进报告，不汇总。没有要写的，这张表留空。',
  rules:
    '一行一条规则。除范围为“全市汇总”的以外，只能用同一个部门报送的指标；一边相加减的，单位须相同或能换算。指标名称写在【】里，与“指标”表一致。',
  periods:
    '一行一个报告期：月、季（2024-Q1）、半年（2024-H1）或年（2024）。指标按什么频率报送，就要有什么报告期。日期写成 2024-04-10 的样子。',
};

export function writeTableSheet(workbook: Workbook, list: CatalogueList, table: TypedTable): Worksheet {
  const { sheet: name, columns, spare } = tables[list];
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: kept[list], ySplit: tableRows.header, showGridLines: true }],
    pageSetup: {
      ...a4,
      orientation: 'landscape',
      fitToWidth: list === 'indicators' ? 3 : 1,
      horizontalCentered: false,
      printTitlesRow: `${tableRows.header}:${tableRows.header}`,
      ...(list === 'indicators' ? { printTitlesColumn: 'A:B' } : {}),
    },
    headerFooter: { oddFooter: '&L&"宋体"&9&A&R&"宋体"&9第 &P 页，共 &N 页' },
  });
  columns.forEach(({ width }, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  writeTop(sheet, list, columns);
  table.rows.forEach(({ cells }, index) => {
    writeRow(sheet, tableRows.first + index, columns, cells);
  });
  const last = tableRows.first + table.rows.length + spare - 1;
  for (let row = tableRows.first + table.rows.length; row <= last; row++) writeSpareRow(sheet, row, columns);
  columns.forEach((column, index) => {
    greyWhereUnused(sheet, column, index + 1, last);
  });
  sheet.autoFilter = {
    from: { row: tableRows.header, column: 1 },
    to: { row: Math.max(tableRows.first, tableRows.first + table.rows.length - 1), column: columns.length },
  };
  return sheet;
}

function writeTop(sheet: Worksheet, list: CatalogueList, columns: readonly Column[]): void {
  Object.assign(sheet.getCell(tableRows.title, 1), {
    value: tables[list].sheet,
    font: fonts.title,
    alignment: { vertical: 'middle' },
  });
  sheet.getRow(tableRows.title).height = 28;
  Object.assign(sheet.getCell(tableRows.hint, 1), {
    value: hints[list],
    font: fonts.small,
    alignment: { vertical: 'middle' },
  });
  sheet.getRow(tableRows.hint).height = 20;
  columns.forEach(({ explanation, heading, isNecessary }, index) => {
    Object.assign(sheet.getCell(tableRows.explanations, index + 1), {
      value: `${explanationMark} ${explanation}`,
      font: { ...fonts.small, size: 9 },
      alignment: { horizontal: 'left', vertical: 'bottom', wrapText: true },
    });
    Object.assign(sheet.getCell(tableRows.header, index + 1), {
      value: isNecessary ? `${heading} *` : heading,
      font: fonts.label,
      fill: fills.header,
      border: box,
      alignment: aligned.centre,
    });
  });
  sheet.getRow(tableRows.explanations).height = rowHeight(
    columns.map(({ explanation, width }) => ({ text: `※ ${explanation}`, width: width * 1.1 + 2 })),
    { line: 12 },
  );
  sheet.getRow(tableRows.header).height = rowHeight(
    columns.map(({ heading, width }) => ({ text: `${heading} *`, width: width + 1 })),
    { least: 26 },
  );
}

function writeRow(
  sheet: Worksheet,
  row: number,
  columns: readonly Column[],
  cells: ReadonlyMap<string, Entry>,
): void {
  columns.forEach((column, index) => {
    const cell = prepared(sheet.getCell(row, index + 1), column);
    cell.border = box;
    cell.value = writtenValue(cells.get(column.key));
  });
  sheet.getRow(row).height = rowHeight(
    columns.map(({ key, width }) => {
      const entry = cells.get(key);
      return { text: entry === undefined ? '' : typedText(entry), width };
    }),
  );
}

/** What was typed, as the value of a cell that reads the same. */
export function writtenValue(entry: Entry | undefined): string | number | null {
  if (entry === undefined) return null;
  return entry.content.kind === 'blank' ? noResult : cellValue({ content: entry.content });
}

function writeSpareRow(sheet: Worksheet, row: number, columns: readonly Column[]): void {
  columns.forEach((column, index) => {
    prepared(sheet.getCell(row, index + 1), column);
  });
}

const asText = new Set([code, month, period, day, months, department, indicator]);
const shortTexts = new Set(['name', 'unit', 'section', 'output.unit', 'list.itemName']);
const numbers = new Set([decimal, whole]);

/** A cell made ready to type in: what looks like a date or number stays the text that was typed, where text is meant. */
function prepared(cell: Cell, column: Column): Cell {
  const { key, value } = column;
  cell.font = fonts.text;
  cell.alignment = numbers.has(value) || column.width <= 13 ? aligned.centre : aligned.left;
  if (asText.has(value) || shortTexts.has(key)) cell.numFmt = '@';
  const validation = validationOf(column);
  if (validation !== undefined) cell.dataValidation = validation;
  return cell;
}

/** A closed choice stops other entries; names of another table are offered, and anything may be typed. */
export function validationOf({ choices, heading, explanation }: Column): DataValidation | undefined {
  if (choices === undefined) return undefined;
  const isClosed = typeof choices !== 'string';
  return {
    type: 'list',
    allowBlank: true,
    formulae: [isClosed ? `"${choices.join(',')}"` : namesOf(choices)],
    showErrorMessage: isClosed,
    errorTitle: heading,
    error: '请从下拉列表中选择。',
    showInputMessage: true,
    promptTitle: heading,
    prompt: explanation,
  };
}

function namesOf(list: 'departments' | 'indicators' | 'tables'): string {
  const { sheet, columns, most } = tables[list];
  const column = columnName(columns.findIndex(({ key }) => key === 'name') + 1);
  return `${sheet}!$${column}$${tableRows.first}:$${column}$${tableRows.first + most - 1}`;
}

const unused = { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFE7E6E6' } } as const;

/** Greys the cells of a column that a row's kind of indicator does not have, as soon as its kind is chosen. */
function greyWhereUnused(sheet: Worksheet, { kinds: used }: Column, column: number, last: number): void {
  if (used === undefined) return;
  const at = columnName(tables.indicators.columns.findIndex(({ key }) => key === 'kind') + 1);
  const cell = `$${at}${tableRows.first}`;
  const others = used.map((kind) => `LEFT(${cell},2)<>"${kinds[kind].words.slice(0, 2)}"`);
  const name = columnName(column);
  sheet.addConditionalFormatting({
    ref: `${name}${tableRows.first}:${name}${last}`,
    rules: [
      {
        type: 'expression',
        priority: 1,
        formulae: [`AND(${cell}<>"",${others.join(',')})`],
        style: { fill: unused },
      },
    ],
  });
}
