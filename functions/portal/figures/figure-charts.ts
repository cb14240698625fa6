import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { periodInYear } from '../../../shared/core/catalogue/period.ts';
import { eachPeriod, type Total } from '../../../shared/core/totals/total.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { columnChart } from '../charts/column-chart.ts';
import { departmentName } from '../pages/addresses.ts';
import { figureText } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** More bars than this are no picture any more; the table has them all. */
const mostBars = 40;

interface Bar {
  label: string;
  value: Decimal | null;
  /** The sources of this figure alone, on the same page. */
  sources: string;
}

/** The figure by period and by department, drawn and in tables. */
export async function figureCharts(total: Total, catalogue: Catalogue): Promise<Html> {
  const periods = total.byPeriod.map(({ period, value }) => ({
    label: periodInYear(period),
    value,
    sources: `?period=${period}#sources`,
  }));
  const departments = total.byDepartment.map(({ department, value }) => ({
    label: departmentName(catalogue, department),
    value,
    sources: `?department=${department}#sources`,
  }));
  const { unit } = total;
  const caption = `${catalogue.authority}${eachPeriod(total)}数`;
  return html`${await chartOf(periods, { caption, unit, shape: 'wide' })}
${periodsTable(periods, { unit, caption })}
${await chartOf(departments, { caption: '各部门全年数', unit, shape: 'bars' })}
<div class="narrow">${departmentsTable(departments, unit)}</div>`;
}

async function chartOf(
  columns: Bar[],
  chart: { caption: string; unit: string; shape: 'wide' | 'bars' },
): Promise<Html> {
  const known = columns.filter(({ value }) => value !== null).length;
  const drawn = known > 0 && (chart.shape === 'wide' || (columns.length > 1 && columns.length <= mostBars));
  return drawn ? columnChart({ ...chart, columns }) : html``;
}

/** Periods across, as they stand in the chart above. */
function periodsTable(periods: readonly Bar[], { unit, caption }: { unit: string; caption: string }): Html {
  if (periods.every(({ value }) => value === null)) return html`<p>没有各期的汇总数。</p>`;
  return scrollingTable(`${caption}（${unit}）`, {
    head: html`<tr>${periods.map(({ label, sources }) => html`<th scope="col" class="number"><a href="${sources}">${label}</a></th>`)}</tr>`,
    rows: html`<tr>${periods.map(({ value }) => html`<td class="number">${figureText(value, '')}</td>`)}</tr>`,
  });
}

function departmentsTable(departments: readonly Bar[], unit: string): Html {
  return scrollingTable(`各部门全年数（${unit}）`, {
    head: html`<tr><th scope="col">部门</th><th scope="col" class="number">全年数</th></tr>`,
    rows: departments.map(
      ({ label, value, sources }) =>
        html`<tr><th scope="row"><a href="${sources}">${label}</a></th><td class="number">${figureText(value, '')}</td></tr>`,
    ),
  });
}
