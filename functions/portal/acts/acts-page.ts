import { html } from 'hono/html';
import type { Catalogue, Department } from '../../../shared/core/catalogue/catalogue.ts';
import { localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { actWords } from '../../../shared/core/words.ts';
import type { ActFilter, RecordedAct } from '../../../shared/core/year/acts.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { actsOfYear, departmentInWords, subjectInWords } from '../../use-cases/records/acts.ts';
import {
  actsAddress,
  addressWith,
  departmentActsAddress,
  returnAddress,
  uploadAddress,
} from '../pages/addresses.ts';
import { departmentChoice } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { pageLinks, pageOf, scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { placeBelow } from '../returns/found-return.ts';
import type { RequestContext } from '../route.ts';

const perPage = 50;

interface Shown {
  year: LedgerYear;
  filter: ActFilter;
  /** The one department whose acts are shown; all without it. */
  department?: Department;
}

/** What was done and decided in a year, or about one department, the newest first. */
export function actsPage(request: RequestContext<unknown, { page: number }>, shown: Shown): Html {
  const { year, filter, department } = shown;
  const { catalogue } = year;
  const address =
    department === undefined
      ? actsAddress(catalogue.year)
      : departmentActsAddress({ year: catalogue.year, department: department.id });
  const acts = actsOfYear(year, filter);
  const place = { year: catalogue.year, department: department?.id ?? '' };
  return pageLayout(request, {
    ...(department === undefined
      ? { year: catalogue.year, current: address }
      : placeBelow(request.identity, place, { departmentName: department.name })),
    title: department === undefined ? '办理记录' : `${department.name}${catalogue.year}年办理记录`,
    content: html`<p>报送、同意计入、延期、核实、说明、发布等每一件事：什么时候、谁办的、办了什么、为什么。都取自台账，不能修改。</p>
${filterForm(catalogue, { filter, address, isOfAll: department === undefined })}
${acts.length === 0 ? html`<p class="notice" role="status">没有符合条件的办理记录。</p>` : results(request, acts, { catalogue, filter, address })}`,
  });
}

interface ResultContext {
  catalogue: Catalogue;
  filter: ActFilter;
  address: string;
}

function results(
  request: RequestContext<unknown, { page: number }>,
  acts: readonly RecordedAct[],
  { catalogue, filter, address }: ResultContext,
): Html {
  const shown = pageOf(acts, request.query.page, perPage);
  const file = (ending: 'csv' | 'json', words: string) =>
    html`<a class="button quiet" href="${addressWith(`${address}.${ending}`, filter)}">${words}</a>`;
  const columns = ['时间', '办理人', '事项', '部门与报告期', '内容', '原因', '台账'];
  return html`<p class="exports">导出全部 ${acts.length} 条：${file('csv', 'CSV')} ${file('json', 'JSON')}</p>
${scrollingTable(`共 ${acts.length} 条，最近的在前`, {
  head: html`<tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr>`,
  rows: shown.rows.map((act) => actRow(act, catalogue)),
})}
${pageLinks(shown, { url: request.url, label: '办理记录的各页' })}`;
}

function actRow(act: RecordedAct, catalogue: Catalogue): Html {
  const { at, by, kind, reason, ledger } = act;
  return html`<tr><td class="short">${localTime(at, catalogue.utcOffset)}</td><td class="typed">${by}</td>
<td class="short">${actWords[kind]}</td><td>${returnLink(act, catalogue)}</td>
<td class="roomy typed">${subjectInWords(act, catalogue)}</td>
<td class="wordy typed">${reason ?? ''}</td>
<td class="key short">${ledger.chain}#${ledger.sequence}</td></tr>`;
}

/** Whose and of which period, as a link where there is a page of it. */
function returnLink(act: RecordedAct, catalogue: Catalogue): Html {
  const { department, period, upload, version, kind } = act;
  const words = `${departmentInWords(act, catalogue)}${period === null ? '' : periodInWords(period)}`;
  const isExpected = catalogue.departments.some(({ id }) => id === department);
  if (department === null || period === null || !isExpected) return html`${words}`;
  const place = { department, period };
  const hasOwnPage = upload !== null && (version !== null || kind === 'return-refused');
  return html`<a href="${hasOwnPage ? uploadAddress(place, upload) : returnAddress(place)}">${words}</a>`;
}

interface FilterForm {
  filter: ActFilter;
  address: string;
  isOfAll: boolean;
}

/** The form that acts are looked for with; it keeps what was typed. */
function filterForm(catalogue: Catalogue, { filter, address, isOfAll }: FilterForm): Html {
  const { department, period, kind, person, from, to } = filter;
  const periods = catalogue.periods.map((one) => [one.period, periodInWords(one.period)] as const);
  const day = (name: 'from' | 'to', label: string, typed: string | undefined) =>
    html`<div><label for="${name}">${label}</label><input type="date" id="${name}" name="${name}" value="${typed ?? ''}" placeholder="2023-04-03"></div>`;
  return html`<form class="filter card" method="get" action="${address}">
${isOfAll ? departmentChoice(catalogue, { chosen: department, all: '全部部门' }) : ''}
${choice('period', { label: '报告期', chosen: period, options: [['', '全部报告期'], ...periods] })}
${choice('kind', { label: '事项', chosen: kind, options: [['', '全部事项'], ...Object.entries(actWords)] })}
<div><label for="person">办理人</label><input type="text" id="person" name="person" maxlength="80" value="${person ?? ''}" placeholder="姓名或其中几个字"></div>
${day('from', '日期（起）', from)}
${day('to', '日期（止）', to)}
<p class="actions"><button type="submit">查询</button> <a class="button quiet" href="${address}">清除条件</a></p>
</form>`;
}

interface Choice {
  label: string;
  chosen: string | undefined;
  options: readonly (readonly [value: string, words: string])[];
}

function choice(name: string, { label, chosen = '', options }: Choice): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">
${options.map(([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`)}</select></div>`;
}
