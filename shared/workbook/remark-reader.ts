import { quoted, shownText } from '../core/returns/content.ts';
import { type FindingWords, say } from '../core/returns/findings/findings.ts';
import type { Entry } from '../core/returns/submission.ts';
import { isVisible } from '../core/values/text.ts';
import { contentOf, entryAt, mergeAround } from './entries.ts';
import type { CellReading, SheetReading } from './reading/model.ts';

/** The column for remarks on a sheet, cell by cell. */
export interface RemarkColumn {
  sheet: SheetReading;
  /** 0 where the sheet has none. */
  column: number;
  cellAt: (row: number) => CellReading | undefined;
}

export function remarkColumn(sheet: SheetReading, column: number): RemarkColumn {
  const own = new Map(sheet.cells.filter((cell) => cell.column === column).map((cell) => [cell.row, cell]));
  return { sheet, column, cellAt: (row) => own.get(row) };
}

/**
 * What stands in a row's cell for a remark; undefined where that is blank. One that is merged downwards stands in each of its
 * rows, as it looks; one that is merged with cells to the left is no remark.
 */
export function remarkIn({ sheet, column, cellAt }: RemarkColumn, row: number): Entry | undefined {
  const merge = mergeAround(sheet, { row, column });
  if (column === 0 || (merge !== undefined && merge.firstColumn < column)) return undefined;
  const at = { row: merge?.firstRow ?? row, column };
  const entry = entryAt(sheet, at, cellAt(at.row));
  return entry.content.kind === 'blank' && !entry.computed ? undefined : entry;
}

/** What is said of a remark in a row that has no figure to be filled in. */
export function strayRemark({ sheet, cellAt }: RemarkColumn, row: number): FindingWords | undefined {
  const cell = cellAt(row);
  const content = cell === undefined ? undefined : contentOf(sheet, cell);
  if (content === undefined || !isVisible(shownText(content))) return undefined;
  return say('cell-ignored', quoted(content), '');
}
