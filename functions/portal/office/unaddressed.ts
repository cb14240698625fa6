import { html } from 'hono/html';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import { uploadIdSchema } from '../../../shared/core/ledger/upload.ts';
import type { Refusal, YearState } from '../../../shared/core/year/year-state.ts';
import { readers } from '../access/identity.ts';
import { cataloguesAddress, departmentName, returnTitle } from '../pages/addresses.ts';
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
