import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import { z } from 'zod';
import { isAfterCutOff } from '../../../shared/core/catalogue/deadlines.ts';
import { periodInYear, returnInYear } from '../../../shared/core/catalogue/period.ts';
import { countedUploads } from '../../../shared/core/ledger/counted.ts';
import { zeroReportWord } from '../../../shared/core/words.ts';
import { wasAskedFor } from '../../../shared/core/year/questions.ts';
import { newestVersion } from '../../../shared/core/year/revision.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import {
  checkAddress,
  correctionAddress,
  originalAddress,
  type ReturnPlace,
  receivedAddress,
  returnAddress,
  returnPath,
  templateAddress,
  uploadAddress,
  zeroReportAddress,
} from '../pages/addresses.ts';
import { fileField, givenFile, usualBound } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, type RequestContext, returnParams } from '../route.ts';
import type { UploadTarget } from '../services.ts';
import { dayInWords } from './dates-in-words.ts';
import { type FoundReturn, findReturn, reportsFor } from './found-return.ts';
import { mayBeZero } from './zero-report-page.ts';

const workbook = { label: '填好的工作簿', accept: '.xlsx' };
const workbookField = fileField(workbook);

/** The two steps of reporting: the template, and for whoever reports for the department the form to upload with. */
export async function reportingSteps(
  request: RequestContext<ReturnPlace>,
  found: FoundReturn,
): Promise<Html> {
  const { place, one } = found;
  const report = returnInYear(place.period);
  const newest = newestVersion(one);
  const isFirst = newest === undefined;
  const own = reportsFor(request.identity, place.department);
  const template = html`<a class="button${own && isFirst ? '' : ' quiet'}" href="${templateAddress(place)}">下载${periodInYear(place.period)}模板</a>`;
  if (!own) return html`<p>${template}</p>`;
  return html`<h2 id="upload">${isFirst ? `报送${report}` : `更正${report}`}</h2>
${cautions(request, found)}
<div class="columns">
<section class="card"><h3>第一步：填写</h3>
${isFirst ? firstAdvice : correctionAdvice(place, newest.id)}
<p>${template}</p></section>
<section class="card"><h3>第二步：上传</h3>
${await uploadForm(request, place)}</section>
</div>
${mayBeZero(found, request) ? zeroReportLink(place) : ''}`;
}

function zeroReportLink(place: ReturnPlace): Html {
  return html`<p>这一期一项也没有发生？<a class="button quiet" href="${zeroReportAddress(place)}">本期无发生，${zeroReportWord}</a></p>`;
}

const firstAdvice = html`<p>下载模板，用 Excel、WPS 表格或 LibreOffice 填写浅黄色的单元格，保存。没有发生的填 0，不要留空。</p>`;

function correctionAdvice(place: ReturnPlace, upload: string): Html {
  return html`<p>改几个数的，在网页上更正就行，不用再上传文件。</p>
<p><a class="button" href="${correctionAddress(place, upload)}">在网页上更正</a></p>
<p>也可以在上次接收的文件里改好，保存；或者下载模板重新填写。每次都要填全部数字，以最后一次为准。</p>
<p><a class="button quiet" href="${originalAddress(place, upload)}">下载上次接收的文件</a></p>`;
}

/** The form that takes a file in, by way of the portal or straight into the store. */
export async function uploadForm(request: RequestContext<ReturnPlace>, place: ReturnPlace): Promise<Html> {
  const { uploadTarget } = request.services;
  if (uploadTarget.kind === 'store') return storeForm(request, place, uploadTarget);
  return html`<form method="post" action="${returnAddress(place)}/uploads" enctype="multipart/form-data">
${formTokenField(request)}
<p>${workbookField}</p>
<p><button type="submit">上传并检查</button>
<button type="submit" class="quiet" formaction="${checkAddress(place)}">先检查，不报送</button></p>
<p class="hint">上传后几秒钟内就有结果：已接收，或者列出要改的每一处。“先检查”只列出问题，不算报送。</p>
</form>`;
}

type PresignedUpload = Extract<UploadTarget, { kind: 'store' }>;

/** The file is the last field: the store ignores whatever comes after it. */
async function storeForm(
  request: RequestContext<ReturnPlace>,
  place: ReturnPlace,
  uploadTarget: PresignedUpload,
): Promise<Html> {
  const token = randomBytes(16).toString('hex');
  const { department, period } = place;
  const { action, fields, minutes } = await uploadTarget.form({
    address: { department, period },
    uploader: request.identity.name,
    token,
    continueAt: request.services.origin + receivedAddress(place, { token }),
  });
  return html`<form method="post" action="${action}" enctype="multipart/form-data">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p>${workbookField}</p>
<p><button type="submit">上传并检查</button></p>
<p class="hint">请在 ${minutes} 分钟内上传；过了时间请先刷新本页。上传后几秒钟内就有结果。</p>
</form>
<details><summary>先检查，不报送</summary>
<form method="post" action="${checkAddress(place)}" enctype="multipart/form-data">
${formTokenField(request)}
<p>${fileField({ ...workbook, id: 'file-to-check', bound: boundHere(uploadTarget) })}</p>
<p><button type="submit" class="quiet">先检查，不报送</button></p>
<p class="hint">只列出问题，不算报送，文件不保存。</p>
</form></details>`;
}

/** Files that are checked only do not go into the store, and what takes them takes less. */
function boundHere({ mostBytesHere: bytes }: PresignedUpload): { bytes: number; tooLarge: string } {
  const tooLarge = `文件超过 ${bytes / 1024 / 1024} MB，不能只检查；请直接上传，上传后一样逐处列出问题。`;
  return { bytes, tooLarge };
}

/** What somebody should know before they upload: why it would not count at once. */
export function cautions(
  { now }: RequestContext<ReturnPlace>,
  { one, catalogue, state, place }: FoundReturn,
): Html {
  const late =
    isAfterCutOff(now, one, catalogue) && !wasAskedFor(now, one.questions)
      ? html`<p class="notice warn">已经过了最迟报送日（${dayInWords(one.deadline.cutOff, catalogue.year)}）。现在仍可以上传，但会先暂存，法制机构同意后才计入汇总。</p>`
      : '';
  const published = isIssued(state, place)
    ? html`<p class="notice warn">这一期的数字已经正式发布。如果要改动数字，请在“更正说明”一栏写明原因；没有写的会先暂存，等您说明原因后才计入汇总。</p>`
    : '';
  return html`${late}${published}`;
}

function isIssued({ publications, issued }: YearState, place: ReturnPlace): boolean {
  const counted = countedUploads(publications);
  return [...issued.keys()].some((number) => counted.uploadAt(number, place) !== undefined);
}

/** Takes in a file that is posted to the portal itself. */
export const uploadRoute = formRoute(
  {
    path: `${returnPath}/uploads`,
    access: ['department'],
    params: returnParams,
    form: { file: z.unknown().optional() },
    carriesFile: usualBound,
  },
  async (request) => {
    const { uploadTarget } = request.services;
    const { place } = await findReturn(request);
    if (uploadTarget.kind !== 'here') {
      throw new PortalError('malformed', `请从报表页面重新上传：${returnAddress(place)}。`);
    }
    const file = givenFile(request.form.file, '填写的工作簿');
    const { department, period } = place;
    const id = await uploadTarget.take({
      address: { department, period },
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      uploader: request.identity.name,
    });
    return { kind: 'redirect', to: uploadAddress(place, id) };
  },
);
