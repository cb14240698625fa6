import { z } from 'zod';
import { type Catalogue, departmentOf, indicatorOf } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { revisionWords } from '../../../shared/core/words.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { type RecordRow, writeRecordsWorkbook } from '../../../shared/workbook/records-workbook.ts';
import { recordsCsv } from '../../use-cases/records/records-csv.ts';
import {
  type RecordFilter,
  type StoredRecord,
  searchRecords,
} from '../../use-cases/records/search-records.ts';
import { readers } from '../access/identity.ts';
import type { Reply } from '../reply.ts';
import { htmlRoute, type Route, yearParam } from '../route.ts';
import { conditionsInWords, readQuery, recordQuery, typedQuery } from './record-query.ts';
import { searchPage } from './search-page.ts';

/** The search of the records, and what it finds as files. */
export const recordRoutes: Route[] = [
  htmlRoute(
    {
      path: '/:year/records',
      access: readers,
      params: yearParam,
      query: { ...typedQuery, page: z.coerce.number().int().min(1).catch(1) },
    },
    async (request) => {
      const { page: asked, ...typed } = request.query;
      const { state } = await request.readYear(request.params.year);
      const query = readQuery(typed);
      if (query.kind === 'complaint') {
        return {
          kind: 'page',
          body: searchPage(request, { typed, state, page: asked, found: query }),
          status: 400,
        };
      }
      const found = { kind: 'records' as const, records: searchRecords(state, query.filter) };
      return { kind: 'page', body: searchPage(request, { typed, state, page: asked, found }) };
    },
  ),
  ...(['csv', 'json', 'xlsx'] as const).map((ending) =>
    htmlRoute(
      { path: `/:year/records.${ending}`, access: readers, params: yearParam, query: recordQuery },
      async (request) => {
        const { catalogue, state } = await request.readYear(request.params.year);
        const records = searchRecords(state, request.query);
        return extractFile(ending, { catalogue, filter: request.query, records, takenAt: request.now });
      },
    ),
  ),
];

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
    standing: revisionWords[record.standing],
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
