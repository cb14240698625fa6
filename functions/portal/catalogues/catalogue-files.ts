import { html } from 'hono/html';
import { sampleDatedTo } from '../../../shared/catalogue/sample.ts';
import { monthlyDeadlines } from '../../../shared/core/catalogue/beginning.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { type Instant, localDay, usualOffset } from '../../../shared/core/catalogue/period.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { readCatalogueAnew } from '../../use-cases/stores/catalogue-store.ts';
import { readers } from '../access/identity.ts';
import { catalogueAddress, cataloguesAddress } from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { catalogueParams, htmlRoute, type RequestContext, type Route } from '../route.ts';

interface CataloguePlace {
  year: number;
  hash: string;
}

/** A catalogue that is kept, adopted or not; throws a `PortalError` if there is none. */
export async function findCatalogue({
  params: { year, hash },
  services,
}: Pick<RequestContext<CataloguePlace>, 'params' | 'services'>): Promise<Catalogue> {
  const catalogue = await readCatalogueAnew(year, hash, services.documents);
  if (catalogue === undefined) throw new PortalError('not-found', '没有保存过这份目录，请重新上传。');
  return catalogue;
}

/** The links to a catalogue's files. */
export function catalogueFileLinks(place: CataloguePlace): Html {
  const address = catalogueAddress(place);
  return html`<a href="${address}/catalogue.xlsx">下载工作簿（可修改后上传）</a> · <a href="${address}/catalogue.json">下载 JSON</a>`;
}

/** The year in which the portal is used. */
export function presentYear(now: Instant): number {
  return Number(localDay(now, usualOffset).slice(0, 4));
}

async function workbook(
  { services }: Pick<RequestContext, 'services'>,
  catalogue: Catalogue,
  fileName: string,
): Promise<Reply> {
  const bytes = await services.work.catalogueWorkbook(catalogue);
  return { kind: 'file', bytes, fileName, type: mediaTypes.xlsx };
}

/** Of whatever a title may be, what may be part of a file's name. */
function fileName({ title, year }: Catalogue, ending: string): string {
  const name = title.replace(/[\\/:*?"<>|]/g, ' ').trim();
  return `${name === '' ? `${year}年指标目录` : name}.${ending}`;
}

const file = { access: readers };
const kept = { ...file, params: catalogueParams };
const keptPath = `${cataloguesAddress}/:year/:hash`;

/** Catalogues as files: those that are kept, the sample to begin from, and an empty one. */
export const catalogueFileRoutes: Route[] = [
  htmlRoute({ path: `${cataloguesAddress}/sample.xlsx`, ...file }, async (request) => {
    const year = presentYear(request.now);
    const reading = sampleDatedTo(year);
    if (reading.kind === 'problems') throw new Error('the sample makes no catalogue of this year');
    return workbook(request, reading.catalogue, `指标目录样例（${year}年，可修改）.xlsx`);
  }),
  htmlRoute({ path: `${cataloguesAddress}/empty.xlsx`, ...file }, async (request) => {
    const year = presentYear(request.now);
    return workbook(request, emptyCatalogue(year), `空白指标目录（${year}年）.xlsx`);
  }),
  htmlRoute({ path: `${keptPath}/catalogue.xlsx`, ...kept }, async (request) => {
    const catalogue = await findCatalogue(request);
    return workbook(request, catalogue, fileName(catalogue, 'xlsx'));
  }),
  htmlRoute({ path: `${keptPath}/catalogue.json`, ...kept }, async (request) => {
    const catalogue = await findCatalogue(request);
    return {
      kind: 'file',
      bytes: jsonFile(catalogue),
      fileName: fileName(catalogue, 'json'),
      type: mediaTypes.json,
    };
  }),
];

/** Nothing but a year and its usual deadlines: no catalogue yet, but a workbook to write one in. */
function emptyCatalogue(year: number): Catalogue {
  return {
    format: 'indicators-catalogue/1',
    year,
    title: '',
    authority: '',
    utcOffset: usualOffset,
    sections: [],
    form: {},
    signing: { scan: false, agreement: false },
    departments: [],
    indicators: [],
    tables: [],
    lines: [],
    narratives: [],
    rules: [],
    periods: monthlyDeadlines(year, { dueDay: 10, cutOff: { kind: 'end-of-january' } }),
  };
}
