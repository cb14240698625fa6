import { html } from 'hono/html';
import {
  compareColumns,
  type Instant,
  localTime,
  periodInWords,
  periodInYear,
} from '../../../shared/core/catalogue/period.ts';
import { cellsOfTables, type Publication } from '../../../shared/core/publication/publication.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { termsInWords } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { composeNow } from '../../use-cases/publish/compose-now.ts';
import { readers } from '../access/identity.ts';
import { columnChart } from '../charts/column-chart.ts';
import { figureText, statusBadge } from '../pages/figure-text.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { coverageText } from './coverage.ts';
import { tableGrids } from './table-grids.ts';

/** Every annual figure as the ledger has it now. */
export const figuresRoute = htmlRoute(
  { path: '/:year/figures', access: readers, params: yearParam },
  async (request) => {
    const year = await request.readYear(request.params.year);
    const now = composeNow(year, { at: request.now, previous: undefined });
    return { kind: 'page', body: await figuresPage(request, { state: year.state, now }) };
  },
);

async function figuresPage(
  request: RequestContext,
  { state, now }: { state: YearState; now: Publication },
): Promise<Html> {
  const { year, totals } = now;
  const provisional = totals.filter(({ status }) => status === 'provisional').length;
  return pageLayout(request, {
    title: `${year}年汇总数据`,
    year,
    current: `/${year}/figures`,
    content: html`${publishedNote(state, { now, at: request.now })}
<p>${totals.length} 项指标，${provisional === 0 ? '没有暂定的' : html`其中 <strong>${provisional}</strong> 项暂定，还缺报表`}。点指标名称，可逐级追到单元格和原始文件。</p>
${await returnsReceived(state)}
${totalsTable(now)}
${tableGrids(now.tables, totals, year)}`,
  });
}

/** Whether these are the figures of the newest publication. */
function publishedNote(
  { publications, catalogue: { utcOffset } }: YearState,
  { now, at }: { now: Publication; at: Instant },
): Html {
  const newest = publications.at(-1);
  const time = localTime(at, utcOffset);
  if (newest === undefined) {
    return html`<p class="notice">这是 ${time} 台账中的数，还没有发布过。</p>`;
  }
  const { number, digest } = newest.happening;
  const link = html`<a href="/${now.year}/publications/${number}">第 ${number} 次发布</a>`;
  return digest === now.digest
    ? html`<p class="notice good">与${link}一致。</p>`
    : html`<p class="notice warn">这是 ${time} 台账中的数，${link}以后有变化。引用已发布的数，请看那次发布；<a href="/${now.year}/publications#pending">看有哪些变化</a>。</p>`;
}

/** Every annual figure, under the sections of the report. */
export function totalsTable({
  totals: all,
  tables,
  year,
}: Pick<Publication, 'totals' | 'tables' | 'year'>): Html {
  const cells = cellsOfTables({ tables });
  const totals = all.filter(({ indicator }) => !cells.has(indicator));
  const names = new Map(all.map((total) => [total.indicator, total]));
  return scrollingTable(`${year}年度汇总`, {
    head: html`<tr><th scope="col">指标</th><th scope="col" class="number">年度数</th><th scope="col">状态</th><th scope="col">覆盖</th><th scope="col">说明</th></tr>`,
    rows: totals.map(
      (total, index) =>
        html`${total.section === '' || total.section === totals[index - 1]?.section ? '' : sectionRow(total.section)}${totalRow(total, { year, names })}`,
    ),
  });
}

function sectionRow(section: string): Html {
  return html`<tr class="section"><th scope="rowgroup" colspan="5">${section}</th></tr>`;
}

function totalRow(total: Total, { year, names }: { year: number; names: ReadonlyMap<string, Total> }): Html {
  const { indicator, name, value, unit, status } = total;
  return html`<tr><th scope="row" class="wordy"><a href="/${year}/figures/${indicator}">${name}</a></th>
<td class="number"><strong>${figureText(value, unit)}</strong></td>
<td class="short">${statusBadge(status)}</td>
<td class="short">${coverageText(total)}</td>
<td class="wordy">${remarksOf(total, names).join('；')}</td></tr>`;
}

function remarksOf(
  { numerator, denominator, parts = [], asOf, reasons }: Total,
  names: ReadonlyMap<string, Total>,
): string[] {
  const part = ({ indicator, value }: NonNullable<Total['numerator']>) =>
    `${names.get(indicator)?.name ?? indicator} ${value ?? '—'}`;
  return [
    ...(numerator === undefined || denominator === undefined
      ? []
      : [`${part(numerator)} ÷ ${part(denominator)}`]),
    ...(parts.length === 0
      ? []
      : [termsInWords(parts.map(({ sign, ...each }) => ({ sign, words: part(each) })))]),
    ...(asOf === null ? [] : [`${periodInWords(asOf)}的期末数`]),
    ...reasons,
  ];
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
