import { writeForm } from '../../../shared/workbook/form-writer.ts';
import {
  readWorkbook,
  type SheetReading,
  type WorkbookReading,
} from '../../../shared/workbook/reading/read-workbook.ts';
import { filled, layoutOf, police, withSheet } from './form-cases.ts';

/** A form that was filled in: its layout, the file, and what is read of it. */
export const layout = layoutOf(police);
export const bytes = await writeForm(layout, filled(layout));
export const original = await readWorkbook(bytes);
/** Its first indicators. */
export const [first, second, third] = layout.rows.map(({ indicator }) => indicator.id) as [
  string,
  string,
  string,
];
export const lastRow = layout.rows.at(-1)!.row;
export const firstList = layout.lists[0]!;

/** The workbook with its form changed. */
export const onForm = (change: (sheet: SheetReading) => SheetReading | SheetReading[]): WorkbookReading =>
  withSheet(original, '月报', change);
/** Where a row goes when two change places. */
export const swapped = (a: number, b: number) => (row: number) => (row === a ? b : row === b ? a : row);
