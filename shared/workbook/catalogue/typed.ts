import type { CatalogueList } from '../../core/catalogue/problem.ts';
import { quoted, shownText } from '../../core/returns/content.ts';
import type { Place } from '../../core/returns/finding.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { storedNumber } from '../../core/values/decimal.ts';
import { withoutUnseen } from '../../core/values/text.ts';
import { cellAddress } from '../reading/address.ts';
import { sheetPlace } from '../reading/fault.ts';

/** What stands in a catalogue's workbook, before anything is made of it, by the keys of its columns. */
export interface TypedCatalogue {
  settings: TypedSettings;
  tables: Record<CatalogueList, TypedTable>;
}

/** The catalogue's own fields: the cell beside each label, without the blank ones. */
export interface TypedSettings {
  sheet: string;
  cells: ReadonlyMap<string, Entry>;
  /** Where each cell stands in the file, blank or not. */
  places: ReadonlyMap<string, Place>;
}

export interface TypedTable {
  /** As the sheet is called in the file. */
  sheet: string;
  /** In which column of the file each key stands, counted from 1. */
  columns: ReadonlyMap<string, number>;
  rows: TypedRow[];
}

export interface TypedRow {
  /** Counted from 1, in the file. */
  row: number;
  /** Without the blank ones. */
  cells: ReadonlyMap<string, Entry>;
}

/** What a person sees in a cell, without what nobody sees. */
export function typedText({ content }: Pick<Entry, 'content'>): string {
  if (content.kind === 'number') {
    return (content.shown?.text ?? storedNumber(content.text)?.value ?? content.text).trim();
  }
  return withoutUnseen(shownText(content)).trim();
}

/** What a cell is quoted as in a finding. */
export function foundIn(entry: Entry | undefined): string {
  return entry === undefined ? '空白' : quoted(entry.content) || '空白';
}

/** Where the cell of a row and a key stands, blank or not; the row's first cell where the column is not there. */
export function placeOfCell({ sheet, columns }: TypedTable, row: number, key: string): Place {
  const column = columns.get(key) ?? columns.get('name') ?? Math.min(...columns.values());
  return { ...sheetPlace(sheet), cell: cellAddress(row, column) };
}

/** Stands in a marked copy for a formula that has no result, so that the cell is not taken for a blank one. */
export const noResult = '#公式没有结果';

/** Where a finding stands in the workbook that is written. */
export interface WrittenPlace {
  sheet: string;
  cell: string;
}
