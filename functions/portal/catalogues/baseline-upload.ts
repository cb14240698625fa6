import { html } from 'hono/html';
import { z } from 'zod';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import type { BaselineFileReading } from '../../use-cases/baseline-file.ts';
import { BaselineError, recordBaseline } from '../../use-cases/record-baseline.ts';
import { keepBaseline } from '../../use-cases/stores/baseline-store.ts';
import { baselineAddress, baselinesAddress, cataloguesAddress } from '../pages/addresses.ts';
import { givenFile, usualBound } from '../pages/file-field.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Reply } from '../reply.ts';
import { catalogueParams, formRoute, type RequestContext, yearParam } from '../route.ts';
import { baselineForm, baselinesPath, catalogueTrail, officeOf } from './baseline-page.ts';
import { baselinePreview, findBaseline } from './baseline-preview.ts';
import { findingsTable, markedLink } from './upload.ts';

const current = cataloguesAddress;

/** Takes a filled-in workbook: sound, it is kept to be looked at; else every problem of it is told. */
export const uploadBaselineRoute = formRoute(
  {
    path: baselinesPath,
    access: ['legal-office'],
    params: yearParam,
    form: { file: z.unknown().optional() },
    carriesFile: usualBound,
  },
  async (request) => {
    const { adopted, year } = await officeOf(request);
    const file = givenFile(request.form.file, '基数工作簿');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { catalogue } = adopted.inForce;
    const reading = await request.services.work.readBaseline({ bytes, catalogue });
    if (reading.kind === 'problems') return problemsReply(request, year, { ...reading, fileName: file.name });
    const hash = await keepBaseline(reading.baseline, request.services.documents, bytes);
    const to = baselineAddress({ year, hash });
    return reading.findings.length === 0
      ? { kind: 'redirect', to }
      : notesReply(request, year, { ...reading, to });
  },
);

/** What was made certain while reading, before the figures are looked at. */
function notesReply(
  request: RequestContext,
  year: number,
  { findings, to }: Pick<BaselineFileReading, 'findings'> & { to: string },
): Reply {
  const body = pageLayout(request, {
    title: '基数没有错误',
    current,
    trail: trailOf(year),
    content: html`<div class="notice good"><p>基数可以用，还没有录入。有 ${findings.length} 条提示，请看一看。</p></div>
<p><a class="button" href="${to}">看读到的数</a></p>
${findingsTable(findings, '基数的检查结果')}`,
  });
  return { kind: 'page', body };
}

/** Everything that is wrong with a workbook, and the workbook with it marked: nothing is kept of either. */
function problemsReply(
  request: RequestContext,
  year: number,
  { findings, marked, fileName }: Extract<BaselineFileReading, { kind: 'problems' }> & { fileName: string },
): Reply {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const body = pageLayout(request, {
    title: '基数有要改的地方',
    current,
    trail: trailOf(year),
    content: html`<div class="notice bad" role="alert"><p><strong>“<span class="typed">${fileName}</span>”有 ${errors} 处必须改正，没有保存。</strong>什么都没有改变。</p></div>
${marked === undefined ? '' : markedLink(marked, '上年基数')}
<h2>要改的每一处</h2>
${findingsTable(findings, '基数的检查结果')}
<h2>改好以后重新上传</h2>
${baselineForm(request, year)}`,
  });
  return { kind: 'page', body, status: 400 };
}

function trailOf(year: number) {
  return [...catalogueTrail, { title: `${year - 1}年基数`, address: baselinesAddress(year) }];
}

/** Records a baseline that was looked at: from now on the year is looked at beside it. */
export const recordBaselineRoute = formRoute(
  {
    path: `${baselinesPath}/:hash/recording`,
    access: ['legal-office'],
    params: catalogueParams,
    form: { reason: reasonSchema },
  },
  async (request) => {
    const baseline = await findBaseline(request);
    const { reason } = request.form;
    const { now: at, identity, services } = request;
    try {
      await recordBaseline({ baseline, reason, at, by: identity.name }, services);
    } catch (error) {
      if (!(error instanceof BaselineError)) throw error;
      return baselinePreview(request, { baseline, refused: error.message, reason });
    }
    return { kind: 'redirect', to: baselinesAddress(request.params.year) };
  },
);
