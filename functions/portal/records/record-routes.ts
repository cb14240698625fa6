import { z } from 'zod';
import { type Instant, instantSchema } from '../../../shared/core/catalogue/period.ts';
import { readers } from '../access/identity.ts';
import { recordsAddress, recordsFileAddress, recordsFilePage } from '../pages/addresses.ts';
import { htmlRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import { checkCodeRoute } from './check-code.ts';
import { answerExtract, type WantedFile, waitForExtract } from './extract-reply.ts';
import { readQuery, recordQuery, typedQuery } from './record-query.ts';
import { searchPage } from './search-page.ts';

/** What is looked for, and, by whoever has waited for a file, of when it is. */
const fileQuery = { ...recordQuery, taken: instantSchema.optional().catch(undefined) };
type FileQuery = z.infer<z.ZodObject<typeof fileQuery>>;

const endings = ['csv', 'json', 'xlsx'] as const;
type Ending = (typeof endings)[number];

/** The records that are looked for as a file. */
function wantedFile(request: RequestContext<{ year: number }, FileQuery>, ending: Ending): WantedFile {
  const { params, query, now } = request;
  const { department, indicator, period, revision, standing, uploader, from, to } = query;
  const filter = { department, indicator, period, revision, standing, uploader, from, to };
  const { year } = request.catalogue(params.year);
  return {
    question: { of: 'records', year: params.year, ending, filter, takenAt: now },
    fileName: `${year}年记录.${ending}`,
    since: query.taken,
    file: (taken) => recordsFileAddress(year, ending, asAsked(query, taken)),
    page: (taken) => recordsFilePage(year, { ...asAsked(query, taken), ending }),
    place: {
      year,
      current: recordsAddress(year),
      trail: [{ title: '记录查询', address: recordsAddress(year) }],
    },
  };
}

/** The same question as the query of an address. */
function asAsked(
  { taken: _taken, ...filter }: FileQuery,
  takenAt: Instant,
): Record<string, string | undefined> {
  const text = Object.entries(filter).map(([name, value]) => [
    name,
    value === undefined ? value : String(value),
  ]);
  return { ...Object.fromEntries(text), taken: takenAt };
}

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
      return {
        kind: 'page',
        body: searchPage(request, { typed, state, page: asked, query }),
        status: query.kind === 'complaint' ? 400 : 200,
      };
    },
  ),
  ...endings.map((ending) =>
    htmlRoute(
      { path: `/:year/records.${ending}`, access: readers, params: yearParam, query: fileQuery },
      (request) => answerExtract(request, wantedFile(request, ending)),
    ),
  ),
  htmlRoute(
    {
      path: '/:year/records/file',
      access: readers,
      params: yearParam,
      query: { ...fileQuery, ending: z.enum(endings).catch('xlsx') },
    },
    (request) => waitForExtract(request, wantedFile(request, request.query.ending)),
  ),
  checkCodeRoute,
];
