import { html } from 'hono/html';
import { z } from 'zod';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import { chainOf, type EventOf, isEvent } from '../../../shared/core/ledger/event.ts';
import { comparePublications, isSame } from '../../../shared/core/publication/comparison.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { TotalStatus } from '../../../shared/core/totals/total.ts';
import { issueWords } from '../../../shared/core/words.ts';
import { publicationDigest } from '../../../shared/publication/compose.ts';
import { composeNow } from '../../use-cases/publish/compose-now.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { readPublication, readPublicationStatus } from '../../use-cases/stores/publication-store.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { statusBadge } from '../pages/figure-text.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { type LayoutContext, pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { pageLinks, pageOf, scrollingTable } from '../pages/table.ts';
import type { Html, Reply } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { comparisonForm } from './changes-page.ts';
import {
  adoptionChanges,
  basisChange,
  changesTable,
  returnChanges,
  warningChanges,
} from './changes-tables.ts';

const query = {
  done: z.enum(['published', 'unchanged']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  /** The newest publication when whoever waits for the next one asked for it. */
  since: z.coerce.number().int().min(0).max(100_000).optional().catch(undefined),
};

const publicationsOnPage = 12;

/** The publications of a year, what the next would change, and the button that makes it. */
export const publicationsRoute = htmlRoute(
  { path: '/:year/publications', access: readers, params: yearParam, query },
  async (request) => {
    const catalogue = request.catalogue(request.params.year);
    const run = request.services.work.publication(catalogue.year);
    const { since } = request.query;
    if (run?.kind === 'under-way') {
      return { kind: 'page', body: underWayPage(request, { year: catalogue.year, since, ...run }) };
    }
    if (run?.kind === 'done' && since !== undefined) {
      return toOutcome(catalogue.year, {
        since,
        newest: await newestNumber(request.services, catalogue.year),
      });
    }
    const year = await request.readYear(catalogue.year);
    return { kind: 'page', body: await publicationsPage(request, year, run?.kind === 'failed') };
  },
);

/** While a publication is made, nothing is said of what it changes. */
function underWayPage(
  context: LayoutContext,
  { year, since, ahead }: { year: number; since: number | undefined; ahead: number },
): Html {
  const queue = ahead === 0 ? '' : `前面还有 ${ahead} 件，轮到以后自动开始。`;
  return pageLayout(context, {
    title: `${year}年发布`,
    year,
    current: `/${year}/publications`,
    refresh: { seconds: 3, address: waitingAddress(year, since), state: String(ahead) },
    content: html`<div class="notice" role="status"><p><strong>正在发布。</strong>${queue}完成以后，这个页面会自己列出新的一次；没有变化的，不产生新的一次。您可以先做别的，过一会儿再来。</p></div>`,
  });
}

const failedNotice = html`<p class="notice bad" role="alert">刚才的发布没有做完：系统出错，已经记录。可以再发布一次，不会重复；一直这样的，请联系管理员。</p>`;

type ListVisit = RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>;

async function publicationsPage(request: ListVisit, year: LedgerYear, hasFailed: boolean): Promise<Html> {
  const { state, catalogue } = year;
  const newest = state.publications.at(-1)?.happening.number ?? 0;
  const done = {
    published: `已发布：第 ${newest} 次，目前是存档。要正式发布，请打开它的页面。`,
    unchanged: `没有变化，没有产生新的一次发布；最新的仍是第 ${newest} 次。`,
  };
  return pageLayout(request, {
    title: `${catalogue.year}年发布`,
    year: catalogue.year,
    current: `/${catalogue.year}/publications`,
    done: request.query.done && done[request.query.done],
    content: html`${hasFailed ? failedNotice : ''}${await pendingSection(request, year)}
<h2>历次发布</h2>
${await publicationsTable(request, year)}
<h2>比较两次发布</h2>
${comparisonForm(state, { from: undefined, to: undefined })}`,
  });
}

async function publicationsTable({ services, query, url }: ListVisit, year: LedgerYear): Promise<Html> {
  const { publications, catalogue } = year.state;
  if (publications.length === 0) return html`<p>还没有发布过。</p>`;
  const shown = pageOf(publications.toReversed(), query.page, publicationsOnPage);
  const rows = await Promise.all(
    shown.rows.map(async (event) => {
      const status = await readPublicationStatus(event.happening, services.documents);
      const isIssued = year.state.issued.has(event.happening.number);
      return publicationRow(event, { status, isIssued, utcOffset: catalogue.utcOffset });
    }),
  );
  return html`${scrollingTable(`${catalogue.year}年历次发布`, {
    head: html`<tr><th scope="col">次数</th><th scope="col">发布时间</th><th scope="col">发布人</th><th scope="col">性质</th><th scope="col">状态</th><th scope="col">内容摘要</th></tr>`,
    rows,
  })}${publications.at(-1)!.happening.number === publications.length ? '' : gapsHint}${pageLinks(shown, { url: withoutDone(url), label: '发布分页' })}`;
}

/** A number that was begun and left behind: somebody acted while its files were written. */
const gapsHint = html`<p class="hint">次数不连续：发布途中台账又有了新的记录，那一次的文件作废，改用下一个次数重新发布；空缺的次数从未发布过。</p>`;

function publicationRow(
  { happening: { year, number, digest }, at, by }: EventOf<'published'>,
  { status, isIssued, utcOffset }: { status: TotalStatus | undefined; isIssued: boolean; utcOffset: string },
): Html {
  return html`<tr><th scope="row" class="short"><a href="${publicationAddress(year, number)}">第 ${number} 次</a></th>
<td class="short">${localTime(at, utcOffset)}</td><td>${by}</td>
<td class="short">${isIssued ? html`<strong>${issueWords.issued}</strong>` : issueWords.archived}</td>
<td class="short">${status === undefined ? '文件缺失或被改动' : statusBadge(status)}</td>
<td class="short"><span class="key">${digest.slice(0, 16)}…</span></td></tr>`;
}

/** What was just done is not said again on other pages of the list. */
function withoutDone(url: URL): URL {
  const other = new URL(url);
  other.searchParams.delete('done');
  return other;
}

/** What would be new if the year were published now, with the button for those who may. */
export async function pendingSection(request: RequestContext, year: LedgerYear): Promise<Html> {
  const { now, services } = request;
  const newest = year.state.publications.at(-1)?.happening;
  const time = localTime(now, year.catalogue.utcOffset);
  if (newest !== undefined && newest.digest === publicationDigest(year.state)) {
    return html`<p class="notice" id="pending">截至 ${time}，台账与第 ${newest.number} 次发布一致，现在发布不会产生新的一次。</p>`;
  }
  const previous = newest === undefined ? undefined : await readPublication(newest, services.documents);
  const next = composeNow(year, { at: now, previous });
  return html`<section class="card" id="pending"><h2>现在发布会有什么变化</h2>
<p>截至 ${time} 的台账：${statusBadge(next.status)} ${nextInWords(next)}</p>
${newest === undefined ? html`<p>还没有发布过，发布后可在这里比较各次的变动。</p>` : previous === undefined ? html`<p class="notice bad">第 ${newest.number} 次发布的文件缺失或被改动，无法比较；请先到<a href="/${year.catalogue.year}/verification">台账核验</a>查看。</p>` : pendingChanges(previous, next, year)}
${actsForOffice(request.identity) ? publishForm(request, next) : ''}
</section>`;
}

function nextInWords({ totals, warnings, held }: Publication): string {
  const provisional = totals.filter(({ status }) => status === 'provisional').length;
  const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
  const parts = [
    `${totals.length} 项指标`,
    ...(provisional === 0 ? [] : [`${provisional} 项暂定`]),
    ...(open === 0 ? [] : [`${open} 处请核对的数字还没有确认`]),
    ...(held.length === 0 ? [] : [`${held.length} 份报表暂存`]),
  ];
  return `${parts.join('，')}。`;
}

function pendingChanges(previous: Publication, next: Publication, { state }: LedgerYear): Html {
  const comparison = comparePublications(previous, next, state);
  if (isSame(comparison)) {
    return html`<p>年度数和报表都没有变动，只是来源或指标目录有改动。</p>`;
  }
  const { figures, returns, warnings, adoptions } = comparison;
  return html`<p>与第 ${previous.number} 次发布相比，${figures.length} 项指标、${returns.length} 份报表、${warnings.length} 处请核对的数字有变动${adoptions.length === 0 ? '' : `，采用过 ${adoptions.length} 次新的指标目录`}。</p>
<details><summary>查看变动</summary>
${changesTable('将变动的年度数', figures, next)}
${returnChanges('将变动的报表', returns, next)}
${warningChanges('将变动的核对事项', warnings, next)}
${adoptionChanges('采用过的指标目录', adoptions, next)}
</details>
${basisChange(comparison, next.utcOffset)}`;
}

function publishForm({ formToken }: RequestContext, { year, number }: Publication): Html {
  return html`<form method="post" action="/${year}/publications">
${formTokenField({ formToken })}
<button type="submit">现在发布</button>
</form>
<p class="hint">这将是第 ${number} 次发布。发布后的文件不再改动，先作存档；核对无误后，在这一次的页面上“正式发布”。</p>`;
}

/** Publishes the year as it stands, in the name of whoever pressed the button. */
export const publishRoute = formRoute(
  { path: '/:year/publications', access: ['legal-office'], params: yearParam },
  async (request) => {
    const { year } = request.params;
    const before = await newestNumber(request.services, year);
    const { kind } = await request.services.work.publish(request.catalogue(year).year, request.identity.name);
    if (kind !== 'done') return { kind: 'redirect', to: waitingAddress(year, before) };
    return toOutcome(year, { since: before, newest: await newestNumber(request.services, year) });
  },
);

/** Where somebody waits for a publication. */
function waitingAddress(year: number, since: number | undefined): string {
  return `/${year}/publications${since === undefined ? '' : `?since=${since}`}`;
}

function toOutcome(year: number, { since, newest }: { since: number; newest: number }): Reply {
  const done = newest > since ? 'published' : 'unchanged';
  return { kind: 'redirect', to: `/${year}/publications?done=${done}` };
}

async function newestNumber({ ledger }: RequestContext['services'], year: number): Promise<number> {
  const published = (await ledger.read(chainOf(year, 'office'))).filter((event) =>
    isEvent(event, 'published'),
  );
  return published.at(-1)?.happening.number ?? 0;
}
