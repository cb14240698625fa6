import { sanitizeText } from '../../../shared/core/values/text.ts';
import type { StoredRecord } from './search-records.ts';

/** The columns of a record in the order in which CSV has them. */
const columns = [
  'department',
  'period',
  'indicator',
  'revision',
  'standing',
  'status',
  'value',
  'unit',
  'items',
  'remark',
  'sheet',
  'cell',
  'fileName',
  'sha256',
  'uploadedAt',
  'uploader',
  'chain',
  'sequence',
] as const satisfies (keyof StoredRecord)[];

/** Records as CSV, a line each, the items of a list in one field. */
export function recordsCsv(records: Iterable<StoredRecord>): Generator<string> {
  return csvOf(columns, rowsOf(records));
}

function* rowsOf(records: Iterable<StoredRecord>): Generator<CsvRow> {
  for (const record of records) {
    yield columns.map((column) => {
      const value = record[column];
      return Array.isArray(value) ? value.join('；') : value;
    });
  }
}

type CsvRow = readonly (string | number | null)[];

/**
 * A table as CSV (RFC 4180), line by line, with a byte order mark, without which Excel misreads Chinese. Text that a
 * spreadsheet program could take for a formula is made inert; numbers are given as numbers.
 */
export function* csvOf(head: CsvRow, rows: Iterable<CsvRow>): Generator<string> {
  yield `\ufeff${lineOf(head)}`;
  for (const row of rows) yield lineOf(row);
}

function lineOf(row: CsvRow): string {
  return `${row.map(field).join(',')}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number' || /^-?[0-9]+(\.[0-9]+)?$/.test(value)) return String(value);
  return `"${sanitizeText(value).replaceAll('"', '""')}"`;
}
