import { html } from 'hono/html';
import type { z } from 'zod';
import {
  compareColumns,
  type Instant,
  localTime,
  type Period,
  periodInYear,
} from '../../../shared/core/catalogue/period.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { phaseOf } from '../../../shared/core/year/phase.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { publicationDigest } from '../../../shared/publication/compose.ts';
import { composeNow } from '../../use-cases/publish/compose-now.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { readers } from '../access/identity.ts';
import { columnChart } from '../charts/column-chart.ts';
import { pageOfParts } from '../pages/layout.ts';
import { keptPart } from '../pages/page-parts.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html, PageParts } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { comparedTo, comparisonsSection } from './comparisons-section.ts';
import { textsSection } from './texts-section.ts';
import { tableGrids, totalsTable } from './totals-tables.ts';

/** Every annual figure as the ledger has it now. */
export const figuresRoute = htmlRoute(
  { path: '/:year/figures', access: readers, params: yearParam, query: comparedTo },
  async (request) => {
    return { kind: 'page', body: figuresPage(request, await request.readYear(request.params.year)) };
  },
);

function figuresPage(
  { now, query, ...request }: RequestContext<unknown, z.infer<z.ZodObject<typeof comparedTo>>>,
  ledgerYear: LedgerYear,
): PageParts {
  const { state } = ledgerYear;
  const { year } = state.catalogue;
  const figures = keptPart(state, ['figures', phaseOf(state, now), query.to], () =>
    figuresSections(state, composeNow(ledgerYear, { at: now, previous: undefined }), query.to),
  );
  return pageOfParts(request, {
    title: `${year}年汇总数据`,
    year,
    current: `/${year}/figures`,
    content: [publishedNote(state, now), figures],
  });
}

async function figuresSections(
  state: YearState,
  publication: Publication,
  to: Period | undefined,
): Promise<Awaited<Html>> {
  const { year, totals, tables } = publication;
  const provisional = totals.filter(({ status }) => status === 'provisional').length;
  return html`
<p>${totals.length} 项指标，${provisional === 0 ? '没有暂定的' : html`其中 <strong>${provisional}</strong> 项暂定，原因见“说明”`}。点指标名称，可逐级追到单元格和原始文件。</p>
${await returnsReceived(state)}
${totalsTable(publication)}
${tableGrids(tables, totals, { year })}
${textsSection(publication)}
<h2 id="comparisons">与上年、上期比</h2>
${comparisonsSection(publication, to)}`;
}

/** Whether these are the figures of the newest publication. */
function publishedNote(state: YearState, at: Instant): Html {
  const { publications, catalogue } = state;
  const { year, utcOffset } = catalogue;
  const newest = publications.at(-1);
  const time = localTime(at, utcOffset);
  if (newest === undefined) {
    return html`<p class="notice">这是 ${time} 台账中的数，还没有发布过。</p>`;
  }
  const { number, digest } = newest.happening;
  const link = html`<a href="/${year}/publications/${number}">第 ${number} 次发布</a>`;
  return digest === publicationDigest(state)
    ? html`<p class="notice good">与${link}一致。</p>`
    : html`<p class="notice warn">这是 ${time} 台账中的数，${link}以后有变化。引用已发布的数，请看那次发布；<a href="/${year}/publications#pending">看有哪些变化</a>。</p>`;
}

/** How many of each period's returns count, drawn and in a table. */
export async function returnsReceived({ returns, catalogue }: YearState): Promise<Html> {
  const inOrder = catalogue.periods.toSorted((a, b) => compareColumns(a.period, b.period));
  const periods = inOrder.map(({ period }) => {
    const own = returns.filter((one) => one.period === period);
    const counting = own.filter((one) => one.counting !== undefined).length;
    return { label: periodInYear(period), expected: own.length, counting };
  });
  const columns = periods.map(({ label, counting }) => ({ label, value: `${counting}` as const }));
  return html`${await columnChart({ caption: '各期已计入的报表', unit: '份', columns, shape: 'wide' })}
<details><summary>各期应报和已计入的份数</summary>
${scrollingTable('各期报表份数', {
  head: html`<tr><th scope="col">份数</th>${periods.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}</tr>`,
  rows: html`<tr><th scope="row">应报</th>${periods.map(({ expected }) => html`<td class="number">${expected}</td>`)}</tr>
<tr><th scope="row">已计入</th>${periods.map(({ counting }) => html`<td class="number">${counting}</td>`)}</tr>`,
})}</details>`;
}
