import { html } from 'hono/html';
import { z } from 'zod';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import { tablesOnForm } from '../../../shared/core/catalogue/sums.ts';
import { cellId, cellOf, type Grid } from '../../../shared/core/catalogue/tables.ts';
import { type Field, typedIn } from '../../../shared/core/returns/fields.ts';
import { fieldsOfForm, type ReadForm } from '../../../shared/core/returns/mending.ts';
import { revisionInWords } from '../../../shared/core/words.ts';
import { newestVersion, type Revision } from '../../../shared/core/year/revision.ts';
import {
  correctionAddress,
  type ReturnPlace,
  returnAddress,
  uploadAddress,
  uploadPath,
} from '../pages/addresses.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, uploadParams } from '../route.ts';
import { type FoundReturn, findReturn, findUpload, placeBelow } from './found-return.ts';
import { madeFrom, madeFromField, type Reread, refuseIfChanged, reread, submitAnew } from './typed-anew.ts';
import { control, fieldInput, typedFields } from './typed-fields.ts';
import { cautions } from './upload.ts';

const onUpload = { path: `${uploadPath}/correction`, params: uploadParams };
type UploadContext = RequestContext<ReturnPlace & { upload: string }>;

/** All that the newest version of a return says, to be corrected on the page. */
export const correctionRoute = htmlRoute({ ...onUpload, access: ['department'] }, async (request) => {
  const { found, version, read } = await newestUpload(request);
  const { place, one } = found;
  const report = returnInWords(place.period);
  const body = await pageLayout(request, {
    ...placeBelow(request.identity, place, {
      departmentName: one.department.name,
      return: { title: report, place },
    }),
    title: `${one.department.name}${report}：在网页上更正`,
    content: correctionForm(request, found, { ...read, version }),
  });
  return { kind: 'page', body };
});

/** Makes the return anew with what was corrected in it, and submits it as any other file. */
export const submitCorrectionRoute = formRoute(
  {
    ...onUpload,
    access: ['department'],
    form: madeFrom,
    otherFields: z.string(),
    carriesReturn: true,
  },
  async (request) => {
    const { found, read } = await newestUpload(request);
    refuseIfChanged(found, request.form);
    const { submission } = read.form;
    const typed = typedFields(request.form, fieldsOfForm(read.form)).filter(
      ([field, text]) => isNote(field) || text.replace(/\r\n?/g, '\n') !== typedIn(submission, field),
    );
    if (typed.every(([field, text]) => isNote(field) && text.trim() === '')) {
      throw new PortalError('conflict', '没有改动任何一格，没有提交。要更正的，请返回上一页改好再提交。');
    }
    return submitAnew(request, found, { ...read, typed });
  },
);

/** What explains an earlier correction explains no other: it is typed anew. */
function isNote(field: Field): boolean {
  return field.kind === 'signature' && field.part === 'correctionNote';
}

/** An older version is not corrected: what came after it would be undone unseen. */
async function newestUpload(
  request: UploadContext,
): Promise<{ found: FoundReturn; version: Revision; read: Reread }> {
  const found = await findReturn(request);
  const upload = findUpload(found, request.params.upload);
  const version = newestVersion(found.one);
  if (upload.outcome !== 'accepted' || version === undefined || upload.number !== version.number) {
    throw new PortalError('conflict', '这次上传不是最新的一版，不能在这里更正。请回到报表页面。');
  }
  return { found, version, read: await reread(request, found, upload) };
}

function correctionForm(
  request: UploadContext,
  found: FoundReturn,
  { form, version }: Reread & { version: Revision },
): Html {
  const { place } = found;
  const { catalogue, key, submission } = form;
  const asked = (field: Field) => ({ field, typed: isNote(field) ? '' : typedIn(submission, field) });
  const input = (field: Field) => html`<div class="field">${fieldInput(asked(field), catalogue)}</div>`;
  const isCell = (field: Field) =>
    field.kind === 'figure' && cellOf(catalogue, field.indicator) !== undefined;
  const all = fieldsOfForm(form);
  const single = all.filter(
    (field) => !isCell(field) && field.kind !== 'signature' && field.kind !== 'blanks',
  );
  const signature = all.filter(({ kind }) => kind === 'signature');
  return html`${cautions(request, found)}
<p>下面是${version.state.kind === 'counting' ? '现在计入汇总的数' : `最新一版的数（${revisionInWords(version.number)}，暂存，还没有计入汇总）`}，改哪一格就提交哪一格，其余不变；系统把整张表重新检查一遍。</p>
<form method="post" action="${correctionAddress(place, request.params.upload)}">
${formTokenField(request)}
${madeFromField(found)}
<div class="whole-form">${single.map(input)}</div>
${tablesOnForm(catalogue, key).map((grid) => gridInputs(grid, form))}
<h2>签报</h2>
<div class="whole-form">${signature.map(input)}</div>
<p><button type="submit">提交更正</button></p>
</form>
<p><a href="${uploadAddress(place, request.params.upload)}">看这次上传的结果</a> · <a href="${returnAddress(place)}">回到${returnInWords(place.period)}</a></p>`;
}

/** A table as it is published, with a field in each cell that is typed. */
function gridInputs({ table, rows, columns }: Grid, { catalogue, submission }: ReadForm): Html {
  const cell = (row: Grid['rows'][number], column: Grid['columns'][number]) => {
    if (row.sum !== undefined || column.sum !== undefined) return '合计';
    const field = { kind: 'figure', indicator: cellId(table.id, row.id, column.id) } as const;
    return control({ field, typed: typedIn(submission, field), isUnlabelled: true }, catalogue);
  };
  const blanks: Field = { kind: 'blanks', table: table.id };
  return html`${scrollingTable(`${table.name}（${table.unit}）`, {
    head: html`<tr><th scope="col">项目</th>${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr>`,
    rows: rows.map(
      (row) =>
        html`<tr><th scope="row" class="roomy">${row.name}</th>${columns.map((column) => html`<td class="typed-in">${cell(row, column)}</td>`)}</tr>`,
    ),
  })}
<p>${fieldInput({ field: blanks, typed: typedIn(submission, blanks) }, catalogue)}</p>`;
}
