import type { Workbook, Worksheet } from 'exceljs';
import { termsOfFormula } from '../core/catalogue/formula.ts';
import { cellsOf, type Table } from '../core/catalogue/tables.ts';
import { remarkWord } from '../core/words.ts';
import { a4, cellValue, makeRemarkCell, markFaults, protect, put, writeMarks } from './form-cells.ts';
import type { FormContents } from './form-contents.ts';
import { inputValidation } from './input-validation.ts';
import { type FormLayout, type GridSheet, gridColumns, gridLineMark, gridRows, rowMarks } from './layout.ts';
import { cellAddress } from './reading/address.ts';
import { aligned, box, fills, fonts, rowHeight, textWidth } from './styles.ts';

/** What a clerk writes below a table to say that blank cells are no oversight. */
export function blanksLabel({ blank }: Pick<Table, 'blank'>): string {
  return blank === 'zero' ? '全表都没有发生的，在这里填“本期无”' : '空白格都是 0 的，在这里填“是”';
}

/** The sheet of a table: its rows and columns as they are published, sums locked. */
export function writeGridSheet(
  workbook: Workbook,
  layout: FormLayout,
  grid: GridSheet,
  contents: FormContents,
): void {
  const sheet = workbook.addWorksheet(grid.sheet, {
    views: [{ state: 'frozen', xSplit: gridColumns.name, ySplit: gridRows.header, showGridLines: false }],
    pageSetup: {
      ...a4,
      orientation: 'landscape',
      printTitlesRow: `${gridRows.header}:${gridRows.header}`,
    },
  });
  setWidths(sheet, grid);
  writeMarks(sheet, layout, {}, { table: grid.grid.table.id });
  for (const { column, at } of grid.columns)
    sheet.getCell(gridRows.marks, at).value = gridLineMark(column.id);
  sheet.getCell(gridRows.marks, gridColumns.name).value = rowMarks.heading;
  sheet.getCell(gridRows.marks, grid.remarkColumn).value = rowMarks.remark;
  sheet.getCell(gridRows.header, gridColumns.mark).value = rowMarks.header;
  writeTop(sheet, layout, grid);
  for (const { row, at } of grid.rows) {
    sheet.getCell(at, gridColumns.mark).value = gridLineMark(row.id);
    Object.assign(sheet.getCell(at, gridColumns.name), {
      value: row.name,
      font: row.sum === undefined ? fonts.text : fonts.label,
      border: box,
      alignment: aligned.left,
    });
    const remark = writeRemark(sheet, grid, { row, at }, contents);
    sheet.getRow(at).height = rowHeight([
      { text: row.name, width: nameWidth(grid) },
      { text: remark, width: remarkWidth },
    ]);
  }
  writeCells(sheet, grid, contents);
  writeBlanksRow(sheet, grid, contents);
  markFaults(sheet, layout, contents);
  protect(sheet);
}

const remarkWidth = 32;

/** The cell for a remark on a row's figures; none where all of them are computed. */
function writeRemark(
  sheet: Worksheet,
  { grid, remarkColumn }: GridSheet,
  { row, at }: GridSheet['rows'][number],
  { remarks = [] }: FormContents,
): string {
  const cell = sheet.getCell(at, remarkColumn);
  const said = remarks.find(
    ({ on }) => on.kind === 'row' && on.table === grid.table.id && on.row === row.id,
  )?.entry;
  if (row.sum === undefined) makeRemarkCell(cell, said);
  else cell.border = box;
  return String(cell.value ?? '');
}

function nameWidth({ rows }: GridSheet): number {
  return Math.min(48, Math.max(20, ...rows.map(({ row }) => textWidth(row.name) + 4)));
}

function setWidths(sheet: Worksheet, grid: GridSheet): void {
  sheet.getColumn(gridColumns.mark).width = 3;
  sheet.getColumn(gridColumns.mark).hidden = true;
  sheet.getColumn(gridColumns.name).width = nameWidth(grid);
  for (const { column, at } of grid.columns) {
    sheet.getColumn(at).width = Math.min(20, Math.max(11, textWidth(column.name) + 3));
  }
  sheet.getColumn(grid.remarkColumn).width = remarkWidth;
}

function writeTop(
  sheet: Worksheet,
  layout: FormLayout,
  { grid, columns, remarkColumn: last }: GridSheet,
): void {
  const { table } = grid;
  put(sheet, [gridRows.title, gridColumns.name, last], table.name, {
    font: fonts.title,
    alignment: aligned.centre,
  });
  sheet.getRow(gridRows.title).height = 32;
  const blank = table.blank === 'zero' ? '没有发生的可以留空。' : '没有发生的填 0，不要留空。';
  const hint = `${layout.headings.department}　${layout.headings.period}　单位：${table.unit}\n只填写浅黄色单元格；合计由系统计算，不用填写。“${remarkWord}”选填，写这一行的数。${blank}${table.definition}`;
  put(sheet, [gridRows.hint, gridColumns.name, last], hint, { font: fonts.small });
  const width = columns.reduce((sum, { at }) => sum + (sheet.getColumn(at).width ?? 10), 30 + remarkWidth);
  sheet.getRow(gridRows.hint).height = rowHeight([{ text: hint, width }]);
  const header = { font: fonts.label, fill: fills.header, border: box, alignment: aligned.centre };
  Object.assign(sheet.getCell(gridRows.header, gridColumns.name), { value: '项目', ...header });
  for (const { column, at } of columns) {
    Object.assign(sheet.getCell(gridRows.header, at), { value: column.name, ...header });
  }
  Object.assign(sheet.getCell(gridRows.header, last), { value: remarkWord, ...header });
  sheet.getRow(gridRows.header).height = 30;
}

function writeCells(sheet: Worksheet, { grid, rows, columns }: GridSheet, contents: FormContents): void {
  const rowAt = new Map(rows.map(({ row, at }) => [row.id, at]));
  const columnAt = new Map(columns.map(({ column, at }) => [column.id, at]));
  const numFmt = grid.table.decimals === 0 ? '#,##0' : `#,##0.${'#'.repeat(grid.table.decimals)}`;
  for (const { indicator, row, column } of cellsOf(grid)) {
    const at = { row: rowAt.get(row.id)!, column: columnAt.get(column.id)! };
    const cell = sheet.getCell(at.row, at.column);
    const sum = column.sum ?? row.sum;
    const common = { font: fonts.input, border: box, alignment: aligned.right, numFmt };
    const entry = contents.figures?.get(indicator.id);
    if (sum !== undefined) {
      const addends = termsOfFormula(sum).map(({ sign, line }) => {
        const address =
          column.sum === undefined
            ? cellAddress(rowAt.get(line)!, at.column)
            : cellAddress(at.row, columnAt.get(line)!);
        return `${sign}N(${address})`;
      });
      const typed = entry === undefined || entry.computed === true ? null : cellValue(entry);
      Object.assign(cell, { ...common, value: typed ?? { formula: addends.join('').replace(/^\+/, '') } });
    } else if (indicator.kind !== 'sum' && indicator.kind !== 'ratio') {
      Object.assign(cell, {
        ...common,
        value: entry === undefined ? null : cellValue(entry),
        fill: fills.input,
        protection: { locked: false },
        dataValidation: inputValidation(indicator),
      });
    }
  }
}

function writeBlanksRow(
  sheet: Worksheet,
  { grid, columns, blanksRow }: GridSheet,
  contents: FormContents,
): void {
  sheet.getCell(blanksRow, gridColumns.mark).value = rowMarks.blanks;
  Object.assign(sheet.getCell(blanksRow, gridColumns.name), {
    value: blanksLabel(grid.table),
    font: fonts.label,
    alignment: aligned.left,
  });
  const answer = grid.table.blank === 'zero' ? '本期无' : '是';
  Object.assign(sheet.getCell(blanksRow, columns[0]?.at ?? gridColumns.first), {
    value: contents.tables?.get(grid.table.id)?.areBlanksZero === true ? answer : null,
    font: fonts.input,
    fill: fills.input,
    border: box,
    alignment: aligned.centre,
    protection: { locked: false },
    dataValidation: { type: 'list', formulae: [`"${answer}"`], allowBlank: true, showErrorMessage: true },
  });
  sheet.getRow(blanksRow).height = 26;
}
