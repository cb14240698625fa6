import { html } from 'hono/html';
import { periodInWords } from '../../../shared/core/catalogue/period.ts';
import { opensSection, sectionInWords } from '../../../shared/core/catalogue/sections.ts';
import { cellId } from '../../../shared/core/catalogue/tables.ts';
import {
  cellsOfTables,
  type Publication,
  type PublishedTable,
} from '../../../shared/core/publication/publication.ts';
import type { OpenMatters } from '../../../shared/core/totals/open-matters.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { termsInWords, yearFigures } from '../../../shared/core/words.ts';
import { figureAddress } from '../pages/addresses.ts';
import { figureText, openMark, statusBadge } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { coverageText } from './coverage.ts';

/** Every annual figure, under the sections of the report; each leads to the ledger's, or to that of a publication. */
export function totalsTable(
  {
    totals: all,
    tables,
    year,
    open,
    returns,
    sections,
  }: Pick<Publication, 'totals' | 'tables' | 'year' | 'open' | 'returns' | 'sections'>,
  publication?: number,
): Html {
  const cells = cellsOfTables({ tables });
  const totals = all.filter(({ indicator }) => !cells.has(indicator));
  if (totals.length === 0) return html``;
  const names = new Map(all.map((total) => [total.indicator, total]));
  const openOf = new Map(open.map((one) => [one.indicator, one]));
  return scrollingTable(`${year}年度汇总`, {
    head: html`<tr><th scope="col">指标</th><th scope="col" class="number">${yearFigures(returns)}</th><th scope="col">状态</th><th scope="col">覆盖</th><th scope="col">说明</th></tr>`,
    rows: totals.map(
      (total, index) =>
        html`${opensSection(total, totals[index - 1]) ? sectionRow(sectionInWords(total.section, { sections })) : ''}${totalRow(total, { year, names, publication, open: openOf.get(total.indicator) })}`,
    ),
  });
}

function sectionRow(title: string): Html {
  return html`<tr class="section"><th scope="rowgroup" colspan="5">${title}</th></tr>`;
}

interface RowContext {
  year: number;
  names: ReadonlyMap<string, Total>;
  publication: number | undefined;
  open: OpenMatters | undefined;
}

function totalRow(total: Total, { year, names, publication, open }: RowContext): Html {
  const { indicator, name, value, unit, status } = total;
  return html`<tr><th scope="row" class="wordy"><a href="${figureAddress(year, indicator, publication)}">${name}</a></th>
<td class="number"><strong>${figureText(value, unit)}</strong></td>
<td class="short">${statusBadge(status)}${openMark(open)}</td>
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

/** The tables of the catalogue as they were filled in, with the year's totals; each cell leads to where it comes from. */
export function tableGrids(
  tables: readonly PublishedTable[],
  totals: readonly Total[],
  which: { year: number; publication?: number },
): Html {
  if (tables.length === 0) return html``;
  const totalOf = new Map(totals.map((total) => [total.indicator, total]));
  return html`<h2 id="tables">表格</h2>
${tables.map((table) => grid(table, totalOf, which))}`;
}

function grid(
  table: PublishedTable,
  totalOf: ReadonlyMap<string, Total>,
  { year, publication }: { year: number; publication?: number },
): Html {
  const { id, name, unit, rows, columns } = table;
  const cell = (row: { id: string; isSum: boolean }, column: { id: string; isSum: boolean }) => {
    const total = totalOf.get(cellId(id, row.id, column.id));
    const value = total?.value ?? '—';
    const shown = row.isSum || column.isSum ? html`<strong>${value}</strong>` : value;
    const mark = total?.status === 'provisional' ? html`<span class="unseen">（暂定）</span>` : '';
    return html`<td class="number"><a href="${figureAddress(year, cellId(id, row.id, column.id), publication)}">${shown}</a>${mark}</td>`;
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
