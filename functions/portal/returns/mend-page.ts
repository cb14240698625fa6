import { html } from 'hono/html';
import { z } from 'zod';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import type { ReadUpload } from '../../../shared/core/ledger/upload.ts';
import { fieldName, typedIn, withTyped } from '../../../shared/core/returns/fields.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import {
  canBeTyped,
  errorsOfTheFile,
  type FieldToMend,
  fieldsToMend,
  type ReadForm,
} from '../../../shared/core/returns/mending.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import {
  markedAddress,
  mendAddress,
  type ReturnPlace,
  returnAddress,
  uploadAddress,
  uploadPath,
} from '../pages/addresses.ts';
import { breakdownOf } from '../pages/breakdown.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, uploadParams } from '../route.ts';
import { findingsList } from './findings-list.ts';
import {
  type FoundReturn,
  type FoundUpload,
  findReturn,
  findUpload,
  placeBelow,
  uploadsOf,
} from './found-return.ts';
import { submitFile } from './submit-file.ts';
import { control, label, typedFields } from './typed-fields.ts';

type Refused = Extract<FoundUpload, { outcome: 'refused' }>;
type UploadContext = RequestContext<ReturnPlace & { upload: string }>;

/** An upload that was refused, read again. */
interface Reread {
  found: FoundReturn;
  refusal: Refused;
  findings: Finding[];
  form: ReadForm;
  /** Whether its form was made from the catalogue in force. */
  isInForce: boolean;
}

const onUpload = { path: `${uploadPath}/mend`, access: ['department'] as const, params: uploadParams };

/** The cells of a refused return that have to be typed anew, each with what is wrong with it. */
export const mendRoute = htmlRoute({ ...onUpload, access: ['department'] }, async (request) => ({
  kind: 'page',
  body: await mendPage(request, await reread(request)),
}));

/** Makes the return anew, with what was typed in place of what was wrong, and submits it as any other file. */
export const submitMendedRoute = formRoute(
  {
    ...onUpload,
    access: ['department'],
    form: { counting: z.string().max(16).default(''), instead: z.string().max(16).optional() },
    otherFields: z.string(),
    carriesReturn: true,
  },
  async (request) => {
    const { found, refusal, findings, form, isInForce } = await reread(request);
    if (!canBeTyped(findings)) {
      throw new PortalError('conflict', '这个文件有必须在文件里改正的地方，不能在网页上改。');
    }
    refuseIfOvertaken(found, refusal, request.form);
    const fields = fieldsToMend(findings, form).map(({ field }) => field);
    const { key, catalogue, submission } = form;
    const bytes = await request.services.work.form({
      catalogue,
      place: key,
      reference: isInForce ? referenceFigures(found.state, key) : new Map(),
      typed: withTyped(submission, typedFields(request.form, fields)),
    });
    const fileName = mendedName(refusal.upload.fileName);
    const file = { address: key, fileName, bytes, uploader: request.identity.name };
    return { kind: 'redirect', to: await submitFile(file, request.services.uploadTarget) };
  },
);

async function reread(request: UploadContext): Promise<Reread> {
  const found = await findReturn(request);
  const refusal = findUpload(found, request.params.upload);
  const { upload } = refusal;
  if (refusal.outcome !== 'refused' || upload.sha256 === null) {
    throw new PortalError('conflict', '这次上传没有要在网页上改的内容。');
  }
  const kept = { upload: { ...upload, sha256: upload.sha256 } satisfies ReadUpload, year: found.place.year };
  const examined = await request.services.work.examineAgain(kept);
  const form = examined?.form;
  const { department, period } = found.place;
  if (examined === undefined || form?.key.department !== department || form.key.period !== period) {
    throw new PortalError('not-found', '这个文件已经读不到了，请重新选择文件上传。');
  }
  return {
    found,
    refusal,
    findings: examined.happening.findings,
    form: { ...form, catalogue: examined.by.catalogue },
    isInForce: examined.by.hash === found.state.adopted.inForce.hash,
  };
}

/** The revision that counts and came after the refusal; none where the refusal is the newest. */
function overtakenBy({ one: { counting } }: FoundReturn, { upload }: Refused) {
  return counting !== undefined && counting.upload.uploadedAt > upload.uploadedAt ? counting : undefined;
}

/** What was accepted since is replaced by what is mended here only if whoever mends it knows, and says so. */
function refuseIfOvertaken(
  found: FoundReturn,
  refusal: Refused,
  { counting, instead }: { counting: string; instead?: string | undefined },
): void {
  const id = found.one.counting?.id ?? '';
  if (id !== counting) {
    throw new PortalError(
      'conflict',
      '在您填写的时候，这一期又接收了一次上传，刚才填的没有提交。请回到报表页面，看看最近一次上传的结果。',
    );
  }
  if (overtakenBy(found, refusal) !== undefined && instead !== id) {
    throw new PortalError(
      'conflict',
      '后来已经接收了这一期的报表。确实要用这一份代替的，请返回上一页，勾选后再提交。',
    );
  }
}

/** What the workbook is called that was made on the page: as the one that it was made from, which is cut if need be. */
export function mendedName(fileName: string): string {
  const stem = fileName.replace(/\.[^.]{1,5}$/, '').replace(/(?:（网页更正）)+$/, '');
  return `${stem.slice(0, 100).toWellFormed()}（网页更正）.xlsx`;
}

function mendPage(request: UploadContext, context: Reread): Html | Promise<Html> {
  const { found, refusal, findings } = context;
  const { place, one } = found;
  const report = returnInWords(place.period);
  const { department } = one;
  const below = placeBelow(request.identity, place, {
    departmentName: department.name,
    return: { title: report, place },
  });
  return pageLayout(request, {
    ...below,
    trail: [...below.trail, { title: '上传结果', address: uploadAddress(place, refusal.id) }],
    title: `${department.name}${report}：在网页上改`,
    content: canBeTyped(findings) ? mendForm(request, context) : inTheFile(context),
  });
}

/** Nothing is mended by halves: what only the file can mend comes first. */
function inTheFile({ found: { place }, refusal, findings, form: { catalogue } }: Reread): Html {
  const inFile = errorsOfTheFile(findings);
  if (inFile.length === 0) {
    return html`<p class="notice">这个文件现在没有必须改正的地方，请把它重新上传一次。</p>
<p><a href="${uploadAddress(place, refusal.id)}">回到上传结果</a></p>`;
  }
  return html`<div class="notice warn"><p><strong>下面 ${inFile.length} 处要在文件里改，不能在网页上改。</strong>请下载标出问题的工作簿或者模板，改好后重新上传。</p></div>
${findingsList(inFile, catalogue)}
<p><a class="button" href="${markedAddress(place, refusal.id)}">下载标出问题的工作簿</a></p>
<p><a href="${uploadAddress(place, refusal.id)}">回到上传结果</a></p>`;
}

function mendForm(request: UploadContext, context: Reread): Html {
  const { found, refusal, findings, form } = context;
  const { place, one } = found;
  const fields = fieldsToMend(findings, form);
  const later = overtakenBy(found, refusal);
  return html`${laterNotice(found, refusal)}
<p>只列出要改的 ${fields.length} 格，其余照原文件不变。改好后提交，系统把整张表重新检查一遍；原来上传的文件照样留着。</p>
<form method="post" action="${mendAddress(place, refusal.id)}">
${formTokenField(request)}
<input type="hidden" name="counting" value="${one.counting?.id ?? ''}">
<ol class="findings mending">${groupsOf(fields).map((group, index) => faultItem(group, index, form))}</ol>
${
  later === undefined
    ? ''
    : html`<p><label class="choice"><input type="checkbox" name="instead" value="${later.id}" required> 用这一份代替后来接收的那一份</label></p>`
}
<p><button type="submit">提交更正后的报表</button></p>
</form>
<p><a href="${uploadAddress(place, refusal.id)}">回到上传结果</a> · <a href="${returnAddress(place)}">回到${returnInWords(place.period)}</a></p>`;
}

function laterNotice(found: FoundReturn, refusal: Refused): Html {
  const last = uploadsOf(found.one).at(-1);
  if (last === undefined || last.id === refusal.id) return html``;
  const isCounted = overtakenBy(found, refusal) !== undefined;
  return html`<div class="notice warn"><p><strong>这不是最近一次上传。</strong>${isCounted ? '后来已经接收了这一期的报表，在这里提交会代替它。' : ''}<a href="${uploadAddress(found.place, last.id)}">看最近一次上传</a></p></div>`;
}

/** Fields one after the other of which the same is to be said. */
function groupsOf(fields: readonly FieldToMend[]): [FieldToMend, ...FieldToMend[]][] {
  const groups: [FieldToMend, ...FieldToMend[]][] = [];
  for (const each of fields) {
    const last = groups.at(-1);
    if (last !== undefined && isSaidTheSame(last[0], each)) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

function isSaidTheSame(a: FieldToMend, b: FieldToMend): boolean {
  const messages = ({ findings }: FieldToMend) => findings.map(({ message }) => message).join('\n');
  return messages(a) === messages(b);
}

/** What is wrong, and the fields to type: of each where it stands, what stands there, and the field itself. */
function faultItem(group: readonly [FieldToMend, ...FieldToMend[]], index: number, form: ReadForm): Html {
  const fault = `fault-${index + 1}`;
  const said = new Map(group[0].findings.map((finding) => [finding.message, finding]));
  return html`<li class="error"><div id="${fault}">${[...said.values()].map((finding) => html`<p>${finding.message}</p>${breakdownOf(finding)}`)}</div>
${group.map(({ field, isBlank }, at) => {
  const written = typedIn(form.submission, field);
  const now = `${fault}-${at + 1}`;
  const asked = { field, typed: isBlank ? '' : written, describedBy: `${fault} ${now}` };
  return html`<div class="field">${label(field, form.catalogue)}
<p class="hint" id="${now}">${placeOf(field, form)}${written === '' ? '现在是空白' : html`现在填的是“<span class="typed">${written.slice(0, 100)}</span>”`}</p>
${control(asked, form.catalogue)}</div>`;
})}</li>`;
}

function placeOf(field: FieldToMend['field'], { submission }: ReadForm): Html {
  const entry =
    field.kind === 'figure'
      ? submission.figures.get(field.indicator)
      : field.kind === 'narrative'
        ? submission.narratives.get(field.narrative)
        : submission.remarks.find(({ on }) => fieldName({ kind: 'remark', on }) === fieldName(field))?.entry;
  const where = [entry?.place.sheet, entry?.place.cell].filter((part) => part !== undefined).join(' ');
  return where === '' ? html`` : html`<span class="place">${where}</span>，`;
}
