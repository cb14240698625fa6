import { html } from 'hono/html';
import { z } from 'zod';
import type { TemplateFinding } from '../../../shared/report/template.ts';
import { reportAddress } from '../pages/addresses.ts';
import { type FileBound, fileField, givenFile, usualBound } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import type { RequestContext } from '../route.ts';

type FormRequest = Pick<RequestContext, 'formToken' | 'services'>;

/** Where a page stands that is below that of the report. */
export function belowReport(year: number) {
  const address = reportAddress(year);
  return { year, current: address, trail: [{ title: '报告', address }] };
}

/** Rows that a page lists of what is found in a file, which anybody may have made. */
export const mostRows = 300;

/** What a form carries a Word file by. */
export const wordForm = { file: z.unknown().optional() };

/** How large a Word file may be. */
export const wordBound: FileBound = boundOf(usualBound.bytes);

function boundOf(bytes: number): FileBound {
  return { bytes, tooLarge: `文件超过 ${bytes / 1024 / 1024} MB；请压缩或删去图片后再试。` };
}

/** Every Word file is posted to the portal itself, which may take less than the store does. */
export function wordField({ services: { uploadTarget } }: FormRequest, label: string, id: string): Html {
  const most =
    uploadTarget.kind === 'store' ? Math.min(uploadTarget.mostBytesHere, wordBound.bytes) : wordBound.bytes;
  return html`<p>${fileField({ label, accept: '.docx', bound: boundOf(most), id })}</p>`;
}

/** The Word file that a form carries, with its name. */
export async function givenWordFile(
  request: { form: { file?: unknown } },
  what: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const file = givenFile(request.form.file, what);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** The form that takes a template in: to be looked at, not yet in force. */
export function templateForm(request: FormRequest, year: number): Html {
  return html`<form class="card" method="post" action="${reportAddress(year)}/templates" enctype="multipart/form-data" aria-label="换模板">
${formTokenField(request)}
${wordField(request, '改好的模板', 'template-file')}
<p><button type="submit">上传并检查</button></p>
<p class="hint">上传以后先逐处检查；您点“启用”以前，什么都不会改变。</p>
</form>`;
}

/** The form that holds an edited report against the ledger. */
export function checkForm(request: FormRequest, year: number): Html {
  return html`<form class="card" method="post" action="${reportAddress(year)}/check" enctype="multipart/form-data" aria-label="核对报告">
${formTokenField(request)}
${wordField(request, '改过的报告', 'report-file')}
<p><button type="submit">核对</button></p>
<p class="hint">逐个核对其中的数与台账是否一致，并给出更新后的报告。文件只读不存，什么都不会改变。</p>
</form>`;
}

/** What was found in a template: what is wrong, each with its paragraph; folded, what of the catalogue is not in it. */
export function templateFindings(findings: readonly TemplateFinding[]): Html {
  const { error = [], info = [] } = Object.groupBy(findings, ({ severity }) => severity);
  return html`${error.length === 0 ? '' : errorsTable(error)}
${
  info.length === 0
    ? html`<p>目录中的指标、表和文字都写进了模板。</p>`
    : html`<details><summary>目录中有 ${info.length} 项没有写进模板；不需要的可以不写</summary>
<ul>${info.slice(0, mostRows).map(({ message }) => html`<li class="typed">${message}</li>`)}</ul>${unlisted(info.length)}</details>`
}`;
}

/** What of the template in force does not fit a catalogue, and what becomes of reports meanwhile; nothing where it fits. */
export function unfitTemplate(
  findings: readonly TemplateFinding[],
  { year, by }: { year: number; by: string },
): Html {
  if (findings.length === 0) return html``;
  return html`<div class="notice warn" role="note"><p><strong>${by}，现行报告模板有 ${findings.length} 处要改。</strong>改好并重新启用以前，发布照常进行，年度报告改用起始模板写成；数都在，文字要另外放进去。<a href="${reportAddress(year)}">报告和模板</a></p></div>
${errorsTable(findings)}`;
}

function errorsTable(errors: readonly TemplateFinding[]): Html {
  return html`${scrollingTable('模板中要改的每一处', {
    head: html`<tr><th scope="col">位置</th><th scope="col">问题和改法</th></tr>`,
    rows: errors
      .slice(0, mostRows)
      .map(
        ({ place, message }) =>
          html`<tr><th scope="row" class="wordy typed">${place === '' ? '全文' : place}</th><td class="wordy typed">${message}</td></tr>`,
      ),
  })}${unlisted(errors.length)}`;
}

/** Says how much of a list is not shown. */
export function unlisted(all: number): Html {
  return all > mostRows
    ? html`<p>还有 ${all - mostRows} 处没有列出；改好列出的再上传，会列出其余的。</p>`
    : html``;
}
