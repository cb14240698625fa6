import { html } from 'hono/html';
import { periodInWords } from '../../../shared/core/period.ts';
import type { Total } from '../../../shared/core/publication.ts';
import { figureText, statusBadge } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { coverageText } from './coverage-part.ts';

/** Every annual figure, under the sections of the report. */
export function totalsTable(totals: readonly Total[], year: number): Html {
  const names = new Map(totals.map((total) => [total.indicator, total]));
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
  { numerator, denominator, asOf, reasons }: Total,
  names: ReadonlyMap<string, Total>,
): string[] {
  const part = ({ indicator, value }: NonNullable<Total['numerator']>) =>
    `${names.get(indicator)?.name ?? indicator} ${value ?? '—'}`;
  return [
    ...(numerator === undefined || denominator === undefined
      ? []
      : [`${part(numerator)} ÷ ${part(denominator)}`]),
    ...(asOf === null ? [] : [`${periodInWords(asOf)}的期末数`]),
    ...reasons,
  ];
}
