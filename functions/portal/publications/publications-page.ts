import { html } from 'hono/html';
import { z } from 'zod';
import type { EventOf } from '../../../shared/core/event.ts';
import { localTime } from '../../../shared/core/period.ts';
import type { TotalStatus } from '../../../shared/core/publication.ts';
import { readPublicationStatus } from '../../publish/kept-publication.ts';
import type { LedgerYear } from '../../year/read-year.ts';
import { readers } from '../access/readers.ts';
import { statusBadge } from '../pages/figure-text.ts';
import { frame } from '../pages/frame.ts';
import { pageLinks, pageOf } from '../pages/page-links.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { comparisonForm } from './comparison-form.ts';
import { pendingPart } from './pending-part.ts';
import { publicationAddress } from './publication-params.ts';

const query = {
  done: z.string().optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
};

const publicationsOnPage = 12;

/** The publications of a year, what the next would change, and the button that makes it. */
export const publicationsRoute = page(
  { path: '/:year/publications', access: readers, params: yearParam, query },
  async (visit) => {
    const year = await visit.readYear(visit.params.year);
    return { kind: 'page', body: await publicationsPage(visit, year) };
  },
);

type ListVisit = Visit<unknown, z.infer<z.ZodObject<typeof query>>>;

async function publicationsPage(visit: ListVisit, year: LedgerYear): Promise<Html> {
  const { state, catalogue } = year;
  const newest = state.publications.at(-1)?.happening.number ?? 0;
  const done: Record<string, string> = {
    published: `已发布：第 ${newest} 次。`,
    unchanged: `没有变化，没有产生新的一次发布；最新的仍是第 ${newest} 次。`,
  };
  return frame(visit, {
    title: `${catalogue.year}年发布`,
    year: catalogue.year,
    current: `/${catalogue.year}/publications`,
    done: done[visit.query.done ?? ''],
    content: html`${await pendingPart(visit, year)}
<h2>历次发布</h2>
${await publicationsTable(visit, year)}
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
      const { year, number } = event.happening;
      const status = await readPublicationStatus(services.documents, { year, number });
      return publicationRow(event, { status, utcOffset: catalogue.utcOffset });
    }),
  );
  return html`${scrollingTable(`${catalogue.year}年历次发布`, {
    head: html`<tr><th scope="col">次数</th><th scope="col">发布时间</th><th scope="col">发布人</th><th scope="col">状态</th><th scope="col">内容摘要</th></tr>`,
    rows,
  })}${pageLinks(shown, { url: withoutDone(url), label: '发布分页' })}`;
}

function publicationRow(
  { happening: { year, number, digest }, at, by }: EventOf<'published'>,
  { status, utcOffset }: { status: TotalStatus | undefined; utcOffset: string },
): Html {
  return html`<tr><th scope="row" class="short"><a href="${publicationAddress(year, number)}">第 ${number} 次</a></th>
<td class="short">${localTime(at, utcOffset)}</td><td>${by}</td>
<td class="short">${status === undefined ? '文件缺失或被改动' : statusBadge(status)}</td>
<td class="short"><span class="key">${digest.slice(0, 16)}…</span></td></tr>`;
}

/** What was just done is not said again on other pages of the list. */
function withoutDone(url: URL): URL {
  const other = new URL(url);
  other.searchParams.delete('done');
  return other;
}
