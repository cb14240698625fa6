import { lastColumn } from './address.ts';
import type { CellCollector } from './cells.ts';
import { xmlText } from './text.ts';
import type { Chunk, Codes } from './xml.ts';

/** Where the sheet's reader stands; the quick loop takes it over and moves it on. */
export interface SheetPosition {
  row: number;
  column: number;
}

const plain = 110; // n
const shared = 115; // s
const string = 116; // as in str

/** The attributes of the cell being read: module state in place of an object a cell. */
let column = 0;
let style = 0;
let type = plain;

/**
 * Reads on while cells have one of the few shapes that nearly all cells have: attributes r, s and t only, then
 * nothing, `<v>`, or `<f>` and `<v>`. Anything else, anything wrong, and anything not yet all there is left
 * untouched for the full reader, so that only one place decides about the unusual.
 */
export function readQuickCells(
  cells: CellCollector,
  position: SheetPosition,
  chunk: Chunk,
  from: number,
): number {
  const { codes } = chunk;
  let at = from;
  while (codes[at] === 60 && codes[at + 1] === 99) {
    const content = attributes(codes, at + 2, position.row);
    if (content < 0) return at;
    if (column === 0) column = position.column + 1;
    if (column > lastColumn) return at;
    const next = contents(cells, position.row, chunk, content);
    if (next < 0) return at;
    position.column = column;
    at = next;
  }
  return at;
}

/** Where the attributes end, at `/>` or `>`; -1 if there is anything but r, s and t, each once. */
function attributes(codes: Codes, from: number, row: number): number {
  let at = from;
  column = 0;
  style = -1;
  type = 0;
  while (codes[at] === 32) {
    if (codes[at + 2] !== 61 || codes[at + 3] !== 34) return -1;
    const name = codes[at + 1];
    if (name === 114 && column === 0) at = reference(codes, at + 4, row);
    else if (name === 115 && style < 0) at = styleIndex(codes, at + 4);
    else if (name === 116 && type === 0) at = typeName(codes, at + 4);
    else return -1;
    if (at < 0 || codes[at] !== 34) return -1;
    at++;
  }
  if (style < 0) style = 0;
  if (type === 0) type = plain;
  return codes[at] === 62 || (codes[at] === 47 && codes[at + 1] === 62) ? at : -1;
}

function reference(codes: Codes, from: number, row: number): number {
  let at = from;
  let code = codes[at]!;
  while (code >= 65 && code <= 90 && at < from + 3) {
    column = column * 26 + code - 64;
    code = codes[++at]!;
  }
  const digits = at;
  let written = 0;
  while (code >= 48 && code <= 57 && at < digits + 7) {
    written = written * 10 + code - 48;
    code = codes[++at]!;
  }
  return column > 0 && written === row && codes[digits] !== 48 ? at : -1;
}

function styleIndex(codes: Codes, from: number): number {
  let at = from;
  let index = 0;
  for (let code = codes[at]!; code >= 48 && code <= 57 && at < from + 6; code = codes[++at]!) {
    index = index * 10 + code - 48;
  }
  style = index;
  return at > from ? at : -1;
}

function typeName(codes: Codes, from: number): number {
  type = codes[from]!;
  if (type === shared && codes[from + 1] === 116 && codes[from + 2] === 114) {
    type = string;
    return from + 3;
  }
  return type === shared || type === plain ? from + 1 : -1;
}

/** Takes a cell's contents and returns where the cell ends, or -1 if they are unusual. */
function contents(cells: CellCollector, row: number, chunk: Chunk, end: number): number {
  const { codes, source } = chunk;
  if (codes[end] === 47) return end + 2;
  let at = end + 1;
  let formula: string | undefined;
  if (isElement(codes, at, 102)) {
    const formulaEnd = source.indexOf('<', at + 3);
    if (formulaEnd < 0 || !source.startsWith('</f>', formulaEnd)) return -1;
    formula = source.slice(at + 3, formulaEnd);
    at = formulaEnd + 4;
  }
  if (!isElement(codes, at, 118)) {
    return formula === undefined && isClosing(codes, at, 99) ? at + 4 : -1;
  }
  const start = at + 3;
  if (type === string || formula !== undefined) {
    return computedOrText(cells, row, chunk, start, formula);
  }
  const valueEnd = type === shared ? sharedValue(cells, row, codes, start) : number(cells, row, chunk, start);
  return valueEnd < 0 ? -1 : valueEnd + 8;
}

/** `<f>` or `<v>` */
function isElement(codes: Codes, at: number, name: number): boolean {
  return codes[at] === 60 && codes[at + 1] === name && codes[at + 2] === 62;
}

/** `</v>` or `</c>` */
function isClosing(codes: Codes, at: number, name: number): boolean {
  return codes[at] === 60 && codes[at + 1] === 47 && codes[at + 2] === name && codes[at + 3] === 62;
}

function computedOrText(
  cells: CellCollector,
  row: number,
  { source, codes }: Chunk,
  start: number,
  formula: string | undefined,
): number {
  const end = source.indexOf('<', start);
  if (end < 0 || !isClosing(codes, end, 118) || !isClosing(codes, end + 4, 99)) return -1;
  const value = xmlText(source.slice(start, end), cells.reading);
  const computed = formula === undefined ? undefined : xmlText(formula, cells.reading);
  const name = type === string ? 'str' : type === shared ? 's' : 'n';
  cells.add({ row, column, style, type: name, formula: computed, value, inline: undefined, look: undefined });
  return end + 8;
}

function sharedValue(cells: CellCollector, row: number, codes: Codes, start: number): number {
  let index = 0;
  let at = start;
  for (let code = codes[at]!; code >= 48 && code <= 57 && at < start + 7; code = codes[++at]!) {
    index = index * 10 + code - 48;
  }
  const whole = at > start && isClosing(codes, at, 118) && isClosing(codes, at + 4, 99);
  return whole && cells.putShared(row, column, style, index) ? at : -1;
}

/** Digits with at most one point inside and a sign before; no more of them than a double has. */
function number(cells: CellCollector, row: number, { source, codes }: Chunk, start: number): number {
  const first = codes[start] === 45 ? start + 1 : start;
  let at = first;
  let points = 0;
  for (; ; at++) {
    const code = codes[at]!;
    if (code === 46 && points === 0 && at > first) points = 1;
    else if (code < 48 || code > 57) break;
  }
  if (at === first || at > first + 20 || codes[at - 1] === 46) return -1;
  if (!isClosing(codes, at, 118) || !isClosing(codes, at + 4, 99)) return -1;
  cells.putNumber(row, column, style, source.slice(start, at));
  return at;
}
