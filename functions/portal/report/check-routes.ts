import { html } from 'hono/html';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import type { Checked } from '../../../shared/report/check.ts';
import type { UpdatedFigure, UpdatedReport } from '../../../shared/report/update.ts';
import { verdicts } from '../../../shared/report/verdicts.ts';
import type { CheckedReport } from '../../use-cases/report.ts';
import { readers } from '../access/identity.ts';
import { reportAddress } from '../pages/addresses.ts';
import { linkWithFile } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { formRoute, type RequestContext, type Route, yearParam } from '../route.ts';
import {
  belowReport,
  checkForm,
  givenWordFile,
  mostRows,
  unlisted,
  wordBound,
  wordField,
  wordForm,
} from './word-files.ts';

const wordFile = { access: readers, params: yearParam, form: wordForm, carriesFile: wordBound };

/** A report that people edited, held against the ledger and brought up to date. Nothing of it is recorded or kept. */
export const checkRoutes: Route[] = [
  formRoute({ path: '/:year/report/check', ...wordFile }, async (request) => {
    const { year } = request.catalogue(request.params.year);
    const { name, bytes } = await givenWordFile(request, '改过的报告');
    const checked = await request.services.work.wordReports.checkReport(bytes);
    if (checked.kind === 'refused') return refusedReply(request, { year, name, ...checked });
    const body = checkedPage(request, { year, name, ...checked.result });
    return { kind: 'page', body };
  }),
  formRoute({ path: '/:year/report/update', ...wordFile }, async (request) => {
    const { name, bytes } = await givenWordFile(request, '改过的报告');
    const updated = await request.services.work.wordReports.updateReport(bytes);
    if (updated.kind === 'refused') throw new PortalError('malformed', updated.message);
    return { kind: 'file', ...updatedFile(name, updated.result) };
  }),
];

function updatedFile(name: string, { bytes }: UpdatedReport) {
  return { bytes, fileName: `${name.replace(/\.docx$/i, '')}（已更新）.docx`, type: mediaTypes.docx };
}

interface Shown extends CheckedReport {
  year: number;
  name: string;
}

function refusedReply(
  request: RequestContext,
  { year, name, message }: { year: number; name: string; message: string },
): Reply {
  const body = pageLayout(request, {
    title: '这份报告不能核对',
    ...belowReport(year),
    content: html`<div class="notice bad" role="alert"><p><strong>“<span class="typed">${name}</span>”：</strong>${message}</p></div>
${checkForm(request, year)}`,
  });
  return { kind: 'page', body, status: 400 };
}

function checkedPage(request: RequestContext, { year, name, checked, updated }: Shown): Html {
  const others = checked.filter(({ verdict }) => verdict !== 'equal');
  const equal = checked.length - others.length;
  const counts = Map.groupBy(others, ({ verdict }) => verdict);
  const found = [...counts].map(([verdict, ones]) => `${verdicts[verdict]} ${ones.length} 处`);
  return pageLayout(request, {
    title: '核对结果',
    ...belowReport(year),
    content: html`<div class="notice ${others.length === 0 ? 'good' : 'warn'}" role="status"><p><strong>“<span class="typed">${name}</span>”：${equal} 个数与台账一致，${others.length === 0 ? '没有要看的。' : `${others.length} 处要看：${found.join('，')}。`}</strong></p>
<p>只是核对：没有记录，文件没有保存。</p></div>
${updated === undefined ? '' : updateSection(request, { year, name, update: updated })}
${others.length === 0 ? '' : html`<h2>要看的每一处</h2>${checkedTable(others)}`}
<h2>再核对一份</h2>
${checkForm(request, year)}`,
  });
}

function checkedTable(others: readonly Checked[]): Html {
  return html`${scrollingTable('与台账不一致或要看的数', {
    head: html`<tr><th scope="col">结论</th><th scope="col">数</th><th scope="col">位置</th><th scope="col">写的</th><th scope="col">怎么办</th></tr>`,
    rows: others
      .slice(0, mostRows)
      .map(
        ({ verdict, name, place, written, message }) =>
          html`<tr><th scope="row" class="short">${verdicts[verdict]}</th><td class="wordy typed">${name}</td><td class="short">${place}</td><td class="typed">${written}</td><td class="wordy typed">${message}</td></tr>`,
      ),
  })}${unlisted(others.length)}`;
}

/** What bringing the report up to date changes, and the report with it done; a large one is asked for once more. */
function updateSection(
  request: RequestContext,
  { year, name, update }: { year: number; name: string; update: UpdatedReport },
): Html {
  const link = linkWithFile(updatedFile(name, update), '下载更新后的报告');
  return html`<h2>更新</h2>
<p>更新只改没有人手工改过、而最新发布已经变了的数，不动文字；开头“还可能变动”的清单和最后的数据来源一并重写。</p>
${link === undefined ? updateForm(request, year) : html`<p>${link}</p>`}
${updatedTable(update.updated)}`;
}

function updateForm(request: RequestContext, year: number): Html {
  return html`<form class="card" method="post" action="${reportAddress(year)}/update" enctype="multipart/form-data" aria-label="更新报告" data-answered-with-file>
${formTokenField(request)}
${wordField(request, '文件较大，请再选一次这份报告', 'file-to-update')}
<p><button type="submit">下载更新后的报告</button></p>
</form>`;
}

function updatedTable(updated: readonly UpdatedFigure[]): Html {
  if (updated.length === 0) return html``;
  const table = scrollingTable('更新所改的数', {
    head: html`<tr><th scope="col">数</th><th scope="col">位置</th><th scope="col">原来写的</th><th scope="col">更新为</th></tr>`,
    rows: updated
      .slice(0, mostRows)
      .map(
        ({ name, place, before, after }) =>
          html`<tr><th scope="row" class="wordy typed">${name}</th><td class="short">${place}</td><td class="typed">${before}</td><td class="typed">${after}</td></tr>`,
      ),
  });
  return html`<details><summary>更新所改的 ${updated.length} 个数</summary>${table}${unlisted(updated.length)}</details>`;
}
