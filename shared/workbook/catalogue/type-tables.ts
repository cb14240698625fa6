import type { Finding } from '../../core/returns/finding.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { nameKey } from '../../core/values/text.ts';
import { cellPlace, entryOf, textOf } from '../entries.ts';
import { hiddenFindings, isHidden } from '../hidden.ts';
import type { NeededCells } from '../needed.ts';
import { cellAddress, type Range, rangeAddress } from '../reading/address.ts';
import { sheetPlace } from '../reading/fault.ts';
import type { CellReading, SheetReading } from '../reading/model.ts';
import { sayOfCatalogue } from './catalogue-findings.ts';
import type { Column } from './column.ts';
import { explanationMark, type TableShape } from './columns.ts';
import { type FoundTable, headingKey, keysByHeading } from './find-tables.ts';
import { settings } from './settings-columns.ts';
import { type TypedRow, type TypedSettings, type TypedTable, typedText } from './typed.ts';

/** What was typed into a sheet, what is to be said of it, and which of its cells count. */
export interface Taken<T> {
  typed: T;
  findings: Finding[];
  needed: NeededCells;
}

/** Merged cells are looked at so far. */
const mostMerges = 1000;

/** What was typed below the headings of a table, whatever the order of its columns. */
export function typedTable(
  { columns: all, most }: Pick<TableShape, 'columns' | 'most'>,
  { sheet, header }: FoundTable,
): Taken<TypedTable> {
  const findings: Finding[] = [];
  const columns = columnsOf(all, sheet, header, findings);
  const keys = new Map([...columns].map(([key, column]) => [column, key]));
  const explanations = new Set(all.map(({ explanation }) => nameKey(explanationMark + explanation)));
  const rows: TypedRow[] = [];
  const below = sheet.cells.filter(({ row, column }) => row > header && keys.has(column));
  for (const [row, cells] of Map.groupBy(below, (cell) => cell.row)) {
    const typed = cells
      .map((cell): [string, Entry] => [keys.get(cell.column)!, entryOf(sheet, cell)])
      .filter(([, entry]) => !isBlank(entry) && !explanations.has(nameKey(typedText(entry))));
    if (!typed.every(([, entry]) => typedText(entry).startsWith(explanationMark))) {
      rows.push({ row, cells: new Map(typed) });
    }
  }
  if (rows.length > most) {
    findings.push(sayOfCatalogue('catalogue-too-many-rows', sheetPlace(sheet.name), rows.length, most));
  }
  const taken = rows.slice(0, most);
  findings.push(...hiddenFindings(sheet, [...columns.values()]), ...hiddenRows(sheet, taken));
  const { filled, notes } = filledFromMerges(sheet, taken, columns);
  return {
    typed: { sheet: sheet.name, columns, rows: filled },
    findings: [...findings, ...notes],
    needed: { sheet, isNeeded: (row, column) => row >= header && keys.has(column) },
  };
}

/** Whether nothing can be seen in a cell; a formula without a result is something. */
function isBlank(entry: Entry): boolean {
  return typedText(entry) === '' && !(entry.content.kind === 'blank' && entry.computed);
}

function columnsOf(
  all: readonly Column[],
  sheet: SheetReading,
  header: number,
  findings: Finding[],
): Map<string, number> {
  const keys = keysByHeading(all);
  const columns = new Map<string, number>();
  for (const cell of sheet.cells.filter(({ row }) => row === header)) {
    const text = textOf(sheet, cell);
    const key = keys.get(headingKey(text));
    const earlier = key === undefined ? undefined : columns.get(key);
    const place = cellPlace(sheet, cell);
    if (key === undefined) {
      if (text !== '') findings.push(sayOfCatalogue('catalogue-column-unknown', place, text));
    } else if (earlier === undefined) {
      columns.set(key, cell.column);
    } else {
      findings.push(sayOfCatalogue('catalogue-column-repeated', place, text, cellAddress(header, earlier)));
    }
  }
  for (const { heading } of all.filter(({ key, isNecessary }) => isNecessary && !columns.has(key))) {
    findings.push(sayOfCatalogue('catalogue-column-missing', sheetPlace(sheet.name), heading));
  }
  return columns;
}

function hiddenRows(sheet: SheetReading, rows: readonly TypedRow[]): Finding[] {
  const count = rows.filter(({ row }) => isHidden(sheet.hiddenRows, row)).length;
  return count === 0 ? [] : [sayOfCatalogue('catalogue-rows-hidden', sheetPlace(sheet.name), count)];
}

/** Cells merged downwards say the same in each of their rows, as people see it; it is noted of each such range. */
function filledFromMerges(
  sheet: SheetReading,
  rows: readonly TypedRow[],
  columns: ReadonlyMap<string, number>,
): { filled: TypedRow[]; notes: Finding[] } {
  const at = new Map([...columns].map(([key, column]) => [column, key]));
  const byRow = new Map(rows.map((each) => [each.row, each]));
  const covers = ({ firstRow, lastRow }: Range, row: number) => firstRow <= row && row <= lastRow;
  const merges = sheet.merges
    .slice(0, mostMerges)
    .filter((merge) => at.has(merge.firstColumn) && rows.some(({ row }) => covers(merge, row)));
  const place = (merge: Range) => cellPlace(sheet, { row: merge.firstRow, column: merge.firstColumn });
  const isDown = ({ firstRow, lastRow }: Range) => firstRow < lastRow;
  const notes = merges.map((merge) =>
    sayOfCatalogue(
      isDown(merge) ? 'catalogue-merged-down' : 'catalogue-merged-across',
      place(merge),
      rangeAddress(merge),
    ),
  );
  const filled = rows.map((each) => {
    const cells = new Map(each.cells);
    for (const merge of merges.filter((one) => isDown(one) && covers(one, each.row))) {
      const key = at.get(merge.firstColumn)!;
      const entry = byRow.get(merge.firstRow)?.cells.get(key);
      if (entry !== undefined && !cells.has(key)) {
        cells.set(key, { ...entry, place: cellPlace(sheet, { row: each.row, column: merge.firstColumn }) });
      }
    }
    return { ...each, cells };
  });
  return { filled, notes };
}

/** The catalogue's own fields, each in the cell to the right of its label. */
export function typedSettings(sheet: SheetReading): Taken<TypedSettings> {
  const keys = keysByHeading(settings);
  const labels = new Map<string, CellReading>();
  const findings: Finding[] = [];
  for (const cell of sheet.cells) {
    const key = keys.get(headingKey(textOf(sheet, cell)));
    if (key === undefined) continue;
    if (labels.has(key)) {
      findings.push(sayOfCatalogue('catalogue-label-repeated', cellPlace(sheet, cell), textOf(sheet, cell)));
    } else labels.set(key, cell);
  }
  const beside = new Map([...labels].map(([key, { row, column }]) => [key, { row, column: column + 1 }]));
  const cells = new Map<string, Entry>();
  for (const [key, { row, column }] of beside) {
    const cell = sheet.cells.find((each) => each.row === row && each.column === column);
    const entry = cell === undefined ? undefined : entryOf(sheet, cell);
    const isSaid = entry !== undefined && !isBlank(entry) && !typedText(entry).startsWith(explanationMark);
    if (isSaid) cells.set(key, entry);
  }
  for (const { heading } of settings.filter(({ key, isNecessary }) => isNecessary && !labels.has(key))) {
    findings.push(sayOfCatalogue('catalogue-label-missing', sheetPlace(sheet.name), heading));
  }
  findings.push(...hiddenFindings(sheet, []));
  const places = new Map([...beside].map(([key, cell]) => [key, cellPlace(sheet, cell)]));
  const isOf = (row: number, column: number) =>
    [...labels.values()].some(
      (label) => label.row === row && (column === label.column || column === label.column + 1),
    );
  return { typed: { sheet: sheet.name, cells, places }, findings, needed: { sheet, isNeeded: isOf } };
}
