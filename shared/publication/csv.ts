import { parse } from 'csv-parse/sync';
import { formulaGuard, sanitizeText } from '../core/values/text.ts';

export type CsvRow = readonly (string | number | boolean | readonly string[] | null)[];

/**
 * A table for people as CSV (RFC 4180), line by line, with a byte order mark, without which Excel misreads Chinese. Text that a
 * spreadsheet program could take for a formula is made inert; numbers are given as numbers.
 */
export function* csvOf(head: CsvRow, rows: Iterable<CsvRow>): Generator<string> {
  yield `${byteOrderMark}${lineOf(head, sanitizeText)}`;
  for (const row of rows) yield lineOf(row, sanitizeText);
}

const byteOrderMark = '\ufeff';

/** The first line of a table for programs. */
export function exactCsvHead(columns: readonly Pick<CsvColumn, 'name'>[]): string {
  return `${byteOrderMark}${exactCsvLine(columns.map(({ name }) => name))}`;
}

/**
 * A line of a table for programs, which is the same but that text can be read back as it was, and each row is a single line. It
 * is escaped as in a JSON string (`\n`, `\\`, `\u202e`), and guarded by an apostrophe where it starts like a formula or with
 * one. A list is a JSON array.
 */
export function exactCsvLine(row: CsvRow): string {
  return lineOf(row, escaped);
}

/** A column by its name, and whether lists stand in it. */
export interface CsvColumn {
  name: string;
  type: string;
}

/**
 * What is made of each row of such a table, in which text is as it was and nothing is the empty text; undefined if it has
 * other columns, is no CSV, or nothing can be made of a row. Rows are not kept beside what is made of them.
 */
export function readExactCsv<T>(
  bytes: Uint8Array,
  columns: readonly CsvColumn[],
  madeOf: (row: (string | string[])[]) => T,
): T[] | undefined {
  const read = columns.map(({ type }) => (type === 'array' ? listOf : unescaped));
  const head = columns.map(({ name }) => name).join();
  const made: T[] = [];
  let hasHead = false;
  const onRow = (row: string[]): null => {
    if (hasHead) made.push(madeOf(row.map((field, index) => (field === '' ? field : read[index]!(field)))));
    else if (row.join() === head) hasHead = true;
    else throw new TypeError('the table has other columns');
    return null;
  };
  try {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    parse(view, { bom: true, encoding: 'utf8', on_record: onRow });
    return hasHead ? made : undefined;
  } catch {
    return undefined;
  }
}

function lineOf(row: CsvRow, written: (text: string) => string): string {
  return `${row.map((value) => field(value, written)).join(',')}\r\n`;
}

function field(value: CsvRow[number], written: (text: string) => string): string {
  if (value === null) return '';
  if (typeof value === 'object') return quoted(JSON.stringify(value).replace(unseen, codeUnits));
  if (typeof value !== 'string' || /^-?[0-9]+(\.[0-9]+)?$/.test(value)) return String(value);
  return quoted(written(value));
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** What no terminal or spreadsheet program should meet, and what would end a line. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

function escaped(text: string): string {
  const guard = text.startsWith("'") ? "'" : formulaGuard(text);
  const inert = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replace(unseen, codeUnits);
  return guard + inert;
}

function codeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

function unescaped(field: string): string {
  const text = field.startsWith("'") ? field.slice(1) : field;
  return text.includes('\\') ? JSON.parse(`"${text.replaceAll('"', '\\"')}"`) : text;
}

function listOf(field: string): string[] {
  return JSON.parse(field);
}
