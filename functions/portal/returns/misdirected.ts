import { html } from 'hono/html';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { periodInWords, returnInWords, yearOf } from '../../../shared/core/catalogue/period.ts';
import { returnOf } from '../../../shared/core/year/year-state.ts';
import {
  type ReturnPlace,
  returnAddress,
  templateAddress,
  uploadAddress,
  uploadPath,
} from '../pages/addresses.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, type RequestContext, uploadParams } from '../route.ts';
import { type FoundReturn, type FoundUpload, findReturn, findUpload, reportsFor } from './found-return.ts';
import { submitFile } from './submit-file.ts';

type Misdirected = Extract<FoundUpload, { outcome: 'misdirected' }>;

interface MisdirectedContext {
  found: FoundReturn;
  upload: Misdirected;
  /** The form to upload another file with, for the return that this one was sent for. */
  again: Html;
}

/** What a file is that was sent for another return than its own, and the button that submits it as what it is. */
export async function misdirectedContent(
  request: RequestContext<ReturnPlace>,
  { found, upload, again }: MisdirectedContext,
): Promise<Html> {
  const { place, catalogue } = found;
  const { department, period } = upload.formOf;
  const report = returnInWords(place.period);
  const whose = departmentOf(catalogue, department)?.name ?? department;
  const own = department === place.department;
  const what = `${own ? '' : whose}${returnInWords(period)}`;
  const mayUpload = reportsFor(request.identity, place.department);
  return html`<div class="notice warn"><p><strong>这个文件是${what}的表，不是${own ? report : `本部门${report}`}的。</strong>没有作为${report}收下，${report}的报送情况不变。</p></div>
${
  mayUpload
    ? html`<div class="columns">
<section class="card"><h2>要报的是${what}</h2>
${own ? await ownReturn(request, upload, place) : html`<p>${whose}的报表由${whose}上传。请把文件交给该部门。</p>`}</section>
<section class="card"><h2>要报的是${report}</h2>
<p>下载${periodInWords(place.period)}的模板，把数字填进去，再上传。</p>
<p><a class="button quiet" href="${templateAddress(place)}">下载模板</a></p>
${again}</section>
</div>`
    : ''
}
<p><a href="${returnAddress(place)}">回到${report}</a></p>`;
}

/** How to submit the file as what it is: at once, unless that was done, or nobody asks for that return. */
async function ownReturn(
  request: RequestContext<ReturnPlace>,
  { id, upload, formOf }: Misdirected,
  place: ReturnPlace,
): Promise<Html> {
  const its = returnInWords(formOf.period);
  const one = await ownReturnOf(request, formOf);
  if (one === undefined) return html`<p>本部门没有需要报送的${its}；如有疑问，请联系法制机构。</p>`;
  const link = html`<p><a href="${returnAddress(formOf)}">看${its}</a></p>`;
  const { counting } = one;
  if (counting !== undefined && counting.upload.sha256 === upload.sha256) {
    return html`<p>${its}已经接收的就是这个文件，不用再交。</p>${link}`;
  }
  const instead = counting === undefined ? '' : `${its}已经接收过一份，提交后以这一份为准。`;
  return html`<p>不用重新选择文件。${instead}提交后照常检查。</p>
<form method="post" action="${uploadAddress(place, id)}/submission">
${formTokenField(request)}
<p><button type="submit">作为${its}提交</button></p>
</form>
${link}`;
}

/** The return that the file is the form of, if one is asked for; of a year that is not known here there is none. */
async function ownReturnOf(request: RequestContext<ReturnPlace>, formOf: Misdirected['formOf']) {
  try {
    return returnOf((await request.readYear(yearOf(formOf.period))).state, formOf);
  } catch (error) {
    if (error instanceof PortalError) return undefined;
    throw error;
  }
}

/** Submits a file that was sent for one return as the one whose form it is, in the name of who says so now. */
export const submitMisdirectedRoute = formRoute(
  { path: `${uploadPath}/submission`, access: ['department'], params: uploadParams },
  async (request) => {
    const upload = findUpload(await findReturn(request), request.params.upload);
    if (upload.outcome !== 'misdirected' || upload.formOf.department !== request.params.department) {
      throw new PortalError('conflict', '这个文件不是本部门另一期的报表，不能这样提交。');
    }
    if ((await ownReturnOf(request, upload.formOf)) === undefined) {
      throw new PortalError('not-found', '这个部门在这一期没有需要报送的报表。');
    }
    const { key, version, fileName } = upload.upload;
    const bytes = await request.services.documents.get(key, version);
    if (bytes === undefined) throw new PortalError('not-found', '这个文件已经不在了，请重新选择文件上传。');
    const file = { address: upload.formOf, fileName, bytes, uploader: request.identity.name };
    return { kind: 'redirect', to: await submitFile(file, request.services.uploadTarget) };
  },
);
