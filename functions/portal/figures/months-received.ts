import { html } from 'hono/html';
import { monthOf } from '../../../shared/core/period.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { columnChart } from '../charts/column-chart.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';

/** How many of each month's returns count, drawn and in a table. */
export async function monthsReceived({ returns, catalogue }: YearState): Promise<Html> {
  const months = catalogue.periods.map(({ period }) => {
    const own = returns.filter((one) => one.period === period);
    const counting = own.filter((one) => one.counting !== undefined).length;
    return { label: `${monthOf(period)}月`, expected: own.length, counting };
  });
  const columns = months.map(({ label, counting }) => ({ label, value: String(counting) }));
  return html`${await columnChart({ caption: '各月已计入的月报', unit: '份', columns, shape: 'wide' })}
<details><summary>各月应报和已计入的份数</summary>
${scrollingTable('各月月报份数', {
  head: html`<tr><th scope="col">份数</th>${months.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}</tr>`,
  rows: html`<tr><th scope="row">应报</th>${months.map(({ expected }) => html`<td class="number">${expected}</td>`)}</tr>
<tr><th scope="row">已计入</th>${months.map(({ counting }) => html`<td class="number">${counting}</td>`)}</tr>`,
})}</details>`;
}
