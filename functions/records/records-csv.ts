import { csvOf } from '../../shared/publication/csv.ts';
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
