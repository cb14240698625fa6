import type { Row, Workbook, Worksheet } from 'exceljs';
import { safeText } from '../save.ts';
import { textWidth } from '../styles.ts';
import type { Cell } from './cells.ts';
import { type Look, styles } from './styles.ts';

/** A column of a table: its width follows its contents, between `least` and `most` half-width characters. */
export interface Column {
  heading: string;
  look?: Look;
  least?: number;
  most?: number;
}

/** A sheet with one table: title, notes, header, rows. */
export interface Table {
  sheet: string;
  title: string;
  notes: string[];
  columns: Column[];
  rows: Cell[][];
  frozenColumns: number;
  /** Said in place of rows when there are none. */
  empty?: string;
  pagesWide?: number;
  /** Whether only its head is printed, unless somebody takes the print area away: it would be hundreds of pages. */
  isHeadPrintedAlone?: boolean;
}

/** What every sheet's printed pages carry. */
export interface Running {
  title: string;
  edition: string;
}

/** Printed characters that fit across an A4 page upright at full size. */
const uprightPage = 95;

/** Adds the sheet: not protected, filters on, header and first columns frozen, fitted to A4. */
export function addTable(workbook: Workbook, table: Table, running: Running): Worksheet {
  const { columns, rows } = table;
  const widths = columnWidths(columns, rows);
  const { sheet, header } = addHead(workbook, table, { widths, running });
  for (const cells of rows) addCells(sheet, columns, cells, widths);
  if (rows.length === 0) addLine(sheet, table.empty ?? '无', styles.note, 20);
  filterRows(sheet, columns, { header, rows: rows.length });
  if (table.isHeadPrintedAlone)
    sheet.pageSetup.printArea = `A1:${sheetColumn(Math.min(26, columns.length))}${header}`;
  return sheet;
}

/** Adds the sheet with all that stands above its rows, and says in which row the header is. */
export function addHead(
  workbook: Workbook,
  table: Omit<Table, 'rows' | 'empty'>,
  { widths, running }: { widths: number[]; running: Running },
): { sheet: Worksheet; header: number } {
  const { columns, frozenColumns } = table;
  const total = widths.reduce((sum, width) => sum + width, 0);
  const notes = [running.edition, ...table.notes].flatMap((note) => brokenTo(note, Math.min(total, 150)));
  const header = notes.length + 2;
  const sheet = workbook.addWorksheet(table.sheet, {
    views: [{ state: 'frozen', xSplit: frozenColumns, ySplit: header, showGridLines: false }],
    pageSetup: {
      ...pageSetup(total > uprightPage ? 'landscape' : 'portrait', table.pagesWide),
      printTitlesRow: `${header}:${header}`,
      ...(frozenColumns > 0 ? { printTitlesColumn: `A:${sheetColumn(frozenColumns)}` } : {}),
    },
    headerFooter: runningHeads(running),
  });
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  addLine(sheet, table.title, styles.title, 26);
  for (const note of notes) addLine(sheet, note, styles.note, 17);
  addHeader(sheet, columns, widths);
  return { sheet, header };
}

/** Lets the rows be filtered, of which there are so many. */
export function filterRows(
  sheet: Worksheet,
  columns: Column[],
  { header, rows }: { header: number; rows: number },
): void {
  const last = header + Math.max(1, rows);
  sheet.autoFilter = { from: { row: header, column: 1 }, to: { row: last, column: columns.length } };
}

/** A4, all columns on one page across unless said otherwise, as many pages down as it takes. */
export function pageSetup(orientation: 'portrait' | 'landscape', pagesWide = 1) {
  return {
    paperSize: 9 as number,
    orientation,
    fitToPage: true,
    fitToWidth: pagesWide,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.75, bottom: 0.7, header: 0.35, footer: 0.35 },
  };
}

/** Header and footer of printed pages. `&` begins a code there, so that one in a title is doubled. */
export function runningHeads({ title, edition }: Running) {
  const plain = (text: string) =>
    text
      .replace(/[\r\n]/g, ' ')
      .slice(0, 80)
      .replaceAll('&', '&&');
  return {
    oddHeader: `&L${plain(title)}&R${plain(edition)}`,
    oddFooter: '&L&A&C第 &P 页，共 &N 页',
  };
}

function addLine(sheet: Worksheet, text: string, look: Look, height: number): void {
  const row = sheet.addRow([safeText(text)]);
  row.getCell(1).style = look;
  row.height = height;
}

function addHeader(sheet: Worksheet, columns: Column[], widths: number[]): void {
  const row = sheet.addRow(columns.map(({ heading }) => safeText(heading)));
  const lines = columns.map(({ heading }, index) => Math.ceil(textWidth(heading) / (widths[index]! - 1)));
  row.height = 8 + 14 * Math.max(...lines);
  styleCells(row, columns.length, () => styles.header);
}

export function addCells(sheet: Worksheet, columns: Column[], cells: Cell[], widths: number[]): void {
  const row = sheet.addRow(columns.map((_, index) => written(cells[index] ?? null)));
  row.height = heightOf(columns, cells, widths);
  styleCells(row, columns.length, (index) => lookOf(cells[index] ?? null, columns[index]!));
}

function styleCells(row: Row, count: number, look: (index: number) => Look): void {
  for (let index = 0; index < count; index++) row.getCell(index + 1).style = look(index);
}

/** Programs do not agree on fitting rows to wrapped text when they open a file, so that the height is given. */
export function heightOf(columns: Column[], cells: Cell[], widths: number[]): number {
  let height = 0;
  columns.forEach((column, index) => {
    const cell = cells[index] ?? null;
    const content = contentOf(cell);
    const { font, alignment } = lookOf(cell, column);
    const size = font?.size ?? 10;
    const lines =
      typeof content === 'string' && alignment?.wrapText ? linesOf(content, widths[index]!, size) : 1;
    height = Math.max(height, lines * size * 1.4 + 4.5);
  });
  return Math.min(400, height);
}

/** A column's width counts digits of the default font, a little wider than a half-width character of 10 points. */
function linesOf(text: string, width: number, size: number): number {
  const room = ((width - 0.5) * 10.3) / size;
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / room)), 0);
}

function contentOf(cell: Cell): string | number | null {
  return cell !== null && typeof cell === 'object' ? cell.value : cell;
}

/** What of a cell is put into the file. */
export function written(cell: Cell): string | number | null {
  const content = contentOf(cell);
  return typeof content === 'string' ? safeText(content) : content;
}

/** How a cell looks: in its own way, or in its column's. */
export function lookOf(cell: Cell, { look }: Column): Look {
  return cell !== null && typeof cell === 'object' ? cell.look : (look ?? styles.text);
}

/** How wide each column is, for its heading and for what is in the rows. */
export function columnWidths(columns: Column[], rows: Iterable<Cell[]>): number[] {
  const widths = columns.map(({ heading, least = 6, most = 40 }) =>
    Math.max(least, Math.min(textWidth(heading) + 4, most)),
  );
  for (const cells of rows) {
    columns.forEach(({ most = 40 }, index) => {
      const width = widths[index]!;
      if (width < most) widths[index] = Math.min(most, Math.max(width, shownWidth(cells[index] ?? null) + 2));
    });
  }
  return widths;
}

function shownWidth(cell: Cell): number {
  const content = contentOf(cell);
  if (content === null) return 0;
  if (typeof content === 'string') return Math.max(...content.split('\n').map(textWidth));
  const format = lookOf(cell, { heading: '' }).numFmt ?? '';
  const places = /\.(0+)/.exec(format)?.[1]?.length ?? 0;
  const whole = String(Math.trunc(Math.abs(content))).length;
  return whole + Math.floor((whole - 1) / 3) + (places === 0 ? 0 : places + 1) + 2;
}

/** Lines of at most `width` half-width characters; notes do not wrap, because their cell is one column wide. */
function brokenTo(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (textWidth(line + character) > width && !'，。；：、）'.includes(character)) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return line === '' ? lines : [...lines, line];
}

function sheetColumn(number: number): string {
  return String.fromCharCode(64 + number);
}
