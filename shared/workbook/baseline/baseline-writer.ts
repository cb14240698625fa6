import type { Cell, Workbook, Worksheet } from 'exceljs';
import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import {
  type Indicator,
  isEverReportedBy,
  isReported,
  type ReportedIndicator,
} from '../../core/catalogue/indicator.ts';
import { compareColumns, frequencyOf, type Period } from '../../core/catalogue/period.ts';
import { indicatorsOf } from '../../core/catalogue/tables.ts';
import type { Finding } from '../../core/returns/finding.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { baselinePeriods, maxBaselineRows } from '../../core/year/baseline.ts';
import { writeCatalogueFindings } from '../catalogue/catalogue-findings-sheet.ts';
import { markCells } from '../catalogue/catalogue-writer.ts';
import type { Column } from '../catalogue/column.ts';
import { writtenValue } from '../catalogue/table-sheet.ts';
import {
  placeOfCell,
  type TypedRow,
  type TypedTable,
  typedText,
  type WrittenPlace,
} from '../catalogue/typed.ts';
import { a4 } from '../form-cells.ts';
import { cellAddress } from '../reading/address.ts';
import { saveWorkbook } from '../save.ts';
import { aligned, box, fills, fonts, rowHeight } from '../styles.ts';
import { baselineSheet, columnsFor } from './baseline-columns.ts';
import { baselineNames, wholeCity } from './baseline-names.ts';

/**
 * Writes the workbook in which last year's figures are entered for a catalogue: a row for each indicator of the city, then
 * for each of each department, as many as a baseline may have. Same inputs, same bytes.
 */
export function writeBaselineWorkbook(catalogue: Catalogue): Promise<Uint8Array> {
  const columns = new Map(columnsFor(catalogue).map(({ key }, index) => [key, index + 1]));
  return written(catalogue, { sheet: baselineSheet, columns, rows: rowsFor(catalogue) });
}

/** Writes what was typed once more, with each finding marked at its cell: to be mended, and submitted again. */
export function writeMarkedBaseline(
  catalogue: Catalogue,
  typed: TypedTable,
  findings: readonly Finding[],
): Promise<Uint8Array> {
  return written(catalogue, typed, findings);
}

const words = {
  name: baselineSheet,
  unusable: '基数还不能录入',
  usable: '基数没有错误。',
};

async function written(
  catalogue: Catalogue,
  typed: TypedTable,
  findings?: readonly Finding[],
): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'indicators';
  workbook.title = `${catalogue.year - 1}年基数`;
  workbook.created = workbook.modified = new Date(`${catalogue.year}-01-01T00:00:00Z`);
  const columns = columnsFor(catalogue, typed.columns.keys());
  const places = placesIn(typed, columns);
  const placeOf = ({ place }: Finding) => places.get(`${place?.sheet}!${place?.cell}`);
  if (findings !== undefined) writeCatalogueFindings(workbook, findings, { placeOf, words });
  writeSheet(workbook, { catalogue, columns, rows: typed.rows });
  markCells(workbook, findings ?? [], placeOf);
  return saveWorkbook(workbook);
}

/** The rows that may be filled in, without figures. */
function rowsFor(catalogue: Catalogue): TypedRow[] {
  const { labelOf } = baselineNames(catalogue);
  const reported = indicatorsOf(catalogue).filter(isReported);
  const row = (department: string, indicator: Indicator) =>
    new Map([
      ['department', textEntry(department)],
      ['indicator', textEntry(labelOf(indicator))],
      ['unit', textEntry(indicator.unit)],
    ]);
  const city = reported
    .filter(({ overDepartments }) => overDepartments !== 'none')
    .map((indicator) => row(wholeCity, indicator));
  const own = catalogue.departments.flatMap(({ id, name }) =>
    reported.filter((each) => isEverReportedBy(each, id)).map((indicator) => row(name, indicator)),
  );
  const all = city.length + own.length > maxBaselineRows ? city : [...city, ...own];
  return all.map((cells, index) => ({ row: rows.first + index, cells }));
}

function textEntry(text: string): Entry {
  return { content: { kind: 'text', text }, computed: false, place: {} };
}

/** Where things stand on the sheet. */
const rows = { title: 1, hints: 2, header: 8, first: 9 } as const;

function hintsFor(year: number): string[] {
  return [
    `这里填${year}年（上年）的数，作为本系统第一年比较的基数：报表上的“上年同期”、同比和疑点提示都用它。录入后记入台账，和发布一样可以核对。`,
    '怎么填：只有年报全年数的，在“全市”各行的“全年”一列填；有各月（季）数的，填在各部门的行里，系统会汇总。两种都有的都填，系统核对是否一致。',
    '不知道的留空，空白不当作 0；确实没有的填 0。灰色的格子不用填。合计、比率由系统计算，不在表里。',
    '数以“计量单位”一列的单位填；年报用别的单位的，请换算。存量的“全年”填年末数；填本年累计的指标，各期填到当期为止的累计数；清单填不重复的项数。',
    '部门、指标可以写名称，也可以写代码。行可以删、可以排序，列可以移动；不要改表头。部门在上年有合并、改名的，填在现在的部门里。',
    '可以用 Excel、WPS 表格或 LibreOffice，保存为“Excel 工作簿（*.xlsx）”后提交；有错误的，系统会退回一份标明位置的副本。',
  ];
}

interface Contents {
  catalogue: Catalogue;
  columns: readonly Column[];
  rows: readonly TypedRow[];
}

function writeSheet(workbook: Workbook, { catalogue, columns, rows: typed }: Contents): Worksheet {
  const sheet = workbook.addWorksheet(baselineSheet, {
    views: [{ state: 'frozen', xSplit: 2, ySplit: rows.header, showGridLines: true }],
    pageSetup: {
      ...a4,
      orientation: 'landscape',
      printTitlesRow: `${rows.header}:${rows.header}`,
    },
    headerFooter: { oddFooter: '&L&"宋体"&9&A&R&"宋体"&9第 &P 页，共 &N 页' },
  });
  columns.forEach(({ width }, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  writeTop(sheet, catalogue, columns);
  const closed = closedCells(catalogue, columns);
  typed.forEach(({ cells }, index) => {
    const row = rows.first + index;
    const isClosed = closed(cells);
    columns.forEach(({ key }, at) => {
      const cell = prepared(sheet.getCell(row, at + 1), key);
      cell.value = writtenValue(cells.get(key));
      if (isClosed(key) && !cells.has(key)) cell.fill = unused;
    });
  });
  sheet.autoFilter = {
    from: { row: rows.header, column: 1 },
    to: { row: Math.max(rows.first, rows.first + typed.length - 1), column: columns.length },
  };
  return sheet;
}

const unused = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7E6E6' } } as const;

function prepared(cell: Cell, key: string): Cell {
  const isFigure = /^20/.test(key);
  cell.border = box;
  cell.font = isFigure ? fonts.input : fonts.text;
  cell.alignment = isFigure ? { ...aligned.right, indent: 0 } : aligned.left;
  if (isFigure) cell.fill = fills.input;
  else cell.numFmt = '@';
  return cell;
}

function writeTop(sheet: Worksheet, { year }: Catalogue, columns: readonly Column[]): void {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const title = { value: `${year - 1}年基数（供${year}年比较）`, font: fonts.title };
  Object.assign(sheet.getCell(rows.title, 1), { ...title, alignment: { vertical: 'middle' } });
  sheet.getRow(rows.title).height = 30;
  hintsFor(year - 1).forEach((text, index) => {
    const row = rows.hints + index;
    sheet.mergeCells(row, 1, row, columns.length);
    const alignment = { ...aligned.left, vertical: 'top', indent: 0 } as const;
    Object.assign(sheet.getCell(row, 1), { value: text, font: fonts.small, alignment });
    sheet.getRow(row).height = rowHeight([{ text, width: width * 1.1 }], { least: 16, line: 13 });
  });
  columns.forEach(({ heading }, index) => {
    Object.assign(sheet.getCell(rows.header, index + 1), {
      ...{ value: heading, font: fonts.label, fill: fills.header, border: box },
      alignment: aligned.centre,
    });
  });
  sheet.getRow(rows.header).height = 26;
}

/** Which periods a row cannot have, as far as it can be told what it is about. */
function closedCells(catalogue: Catalogue, columns: readonly Column[]) {
  const names = baselineNames(catalogue);
  const periods = columns.map(({ key }) => key).filter((key) => /^20/.test(key)) as Period[];
  const known = new Map<ReportedIndicator, ReadonlySet<string>>();
  return (cells: TypedRow['cells']): ((key: string) => boolean) => {
    const said = (key: string) => (cells.has(key) ? typedText(cells.get(key)!) : '');
    const [indicator, other] = names.indicators(said('indicator'));
    if (indicator === undefined || other !== undefined || !isReported(indicator)) return () => false;
    const open = known.get(indicator) ?? new Set<string>(baselinePeriods(indicator, catalogue.year - 1));
    known.set(indicator, open);
    const isCityList = indicator.kind === 'list' && names.departments(said('department'))[0] === null;
    const closed = new Set<string>(
      periods
        .toSorted(compareColumns)
        .filter((period) => !open.has(period) || (isCityList && frequencyOf(period) !== 'year')),
    );
    return (key) => closed.has(key);
  };
}

/** Where each cell of the file that was read stands now. */
function placesIn(typed: TypedTable, columns: readonly Column[]): Map<string, WrittenPlace> {
  const places = new Map<string, WrittenPlace>();
  typed.rows.forEach(({ row }, index) => {
    columns.forEach(({ key }, at) => {
      if (!typed.columns.has(key)) return;
      const from = placeOfCell(typed, row, key);
      const cell = cellAddress(rows.first + index, at + 1);
      places.set(`${from.sheet}!${from.cell}`, { sheet: baselineSheet, cell });
    });
  });
  return places;
}
