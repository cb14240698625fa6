import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import { checkCode } from '../../../shared/core/ledger/check-code.ts';
import type { Feedback } from '../../../shared/core/ledger/receipt.ts';
import { canBeTyped } from '../../../shared/core/returns/mending.ts';
import { admissionWords, laterInWords, revisionInWords, sameFile } from '../../../shared/core/words.ts';
import { awaitsScan } from '../../../shared/core/year/standing.ts';
import { readReceipt } from '../../use-cases/stores/receipt-store.ts';
import { everybody } from '../access/identity.ts';
import {
  markedAddress,
  mendAddress,
  type ReturnPlace,
  returnAddress,
  templateAddress,
  uploadAddress,
  uploadPath,
} from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, uploadParams } from '../route.ts';
import { actLine, receivedInWords } from './dates-in-words.ts';
import { figuresTable } from './figures-table.ts';
import { hasMarkedWorkbook, uploadLinks } from './files.ts';
import { findingsList } from './findings-list.ts';
import {
  type FoundReturn,
  type FoundUpload,
  findReturn,
  findUpload,
  placeBelow,
  reportsFor,
  uploadsOf,
} from './found-return.ts';
import { heldRevision } from './held-revisions.ts';
import { misdirectedContent } from './misdirected.ts';
import { changesBetween } from './revision-changes.ts';
import { signingSection } from './scans.ts';
import { uploadForm } from './upload.ts';
import { warningsAhead, warningsSection } from './warnings-section.ts';

/** What became of one upload. */
export const resultRoute = htmlRoute(
  {
    path: uploadPath,
    access: everybody,
    params: uploadParams,
  },
  async (request) => {
    const found = await findReturn(request);
    const upload = findUpload(found, request.params.upload);
    const receipt = await readReceipt({ ...found.place, upload: upload.upload }, request.services.documents);
    return { kind: 'page', body: await resultPage(request, { found, upload, receipt }) };
  },
);

interface Result {
  found: FoundReturn;
  upload: FoundUpload;
  receipt: Receipt | undefined;
}

async function resultPage(
  request: RequestContext<ReturnPlace>,
  { found, upload, receipt }: Result,
): Promise<Html> {
  const { place, one, catalogue } = found;
  const { name } = one.department;
  const report = returnInWords(place.period);
  const mayUpload = reportsFor(request.identity, place.department);
  const again = mayUpload ? await uploadForm(request, place) : html``;
  return pageLayout(request, {
    ...placeBelow(request.identity, place, {
      departmentName: name,
      return: { title: `${report}`, place },
    }),
    title: `${name}${report}：上传结果`,
    content: html`${await contentOf(request, { found, upload, again, mayUpload })}
${uploadFacts(upload, { catalogue, place, receipt })}`,
  });
}

function contentOf(
  request: RequestContext<ReturnPlace>,
  { upload, ...about }: Pick<Result, 'found' | 'upload'> & { again: Html; mayUpload: boolean },
): Html | Promise<Html> {
  switch (upload.outcome) {
    case 'refused':
      return refusedContent({ ...about, refusal: upload });
    case 'misdirected':
      return misdirectedContent(request, { ...about, upload });
    case 'accepted':
      return acceptedContent(request, { ...about, upload });
  }
}

interface Accepted {
  found: FoundReturn;
  upload: Extract<FoundUpload, { outcome: 'accepted' }>;
  again: Html;
  mayUpload: boolean;
}

async function acceptedContent(
  request: RequestContext<ReturnPlace>,
  { found, upload, again, mayUpload }: Accepted,
): Promise<Html> {
  const { catalogue, place } = found;
  const infos = upload.findings.filter(({ severity }) => severity !== 'error');
  return html`${acceptedNotice(found, upload)}
${upload.state.kind === 'held' ? html`${heldRevision(request, upload, found)}${warningsAhead(upload, found)}` : ''}
${upload.state.kind === 'counting' ? warningsSection(request, found) : ''}
${
  infos.length === 0
    ? ''
    : html`<details><summary>系统对填写内容的说明（${infos.length} 条，不用改）</summary>
${findingsList(infos, catalogue)}</details>`
}
${sinceBefore(found, upload)}
<h2>这次上传的数字</h2>
${figuresTable(upload, found.state)}
${await signingSection(request, found, upload)}
<p><a href="${returnAddress(place)}">回到${returnInWords(place.period)}</a></p>
${mayUpload ? html`<details><summary>发现数字有误？改好后重新上传</summary>${again}</details>` : ''}`;
}

/** What it says otherwise than the version before; of one that is held that stands beside what counts. */
function sinceBefore({ one, catalogue }: FoundReturn, { number, isRepeat, state }: Accepted['upload']): Html {
  const [before, after] = [number - 1, number].map((each) => one.revisions.find((it) => it.number === each));
  if (before === undefined || after === undefined || isRepeat || state.kind === 'held') return html``;
  return html`<h2>与上一版相比</h2>
${changesBetween(before, after, catalogue)}`;
}

function acceptedNotice({ one, warnings, catalogue }: FoundReturn, upload: Accepted['upload']): Html {
  const { number, state, late, isRepeat } = upload;
  const isLate = late && number === 1 ? '这次报送过了报送时限，记为迟报。' : '';
  const repeat = isRepeat ? html`<p>${sameFile(number)}。</p>` : '';
  const counting = one.counting?.number;
  const { admission } = upload;
  const decided =
    admission === undefined
      ? ''
      : html`<p>${actLine(admissionWords[admission.kind], admission, catalogue)}</p>`;
  switch (state.kind) {
    case 'counting': {
      const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
      const unsigned = awaitsScan(one, catalogue);
      const isDone = open === 0 && !unsigned;
      const check = open === 0 ? '' : `有 ${open} 处数字请核对，见下面。`;
      const sign = unsigned ? '还要签字盖章，见下面。' : '';
      const next = isDone ? '不用再做什么。' : `${check}${sign}`;
      return html`<div class="notice ${isDone ? 'good' : 'warn'}"><p><strong>已接收，计入汇总（${revisionInWords(number)}）。</strong>${isLate}${next}</p>${decided}${repeat}</div>`;
    }
    case 'superseded':
      return html`<div class="notice"><p><strong>已接收（${revisionInWords(number)}），后来又上传了${laterInWords(counting)}，以后来的为准。</strong></p>${decided}${repeat}</div>`;
    case 'declined':
      return html`<div class="notice warn"><p><strong>已接收（${revisionInWords(number)}），过了最迟报送日，法制机构不同意计入。</strong></p>${decided}${repeat}</div>`;
    case 'held': {
      const before = counting === undefined ? '' : `在此之前，${revisionInWords(counting)}的数字照常计入。`;
      return html`<div class="notice warn"><p><strong>已接收（${revisionInWords(number)}），暂时没有计入汇总。</strong>${before}</p>${repeat}</div>`;
    }
  }
}

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
<p><a href="${returnAddress(place)}">回到${returnInWords(place.period)}</a></p>`;
}

function earlierWords({ one }: FoundReturn): string {
  return one.counting === undefined
    ? ''
    : `在此之前，以前接收的（${revisionInWords(one.counting.number)}）照常计入。`;
}

/** Somebody who looks at an old refusal should not think that it is how things stand. */
function laterNote({ one, place }: FoundReturn, { id }: Refused['refusal']): Html {
  const uploads = uploadsOf(one);
  const last = uploads.at(-1);
  if (last === undefined || last.id === id) return html``;
  const outcome = { accepted: '已接收', refused: '也被退回', misdirected: '是别的报表' }[last.outcome];
  return html`<p class="notice">这不是最近一次上传：<a href="${uploadAddress(place, last.id)}">最近一次上传（${outcome}）</a></p>`;
}

function wayToMend({ place }: FoundReturn, refusal: Refused['refusal'], again: Html): Html {
  const marked =
    hasMarkedWorkbook(refusal) && refusal.findings.some(({ place: at }) => at?.cell !== undefined);
  const file = marked
    ? html`<p>下面的工作簿里有您填的全部内容，要改的单元格都标了颜色，并写明怎么改。直接在里面改，保存。</p>
<p><a class="button${canBeTyped(refusal.findings) ? ' quiet' : ''}" href="${markedAddress(place, refusal.id)}">下载标出问题的工作簿</a></p>`
    : html`<p>这个文件里读不到本期报表的数字。请按下面说的办法改正，或者下载模板填写。</p>
<p><a class="button" href="${templateAddress(place)}">下载模板</a></p>`;
  const onPage = marked && canBeTyped(refusal.findings);
  return html`${onPage ? mendOnPage(mendAddress(place, refusal.id)) : ''}
<div class="columns">
<section class="card"><h2>${onPage ? '或者在文件里改' : '第一步：改正'}</h2>${file}</section>
<section class="card"><h2>${onPage ? '改好后重新上传' : '第二步：重新上传'}</h2>${again}</section>
</div>`;
}

function mendOnPage(address: string): Html {
  return html`<section class="card"><h2>在网页上改</h2>
<p>只改有问题的几格，其余照您上传的文件不变，不用再选文件。</p>
<p><a class="button" href="${address}">在网页上改</a></p></section>`;
}

/** What was answered when an upload was recorded, and the ledger event that it was recorded as. */
export type Receipt = Pick<Feedback, 'summary' | 'receipt'>;

interface FactsContext {
  catalogue: Catalogue;
  place: ReturnPlace;
  receipt: Receipt | undefined;
}

/** What there is to know of an uploaded file, with the file itself. */
export function uploadFacts(found: FoundUpload, { catalogue, place, receipt }: FactsContext): Html {
  const { upload } = found;
  const { fileName, uploader, sha256, size } = upload;
  return html`<h2>文件</h2>
<dl class="facts">
<div><dt>文件名</dt><dd>${fileName}（${sizeInWords(size)}）</dd></div>
<div><dt>上传</dt><dd>${uploader}，${receivedInWords(upload, catalogue)}</dd></div>
<div><dt>下载</dt><dd>${uploadLinks(found, { place })}</dd></div>
</dl>
<details><summary>供核查的信息</summary>
<dl class="facts">
${found.outcome === 'accepted' ? html`<div><dt>校验码</dt><dd class="key">${checkCode(found.event)}</dd></div>` : ''}
<div><dt>上传编号</dt><dd class="key">${found.id}</dd></div>
<div><dt>原件的 SHA-256</dt><dd class="key">${sha256 ?? '文件过大，没有读取'}</dd></div>
${receipt === undefined ? '' : receiptFacts(receipt)}
</dl></details>`;
}

function receiptFacts({ summary, receipt: { chain, sequence, hash } }: Receipt): Html {
  return html`<div><dt>台账记录</dt><dd><span class="key">${chain}</span> 第 ${sequence} 条，哈希值 <span class="key">${hash}</span></dd></div>
<div><dt>当时的答复</dt><dd>${summary}</dd></div>`;
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
