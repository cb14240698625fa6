import { cellId, cellName, type LineOf } from '../core/catalogue/tables.ts';
import { quoted, shownText } from '../core/returns/content.ts';
import type { Finding } from '../core/returns/finding.ts';
import { type FindingWords, say } from '../core/returns/findings/findings.ts';
import type { RemarkEntry, Submission } from '../core/returns/submission.ts';
import { hasDigit, nameKey } from '../core/values/text.ts';
import { remarkWord } from '../core/words.ts';
import { cellPlace, contentOf, entryAt, isFigure, mergeAround, sumEntryAt, textOf } from './entries.ts';
import type { MarkedSheet } from './form-identity.ts';
import { hiddenFindings, isHidden } from './hidden.ts';
import { type FormLayout, type GridSheet, gridLineMark, rowMarks } from './layout.ts';
import type { NeededCells } from './needed.ts';
import { cellAddress, rangeAddress } from './reading/address.ts';
import { sheetPlace } from './reading/fault.ts';
import type { CellReading, SheetReading } from './reading/model.ts';
import { remarkColumn, remarkIn, strayRemark } from './remark-reader.ts';

/** What somebody writes who has nothing to report in a table, or left its zeros out. */
const agreed = /^(?:是|对|无|本期无|本月无|没有|均为0|都是0|0|√|✓|✔|y|yes)$/i;

type Line = LineOf<'row' | 'column'>;

/** Where lines of a table stand on a sheet, by their ids. */
type Places = ReadonlyMap<string, number>;

/** A table's sheet, with all that was found on it. */
interface FoundGrid {
  sheet: SheetReading;
  mark: CellReading;
  grid: GridSheet;
  rows: Places;
  columns: Places;
  cellAt: (row: number, column: number) => CellReading | undefined;
}

/** Finds the figures of a table, wherever its rows and columns have gone on the sheet. */
export function readGridSheet(marked: MarkedSheet, layout: FormLayout, submission: Submission): NeededCells {
  const { sheet, mark, identity } = marked;
  const grid = layout.tables.find((each) => each.grid.table.id === identity.table);
  if (grid === undefined) return { sheet, isNeeded: () => true };
  const [rowMarked, columnMarked] = [marksOf(marked, 'row'), marksOf(marked, 'column')];
  const cells = new Map(sheet.cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  const cellAt = (row: number, column: number) => cells.get(`${row} ${column}`);
  const rows = placesOf(
    grid.rows.map(({ row }) => row),
    rowMarked,
  );
  const columns = placesOf(
    grid.columns.map(({ column }) => column),
    columnMarked,
  );
  const found: FoundGrid = { sheet, mark, grid, rows, columns, cellAt };
  const headerRow = rowMarked.get(rowMarks.header)?.[0] ?? 0;
  const nameColumn = columnMarked.get(rowMarks.heading)?.[0] ?? 0;
  const wrongRows = lineFindings(found, 'row', {
    marked: rowMarked,
    nameAt: (row) => cellAt(row, nameColumn),
  });
  const wrongColumns = lineFindings(found, 'column', {
    marked: columnMarked,
    nameAt: (column) => cellAt(headerRow, column),
  });
  submission.findings.push(...wrongRows, ...wrongColumns);
  const remarkAt = columnMarked.get(rowMarks.remark)?.[0];
  const blanksRow = rowMarked.get(rowMarks.blanks)?.[0];
  submission.tables.set(grid.grid.table.id, { areBlanksZero: isAgreed(found, blanksRow) });
  if (wrongRows.length + wrongColumns.length === 0) readFigures(found, submission);
  const remarked = readRemarks(found, columnMarked.get(rowMarks.remark) ?? [], submission);
  submission.findings.push(...hiddenFindings(sheet, [...columns.values(), ...remarked]));
  submission.findings.push(...strays(found, { blanksRow, remarkAt, nameColumn }));
  const ownRows = new Set(rows.values());
  const ownColumns = new Set([...columns.values(), nameColumn, remarkAt]);
  return {
    sheet,
    isNeeded: (row, column) =>
      row === mark.row || column === mark.column || (ownRows.has(row) && ownColumns.has(column)),
  };
}

/** What the marks of rows, or of columns, say, each with where it stands. */
function marksOf({ sheet, mark }: MarkedSheet, axis: 'row' | 'column'): Map<string, number[]> {
  const across = axis === 'row' ? 'column' : 'row';
  const own = sheet.cells.filter((cell) => cell[across] === mark[across] && cell[axis] !== mark[axis]);
  const byText = Map.groupBy(own, (cell) => textOf(sheet, cell));
  return new Map([...byText].map(([text, cells]) => [text, cells.map((cell) => cell[axis])]));
}

function placesOf(lines: readonly Line[], marked: ReadonlyMap<string, readonly number[]>): Places {
  return new Map(
    lines.flatMap(({ id }): [string, number][] => {
      const at = marked.get(gridLineMark(id))?.[0];
      return at === undefined ? [] : [[id, at]];
    }),
  );
}

/** Lines that are not there, are there twice, or are called otherwise: whose figures are whose cannot be told. */
function lineFindings(
  { sheet, grid }: FoundGrid,
  axis: 'row' | 'column',
  {
    marked,
    nameAt,
  }: { marked: ReadonlyMap<string, readonly number[]>; nameAt: (at: number) => CellReading | undefined },
): Finding[] {
  const lines = axis === 'row' ? grid.rows.map(({ row }) => row) : grid.columns.map(({ column }) => column);
  return lines.flatMap((line: Line): Finding[] => {
    const [at, again] = marked.get(gridLineMark(line.id)) ?? [];
    const place = sheetPlace(sheet.name);
    if (at === undefined) {
      return [{ ...(axis === 'row' ? say('row-missing', line) : say('column-missing', line.name)), place }];
    }
    if (again !== undefined) {
      return [
        { ...(axis === 'row' ? say('row-repeated', at, again) : say('column-repeated', line.name)), place },
      ];
    }
    const cell = nameAt(at);
    const name = textOf(sheet, cell);
    if (nameKey(name) === nameKey(line.name)) return [];
    const words =
      axis === 'row'
        ? say('row-name-differs', at, { found: name, expected: line.name })
        : say('column-name-differs', name, line.name);
    return [{ ...words, place: cell === undefined ? place : cellPlace(sheet, cell) }];
  });
}

function isAgreed({ sheet, columns, mark }: FoundGrid, row: number | undefined): boolean {
  const inputs = new Set(columns.values());
  const said = sheet.cells
    .filter((cell) => cell.row === row && cell.column !== mark.column && inputs.has(cell.column))
    .map((cell) => shownText(contentOf(sheet, cell)));
  return said.some(isAgreement);
}

function isAgreement(text: string): boolean {
  return agreed.test(text.replace(/[\s“”"。]/g, ''));
}

function readFigures({ sheet, grid, rows, columns, cellAt }: FoundGrid, submission: Submission): void {
  const { table } = grid.grid;
  for (const { row } of grid.rows) {
    for (const { column } of grid.columns) {
      const at = { row: rows.get(row.id)!, column: columns.get(column.id)! };
      const [id, cell, place] = [
        cellId(table.id, row.id, column.id),
        cellAt(at.row, at.column),
        cellPlace(sheet, at),
      ];
      const isSum = row.sum !== undefined || column.sum !== undefined;
      const entry = (isSum ? sumEntryAt : entryAt)(sheet, at, cell);
      const add = (words: FindingWords) => submission.findings.push({ ...words, place, indicator: id });
      const merge = mergeAround(sheet, at);
      if (merge !== undefined) add(say('input-cell-merged', rangeAddress(merge)));
      if (entry.content.kind !== 'blank' && isHidden(sheet.hiddenRows, at.row)) {
        add(say('row-hidden', at.row, `${cellName(row, column)} ${quoted(entry.content)}`));
      }
      submission.figures.set(id, entry);
    }
  }
}

/** Reads what stands at the end of rows that are filled in; gives the column in which there is something. */
function readRemarks({ sheet, mark, grid, rows }: FoundGrid, at: number[], submission: Submission): number[] {
  const [column, again] = at;
  if (again !== undefined) {
    submission.findings.push({ ...say('column-repeated', remarkWord), place: sheetPlace(sheet.name) });
  }
  if (column === undefined || again !== undefined) return [];
  const remarks = remarkColumn(sheet, column);
  const { id: table } = grid.grid.table;
  const byRow = new Map(
    grid.grid.rows.flatMap((row) => (row.sum === undefined ? [[rows.get(row.id), row] as const] : [])),
  );
  const first = Math.min(...rows.values());
  const found: RemarkEntry[] = [];
  for (const [at, { id, name }] of byRow) {
    const entry = at === undefined ? undefined : remarkIn(remarks, at);
    if (entry !== undefined) found.push({ on: { kind: 'row', table, row: id }, name, entry });
  }
  for (const { row } of sheet.cells.filter((cell) => cell.column === column && cell.row !== mark.row)) {
    const words = row < first || byRow.has(row) ? undefined : strayRemark(remarks, row);
    if (words !== undefined) submission.findings.push({ ...words, place: cellPlace(sheet, { row, column }) });
  }
  submission.remarks.push(...found);
  return found.length === 0 ? [] : [column];
}

/** The rows in which nothing stands that is to be filled in, each with the first cell for it. */
function blankRows({ sheet, grid, rows, columns, cellAt }: FoundGrid): ReadonlyMap<number, string> {
  const typed = grid.columns.flatMap(({ column: { id, sum } }) =>
    sum === undefined ? (columns.get(id) ?? []) : [],
  );
  const [first = 0] = typed;
  const isBlank = (row: number) =>
    typed.every((column) => entryAt(sheet, { row, column }, cellAt(row, column)).content.kind === 'blank');
  const typedRows = grid.rows.flatMap(({ row: { id, sum } }) =>
    sum === undefined ? (rows.get(id) ?? []) : [],
  );
  return new Map(typedRows.filter(isBlank).map((row) => [row, cellAddress(row, first)]));
}

/**
 * Figures in rows or columns that the table does not have: they would otherwise be lost in silence. Beside a row in which
 * nothing is filled in, they are what was meant to stand in it.
 */
function strays(
  found: FoundGrid,
  { blanksRow, remarkAt, nameColumn }: Record<'blanksRow' | 'remarkAt' | 'nameColumn', number | undefined>,
): Finding[] {
  const { sheet, mark, rows, columns } = found;
  const [ownRows, ownColumns] = [new Set(rows.values()), new Set(columns.values())];
  const blank = blankRows(found);
  return sheet.cells.flatMap((cell): Finding[] => {
    const isOnOneLine = ownRows.has(cell.row) !== ownColumns.has(cell.column);
    const isMark = cell.row === mark.row || [mark.column, nameColumn].includes(cell.column);
    if (!isOnOneLine || isMark || cell.row < Math.min(...ownRows)) return [];
    const content = contentOf(sheet, cell);
    const expected = ownColumns.has(cell.column) ? undefined : blank.get(cell.row);
    if (expected !== undefined && isFigure(content)) {
      return [{ ...say('figure-beside', quoted(content), expected), place: cellPlace(sheet, cell) }];
    }
    if (cell.column === remarkAt) return [];
    const text = shownText(content).trim();
    if (cell.row === blanksRow && isAgreement(text)) return [];
    if (!isFigure(content) && !(ownColumns.has(cell.column) && hasDigit(text))) return [];
    const words = ownColumns.has(cell.column)
      ? say('row-unknown', quoted(content), '')
      : say('cell-ignored', quoted(content), '');
    return [{ ...words, place: cellPlace(sheet, cell) }];
  });
}
