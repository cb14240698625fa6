import { html } from 'hono/html';
import { z } from 'zod';
import { type Catalogue, indicatorsOnForm } from '../../../shared/core/catalogue/catalogue.ts';
import { isOver } from '../../../shared/core/catalogue/deadlines.ts';
import { periodInWords, returnInWords } from '../../../shared/core/catalogue/period.ts';
import { tablesOnForm } from '../../../shared/core/catalogue/sums.ts';
import { cellId, cellOf, type Grid, indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { type Field, type SignaturePart, withTyped } from '../../../shared/core/returns/fields.ts';
import { emptySubmission } from '../../../shared/core/returns/submission.ts';
import { zeroReportWord } from '../../../shared/core/words.ts';
import { type ReferenceFigures, referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { newestVersion } from '../../../shared/core/year/revision.ts';
import {
  type AskedBecause,
  type AskedInZeroReport,
  type ZeroReport,
  zeroReport,
} from '../../../shared/core/year/zero-report.ts';
import { type ReturnPlace, returnAddress, returnPath, zeroReportAddress } from '../pages/addresses.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, returnParams } from '../route.ts';
import { type FoundReturn, findReturn, placeBelow } from './found-return.ts';
import { submitFile } from './submit-file.ts';
import { control, fieldInput, label, typedFields } from './typed-fields.ts';

const path = `${returnPath}/zero-report`;

/** What is signed with a return that corrects none. */
const signed: readonly SignaturePart[] = ['head', 'preparer', 'reviewer', 'telephone', 'date'];

interface Wanted {
  found: FoundReturn;
  report: ZeroReport;
  reference: ReadonlyMap<string, ReferenceFigures>;
}

/** A return of a period in which nothing happened, to be looked at before it is sent. */
export const zeroReportRoute = htmlRoute(
  { path, access: ['department'], params: returnParams },
  async (request) => {
    const wanted = await wantedReport(request);
    const { place, one } = wanted.found;
    return {
      kind: 'page',
      body: await pageLayout(request, {
        ...placeBelow(request.identity, place, {
          departmentName: one.department.name,
          return: { title: returnInWords(place.period), place },
        }),
        title: `${one.department.name}${returnInWords(place.period)}：${zeroReportWord}`,
        content: zeroReportForm(request, wanted),
      }),
    };
  },
);

/** Fills in the form with what the report says by itself and what was typed, and submits it as any other file. */
export const submitZeroReportRoute = formRoute(
  { path, access: ['department'], params: returnParams, otherFields: z.string(), carriesReturn: true },
  async (request) => {
    const { found, report, reference } = await wantedReport(request);
    const { catalogue, one } = found;
    const { department, period } = found.place;
    const typed = typedFields(request.form, fieldsOf(report));
    const bytes = await request.services.work.form({
      catalogue,
      place: { department, period },
      reference,
      typed: withTyped(emptySubmission(), [...report.zeros, ...typed]),
    });
    const fileName = `${one.department.name}${periodInWords(period)}${zeroReportWord}.xlsx`;
    const file = { address: { department, period }, fileName, bytes, uploader: request.identity.name };
    return { kind: 'redirect', to: await submitFile(file, request.services.uploadTarget) };
  },
);

/** Whether a return may be reported so: it has figures, none are there yet, and the period in which nothing happened is over. */
export function mayBeZero(
  { one, catalogue, place }: FoundReturn,
  { now }: Pick<RequestContext, 'now'>,
): boolean {
  const hasFigures = indicatorsOnForm(catalogue, place.department, place.period).length > 0;
  return hasFigures && newestVersion(one) === undefined && isOver(one.deadline, now, catalogue);
}

async function wantedReport(request: RequestContext<ReturnPlace>): Promise<Wanted> {
  const found = await findReturn(request);
  if (!mayBeZero(found, request)) {
    throw new PortalError(
      'conflict',
      newestVersion(found.one) === undefined
        ? '这一期还没有结束，或者没有要填的数，不能做零报告。'
        : '这一期的报表已经接收，不能再做零报告。要改数字的，请在报表页面更正。',
    );
  }
  const { department, period } = found.place;
  const reference = referenceFigures(found.state, { department, period });
  return { found, reference, report: zeroReport(found.catalogue, { department, period }, reference) };
}

function fieldsOf({ asked }: ZeroReport): Field[] {
  return [...asked.map(({ field }) => field), ...signed.map((part): Field => ({ kind: 'signature', part }))];
}

const reasons: Record<AskedBecause, string> = {
  'as-before': '不是本期发生数，已填上期的数；有变化的请改。',
  unknown: '没有发生时填多少，系统不知道；请填写。',
  'out-of-range': '按指标目录，这一项不能是 0；请填写。',
  text: '这一项必须写；没有的请写“无”。',
};

function zeroReportForm(request: RequestContext<ReturnPlace>, { found, report }: Wanted): Html {
  const { place, catalogue, state } = found;
  const { asked } = report;
  const last = state.returns.findLast(
    ({ department, counting }) => department.id === place.department && counting !== undefined,
  )?.counting?.signature;
  const typed = { ...last, preparer: request.identity.name, date: '' };
  const signature = signed.map((part) => {
    const field = { kind: 'signature', part } as const;
    return html`<div>${fieldInput({ field, typed: typed[part] ?? '' }, catalogue)}</div>`;
  });
  return html`<p class="notice">${periodInWords(place.period)}没有发生的，不用下载模板：看一遍下面各项，确认后提交，与上传一份填好的工作簿一样。有一项发生了的，请<a href="${returnAddress(place)}#upload">填写模板上传</a>。</p>
<form method="post" action="${zeroReportAddress(place)}">
${formTokenField(request)}
${
  asked.length === 0
    ? ''
    : html`<h2>要您填写或核对的（${asked.length} 项）</h2>
<ul class="findings mending">${asked.map((each, index) => askedItem(each, index, catalogue))}</ul>`
}
<h2>填 0 的各项</h2>
${zeroTables(found, report)}
<h2>签报</h2>
<div class="columns signed">${signature}</div>
<p><button type="submit">确认${zeroReportWord}并提交</button></p>
</form>
<p><a href="${returnAddress(place)}">回到${returnInWords(place.period)}</a></p>`;
}

function askedItem(
  { field, proposal, because }: AskedInZeroReport,
  index: number,
  catalogue: Catalogue,
): Html {
  const describedBy = `why-${index + 1}`;
  return html`<li class="warning">${label(field, catalogue)}
<p class="hint" id="${describedBy}">${reasons[because]}</p>
${control({ field, typed: proposal, describedBy }, catalogue)}</li>`;
}

/** What is reported as nothing: figures in a list, tables as they are published. */
function zeroTables({ catalogue, place }: FoundReturn, { zeros }: ZeroReport): Html {
  const ids = zeros.flatMap(([field]) => (field.kind === 'figure' ? [field.indicator] : []));
  const single = ids.filter((id) => cellOf(catalogue, id) === undefined);
  const rows = single.map((id) => {
    const indicator = indicatorOf(catalogue, id);
    return html`<tr><th scope="row" class="roomy">${indicator?.name ?? id}</th><td class="number">0 ${indicator?.unit ?? ''}</td></tr>`;
  });
  const head = html`<tr><th scope="col">指标</th><th scope="col" class="number">数</th></tr>`;
  const zero = new Set(ids);
  return html`${rows.length === 0 ? '' : html`<div class="narrow">${scrollingTable(`${zeroReportWord}的指标`, { head, rows })}</div>`}
${tablesOnForm(catalogue, place).map((grid) => zeroGrid(grid, zero))}`;
}

/** What is added up of nothing is nothing, but for what is asked for, which is a dash here. */
function zeroGrid({ table, rows, columns }: Grid, zero: ReadonlySet<string>): Html {
  const cell = (row: Grid['rows'][number], column: Grid['columns'][number]) => {
    const isSum = row.sum !== undefined || column.sum !== undefined;
    return isSum ? '合计' : zero.has(cellId(table.id, row.id, column.id)) ? '0' : '—';
  };
  return scrollingTable(`${table.name}（${table.unit}）`, {
    head: html`<tr><th scope="col">项目</th>${columns.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}</tr>`,
    rows: rows.map(
      (row) =>
        html`<tr><th scope="row" class="roomy">${row.name}</th>${columns.map((column) => html`<td class="number">${cell(row, column)}</td>`)}</tr>`,
    ),
  });
}
