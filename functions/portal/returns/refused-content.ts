import { html } from 'hono/html';
import { periodInWords } from '../../../shared/core/period.ts';
import { returnAddress, uploadAddress } from '../pages/addresses.ts';
import { findingsList } from '../pages/findings-list.ts';
import type { Html } from '../reply.ts';
import { type FoundReturn, type FoundUpload, uploadsOf } from './found-return.ts';
import { hasMarkedWorkbook } from './upload-files.ts';

interface Refused {
  found: FoundReturn;
  refusal: Extract<FoundUpload, { outcome: 'refused' }>;
  /** The form to upload with again. */
  again: Html;
  mayUpload: boolean;
}

/** The result of a refused upload: how many problems, how to mend them, where each is, and the form to try again. */
export function refusedContent({ found, refusal, again, mayUpload }: Refused): Html {
  const { catalogue, place } = found;
  const errors = refusal.findings.filter(({ severity }) => severity === 'error').length;
  return html`<div class="notice bad"><p><strong>没有被接收：有 ${errors} 处必须改正。</strong>${mayUpload ? '改好后重新上传就行，不用担心。' : ''}${earlierWords(found)}</p></div>
${laterNote(found, refusal)}
${mayUpload ? wayToMend(found, refusal, again) : ''}
<h2>${mayUpload ? '要改的每一处' : '退回的原因'}</h2>
${findingsList(refusal.findings, catalogue)}
<p><a href="${returnAddress(place)}">回到${periodInWords(place.period)}月报</a></p>`;
}

function earlierWords({ one }: FoundReturn): string {
  return one.counting === undefined ? '' : `在此之前，以前接收的（修订 ${one.counting.number}）照常计入。`;
}

/** Somebody who looks at an old refusal should not think that it is how things stand. */
function laterNote({ one, place }: FoundReturn, { id }: Refused['refusal']): Html {
  const uploads = uploadsOf(one);
  const last = uploads.at(-1);
  if (last === undefined || last.id === id) return html``;
  const outcome = last.outcome === 'accepted' ? '已接收' : '也被退回';
  return html`<p class="notice">这不是最近一次上传：<a href="${uploadAddress(place, last.id)}">最近一次上传（${outcome}）</a></p>`;
}

function wayToMend({ place }: FoundReturn, refusal: Refused['refusal'], again: Html): Html {
  const marked =
    hasMarkedWorkbook(refusal) && refusal.findings.some(({ place: at }) => at?.cell !== undefined);
  const file = marked
    ? html`<p>下面的工作簿里有您填的全部内容，要改的单元格都标了颜色，并写明怎么改。直接在里面改，保存。</p>
<p><a class="button" href="${uploadAddress(place, refusal.id)}/marked.xlsx">下载标出问题的工作簿</a></p>`
    : html`<p>这个文件读不出填写的内容。请按下面说的办法另存，或者下载模板重新填写。</p>
<p><a class="button" href="${returnAddress(place)}/template.xlsx">下载模板</a></p>`;
  return html`<div class="columns">
<section class="card"><h2>第一步：改正</h2>${file}</section>
<section class="card"><h2>第二步：重新上传</h2>${again}</section>
</div>`;
}
