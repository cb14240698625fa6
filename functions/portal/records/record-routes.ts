import { z } from 'zod';
import { searchRecords } from '../../records/search-records.ts';
import { readers } from '../access/readers.ts';
import { page, type Route, yearParam } from '../route.ts';
import { extractFile } from './record-files.ts';
import { readQuery, recordQuery, typedQuery } from './record-query.ts';
import { searchPage } from './search-page.ts';

/** The search of the records, and what it finds as files. */
export const recordRoutes: Route[] = [
  page(
    {
      path: '/:year/records',
      access: readers,
      params: yearParam,
      query: { ...typedQuery, page: z.coerce.number().int().min(1).catch(1) },
    },
    async (visit) => {
      const { page: asked, ...typed } = visit.query;
      const { state } = await visit.readYear(visit.params.year);
      const query = readQuery(typed);
      const found = 'complaint' in query ? query : { records: searchRecords(state, query.filter) };
      const body = searchPage(visit, { typed, state, page: asked, found });
      return { kind: 'page', body, status: 'complaint' in found ? 400 : 200 };
    },
  ),
  ...(['csv', 'json', 'xlsx'] as const).map((ending) =>
    page(
      { path: `/:year/records.${ending}`, access: readers, params: yearParam, query: recordQuery },
      async (visit) => {
        const { catalogue, state } = await visit.readYear(visit.params.year);
        const records = searchRecords(state, visit.query);
        return extractFile(ending, { catalogue, filter: visit.query, records, takenAt: visit.now });
      },
    ),
  ),
];
