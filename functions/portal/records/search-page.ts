import { html } from 'hono/html';
import { type Catalogue, departmentOf, indicatorOf } from '../../../shared/core/catalogue.ts';
import { localTime, periodInWords } from '../../../shared/core/period.ts';
import { observationWords } from '../../../shared/core/terms.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import type { StoredRecord } from '../../records/search-records.ts';
import { frame, type Setting } from '../pages/frame.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { recordsAddress, recordsFileAddress, uploadAddressOf } from './addresses.ts';
import type { TypedQuery } from './record-query.ts';
import { revisionInWords, revisionStandingWords } from './record-words.ts';
import { searchForm } from './search-form.ts';

/** How many records a page shows. */
const perPage = 50;

export interface Search {
  typed: TypedQuery;
  state: YearState;
  /** The page of results that is asked for, from 1. */
  page: number;
  /** What was found, or what is wrong with the query. */
  found: { records: readonly StoredRecord[] } | { complaint: string };
}

/** The search of the records, with what was found. */
export function searchPage(setting: Setting, search: Search): Html {
  const { year } = search.state.catalogue;
  const { typed, state, found } = search;
  return frame(setting, {
    title: '记录查询',
    year,
    current: recordsAddress(year),
    content: html`<p>每一份被接收的月报、每一次修订里的每一个数都在这里，包括已被替代的和暂存未计入的。被退回的文件没有记入，在各部门的月报页面查看。</p>
${searchForm(typed, state)}
${'complaint' in found ? html`<p class="notice bad" role="alert">${found.complaint}</p>` : results(search, found.records)}`,
  });
}

function results(
  { typed, state: { catalogue }, page: asked }: Search,
  records: readonly StoredRecord[],
): Html {
  if (records.length === 0) {
    return html`<h2>查询结果</h2><p class="notice" role="status">没有符合条件的记录。可以减少条件再查。</p>`;
  }
  const pages = Math.ceil(records.length / perPage);
  const page = Math.min(asked, pages);
  const first = (page - 1) * perPage;
  const shown = records.slice(first, first + perPage);
  const caption =
    pages === 1
      ? `共 ${records.length} 条`
      : `共 ${records.length} 条，本页第 ${first + 1} 至 ${first + shown.length} 条`;
  return html`<h2>查询结果</h2>
${exportLinks(catalogue.year, typed, records.length)}
<div class="records">${scrollingTable(caption, { head: tableHead(), rows: shown.map((record) => tableRow(record, catalogue)) })}</div>
${pages === 1 ? '' : pageLinks({ year: catalogue.year, typed, page, pages })}`;
}

function exportLinks(year: number, typed: TypedQuery, total: number): Html {
  const link = (ending: 'csv' | 'json' | 'xlsx', words: string) =>
    html`<a class="button quiet" href="${recordsFileAddress(year, ending, typed)}">${words}</a>`;
  return html`<p class="exports">导出全部 ${total} 条：${link('xlsx', 'Excel 工作簿')} ${link('csv', 'CSV')} ${link('json', 'JSON')}</p>`;
}

function tableHead(): Html {
  const columns = [
    '部门',
    '报告期',
    '指标',
    '数值',
    '修订与状态',
    '单元格',
    '文件',
    '上传时间',
    '上传人',
    '台账',
  ];
  return html`<tr>${columns.map((column) => html`<th scope="col"${column === '数值' ? html` class="number"` : ''}>${column}</th>`)}</tr>`;
}

function tableRow(record: StoredRecord, catalogue: Catalogue): Html {
  const { year, utcOffset } = catalogue;
  const department = departmentOf(catalogue, record.department)?.name ?? record.department;
  const indicator = indicatorOf(catalogue, record.indicator)?.name ?? record.indicator;
  const revision = revisionInWords(record.revision);
  return html`<tr><td>${department}</td><td class="short">${record.period}</td>
<td><a href="/${year}/figures/${record.indicator}">${indicator}</a></td>
<td class="number">${figureOf(record)}</td>
<td class="revision ${record.standing}">${revision}<br>${revisionStandingWords[record.standing]}</td>
<td class="short">${record.sheet}<br>${record.cell}</td>
<td class="file"><a href="${uploadAddressOf(year, record)}">${record.fileName}<span class="unseen">（${department}${periodInWords(record.period)}${revision}）</span></a></td>
<td class="time">${localTime(record.uploadedAt, utcOffset)}</td><td>${record.uploader}</td>
<td class="key short">${record.chain}#${record.sequence}</td></tr>`;
}

function figureOf({ status, value, unit, items }: StoredRecord): Html {
  if (value === null) return html`<span class="hint">${observationWords[status]}</span>`;
  const figure = html`${value} ${unit}`;
  if (items.length === 0) return figure;
  return html`${figure}<details><summary>各项</summary><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></details>`;
}

function pageLinks({
  year,
  typed,
  page,
  pages,
}: {
  year: number;
  typed: TypedQuery;
  page: number;
  pages: number;
}): Html {
  const link = (to: number, words: string) =>
    html`<li><a href="${recordsAddress(year, { ...typed, page: String(to) })}">${words}</a></li>`;
  return html`<nav aria-label="查询结果的各页"><ul class="pages">
${page > 1 ? html`${link(1, '第一页')}${link(page - 1, '上一页')}` : ''}
<li>第 ${page} 页，共 ${pages} 页</li>
${page < pages ? html`${link(page + 1, '下一页')}${link(pages, '最后一页')}` : ''}
</ul></nav>`;
}
