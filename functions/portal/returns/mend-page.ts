import { html } from 'hono/html';
import { z } from 'zod';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import { fieldName, typedIn } from '../../../shared/core/returns/fields.ts';
import {
  canBeTyped,
  errorsOfTheFile,
  type FieldToMend,
  fieldsToMend,
  type ReadForm,
} from '../../../shared/core/returns/mending.ts';
import { newestVersion, type Revision } from '../../../shared/core/year/revision.ts';
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
import { madeFrom, madeFromField, type Reread, refuseIfChanged, reread, submitAnew } from './typed-anew.ts';
import { control, label, typedFields } from './typed-fields.ts';

type Refused = Extract<FoundUpload, { outcome: 'refused' }>;
type UploadContext = RequestContext<ReturnPlace & { upload: string }>;

/** An upload that was refused, read again. */
interface RereadRefusal extends Reread {
  found: FoundReturn;
  refusal: Refused;
}

const onUpload = { path: `${uploadPath}/mend`, params: uploadParams };

/** The cells of a refused return that have to be typed anew, each with what is wrong with it. */
export const mendRoute = htmlRoute({ ...onUpload, access: ['department'] }, async (request) => ({
  kind: 'page',
  body: await mendPage(request, await rereadRefusal(request)),
}));

/** Makes the return anew, with what was typed in place of what was wrong, and submits it as any other file. */
export const submitMendedRoute = formRoute(
  {
    ...onUpload,
    access: ['department'],
    form: { ...madeFrom, instead: z.string().max(16).optional() },
    otherFields: z.string(),
    carriesReturn: true,
  },
  async (request) => {
    const read = await rereadRefusal(request);
    const { found, refusal, findings, form } = read;
    if (!canBeTyped(findings)) {
      throw new PortalError('conflict', '这个文件有必须在文件里改正的地方，不能在网页上改。');
    }
    refuseIfChanged(found, request.form);
    refuseUnlessMeant(found, refusal, request.form.instead);
    const fields = fieldsToMend(findings, form).map(({ field }) => field);
    return submitAnew(request, found, { ...read, typed: typedFields(request.form, fields) });
  },
);

async function rereadRefusal(request: UploadContext): Promise<RereadRefusal> {
  const found = await findReturn(request);
  const refusal = findUpload(found, request.params.upload);
  if (refusal.outcome !== 'refused') {
    throw new PortalError('conflict', '这次上传没有要在网页上改的内容。');
  }
  return { found, refusal, ...(await reread(request, found, refusal)) };
}

/** The newest version if it came after the refusal. */
function overtakenBy({ one }: FoundReturn, { upload }: Refused): Revision | undefined {
  const newest = newestVersion(one);
  return newest !== undefined && newest.upload.uploadedAt > upload.uploadedAt ? newest : undefined;
}

/** What was accepted since is replaced by what is mended here only if whoever mends it knows, and says so. */
function refuseUnlessMeant(found: FoundReturn, refusal: Refused, instead: string | undefined): void {
  const later = overtakenBy(found, refusal);
  if (later === undefined || instead === later.id) return;
  throw new PortalError(
    'conflict',
    '后来已经接收了这一期的报表。确实要用这一份代替的，请返回上一页，勾选后再提交。',
  );
}

function mendPage(request: UploadContext, context: RereadRefusal): Html | Promise<Html> {
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
function inTheFile({ found: { place }, refusal, findings, form: { catalogue } }: RereadRefusal): Html {
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

function mendForm(request: UploadContext, context: RereadRefusal): Html {
  const { found, refusal, findings, form } = context;
  const { place } = found;
  const fields = fieldsToMend(findings, form);
  const later = overtakenBy(found, refusal);
  return html`${laterNotice(found, refusal)}
<p>只列出要改的 ${fields.length} 格，其余照原文件不变。改好后提交，系统把整张表重新检查一遍；原来上传的文件照样留着。</p>
<form method="post" action="${mendAddress(place, refusal.id)}">
${formTokenField(request)}
${madeFromField(found)}
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
  const isTaken = overtakenBy(found, refusal) !== undefined;
  return html`<div class="notice warn"><p><strong>这不是最近一次上传。</strong>${isTaken ? '后来已经接收了这一期的报表，在这里提交会代替它。' : ''}<a href="${uploadAddress(found.place, last.id)}">看最近一次上传</a></p></div>`;
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
