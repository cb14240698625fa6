import { html } from 'hono/html';
import { cellId } from '../../../shared/core/catalogue/tables.ts';
import type { PublishedTable } from '../../../shared/core/publication/publication.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** The tables of the catalogue as they were filled in, with the year's totals; each cell leads to where it comes from. */
export function tableGrids(tables: readonly PublishedTable[], totals: readonly Total[], year: number): Html {
  if (tables.length === 0) return html``;
  const totalOf = new Map(totals.map((total) => [total.indicator, total]));
  return html`<h2 id="tables">表格</h2>
${tables.map((table) => grid(table, totalOf, year))}`;
}

function grid(table: PublishedTable, totalOf: ReadonlyMap<string, Total>, year: number): Html {
  const { id, name, unit, rows, columns } = table;
  const cell = (row: { id: string; isSum: boolean }, column: { id: string; isSum: boolean }) => {
    const total = totalOf.get(cellId(id, row.id, column.id));
    const value = total?.value ?? '—';
    const shown = row.isSum || column.isSum ? html`<strong>${value}</strong>` : value;
    const mark = total?.status === 'provisional' ? html`<span class="unseen">（暂定）</span>` : '';
    return html`<td class="number"><a href="/${year}/figures/${cellId(id, row.id, column.id)}">${shown}</a>${mark}</td>`;
  };
  const open = rows.some((row) =>
    columns.some((column) => totalOf.get(cellId(id, row.id, column.id))?.status === 'provisional'),
  );
  return html`${scrollingTable(`${name}（单位：${unit}${open ? '；暂定，还缺报表' : ''}）`, {
    head: html`<tr><th scope="col">项目</th>${columns.map((column) => html`<th scope="col" class="number">${column.name}</th>`)}</tr>`,
    rows: rows.map(
      (row) =>
        html`<tr><th scope="row" class="wordy">${row.name}</th>${columns.map((column) => cell(row, column))}</tr>`,
    ),
  })}`;
}
