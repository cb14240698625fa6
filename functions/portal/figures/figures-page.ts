import { html } from 'hono/html';
import { localTime } from '../../../shared/core/period.ts';
import type { Publication } from '../../../shared/core/publication.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { composeNow } from '../../publish/compose-now.ts';
import { readers } from '../access/readers.ts';
import { frame } from '../pages/frame.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { monthsReceived } from './months-received.ts';
import { totalsTable } from './totals-table.ts';

/** Every annual figure as the ledger has it now. */
export const figuresRoute = page(
  { path: '/:year/figures', access: readers, params: yearParam },
  async (visit) => {
    const year = await visit.readYear(visit.params.year);
    const now = composeNow(year, { at: visit.now, previous: undefined });
    return { kind: 'page', body: await figuresPage(visit, { state: year.state, now }) };
  },
);

async function figuresPage(
  visit: Visit,
  { state, now }: { state: YearState; now: Publication },
): Promise<Html> {
  const { year, totals } = now;
  const provisional = totals.filter(({ status }) => status === 'provisional').length;
  return frame(visit, {
    title: `${year}年汇总数据`,
    year,
    current: `/${year}/figures`,
    content: html`${publishedNote(state, { now, at: visit.now })}
<p>${totals.length} 项指标，${provisional === 0 ? '没有暂定的' : html`其中 <strong>${provisional}</strong> 项暂定，还缺月报`}。点指标名称，可逐级追到单元格和原始文件。</p>
${await monthsReceived(state)}
${totalsTable(totals, year)}`,
  });
}

/** Whether these are the figures of the newest publication. */
function publishedNote(
  { publications, catalogue: { utcOffset } }: YearState,
  { now, at }: { now: Publication; at: string },
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
