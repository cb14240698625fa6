import { html } from 'hono/html';
import { z } from 'zod';
import { periodInWords } from '../../../shared/core/period.ts';
import { waitingRevisions } from '../../year/standing.ts';
import { type ReturnPlace, returnAddress, uploadAddress } from '../pages/addresses.ts';
import { findingsList } from '../pages/findings-list.ts';
import { frame } from '../pages/frame.ts';
import type { Html } from '../reply.ts';
import { page, uploadParams, type Visit } from '../route.ts';
import { figuresTable } from './figures-part.ts';
import { type FoundReturn, type FoundUpload, findReturn, findUpload, reportsFor } from './found-return.ts';
import { placeBelow } from './frames.ts';
import { heldRevision } from './held-part.ts';
import { refusedContent } from './refused-content.ts';
import { type Receipt, readReceipt, uploadFacts } from './upload-facts.ts';
import { uploadForm } from './upload-form.ts';
import { warningsPart } from './warnings-part.ts';

/** What became of one upload. */
export const resultRoute = page(
  {
    path: '/:year/departments/:department/:period/uploads/:upload',
    access: ['department', 'legal-office', 'auditor'],
    params: uploadParams,
    query: { done: z.literal('known').optional().catch(undefined) },
  },
  async (visit) => {
    const found = await findReturn(visit);
    const upload = findUpload(found, visit.params.upload);
    const receipt = await readReceipt(upload.upload, visit.services.documents);
    return { kind: 'page', body: await resultPage(visit, { found, upload, receipt }) };
  },
);

interface Result {
  found: FoundReturn;
  upload: FoundUpload;
  receipt: Receipt | undefined;
}

async function resultPage(
  visit: Visit<ReturnPlace, { done?: 'known' | undefined }>,
  { found, upload, receipt }: Result,
): Promise<Html> {
  const { place, one, catalogue } = found;
  const { name } = one.department;
  const month = periodInWords(place.period);
  const mayUpload = reportsFor(visit.identity, place.department);
  const again = mayUpload ? await uploadForm(visit, place) : html``;
  return frame(visit, {
    ...placeBelow(visit.identity, place, { departmentName: name, return: { title: `${month}月报`, place } }),
    title: `${name}${month}月报：上传结果`,
    done: visit.query.done === undefined ? undefined : knownWords(upload),
    content: html`${
      upload.outcome === 'refused'
        ? refusedContent({ found, refusal: upload, again, mayUpload })
        : acceptedContent(visit, { found, revision: upload, again, mayUpload })
    }
${uploadFacts(upload, { catalogue, address: uploadAddress(place, upload.id), receipt })}`,
  });
}

/** Said to whoever uploads the same file under the same name again: nothing new is recorded. */
function knownWords(upload: FoundUpload): string {
  const usual = '同一个文件以前上传过，没有重复记录；下面是那一次的结果。';
  return upload.outcome === 'accepted' && upload.standing === 'superseded'
    ? `${usual}要让这个文件重新作数，请把文件换一个名字再上传。`
    : usual;
}

interface Accepted {
  found: FoundReturn;
  revision: Extract<FoundUpload, { outcome: 'accepted' }>;
  again: Html;
  mayUpload: boolean;
}

function acceptedContent(visit: Visit<ReturnPlace>, { found, revision, again, mayUpload }: Accepted): Html {
  const { one, catalogue, place } = found;
  const infos = revision.findings.filter(({ severity }) => severity !== 'error');
  const isWaiting = waitingRevisions(one).some(({ id }) => id === revision.id);
  return html`${acceptedNotice(found, revision)}
${isWaiting ? heldRevision(visit, revision, found) : ''}
${revision.standing === 'counting' ? warningsPart(visit, found) : ''}
${
  infos.length === 0
    ? ''
    : html`<details><summary>系统对填写内容的说明（${infos.length} 条，不用改）</summary>
${findingsList(infos, catalogue)}</details>`
}
<h2>这次上传的数字</h2>
${figuresTable(revision, catalogue)}
<p><a href="${returnAddress(place)}">回到${periodInWords(place.period)}月报</a></p>
${mayUpload ? html`<details><summary>发现数字有误？改好后重新上传</summary>${again}</details>` : ''}`;
}

function acceptedNotice({ one, warnings }: FoundReturn, revision: Accepted['revision']): Html {
  const { number, standing, late } = revision;
  const isLate = late && number === 1 ? '这次上传过了报送时限，记为迟报。' : '';
  const counting = one.counting?.number ?? 0;
  if (standing === 'counting') {
    const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
    const next = open === 0 ? '不用再做什么。' : `有 ${open} 处数字请核对，见下面。`;
    return html`<p class="notice ${open === 0 ? 'good' : 'warn'}"><strong>已接收，计入汇总（修订 ${number}）。</strong>${isLate}${next}</p>`;
  }
  if (number < counting) {
    return html`<p class="notice"><strong>已接收（修订 ${number}），后来又上传了修订 ${counting}，以后来的为准。</strong></p>`;
  }
  const before = counting === 0 ? '' : `在此之前，修订 ${counting} 的数字照常计入。`;
  return html`<p class="notice warn"><strong>已接收（修订 ${number}），暂时没有计入汇总。</strong>${before}</p>`;
}
