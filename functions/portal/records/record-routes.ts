import { html } from 'hono/html';
import { z } from 'zod';
import { type Instant, instantSchema } from '../../../shared/core/catalogue/period.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { searchRecords } from '../../use-cases/records/search-records.ts';
import { readers } from '../access/identity.ts';
import { recordsAddress, recordsFileAddress, recordsFilePage } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html, Reply } from '../reply.ts';
import { htmlRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import { checkCodeRoute } from './check-code.ts';
import type { ExtractQuestion } from './extract.ts';
import { readQuery, recordQuery, typedQuery } from './record-query.ts';
import { searchPage } from './search-page.ts';

/** What is looked for, and, by whoever has waited for a file, of when it is. */
const fileQuery = { ...recordQuery, taken: instantSchema.optional().catch(undefined) };
type FileQuery = z.infer<z.ZodObject<typeof fileQuery>>;

const endings = ['csv', 'json', 'xlsx'] as const;
type Ending = (typeof endings)[number];

/** After so many seconds it is looked again whether a file is there. */
const lookAgain = 3;

/** Hands the file over if it is made quickly, and else says where it will be. */
async function answerFile(
  request: RequestContext<{ year: number }, FileQuery>,
  ending: Ending,
): Promise<Reply> {
  const { year } = request.catalogue(request.params.year);
  const extract = await request.services.work.extract(questionOf(request, ending), {
    wait: 'a-while',
    since: request.query.taken,
  });
  if (extract.kind === 'done') {
    return {
      kind: 'file',
      ...extract.result(),
      fileName: fileNameOf(year, ending),
      type: mediaTypes[ending],
    };
  }
  const asked = asAsked(request.query, extract.takenAt);
  return {
    kind: 'being-made',
    ahead: extract.ahead,
    retryAfter: lookAgain,
    address: recordsFileAddress(year, ending, asked),
    page: recordsFilePage(year, { ...asked, ending }),
  };
}

function questionOf(
  { params, query, now }: RequestContext<{ year: number }, FileQuery>,
  ending: Ending,
): ExtractQuestion {
  const { department, indicator, period, revision, standing, uploader, from, to } = query;
  const filter = { department, indicator, period, revision, standing, uploader, from, to };
  return { year: params.year, ending, filter, takenAt: now };
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

function fileNameOf(year: number, ending: Ending): string {
  return `${year}年记录.${ending}`;
}

/** Waits for a file that takes long, and leads to it. */
const filePageRoute = htmlRoute(
  {
    path: '/:year/records/file',
    access: readers,
    params: yearParam,
    query: { ...fileQuery, ending: z.enum(endings).catch('xlsx') },
  },
  async (request) => {
    const { ending, ...query } = request.query;
    const { year } = request.catalogue(request.params.year);
    const extract = await request.services.work.extract(questionOf(request, ending), {
      wait: 'no-time',
      since: query.taken,
    });
    const asked = asAsked(query, extract.takenAt);
    const isMade = extract.kind === 'done';
    const body = pageLayout(request, {
      title: isMade ? '文件已经做好' : '正在准备文件',
      year,
      current: recordsAddress(year),
      trail: [{ title: '记录查询', address: recordsAddress(year) }],
      ...(!isMade && {
        refresh: {
          seconds: lookAgain,
          address: recordsFilePage(year, { ...asked, ending }),
          state: String(extract.ahead),
        },
      }),
      content: isMade
        ? html`<div class="notice good" role="status"><p><strong>“${fileNameOf(year, ending)}”已经做好。</strong>保留十分钟，过后可以再导出。</p></div>
<p><a class="button" href="${recordsFileAddress(year, ending, asked)}">下载文件</a></p>`
        : beingMade(fileNameOf(year, ending), extract.ahead),
    });
    return { kind: 'page', body };
  },
);

function beingMade(fileName: string, ahead: number): Html {
  const queue = ahead === 0 ? '已经轮到，正在写。' : `前面还有 ${ahead} 件，轮到以后自动开始。`;
  return html`<div class="notice" role="status"><p><strong>“${fileName}”正在准备：记录很多，要几秒到几分钟。</strong>${queue}</p>
<p>做好以后，这个页面会自己显示下载的按钮；您可以先做别的，过一会儿再来。</p></div>`;
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
  ...endings.map((ending) =>
    htmlRoute(
      { path: `/:year/records.${ending}`, access: readers, params: yearParam, query: fileQuery },
      (request) => answerFile(request, ending),
    ),
  ),
  filePageRoute,
  checkCodeRoute,
];
