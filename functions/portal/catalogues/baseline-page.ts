import { html } from 'hono/html';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import type { EventOf } from '../../../shared/core/ledger/event.ts';
import { baselineEvents } from '../../../shared/core/year/baseline.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import type { OfficeYear } from '../../use-cases/adopted.ts';
import { readOfficeYear } from '../../use-cases/adopted.ts';
import { whyNoBaseline } from '../../use-cases/record-baseline.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { baselineAddress, baselinesAddress, cataloguesAddress } from '../pages/addresses.ts';
import { fileField } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';

/** Where the routes of a year's baselines are. */
export const baselinesPath = `${cataloguesAddress}/:year/baselines`;

/** What leads from the pages of a year's baselines to that of catalogues. */
export const catalogueTrail = [{ title: '指标目录', address: cataloguesAddress }];

export type BaselineVisit = RequestContext<{ year: number }>;

/** The year as its office has it; throws a `PortalError` where no catalogue was adopted. */
export async function officeOf({
  params: { year },
  services,
}: Pick<BaselineVisit, 'params' | 'services'>): Promise<OfficeYear> {
  const found = await readOfficeYear(year, services);
  if (found !== undefined) return found;
  throw new PortalError('not-found', `${year}年还没有采用指标目录，请先采用目录，再录入上年基数。`);
}

/** What a first year is compared with: what stands, the workbook to fill in, and the form that takes it. */
export const baselinesRoute = htmlRoute(
  { path: baselinesPath, access: readers, params: yearParam },
  async (request): Promise<Reply> => {
    const office = await officeOf(request);
    const { year } = office;
    const recorded = baselineEvents(office.office);
    const whyNot = await whyNoBaseline(year, request.services.ledger);
    const body = pageLayout(request, {
      title: `${year - 1}年基数（上年数）`,
      current: cataloguesAddress,
      trail: catalogueTrail,
      content: html`<p>本系统第一年使用时，没有上年的发布可比。把${year - 1}年的数填在基数工作簿里录入，报表的“上年同期”、同比、增减和疑点提示就有了依据；录入的人、时间、原因和工作簿原件都记入台账，发布时写明比较的是基数。</p>
${standingNotice(recorded, { year, whyNot, utcOffset: office.adopted.inForce.catalogue.utcOffset })}
${whyNot === undefined ? fillingSection(request, year) : ''}
${historySection(recorded, office)}`,
    });
    return { kind: 'page', body };
  },
);

function standingNotice(
  recorded: readonly EventOf<'baseline-recorded'>[],
  { year, whyNot, utcOffset }: { year: number; whyNot: string | undefined; utcOffset: string },
): Html {
  if (whyNot !== undefined) return html`<p class="notice">${whyNot}</p>`;
  const last = recorded.at(-1);
  if (last === undefined)
    return html`<p class="notice">还没有录入${year - 1}年的基数，上年同期、同比都是空的。</p>`;
  const { at, by, happening } = last;
  const address = baselineAddress({ year, hash: happening.baseline });
  return html`<p class="notice good">现行基数：<a href="${address}">${localTime(at, utcOffset)} 由<span class="typed">${by}</span>录入</a>，原因：<span class="typed">${happening.reason}</span>。再录入一份，就以新的为准。</p>`;
}

function fillingSection(request: BaselineVisit, year: number): Html {
  const download = html`<h2>第一步：下载工作簿，填上年的数</h2>
<p><a class="button" href="${baselinesAddress(year)}/new.xlsx">下载${year - 1}年基数工作簿</a></p>
<p class="hint">只有年报全年数的，填“全市”各行的“全年”一列就可以；有各月数的，填在各部门的行里，报表上才有各月的上年同期。</p>`;
  return actsForOffice(request.identity)
    ? html`${download}<h2>第二步：上传填好的工作簿</h2>${baselineForm(request, year)}`
    : download;
}

/** The form that takes a filled-in workbook: to be looked at, not yet recorded. */
export function baselineForm(request: Pick<RequestContext, 'formToken'>, year: number): Html {
  return html`<form method="post" action="${baselinesAddress(year)}" enctype="multipart/form-data">
${formTokenField(request)}
<p>${fileField({ label: '填好的基数工作簿', accept: '.xlsx' })}</p>
<p><button type="submit">上传并检查</button></p>
<p class="hint">上传以后先检查，再让您看清读到了多少数；您点“录入”以前，什么都不会改变。</p>
</form>`;
}

/** Every baseline that was recorded, the newest first. */
function historySection(
  recorded: readonly EventOf<'baseline-recorded'>[],
  { year, adopted }: OfficeYear,
): Html {
  if (recorded.length === 0) return html``;
  const { utcOffset } = adopted.inForce.catalogue;
  return html`<h2>录入记录（${recorded.length} 次）</h2>
${scrollingTable(`录入过的${year - 1}年基数`, {
  head: html`<tr><th scope="col">录入时间</th><th scope="col">录入人</th><th scope="col">原因</th><th scope="col">基数</th></tr>`,
  rows: recorded.toReversed().map(({ at, by, happening: { baseline: hash, reason } }) => {
    const link = html`<a href="${baselineAddress({ year, hash })}"><span class="unseen">${localTime(at, utcOffset)}录入的基数</span>${hash.slice(0, 12)}</a>`;
    return html`<tr><th scope="row" class="short">${localTime(at, utcOffset)}</th><td class="typed">${by}</td><td class="wordy typed">${reason}</td><td class="key short">${link}</td></tr>`;
  }),
})}`;
}

/** The workbook to fill in, for the catalogue in force. */
export const newBaselineRoute = htmlRoute(
  { path: `${baselinesPath}/new.xlsx`, access: readers, params: yearParam },
  async (request): Promise<Reply> => {
    const { adopted, year } = await officeOf(request);
    const bytes = await request.services.work.baselineWorkbook(adopted.inForce.catalogue);
    return {
      kind: 'file',
      bytes,
      fileName: `${year - 1}年基数（供${year}年比较）.xlsx`,
      type: mediaTypes.xlsx,
    };
  },
);
