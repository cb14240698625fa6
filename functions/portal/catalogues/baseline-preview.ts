import { html } from 'hono/html';
import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { compareColumns, type Period, periodInYear } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf, indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import {
  type Baseline,
  type BaselineRow,
  baselineEvents,
  baselineHash,
  valuesOf,
} from '../../../shared/core/year/baseline.ts';
import { sumsNotKnown } from '../../../shared/core/year/baseline-checks.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { whyNoBaseline } from '../../use-cases/record-baseline.ts';
import { baselineWorkbookKey, readBaselineAnew } from '../../use-cases/stores/baseline-store.ts';
import { keptCatalogue } from '../../use-cases/stores/catalogue-store.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { baselineAddress, baselinesAddress, cataloguesAddress } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { catalogueParams, htmlRoute, type RequestContext } from '../route.ts';
import { baselinesPath, catalogueTrail, officeOf } from './baseline-page.ts';

type KeptVisit = RequestContext<{ year: number; hash: string }>;

/** A baseline that is kept, recorded or not; throws a `PortalError` if there is none. */
export async function findBaseline({
  params: { year, hash },
  services,
}: Pick<KeptVisit, 'params' | 'services'>): Promise<Baseline> {
  const baseline = await readBaselineAnew(year, hash, services.documents);
  if (baseline === undefined) throw new PortalError('not-found', '没有保存过这份基数，请重新上传。');
  return baseline;
}

const kept = { access: readers, params: catalogueParams };

/** What was read of a workbook, before it is recorded and after. */
export const baselineRoute = htmlRoute({ path: `${baselinesPath}/:hash`, ...kept }, async (request) =>
  baselinePreview(request, { baseline: await findBaseline(request) }),
);

/** A baseline as files: the workbook as it was handed in, and what was read of it. */
export const baselineFileRoutes = [
  htmlRoute({ path: `${baselinesPath}/:hash/workbook.xlsx`, ...kept }, async (request): Promise<Reply> => {
    const baseline = await findBaseline(request);
    const bytes = await request.services.documents.get(baselineWorkbookKey(baseline));
    if (bytes === undefined) throw new PortalError('not-found', '基数的工作簿原件不在。');
    return { kind: 'file', bytes, fileName: `${baseline.year}年基数（原件）.xlsx`, type: mediaTypes.xlsx };
  }),
  htmlRoute({ path: `${baselinesPath}/:hash/baseline.json`, ...kept }, async (request): Promise<Reply> => {
    const baseline = await findBaseline(request);
    return {
      kind: 'file',
      bytes: jsonFile(baseline),
      fileName: `${baseline.year}年基数.json`,
      type: mediaTypes.json,
    };
  }),
];

/** The page on which a baseline is looked at: how many figures were read, of what and of which periods. */
export async function baselinePreview(
  request: KeptVisit,
  { baseline, refused, reason }: { baseline: Baseline; refused?: string; reason?: string },
): Promise<Reply> {
  const { services, params } = request;
  const { year } = params;
  const office = await officeOf(request);
  const catalogue = await keptCatalogue(year, baseline.catalogue, services.documents);
  const standing = baselineEvents(office.office).at(-1)?.happening.baseline === baselineHash(baseline);
  const whyNot = refused ?? (standing ? undefined : await whyNoBaseline(year, services.ledger));
  const figures = baseline.rows.reduce((count, row) => count + valuesOf(row).length, 0);
  const address = baselineAddress({ year, hash: baselineHash(baseline) });
  const mayRecord =
    !standing && actsForOffice(request.identity) && (refused !== undefined || whyNot === undefined);
  const body = pageLayout(request, {
    title: standing ? `现行的${baseline.year}年基数` : `录入之前：${baseline.year}年基数`,
    current: cataloguesAddress,
    trail: [...catalogueTrail, { title: `${baseline.year}年基数`, address: baselinesAddress(year) }],
    content: html`${standing ? html`<p class="notice good">这就是${year}年现在所比的基数。</p>` : ''}
${whyNot === undefined ? '' : html`<div class="notice bad" role="alert"><p><strong>没有录入：</strong><span class="typed">${whyNot}</span></p></div>`}
<p>读到 ${figures} 个数，${new Set(baseline.rows.map(({ indicator }) => indicator)).size} 项指标。请看一看是否齐全；空白的按不知道处理。</p>
<p><a href="${address}/workbook.xlsx">下载工作簿原件</a> · <a href="${address}/baseline.json">下载 JSON</a></p>
${remarksOn(baseline, catalogue)}
${mayRecord ? recordingForm(request, { address, reason }) : ''}
${figuresTable(baseline, catalogue)}`,
  });
  return { kind: 'page', body, ...(refused !== undefined && { status: 409 as const }) };
}

function recordingForm(
  { formToken }: KeptVisit,
  { address, reason }: { address: string; reason: string | undefined },
): Html {
  return html`<h2>录入</h2>
${reasonForm({
  address: `${address}/recording`,
  formToken,
  label: '数的来源和录入的原因（例如：2022年度报告第三部分，首年比较）',
  button: '录入上年基数',
  ...(reason === undefined ? {} : { typed: reason }),
})}`;
}

function remarksOn({ rows }: Baseline, catalogue: Catalogue): Html {
  const lost = sumsNotKnown(rows, catalogue).map((id) => indicatorOf(catalogue, id)?.name ?? id);
  if (lost.length === 0) return html``;
  return html`<p class="notice">组成项没有填全，算不出上年数：<span class="typed">${lost.join('、')}</span></p>`;
}

/** Of each indicator, what is known of the city and of departments. */
function figuresTable({ rows }: Baseline, catalogue: Catalogue): Html {
  const byIndicator = Map.groupBy(rows, ({ indicator }) => indicator);
  const known = indicatorsOf(catalogue).filter(({ id }) => byIndicator.has(id));
  return html`<h2>读到的数</h2>${scrollingTable('读到的上年数', {
    head: html`<tr><th scope="col">指标</th><th scope="col">单位</th><th scope="col" class="number">全市全年</th><th scope="col">全市各期</th><th scope="col">部门</th><th scope="col">部门各期</th><th scope="col" class="number">共</th></tr>`,
    rows: known.map(({ id, name, unit }) => {
      const own = byIndicator.get(id) ?? [];
      const city = own.find(({ department }) => department === null);
      const departments = own.filter(({ department }) => department !== null);
      const whole: Period = `${catalogue.year - 1}`;
      const count = own.reduce((sum, row) => sum + valuesOf(row).length, 0);
      return html`<tr><th scope="row" class="wordy typed">${name}</th><td class="short">${unit}</td><td class="number">${city?.values[whole] ?? ''}</td><td class="wordy">${periodsIn(city === undefined ? [] : [city], whole)}</td>
<td class="wordy typed">${departments.map(({ department }) => departmentOf(catalogue, department ?? '')?.name ?? department).join('、')}</td><td class="wordy">${periodsIn(departments)}</td><td class="number">${count}</td></tr>`;
    }),
  })}`;
}

/** Which periods there are figures of, the first and the last of each run: `1月至12月、全年`. */
function periodsIn(rows: readonly BaselineRow[], without?: Period): string {
  const periods = [...new Set(rows.flatMap((row) => valuesOf(row).map(([period]) => period)))]
    .filter((period) => period !== without)
    .sort(compareColumns);
  const words = periods.map(periodInYear);
  return words.length > 4 ? `${words[0]}至${words.at(-1)}（${words.length} 期）` : words.join('、');
}
