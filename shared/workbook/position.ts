import { cellsOf } from '../core/catalogue/tables.ts';
import type { Finding } from '../core/returns/finding.ts';
import type { Entry } from '../core/returns/submission.ts';
import { type FormLayout, formColumns, listColumns, listRows, narrativeColumns } from './layout.ts';
import { cellAddress } from './reading/address.ts';

export interface FormPosition {
  sheet: string;
  cell: string;
}

export type SubmittedLists = ReadonlyMap<string, readonly Partial<Entry>[]>;

/**
 * Where a finding stands on a form made anew. In the file that was sent, rows may have been sorted and sheets
 * renamed; here they stand in their original places again, and lists without gaps.
 */
export function positionOnForm(
  layout: FormLayout,
  lists: SubmittedLists | undefined,
  { indicator, place }: Finding,
): FormPosition | undefined {
  const row = layout.rows.find((candidate) => candidate.indicator.id === indicator);
  if (row === undefined) return positionInTable(layout, indicator) ?? positionOfNarrative(layout, indicator);
  const item = lists
    ?.get(row.indicator.id)
    ?.findIndex((entry) => entry.place?.sheet === place?.sheet && entry.place?.cell === place?.cell);
  if (row.list !== undefined && place !== undefined && item !== undefined && item >= 0) {
    return { sheet: row.list.sheet, cell: cellAddress(listRows.firstItem + item, listColumns.item) };
  }
  return { sheet: layout.formSheet, cell: cellAddress(row.row, formColumns.value) };
}

function positionOfNarrative({ narratives }: FormLayout, id: string | undefined): FormPosition | undefined {
  const row = narratives?.rows.find((each) => each.narrative.id === id)?.row;
  if (narratives === undefined || row === undefined) return undefined;
  return { sheet: narratives.sheet, cell: cellAddress(row, narrativeColumns.narrative) };
}

function positionInTable({ tables }: FormLayout, indicator: string | undefined): FormPosition | undefined {
  for (const { sheet, grid, rows, columns } of tables) {
    const cell = cellsOf(grid).find((each) => each.indicator.id === indicator);
    const row = rows.find((each) => each.row === cell?.row);
    const column = columns.find((each) => each.column === cell?.column);
    if (row !== undefined && column !== undefined) return { sheet, cell: cellAddress(row.at, column.at) };
  }
  return undefined;
}
