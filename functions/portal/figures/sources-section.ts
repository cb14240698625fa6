import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { kinds } from '../../../shared/core/catalogue/kinds.ts';
import { compareColumns, periodInYear } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { effectWords, observationWords } from '../../../shared/core/words.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import { addressWith, departmentName } from '../pages/addresses.ts';
import { departmentChoice } from '../pages/form-fields.ts';
import { pageLinks, pageOf, scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { type Narrowing, type Source, sourcesTable } from './figure-sources.ts';

/** As many sources are shown in full at once; of more there is a grid, and each is shown when it is asked for. */
const fewSources = 12;
const rowsOnPage = 100;

/** All that a figure comes from, and what of it somebody wants to see. */
export interface SourcesShown {
  total: Total;
  /** What the figure is made of, in order. */
  parts: readonly string[];
  sources: readonly Source[];
  catalogue: Catalogue;
  warnings: readonly Warning[];
  mayAsk: boolean;
  chosen: Narrowing & { page: number };
  /** The publication whose figure it is; undefined for that of the ledger now. */
  publication: number | undefined;
  url: URL;
}

/** Where a figure comes from: departments and periods as a grid, and the sources that were chosen in full. */
export function sourcesSection(shown: SourcesShown): Html {
  const { total, parts, sources, chosen } = shown;
  if (sources.length === 0) return html`<p>没有计入的观测值。</p>`;
  const isMany = sources.length > fewSources;
  const isChosen = chosen.department !== undefined || chosen.period !== undefined;
  return html`<p>共 ${sources.length} 个观测值${kinds[total.kind].taken === 'last-period' ? '；期末数只取每个部门最后一期的，其余各期列出备查' : ''}。${isMany ? '点格中的数，看它来自哪个单元格、哪个文件、谁在何时上传。' : ''}</p>
${isMany ? parts.map((part) => grid(part, shown)) : ''}
${narrowingForm(shown)}
${isMany && !isChosen ? '' : chosenSources(shown)}`;
}

/** Departments down, periods across: each figure leads to where it comes from. */
function grid(part: string, shown: SourcesShown): Html {
  const { catalogue, sources, publication, total } = shown;
  const own = sources.filter(({ lineage }) => lineage.indicator === part);
  const periods = [...new Set(own.map(({ lineage }) => lineage.period))].sort(compareColumns);
  const byDepartment = Map.groupBy(own, ({ lineage }) => lineage.department);
  const path = `/${catalogue.year}/figures/${total.indicator}`;
  const cell = (source: Source | undefined) => {
    if (source === undefined) return html`<td class="number">—</td>`;
    const { department, period, value, status } = source.lineage;
    const said = value ?? observationWords[status];
    const query = { department, period, publication: publication?.toString() };
    const name = `${departmentName(catalogue, department)}${periodInYear(period)}`;
    return html`<td class="number"><a href="${addressWith(path, query)}#sources"><span class="unseen">${name}：</span>${source.taken ? said : html`<span class="hint">${said}</span>`}</a>${source.questions.length === 0 ? '' : html` <span class="badge is-open">${effectWords['counts-meanwhile']}</span>`}</td>`;
  };
  const unit = indicatorOf(catalogue, part)?.unit ?? '';
  return scrollingTable(`${nameOf(part, catalogue)}：各部门各期的数（${unit}）`, {
    head: html`<tr><th scope="col">部门</th>${periods.map((period) => html`<th scope="col" class="number">${periodInYear(period)}</th>`)}</tr>`,
    rows: [...byDepartment].map(([department, rows]) => {
      const byPeriod = new Map(rows.map((row) => [row.lineage.period, row]));
      return html`<tr><th scope="row" class="short">${departmentName(catalogue, department)}</th>${periods.map((period) => cell(byPeriod.get(period)))}</tr>`;
    }),
  });
}

function chosenSources(all: SourcesShown): Html {
  const { parts, sources, catalogue, chosen, url } = all;
  const wanted = sources.filter(
    ({ lineage: { department, period } }) =>
      (chosen.department ?? department) === department && (chosen.period ?? period) === period,
  );
  const shown = pageOf(wanted, chosen.page, rowsOnPage);
  const byPart = Map.groupBy(shown.rows, ({ lineage }) => lineage.indicator);
  const tables = parts.flatMap((part) => {
    const rows = byPart.get(part);
    return rows === undefined ? [] : [sourcesTable(`来源：${nameOf(part, catalogue)}`, rows, all)];
  });
  return html`<p>点部门和报告期看那次上传的校验结果；点文件名下载原始文件，可自行核对 SHA-256。</p>
${tables.length === 0 ? html`<p>没有计入的观测值。</p>` : tables}
${pageLinks(shown, { url, label: '来源分页', anchor: '#sources' })}`;
}

function nameOf(indicator: string, catalogue: Catalogue): string {
  return indicatorOf(catalogue, indicator)?.name ?? indicator;
}

function narrowingForm({ total, catalogue, chosen, publication }: SourcesShown): Html {
  return html`<form class="filter" method="get" action="/${catalogue.year}/figures/${total.indicator}#sources">
${publication === undefined ? '' : html`<input type="hidden" name="publication" value="${publication}">`}
${departmentChoice(catalogue, { chosen: chosen.department, all: '全部部门' })}
<div><label for="period">报告期</label><select id="period" name="period">
<option value="">全部</option>
${catalogue.periods.map(({ period }) => html`<option value="${period}"${period === chosen.period ? html` selected` : ''}>${periodInYear(period)}</option>`)}
</select></div>
<div class="actions"><button type="submit">筛选来源</button></div>
</form>`;
}
