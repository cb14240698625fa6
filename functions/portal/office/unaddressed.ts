import { html } from 'hono/html';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import { uploadIdSchema } from '../../../shared/core/ledger/upload.ts';
import { openMisdirected } from '../../../shared/core/year/standing.ts';
import type { Refusal, YearState } from '../../../shared/core/year/year-state.ts';
import { readers } from '../access/identity.ts';
import { cataloguesAddress, departmentName, returnTitle, uploadAddress } from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, yearParam } from '../route.ts';
import { sendDocument } from '../send-document.ts';

/** Uploads that were refused because their address names no return: nobody else would ever see them. */
export function unaddressedList({ unaddressed, catalogue }: YearState): Html {
  return html`<ul class="cards">${unaddressed.map((refusal) => unaddressedItem(refusal, catalogue))}</ul>`;
}

function unaddressedItem(
  { id, upload, findings }: Refusal,
  { year, utcOffset }: YearState['catalogue'],
): Html {
  return html`<li class="card"><h3 class="typed">${upload.fileName}</h3>
<p>${upload.uploader} 于 ${localTime(upload.uploadedAt, utcOffset)} 上传，${upload.size} 字节，位置：<span class="key">${upload.key}</span></p>
<ul>${findings.map(({ message, found }) => html`<li>${message}${found === undefined ? '' : html`（写的是“<span class="typed">${found}</span>”）`}</li>`)}</ul>
<p><a href="/${year}/unaddressed/${id}/original">下载“<span class="typed">${upload.fileName}</span>”（编号 ${id}）</a></p></li>`;
}

/** Files that were sent for one return and are the form of another, while nothing more came for either. */
export function misdirectedSection(state: YearState): Html {
  const open = openMisdirected(state);
  if (open.length === 0) return html``;
  const { catalogue } = state;
  return html`<h2 id="misdirected">放错了位置的文件（${open.length}）</h2>
<p>文件是另一份报表的，两边都没有算作收到，也没有算作退回。请部门打开后按所属的报告期提交。</p>
<ul>${open.map(({ sentFor: { department, period }, sent: { id, upload, formOf } }) => {
    const place = { department: department.id, period };
    const what = returnTitle(departmentName(catalogue, formOf.department), formOf.period);
    return html`<li><a href="${uploadAddress(place, id)}">“<span class="typed">${upload.fileName}</span>”</a>：上传到${returnTitle(department.name, period)}，是${what}的表；<span class="typed">${upload.uploader}</span> 于 ${localTime(upload.uploadedAt, catalogue.utcOffset)} 上传</li>`;
  })}</ul>`;
}

/** Returns that were accepted and that the catalogue in force does not expect, so that none is left out in silence. */
export function unexpectedSection({ unexpected, adopted, catalogue: { utcOffset } }: YearState): Html {
  if (unexpected.length === 0) return html``;
  const departments = adopted.adoptions.toReversed().flatMap(({ catalogue }) => catalogue.departments);
  return html`<h2 id="unexpected">已接收、现行目录不要求的报表（${unexpected.length}）</h2>
<p>这些报表是按以前的目录接收的，现行目录不要求报送，所以没有计入汇总。应当计入的，请在<a href="${cataloguesAddress}">指标目录</a>里恢复这个部门或报告期，再采用。</p>
<ul>${unexpected.map(({ happening: { department, period, upload } }) => {
    const name = departmentName({ departments }, department);
    return html`<li>${returnTitle(name, period)}：“<span class="typed">${upload.fileName}</span>”，<span class="typed">${upload.uploader}</span> 于 ${localTime(upload.uploadedAt, utcOffset)} 上传</li>`;
  })}</ul>`;
}

/** The file of an upload that names no return, as it came. */
export const unaddressedFileRoute = htmlRoute(
  {
    path: '/:year/unaddressed/:upload/original',
    access: readers,
    params: { ...yearParam, upload: uploadIdSchema },
  },
  async (request) => {
    const { state } = await request.readYear(request.params.year);
    const found = state.unaddressed.find(({ id }) => id === request.params.upload);
    if (found === undefined) throw new PortalError('not-found', '没有这次上传的记录。');
    const { key, version, fileName } = found.upload;
    return sendDocument(request, { key, version, fileName });
  },
);
