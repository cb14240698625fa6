import { html } from 'hono/html';
import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { type Indicator, isReported } from '../../../shared/core/catalogue/indicator.ts';
import { localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf, indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import { observationWords, remarkWord, revisionInWords, revisionWords } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import {
  type FoundRecords,
  type StoredRecord,
  searchRecords,
} from '../../use-cases/records/search-records.ts';
import { checkCodeAddress, recordsAddress, recordsFileAddress, uploadAddress } from '../pages/addresses.ts';
import { paragraphs } from '../pages/figure-text.ts';
import { type LayoutContext, pageOfParts } from '../pages/layout.ts';
import { keptPart } from '../pages/page-parts.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html, PageParts } from '../reply.ts';
import type { QueryReading, TypedQuery } from './record-query.ts';

/** How many records a page shows. */
const perPage = 50;

export interface Search {
  typed: TypedQuery;
  state: YearState;
  /** The page of results that is asked for, from 1. */
  page: number;
  /** What is looked for, or what is wrong with how it was typed. */
  query: QueryReading;
}

/** The search of the records, with what was found. */
export function searchPage(context: LayoutContext, { typed, state, page, query }: Search): PageParts {
  const { year } = state.catalogue;
  const content =
    query.kind === 'complaint'
      ? searchSections({ typed, state }, html`<p class="notice bad" role="alert">${query.complaint}</p>`)
      : keptPart(state, ['records', typed, page], () =>
          searchSections(
            { typed, state },
            results({ typed, state, page }, searchRecords(state, query.filter)),
          ),
        );
  return pageOfParts(context, {
    title: '记录查询',
    year,
    current: recordsAddress(year),
    content: [content],
  });
}

function searchSections({ typed, state }: Pick<Search, 'typed' | 'state'>, outcome: Html): Html {
  return html`<p>每一份被接收的报表、每一版里的每一个数都在这里，包括已被替代的和暂存未计入的。被退回的文件没有记入，在各部门的月报页面查看。</p>
${searchForm(typed, state)}
${checkCodeForm(state.catalogue.year)}
${outcome}`;
}

function results(
  { typed, state: { catalogue }, page: asked }: Omit<Search, 'query'>,
  records: FoundRecords,
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
    remarkWord,
    '版次与状态',
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
<td class="wordy">${record.remark === '' ? '' : paragraphs(record.remark)}</td>
<td class="revision ${record.standing}">${revision}<br>${revisionWords[record.standing]}</td>
<td class="short">${record.sheet}<br>${record.cell}</td>
<td class="file"><a href="${uploadAddress(record, record.upload)}">${record.fileName}<span class="unseen">（${department}${periodInWords(record.period)}${revision}）</span></a></td>
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

/** The form that records are looked for with; it keeps what was typed. */
export function searchForm(typed: TypedQuery, { catalogue, returns }: YearState): Html {
  return html`<form class="filter card records" method="get" action="${recordsAddress(catalogue.year)}">
${choice('department', '部门', typed, [['', '全部部门'], ...catalogue.departments.map(({ id, name }) => [id, name] as const)])}
${indicatorChoice(catalogue, typed.indicator ?? '')}
${choice('period', '报告期', typed, [['', '全部报告期'], ...catalogue.periods.map(({ period }) => [period, periodInWords(period)] as const)])}
${choice('revision', '版次', typed, revisionOptions(returns, typed))}
${choice('standing', '状态', typed, [['', '全部状态'], ...Object.entries(revisionWords)])}
<div><label for="uploader">上传人</label><input type="text" id="uploader" name="uploader" maxlength="80" value="${typed.uploader ?? ''}" placeholder="姓名或其中几个字"></div>
${day('from', '上传日期（起）', typed)}
${day('to', '上传日期（止）', typed)}
<p class="actions"><button type="submit">查询</button> <a class="button quiet" href="${recordsAddress(catalogue.year)}">清除条件</a></p>
</form>`;
}

/** Whoever holds a printed sheet types what stands on it. */
function checkCodeForm(year: number): Html {
  return html`<form class="filter card" method="get" action="${checkCodeAddress(year)}">
<div><label for="code">核对校验码</label><input type="text" id="code" name="code" required maxlength="40" autocomplete="off" placeholder="7K2M-0QXA-…" aria-describedby="code-hint"></div>
<div><label for="publication">第几次发布（可不填）</label><input type="text" id="publication" name="publication" inputmode="numeric" maxlength="6" autocomplete="off"></div>
<p class="actions"><button type="submit">查找</button></p>
<p class="hint" id="code-hint">审签表、证明单和报告所附“数据来源”上都印有校验码。证明单和报告上一个数的校验码，请连同是第几次发布一起填写；不填的，只查最新的和最近一次正式发布的。</p>
</form>`;
}

type Options = readonly (readonly [value: string, words: string])[];

function choice(name: keyof TypedQuery, label: string, typed: TypedQuery, options: Options): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">
${options.map((option) => optionOf(option, typed[name] ?? ''))}</select></div>`;
}

function optionOf([value, words]: Options[number], chosen: string): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`;
}

/** Indicators that departments report, under the headings of the report. */
function indicatorChoice(catalogue: Catalogue, chosen: string): Html {
  const reported = indicatorsOf(catalogue).filter(isReported);
  const sections = Map.groupBy(reported, ({ section }) => section);
  const options = (own: readonly Indicator[]) => own.map(({ id, name }) => optionOf([id, name], chosen));
  return html`<div><label for="indicator">指标</label><select id="indicator" name="indicator">
${optionOf(['', '全部指标'], chosen)}
${[...sections].map(([section, own]) => (section === '' ? options(own) : html`<optgroup label="${section}">${options(own)}</optgroup>`))}</select></div>`;
}

/** As many revisions as any return has; which of them counts may also be asked for by address. */
function revisionOptions(returns: YearState['returns'], { revision }: TypedQuery): Options {
  const most = Math.max(1, ...returns.map(({ revisions }) => revisions.length));
  const numbers = Array.from({ length: most }, (_, index) => index + 1);
  return [
    ['', '全部版次'],
    ...(revision === 'counting' ? [['counting', '计入汇总的一次'] as const] : []),
    ...numbers.map((number) => [String(number), revisionInWords(number)] as const),
  ];
}

/** Browsers that know no dates take it as text. */
function day(name: 'from' | 'to', label: string, typed: TypedQuery): Html {
  return html`<div><label for="${name}">${label}</label><input type="date" id="${name}" name="${name}" value="${typed[name] ?? ''}" placeholder="2023-04-03"></div>`;
}
