import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { revisionWords } from '../../../shared/core/words.ts';
import { jsonFileOf } from '../../../shared/publication/json.ts';
import { lineageWorkbook } from '../../../shared/workbook/lineage-workbook.ts';
import { type RecordRow, recordsWorkbook } from '../../../shared/workbook/records-workbook.ts';
import type { Store } from '../../use-cases/adopted.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { recordsCsv } from '../../use-cases/records/records-csv.ts';
import {
  type RecordFilter,
  recordsFound,
  type StoredRecord,
} from '../../use-cases/records/search-records.ts';
import { readPublication } from '../../use-cases/stores/publication-store.ts';
import { conditionsInWords } from './record-query.ts';

/** What somebody wants as a file, as the ledger stands when it is made. */
export type ExtractQuestion = { year: number; takenAt: Instant } & (RecordsWanted | LineageWanted);

/** Records that they looked for. */
interface RecordsWanted {
  of: 'records';
  filter: RecordFilter;
  ending: 'csv' | 'json' | 'xlsx';
}

/** Where the figures of a publication come from. */
interface LineageWanted {
  of: 'lineage';
  number: number;
  ending: 'xlsx';
}

/** Records that were found, gone through one by one, more than once. */
interface Found {
  catalogue: Catalogue;
  filter: RecordFilter;
  takenAt: Instant;
  total: number;
  records: () => Iterable<StoredRecord>;
}

const writers: Record<RecordsWanted['ending'], (found: Found) => AsyncIterable<string | Uint8Array>> = {
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
export async function* extractPieces(question: ExtractQuestion, store: Store): AsyncGenerator<Uint8Array> {
  if (question.of === 'records') yield* recordsPieces(question, store);
  else yield* lineagePieces(question, store);
}

async function* lineagePieces(
  { year, number }: LineageWanted & { year: number },
  { documents }: Store,
): AsyncGenerator<Uint8Array> {
  const publication = await readPublication({ year, number }, documents);
  if (publication === undefined) throw new Error(`publication ${number} of ${year} cannot be read`);
  yield* lineageWorkbook(publication);
}

async function* recordsPieces(
  { year, filter, ending, takenAt }: RecordsWanted & { year: number; takenAt: Instant },
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
