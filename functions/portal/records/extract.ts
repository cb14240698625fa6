import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { revisionWords } from '../../../shared/core/words.ts';
import { jsonFileOf } from '../../../shared/publication/json.ts';
import { type RecordRow, recordsWorkbook } from '../../../shared/workbook/records-workbook.ts';
import type { Store } from '../../use-cases/adopted.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { recordsCsv } from '../../use-cases/records/records-csv.ts';
import {
  type RecordFilter,
  recordsFound,
  type StoredRecord,
} from '../../use-cases/records/search-records.ts';
import { conditionsInWords } from './record-query.ts';

/** What somebody wants as a file: records of a year that they looked for, as the ledger stands when it is made. */
export interface ExtractQuestion {
  year: number;
  filter: RecordFilter;
  ending: 'csv' | 'json' | 'xlsx';
  takenAt: Instant;
}

/** Records that were found, gone through one by one, more than once. */
interface Found {
  catalogue: Catalogue;
  filter: RecordFilter;
  takenAt: Instant;
  total: number;
  records: () => Iterable<StoredRecord>;
}

const writers: Record<ExtractQuestion['ending'], (found: Found) => AsyncIterable<string | Uint8Array>> = {
  async *csv({ records }) {
    yield* recordsCsv(records(), 'titles');
  },
  async *json({ catalogue: { year }, filter, takenAt, total, records }) {
    const fields = { format: 'indicators-records/1', year, takenAt, filter, total };
    yield* jsonFileOf(fields, 'records', records());
  },
  xlsx: ({ catalogue, filter, takenAt, total, records }) =>
    recordsWorkbook({
      year: catalogue.year,
      authority: catalogue.authority,
      notice: catalogue.notice ?? '',
      utcOffset: catalogue.utcOffset,
      writtenAt: takenAt,
      conditions: conditionsInWords(filter, catalogue),
      total,
      rows: function* () {
        for (const record of records()) yield rowOf(record, catalogue);
      },
    }),
};

function rowOf(record: StoredRecord, catalogue: Catalogue): RecordRow {
  const indicator = indicatorOf(catalogue, record.indicator);
  return {
    ...record,
    department: departmentOf(catalogue, record.department)?.name ?? record.department,
    indicator: indicator?.name ?? record.indicator,
    decimals: indicator?.decimals ?? 0,
    standing: revisionWords[record.standing],
  };
}

/** How large a piece of a file is at least, but for the last (bytes or half as many characters). */
const pieceSize = 65_536;

/** The file that is wanted, in pieces, none of which is kept. */
export async function* extractPieces(
  { year, filter, ending, takenAt }: ExtractQuestion,
  store: Store,
): AsyncGenerator<Uint8Array> {
  const { catalogue, state } = await readYear(store, year);
  const records = () => recordsFound(state, filter);
  let total = 0;
  for (const _ of records()) total++;
  const encoder = new TextEncoder();
  let text = '';
  for await (const piece of writers[ending]({ catalogue, filter, takenAt, total, records })) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < pieceSize) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}
