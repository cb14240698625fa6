import { readFileSync } from 'node:fs';
import type { Workbook } from 'exceljs';
import ExcelJS from 'exceljs';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import type { ListIndicator } from '../../../shared/core/catalogue/indicator.ts';
import type { Period } from '../../../shared/core/catalogue/period.ts';
import type { FormIndicator } from '../../../shared/core/catalogue/sums.ts';
import type { Content } from '../../../shared/core/returns/content.ts';
import type { Entry, Submission } from '../../../shared/core/returns/submission.ts';
import { validateReturn } from '../../../shared/core/returns/validation.ts';
import type { FormContents } from '../../../shared/workbook/form-contents.ts';
import { readForm } from '../../../shared/workbook/form-reader.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { type FormLayout, formLayout } from '../../../shared/workbook/layout.ts';
import {
  type CellReading,
  readWorkbook,
  type SheetReading,
  type WorkbookReading,
} from '../../../shared/workbook/reading/read-workbook.ts';

const path = new URL('../../../shared/catalogue/wanyuan-2023.json', import.meta.url);
export const catalogue = catalogueSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

export interface Address {
  department: string;
  period: Period;
}
/** A form with two lists, 不适用, and more than ten rows. */
export const police: Address = { department: 'gaj', period: '2023-11' };
export const signature = {
  head: '王五',
  preparer: '张三',
  reviewer: '李四',
  telephone: '0818-8622222',
  date: '2023年12月5日',
  correctionNote: '',
};

export const layoutOf = ({ department, period }: Address, of = catalogue): FormLayout =>
  formLayout(of, { department, period });
/** Whether 不适用 may be typed. */
export const mayNotApply = (indicator: FormIndicator) =>
  'notApplicable' in indicator && indicator.notApplicable;
export const rowOf = (id: string, address = police): number =>
  layoutOf(address).rows.find(({ indicator }) => indicator.id === id)!.row;

export const numberIn = (text: string): Pick<Entry, 'content'> => ({ content: { kind: 'number', text } });
export const textIn = (text: string): Pick<Entry, 'content'> => ({ content: { kind: 'text', text } });

/** Two items for a list, from its choices if it has any. */
export function itemsOf({ list }: ListIndicator): string[] {
  return list.options?.slice(0, 2) ?? ['《法润万家》', '《路》'];
}

/** A form filled in so that it is accepted: 3 everywhere, 2 for lists. */
type Lists = NonNullable<FormContents['lists']>;

export function filled(layout: FormLayout, more: FormContents = {}): FormContents {
  const { figures, lists, ...others } = more;
  return {
    figures: new Map([
      ...layout.rows.map(({ indicator, list }) => [indicator.id, numberIn(list ? '2' : '3')] as const),
      ...(figures ?? []),
    ]),
    lists: new Map<string, NonNullable<ReturnType<Lists['get']>>>([
      ...layout.lists.map(({ indicator }) => [indicator.id, itemsOf(indicator).map(textIn)] as const),
      ...(lists ?? []),
    ]),
    signature,
    ...others,
  };
}

export async function submitted(address: Address, more: FormContents = {}): Promise<WorkbookReading> {
  const layout = layoutOf(address);
  return readWorkbook(await writeForm(layout, filled(layout, more)));
}

export function read(reading: WorkbookReading, address: Address = police, of = catalogue) {
  const submission = readForm(reading, of, address);
  const result = validateReturn(submission, of, address);
  return { submission, ...result, rules: result.findings.map(({ rule }) => rule) };
}

/** A workbook as another program reads it. */
export async function opened(bytes: Uint8Array): Promise<Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as never);
  return workbook;
}

/** The same workbook as somebody saves it after working on it in another program. */
export async function edited(bytes: Uint8Array, change: (workbook: Workbook) => void): Promise<Uint8Array> {
  const workbook = await opened(bytes);
  change(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** The reading of a workbook in which one sheet has been changed as a spreadsheet program changes it. */
export function withSheet(
  reading: WorkbookReading,
  name: string,
  change: (sheet: SheetReading) => SheetReading | SheetReading[],
): WorkbookReading {
  return {
    ...reading,
    sheets: reading.sheets.flatMap((sheet) => (sheet.name === name ? change(sheet) : [sheet])),
  };
}

/** Every cell, merge and hidden row moved to where rows and columns have gone. */
export function moved(
  sheet: SheetReading,
  to: { row?: (row: number) => number; column?: (column: number) => number },
): SheetReading {
  const { row = (same) => same, column = (same) => same } = to;
  return {
    ...sheet,
    cells: sheet.cells
      .map((cell) => ({ ...cell, row: row(cell.row), column: column(cell.column) }))
      .sort((a, b) => a.row - b.row || a.column - b.column),
    merges: sheet.merges.map((range) => ({
      firstRow: row(range.firstRow),
      lastRow: row(range.lastRow),
      firstColumn: column(range.firstColumn),
      lastColumn: column(range.lastColumn),
    })),
    hiddenRows: sheet.hiddenRows.map(([first, last]) => [row(first), row(last)]),
  };
}

/** The sheet with a cell put in or replaced. */
export function put(
  sheet: SheetReading,
  row: number,
  column: number,
  value: CellReading['value'],
): SheetReading {
  const others = sheet.cells.filter((cell) => cell.row !== row || cell.column !== column);
  return {
    ...sheet,
    cells: [...others, { row, column, value }].sort((a, b) => a.row - b.row || a.column - b.column),
  };
}

/** What was understood of each figure, without its cell. */
export function contents({ figures }: Submission): Record<string, Content> {
  return Object.fromEntries([...figures].map(([id, { content }]) => [id, content]));
}
