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
  'sheet',
  'cell',
  'fileName',
  'sha256',
  'uploadedAt',
  'uploader',
  'chain',
  'sequence',
] as const satisfies (keyof StoredRecord)[];

/** Records as CSV, a row each; the items of a list are in one field. */
export function recordsCsv(records: readonly StoredRecord[]): string {
  return csvOf(columns, records.map(cellsOf));
}

function cellsOf(record: StoredRecord): (string | number | null)[] {
  return columns.map((column) => {
    const value = record[column];
    return Array.isArray(value) ? value.join('；') : value;
  });
}

/**
 * A table as CSV (RFC 4180) with a byte order mark, without which Excel misreads Chinese. Text that a spreadsheet
 * program could take for a formula is made inert; numbers are given as numbers.
 */
export function csvOf(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const lines = [head, ...rows].map((row) => row.map(field).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number' || /^-?[0-9]+(\.[0-9]+)?$/.test(value)) return String(value);
  return `"${sanitizeText(value).replaceAll('"', '""')}"`;
}
