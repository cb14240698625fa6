import type { RecordFilter, StoredRecord } from '../../records/search-records.ts';
import { addressWith } from './record-query.ts';

/** The page that records are looked for on, with a query if one is given. */
export function recordsAddress(year: number, query: Record<string, string | undefined> = {}): string {
  return addressWith(`/${year}/records`, query);
}

/** The records that fit a query as a file. */
export function recordsFileAddress(
  year: number,
  ending: 'csv' | 'json' | 'xlsx',
  query: Partial<Record<keyof RecordFilter, string | undefined>>,
): string {
  return addressWith(`/${year}/records.${ending}`, query);
}

/** The page of the upload that a record came with. */
export function uploadAddressOf(year: number, { department, period, upload }: StoredRecord): string {
  return `/${year}/departments/${department}/${period}/uploads/${upload}`;
}
