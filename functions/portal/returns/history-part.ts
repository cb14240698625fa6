import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import { localTime } from '../../../shared/core/period.ts';
import type { ReturnState } from '../../../shared/core/year-state.ts';
import { type ReturnPlace, uploadAddress } from '../pages/addresses.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { type FoundReturn, type FoundUpload, uploadsOf } from './found-return.ts';
import { hasMarkedWorkbook } from './upload-files.ts';

/** Everything that was ever uploaded for a return, newest first. */
export function historyPart({ one, catalogue, place }: FoundReturn): Html {
  const uploads = uploadsOf(one).toReversed();
  if (uploads.length === 0) return html``;
  return html`<h2 id="history">上传记录</h2>
${scrollingTable('全部上传，最近的在前', {
  head: html`<tr><th scope="col">上传时间</th><th scope="col">文件</th><th scope="col">结果</th><th scope="col">上传人</th><th scope="col">下载</th></tr>`,
  rows: uploads.map((upload) => historyRow(upload, { one, catalogue, place })),
})}`;
}

interface Surroundings {
  one: ReturnState;
  catalogue: Catalogue;
  place: ReturnPlace;
}

function historyRow(found: FoundUpload, { one, catalogue, place }: Surroundings): Html {
  const { id, upload } = found;
  const address = uploadAddress(place, id);
  const when = localTime(upload.uploadedAt, catalogue.utcOffset);
  const which = html`<span class="unseen">（${when} 上传的 ${upload.fileName}）</span>`;
  return html`<tr><td class="short">${when}</td>
<td class="roomy"><a class="typed" href="${address}">${upload.fileName}</a></td>
<td class="roomy">${uploadWords(found, one)}${reasonOf(found)}</td>
<td>${upload.uploader}</td>
<td class="short"><a href="${address}/original">原件${which}</a>${
    hasMarkedWorkbook(found) ? html` · <a href="${address}/marked.xlsx">校验结果${which}</a>` : ''
  }</td></tr>`;
}

function reasonOf(found: FoundUpload): Html {
  if (found.outcome === 'refused' || found.reason === '') return html``;
  return html`<br><span class="hint">更正说明：<span class="typed">${found.reason}</span></span>`;
}

/** What became of an upload, in a few words. */
export function uploadWords(found: FoundUpload, { counting }: Pick<ReturnState, 'counting'>): string {
  if (found.outcome === 'refused') {
    const errors = found.findings.filter(({ severity }) => severity === 'error').length;
    return `退回，${errors} 处必须改正`;
  }
  const late = found.late && found.number === 1 ? '，迟报' : '';
  return `修订 ${found.number}：${revisionWords(found, counting?.number ?? 0)}${late}`;
}

function revisionWords(
  { standing, heldBecause, number }: Extract<FoundUpload, { outcome: 'accepted' }>,
  counting: number,
): string {
  if (standing === 'counting') return '计入汇总';
  if (number < counting) return `由修订 ${counting} 代替`;
  return heldBecause === 'after-cut-off' ? '暂存，等法制机构同意' : '暂存，等部门说明更正原因';
}
