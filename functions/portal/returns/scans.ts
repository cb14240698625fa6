import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import { z } from 'zod';
import { localTime, returnInWords } from '../../../shared/core/catalogue/period.ts';
import { maxScanBytes, scanFaultWords, scanKinds } from '../../../shared/core/ledger/scan.ts';
import { sha256, sha256Schema } from '../../../shared/core/values/digest.ts';
import { awaitsScanWord, revisionInWords } from '../../../shared/core/words.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import { awaitsScan } from '../../../shared/core/year/standing.ts';
import { fileScan } from '../../use-cases/file-scan.ts';
import { scanKey } from '../../use-cases/stores/scan-store.ts';
import { everybody } from '../access/identity.ts';
import {
  type ReturnPlace,
  receivedScanAddress,
  scanAddress,
  scansAddress,
  signOffAddress,
  uploadAddress,
  uploadPath,
} from '../pages/addresses.ts';
import { fileField, givenFile } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, type Route, uploadParams } from '../route.ts';
import { sendDocument } from '../send-document.ts';
import { incomingScanKey } from '../services.ts';
import { decided } from './decisions.ts';
import {
  type FoundReturn,
  type FoundUpload,
  findReturn,
  findUpload,
  placeBelow,
  reportsFor,
} from './found-return.ts';

const bound = { bytes: maxScanBytes, tooLarge: scanFaultWords['too-large'] };
const field = fileField({ label: '签字盖章后的扫描件', accept: '.pdf,.jpg,.jpeg,.png', id: 'scan', bound });

/** How a version is signed and stamped: its sheet to print, the scans that were filed, and the form to file one. */
export async function signingSection(
  request: RequestContext<ReturnPlace>,
  found: FoundReturn,
  revision: Revision,
): Promise<Html> {
  const { place, catalogue } = found;
  const { id, number, state } = revision;
  const isAwaited = state.kind === 'counting' && awaitsScan(found.one, catalogue);
  const mayFile = reportsFor(request.identity, place.department);
  const advice = isAwaited
    ? html`<p class="notice warn"><strong>${awaitsScanWord}：</strong>这份报表已经计入汇总，还要签字、盖章：打印审签表，签字盖章后扫描，再上传扫描件。</p>`
    : '';
  return html`<h2 id="signing">签字盖章（${revisionInWords(number)}）</h2>
${advice}
<p><a class="button quiet" href="${signOffAddress(place, id)}">打印审签表</a></p>
${scanList(found, revision)}
${mayFile ? await filingForm(request, place, revision) : ''}`;
}

/** All that were filed, the one that is meant first. */
function scanList({ place, catalogue }: FoundReturn, { id, scans }: Revision): Html {
  if (scans.length === 0) return html``;
  const items = scans.toReversed().map(({ sha256, kind, fileName, by, at }, index) => {
    const name = fileName ?? `扫描件.${scanKinds[kind].ending}`;
    return html`<li><a class="typed" href="${scanAddress(place, id, sha256)}">${name}</a>，<span class="typed">${by}</span>于 ${localTime(at, catalogue.utcOffset)} 上传${index === 0 ? '' : '（已由后来的代替）'}</li>`;
  });
  return html`<ul aria-label="盖章扫描件">${items}</ul>`;
}

async function filingForm(
  request: RequestContext<ReturnPlace>,
  place: ReturnPlace,
  { id, scans }: Revision,
): Promise<Html> {
  const button = html`<p><button type="submit">${scans.length === 0 ? '上传扫描件' : '换一份扫描件'}</button></p>`;
  const { uploadTarget } = request.services;
  if (uploadTarget.kind === 'here') {
    return html`<form method="post" action="${scansAddress(place, id)}" enctype="multipart/form-data">
${formTokenField(request)}
<p>${field}</p>
${button}
</form>`;
  }
  const token = randomBytes(16).toString('hex');
  const { department, period } = place;
  const { action, fields, minutes } = await uploadTarget.scanForm({
    address: { department, period },
    token,
    continueAt: request.services.origin + receivedScanAddress(place, { upload: id, token }),
  });
  return html`<form method="post" action="${action}" enctype="multipart/form-data">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p>${field}</p>
${button}
<p class="hint">请在 ${minutes} 分钟内上传；过了时间请先刷新本页。</p>
</form>`;
}

type OfUpload = ReturnPlace & { upload: string };

/** Files what was sent, and goes back to the upload; throws a `PortalError` that says what is wrong with what is no scan. */
async function file(
  request: RequestContext<OfUpload>,
  { upload, bytes, fileName }: { upload: FoundUpload & Revision; bytes: Uint8Array; fileName?: string },
): Promise<Reply> {
  const { params, services } = request;
  const done: Reply = { kind: 'redirect', to: `${uploadAddress(params, upload.id)}#signing` };
  // Who sends the form twice is shown what was filed by it.
  if (upload.scans.at(-1)?.sha256 === sha256(bytes)) return done;
  const { department, period } = params;
  const filing = { department, period, upload: upload.id, bytes, fileName };
  const filed = await decided(request, (by) => fileScan(filing, by, services));
  if (filed.kind === 'fault') {
    const words = `没有收下：${scanFaultWords[filed.fault]}请返回上一页重新选择文件。`;
    throw new PortalError(filed.fault === 'too-large' ? 'too-large' : 'malformed', words);
  }
  return done;
}

/** The version that a scan is filed for. */
async function findAccepted(
  request: RequestContext<OfUpload>,
): Promise<{ found: FoundReturn; upload: FoundUpload & Revision }> {
  const found = await findReturn(request);
  const upload = findUpload(found, request.params.upload);
  if (upload.outcome === 'accepted') return { found, upload };
  throw new PortalError('not-found', '这个文件没有被接收，没有可以签字的数字。');
}

/** Names a scan among those that came, where a browser sent it to the store itself. */
const tokenParam = { token: z.string().regex(/^[0-9a-f]{32}$/) };

/** Scans of signed and stamped sheets: filed by the department, taken away by whoever reads the return, never shown. */
export const scanRoutes: Route[] = [
  formRoute(
    {
      path: `${uploadPath}/scans`,
      access: ['department'],
      params: uploadParams,
      form: { file: z.unknown().optional() },
      carriesFile: bound,
    },
    async (request) => {
      const { upload } = await findAccepted(request);
      const given = givenFile(request.form.file, '扫描件');
      return file(request, {
        upload,
        bytes: new Uint8Array(await given.arrayBuffer()),
        fileName: given.name,
      });
    },
  ),
  htmlRoute(
    {
      path: `${uploadPath}/scans/received`,
      access: ['department'],
      params: uploadParams,
      query: tokenParam,
    },
    async (request) => {
      const { found, upload } = await findAccepted(request);
      return { kind: 'page', body: receivedPage(request, found, { upload, token: request.query.token }) };
    },
  ),
  formRoute(
    {
      path: `${uploadPath}/scans/received`,
      access: ['department'],
      params: uploadParams,
      form: tokenParam,
    },
    async (request) => {
      const { upload } = await findAccepted(request);
      const bytes = await request.services.documents.get(incomingScanKey(request.params, request.form.token));
      if (bytes === undefined) {
        throw new PortalError('not-found', '没有找到传来的文件，可能已经过了时间。请回到报表页面重新上传。');
      }
      return file(request, { upload, bytes });
    },
  ),
  htmlRoute(
    {
      path: `${uploadPath}/scans/:scan`,
      access: everybody,
      params: { ...uploadParams, scan: sha256Schema },
    },
    async (request) => {
      const { found, upload } = await findAccepted(request);
      const scan = upload.scans.find(({ sha256 }) => sha256 === request.params.scan);
      if (scan === undefined) throw new PortalError('not-found', '这次上传没有这份扫描件。');
      const { ending, mediaType } = scanKinds[scan.kind];
      const { name } = found.one.department;
      const fileName = `${name}${returnInWords(found.place.period)}${revisionInWords(upload.number)}盖章扫描件.${ending}`;
      return sendDocument(request, {
        key: scanKey(found.place, scan),
        version: null,
        fileName,
        type: mediaType,
      });
    },
  ),
];

/** Where the browser arrives after the store took a scan: what came is looked at and recorded when its form is sent. */
function receivedPage(
  request: RequestContext<OfUpload>,
  { place, one }: FoundReturn,
  { upload, token }: { upload: Revision; token: string },
): Html {
  const title = returnInWords(place.period);
  return pageLayout(request, {
    ...placeBelow(request.identity, place, { departmentName: one.department.name, return: { title, place } }),
    title: '扫描件已经传到',
    content: html`<form method="post" action="${scansAddress(place, upload.id)}/received" data-send-at-once>
${formTokenField(request)}<input type="hidden" name="token" value="${token}">
<p>还差一步：归档以后才算上传完成。</p>
<p><button type="submit">归档扫描件</button></p>
</form>`,
  });
}
