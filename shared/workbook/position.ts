import { cellsOf } from '../core/catalogue/tables.ts';
import type { Finding } from '../core/returns/finding.ts';
import type { RemarkOn } from '../core/returns/submission.ts';
import type { FormContents, SubmittedRemarks } from './form-contents.ts';
import { type FormLayout, formColumns, listColumns, listRows, narrativeColumns } from './layout.ts';
import { cellAddress } from './reading/address.ts';

export interface FormPosition {
  sheet: string;
  cell: string;
}

/** What was typed that a finding may be about, beside figures, with where that stood. */
export type TypedWithPlaces = Pick<FormContents, 'lists' | 'remarks'>;

/**
 * Where a finding stands on a form made anew. In the file that was sent, rows may have been sorted and sheets
 * renamed; here they stand in their original places again, and lists without gaps.
 */
export function positionOnForm(
  layout: FormLayout,
  { lists, remarks = [] }: TypedWithPlaces,
  { indicator, place }: Finding,
): FormPosition | undefined {
  const remark = remarks.find(({ entry }) => isSamePlace(entry.place, place))?.on;
  if (remark !== undefined) return positionOfRemark(layout, remark);
  const row = layout.rows.find((candidate) => candidate.indicator.id === indicator);
  if (row === undefined) return positionInTable(layout, indicator) ?? positionOfNarrative(layout, indicator);
  const item = lists?.get(row.indicator.id)?.findIndex((entry) => isSamePlace(entry.place, place));
  if (row.list !== undefined && place !== undefined && item !== undefined && item >= 0) {
    return { sheet: row.list.sheet, cell: cellAddress(listRows.firstItem + item, listColumns.item) };
  }
  return { sheet: layout.formSheet, cell: cellAddress(row.row, formColumns.value) };
}

function isSamePlace(a: Finding['place'], b: Finding['place']): boolean {
  return a?.cell !== undefined && a.cell === b?.cell && a.sheet === b.sheet;
}

function positionOfRemark(layout: FormLayout, on: RemarkOn): FormPosition | undefined {
  if (on.kind === 'figure') {
    const row = layout.rows.find(({ indicator }) => indicator.id === on.indicator)?.row;
    const cell = row === undefined ? undefined : cellAddress(row, formColumns.remark);
    return cell === undefined ? undefined : { sheet: layout.formSheet, cell };
  }
  const table = layout.tables.find(({ grid }) => grid.table.id === on.table);
  const at = table?.rows.find(({ row }) => row.id === on.row)?.at;
  if (table === undefined || at === undefined) return undefined;
  return { sheet: table.sheet, cell: cellAddress(at, table.remarkColumn) };
}

/** What was typed beside a figure, or at the end of its row of a table. */
export function remarkBeside(
  { tables }: Pick<FormLayout, 'tables'>,
  remarks: SubmittedRemarks,
  indicator: string | undefined,
): SubmittedRemarks[number]['entry'] | undefined {
  const found = tables
    .flatMap(({ grid }) => cellsOf(grid).map((cell) => ({ ...cell, table: grid.table.id })))
    .find((cell) => cell.indicator.id === indicator);
  return remarks.find(({ on }) =>
    on.kind === 'figure' ? on.indicator === indicator : on.table === found?.table && on.row === found.row.id,
  )?.entry;
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
