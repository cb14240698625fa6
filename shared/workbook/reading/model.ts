import type { Look } from '../../core/returns/content.ts';
import type { Finding } from '../../core/returns/finding.ts';
import type { NumberFormat } from '../number-format/format-code.ts';
import type { Range } from './address.ts';

/**
 * What could be read of a file. An error without a place says that the file as a whole could not be read or not be
 * trusted: `sheets` must then not be used. An error with a place is about a sheet, which is absent, or a cell, which
 * is absent from its sheet: whoever needs that must refuse the file.
 */
export interface WorkbookReading {
  readonly sheets: SheetReading[];
  readonly findings: Finding[];
  /**
   * False where the results of formulas may never have been calculated: the file asks for that to be done when it is
   * opened, or is written by a library that only writes, which often puts a 0 there.
   */
  readonly calculated: boolean;
}

export interface SheetReading {
  readonly name: string;
  readonly visibility: 'visible' | 'hidden' | 'very-hidden';
  /** False where the sheet is set to show blanks in place of zeros. */
  readonly showsZeros: boolean;
  /** Sorted by row, then column. Cells without content are absent, however they are formatted. */
  readonly cells: CellReading[];
  readonly merges: Range[];
  /** Where a conditional format may show a number in another way, or not at all. */
  readonly conditionalNumberFormats: Range[];
  /** First and last row of each stretch, in order, not touching each other. */
  readonly hiddenRows: [number, number][];
  readonly hiddenColumns: [number, number][];
}

export interface CellReading {
  /** Counts from 1. */
  readonly row: number;
  /** Counts from 1. */
  readonly column: number;
  readonly value: CellValue;
  /**
   * Present if the cell is computed, and then `value` is what the file claims as the result. It is empty where
   * the formula stands in another cell (shared and array formulas).
   */
  readonly formula?: string;
  /** Present if the cell's number format may show something else than the number or text that is stored. */
  readonly format?: NumberFormat;
  /** Present if the cell's font strikes out whatever stands in it. */
  readonly struck?: true;
}

export type CellValue =
  /** The number as it is written in the file (`12.50`, `-3`, `1.5E-7`), never passed through a float. */
  | { readonly kind: 'number'; readonly text: string }
  /** `look` is that of any of its runs which is not plain. */
  | { readonly kind: 'text'; readonly text: string; readonly look?: Look }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'error'; readonly code: string }
  /**
   * A number shown as a date, or a date written as such. `iso` is `2023-03-31`, or `2023-03-31T12:00:00` if it
   * has a time of day; Excel's 29 February 1900 (serial 60) stays what Excel shows. Of a length of time, which only
   * strict files have, `iso` is as written (`PT9H30M`). `text` is as in the file.
   */
  | { readonly kind: 'date'; readonly iso: string; readonly text: string }
  /** Only for a formula without a cached value. */
  | { readonly kind: 'blank' };
