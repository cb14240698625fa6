import { html } from 'hono/html';
import { z } from 'zod';
import { type Catalogue, indicatorOf } from '../../../shared/core/catalogue/catalogue.ts';
import { periodInWords } from '../../../shared/core/catalogue/period.ts';
import { bySeverity, type Finding, type Severity } from '../../../shared/core/returns/finding.ts';
import { waitingRevisions } from '../../../shared/core/year/standing.ts';
import { type ReturnPlace, returnAddress, uploadAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, uploadParams } from '../route.ts';
import { figuresTable } from './figures-table.ts';
import { hasMarkedWorkbook } from './files.ts';
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
import { uploadForm } from './upload.ts';
import { type Receipt, readReceipt, uploadFacts } from './upload-facts.ts';
import { warningsSection } from './warnings-section.ts';

/** What became of one upload. */
export const resultRoute = htmlRoute(
  {
    path: '/:year/departments/:department/:period/uploads/:upload',
    access: ['department', 'legal-office', 'auditor'],
    params: uploadParams,
    query: { done: z.literal('known').optional().catch(undefined) },
  },
  async (request) => {
    const found = await findReturn(request);
    const upload = findUpload(found, request.params.upload);
    const receipt = await readReceipt(upload.upload, request.services.documents);
    return { kind: 'page', body: await resultPage(request, { found, upload, receipt }) };
  },
);

interface Result {
  found: FoundReturn;
  upload: FoundUpload;
  receipt: Receipt | undefined;
}

async function resultPage(
  request: RequestContext<ReturnPlace, { done?: 'known' | undefined }>,
  { found, upload, receipt }: Result,
): Promise<Html> {
  const { place, one, catalogue } = found;
  const { name } = one.department;
  const month = periodInWords(place.period);
  const mayUpload = reportsFor(request.identity, place.department);
  const again = mayUpload ? await uploadForm(request, place) : html``;
  return pageLayout(request, {
    ...placeBelow(request.identity, place, {
      departmentName: name,
      return: { title: `${month}月报`, place },
    }),
    title: `${name}${month}月报：上传结果`,
    done: request.query.done === undefined ? undefined : knownWords(upload),
    content: html`${
      upload.outcome === 'refused'
        ? refusedContent({ found, refusal: upload, again, mayUpload })
        : acceptedContent(request, { found, revision: upload, again, mayUpload })
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

function acceptedContent(
  request: RequestContext<ReturnPlace>,
  { found, revision, again, mayUpload }: Accepted,
): Html {
  const { one, catalogue, place } = found;
  const infos = revision.findings.filter(({ severity }) => severity !== 'error');
  const isWaiting = waitingRevisions(one).some(({ id }) => id === revision.id);
  return html`${acceptedNotice(found, revision)}
${isWaiting ? heldRevision(request, revision, found) : ''}
${revision.standing === 'counting' ? warningsSection(request, found) : ''}
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

const severityWords: Record<Severity, string> = { error: '必须改正', warning: '请核对', info: '提示' };

/** Findings, worst first, those that say the same together: what to do, and each place of which it is to be said. */
export function findingsList(findings: readonly Finding[], catalogue: Catalogue): Html {
  const groups = Map.groupBy(
    findings.toSorted(bySeverity),
    ({ severity, rule, message }) => `${severity} ${rule} ${message}`,
  );
  return html`<ol class="findings">${[...groups.values()].map((group) => findingGroup(group, catalogue))}</ol>`;
}

function findingGroup(group: readonly Finding[], catalogue: Catalogue): Html {
  const [{ severity, message }] = group as [Finding];
  return html`<li class="${severity}"><p><strong class="severity">${severityWords[severity]}</strong> ${message}</p>
<ul>${group.map((finding) => findingPlace(finding, catalogue))}</ul></li>`;
}

/** Where it is, which indicator, what was found, what is expected; empty for a finding about the whole file. */
function findingPlace({ place, indicator, found, expected }: Finding, catalogue: Catalogue): Html {
  const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ');
  const name = indicator === undefined ? '' : (indicatorOf(catalogue, indicator)?.name ?? indicator);
  const parts = [
    ...(where === '' ? [] : [html`<span class="place">${where}</span>`]),
    ...(name === '' ? [] : [html`<span>${name}</span>`]),
    ...(found === undefined ? [] : [html`<span>填写的是“<span class="typed">${found}</span>”</span>`]),
    ...(expected === undefined ? [] : [html`<span>应为：${expected}</span>`]),
  ];
  return parts.length === 0
    ? html``
    : html`<li>${parts.map((part, index) => html`${index > 0 ? '；' : ''}${part}`)}</li>`;
}
