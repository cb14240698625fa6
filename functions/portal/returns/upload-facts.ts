import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import {
  type Feedback,
  feedbackFileNames,
  feedbackFolder,
  feedbackSchema,
} from '../../../shared/core/ledger/receipt.ts';
import type { Upload } from '../../../shared/core/ledger/upload.ts';
import type { Html } from '../reply.ts';
import { hasMarkedWorkbook } from './files.ts';
import type { FoundUpload } from './found-return.ts';

/** What was answered when an upload was recorded, and the ledger event that it was recorded as. */
export type Receipt = Pick<Feedback, 'summary' | 'receipt'>;

/** The receipt of an upload; undefined while it is not written yet. */
export async function readReceipt(
  upload: Upload,
  documents: Pick<Documents, 'get'>,
): Promise<Receipt | undefined> {
  const bytes = await documents.get(feedbackFolder(upload) + feedbackFileNames.report);
  return bytes === undefined ? undefined : feedbackSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

interface FactsContext {
  catalogue: Catalogue;
  address: string;
  receipt: Receipt | undefined;
}

/** What there is to know of an uploaded file, with the file itself. */
export function uploadFacts(found: FoundUpload, { catalogue, address, receipt }: FactsContext): Html {
  const { upload } = found;
  const { fileName, uploadedAt, uploader, sha256, size } = upload;
  return html`<h2>文件</h2>
<dl class="facts">
<div><dt>文件名</dt><dd>${fileName}（${sizeInWords(size)}）</dd></div>
<div><dt>上传</dt><dd>${uploader}，${localTime(uploadedAt, catalogue.utcOffset)}</dd></div>
<div><dt>下载</dt><dd><a href="${address}/original">原件</a>${hasMarkedWorkbook(found) ? html` · <a href="${address}/marked.xlsx">校验结果</a>` : ''}</dd></div>
</dl>
<details><summary>供核查的信息</summary>
<dl class="facts">
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
