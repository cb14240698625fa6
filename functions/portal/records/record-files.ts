import { type Catalogue, departmentOf, indicatorOf } from '../../../shared/core/catalogue.ts';
import type { Instant } from '../../../shared/core/period.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { type RecordRow, writeRecordsWorkbook } from '../../../shared/workbook/records-workbook.ts';
import { recordsCsv } from '../../records/records-csv.ts';
import type { RecordFilter, StoredRecord } from '../../records/search-records.ts';
import { mediaTypes, type Reply } from '../reply.ts';
import { conditionsInWords } from './record-query.ts';
import { revisionStandingWords } from './record-words.ts';

/** Records that somebody looked for, to be handed over as a file. */
export interface Extract {
  catalogue: Catalogue;
  filter: RecordFilter;
  records: readonly StoredRecord[];
  takenAt: Instant;
}

/** How an extract is written in each kind of file. */
export const extractWriters: Record<'csv' | 'json' | 'xlsx', (extract: Extract) => Promise<Uint8Array>> = {
  csv: async ({ records }) => new TextEncoder().encode(recordsCsv(records)),
  json: async ({ catalogue: { year }, filter, records, takenAt }) =>
    jsonFile({ format: 'indicators-records/1', year, takenAt, filter, total: records.length, records }),
  xlsx: ({ catalogue, filter, records, takenAt }) =>
    writeRecordsWorkbook({
      year: catalogue.year,
      authority: catalogue.authority,
      notice: catalogue.notice ?? '',
      utcOffset: catalogue.utcOffset,
      writtenAt: takenAt,
      conditions: conditionsInWords(filter, catalogue),
      rows: records.map((record) => rowOf(record, catalogue)),
    }),
};

function rowOf(record: StoredRecord, catalogue: Catalogue): RecordRow {
  const indicator = indicatorOf(catalogue, record.indicator);
  return {
    ...record,
    department: departmentOf(catalogue, record.department)?.name ?? record.department,
    indicator: indicator?.name ?? record.indicator,
    decimals: indicator?.decimals ?? 0,
    standing: revisionStandingWords[record.standing],
  };
}

/** The extract as a file to save. */
export async function extractFile(ending: keyof typeof extractWriters, extract: Extract): Promise<Reply> {
  return {
    kind: 'file',
    bytes: await extractWriters[ending](extract),
    fileName: `${extract.catalogue.year}年记录.${ending}`,
    type: mediaTypes[ending],
  };
}
