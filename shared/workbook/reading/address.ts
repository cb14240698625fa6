export const lastRow = 1_048_576;
export const lastColumn = 16_384;

/** Row and column count from 1. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, corners included; never expanded into its cells. */
export interface Range {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly lastRow: number;
  readonly lastColumn: number;
}

/** `28` -> `AB` */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** `(12, 6)` -> `F12` */
export function cellAddress(row: number, column: number): string {
  return columnName(column) + row;
}

/** `F12` or `f12` -> `{ row: 12, column: 6 }`; undefined if it is not the address of a cell of a sheet. */
export function parseCellAddress(address: string): CellPosition | undefined {
  const { row, column } = parseCorner(address) ?? {};
  return row && column ? { row, column } : undefined;
}

/** One end of a range: `F12`, or `F` of whole columns, or `12` of whole rows; what is not said is 0. */
function parseCorner(text: string): CellPosition | undefined {
  const parts = /^([A-Za-z]{0,3})([1-9][0-9]{0,6})?$/.exec(text);
  if (!parts) return undefined;
  const [, letters = '', digits = '0'] = parts;
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + (letters.charCodeAt(at) & 31);
  const row = Number(digits);
  return row <= lastRow && column <= lastColumn ? { row, column } : undefined;
}

/** `A1:F12`, `A1`, `A:F` or `1:12`, corners in any order, `$` allowed; undefined if it is none of them. */
export function parseRange(text: string): Range | undefined {
  const [from = '', to, more] = text.replaceAll('$', '').split(':', 3);
  const a = parseCorner(from);
  const b = to === undefined ? parseCellAddress(from) : parseCorner(to);
  if (!a || !b || more !== undefined) return undefined;
  // Both ends are cells, columns or rows.
  if (a.row > 0 !== b.row > 0 || a.column > 0 !== b.column > 0 || a.row + a.column === 0) return undefined;
  return {
    firstRow: Math.min(a.row, b.row) || 1,
    firstColumn: Math.min(a.column, b.column) || 1,
    lastRow: Math.max(a.row, b.row) || lastRow,
    lastColumn: Math.max(a.column, b.column) || lastColumn,
  };
}

/** `A1:F12`, or `A1` for a single cell. */
export function rangeAddress(range: Range): string {
  const from = cellAddress(range.firstRow, range.firstColumn);
  const to = cellAddress(range.lastRow, range.lastColumn);
  return from === to ? from : `${from}:${to}`;
}
