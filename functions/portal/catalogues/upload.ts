import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { severityWords } from '../../../shared/core/words.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import type { FileFinding } from '../../use-cases/catalogue-file.ts';
import { keepCatalogue } from '../../use-cases/stores/catalogue-store.ts';
import { catalogueAddress, cataloguesAddress } from '../pages/addresses.ts';
import { fileField, givenFile, linkWithFile, usualBound } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html, Reply } from '../reply.ts';
import { formRoute, type RequestContext } from '../route.ts';

const trail = [{ title: '指标目录', address: cataloguesAddress }];
const current = cataloguesAddress;

/** Reading workbooks is loaded when a file comes: no other page of the portal needs it. */
export const catalogueFile = () => import('../../use-cases/catalogue-file.ts');

/** The form that takes a catalogue in: to be looked at, not yet in force. */
export function uploadForm(request: Pick<RequestContext, 'formToken'>): Html {
  return html`<form method="post" action="${cataloguesAddress}" enctype="multipart/form-data">
${formTokenField(request)}
<p>${fileField({ label: '目录工作簿或 JSON 文件', accept: '.xlsx,.json' })}</p>
<p><button type="submit">上传并检查</button></p>
<p class="hint">上传以后先检查，再让您看清与现行目录的差异；您点“采用”以前，什么都不会改变。</p>
</form>`;
}

/** Takes a catalogue's file: sound, it is kept to be looked at; else every problem of it is told. */
export const uploadCatalogueRoute = formRoute(
  {
    path: cataloguesAddress,
    access: ['legal-office'],
    form: { file: z.unknown().optional() },
    carriesFile: usualBound,
  },
  async (request) => {
    const file = givenFile(request.form.file, '目录文件');
    const reading = await request.services.work.readCatalogue(new Uint8Array(await file.arrayBuffer()));
    if (reading.kind === 'problems') {
      return problemsReply(request, { ...reading, fileName: file.name });
    }
    const { catalogue, findings } = reading;
    return findings.length === 0
      ? toPreview(request, catalogue)
      : notesReply(request, { catalogue, findings });
  },
);

/** Keeps a catalogue, and goes on to where it is looked at. */
export async function toPreview(
  { services }: Pick<RequestContext, 'services'>,
  catalogue: Catalogue,
): Promise<Reply> {
  const hash = await keepCatalogue(catalogue, services.documents);
  return { kind: 'redirect', to: catalogueAddress({ year: catalogue.year, hash }) };
}

/** What was made certain while reading, before the catalogue is looked at. */
async function notesReply(
  request: RequestContext,
  { catalogue, findings }: { catalogue: Catalogue; findings: readonly FileFinding[] },
): Promise<Reply> {
  const hash = await keepCatalogue(catalogue, request.services.documents);
  const body = pageLayout(request, {
    title: '目录没有错误',
    current,
    trail,
    content: html`<div class="notice good"><p>目录可以用，还没有生效。有 ${findings.length} 条提示，请看一看。</p></div>
<p><a class="button" href="${catalogueAddress({ year: catalogue.year, hash })}">看这份目录和差异</a></p>
${findingsTable(findings)}`,
  });
  return { kind: 'page', body };
}

interface Refused {
  findings: readonly FileFinding[];
  marked: Uint8Array | undefined;
  /** As the file was called, if there was one. */
  fileName?: string;
}

/** Everything that is wrong with a catalogue, and the workbook with it marked: nothing is kept of either. */
export function problemsReply(request: RequestContext, { findings, marked, fileName = '' }: Refused): Reply {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const body = pageLayout(request, {
    title: '目录有要改的地方',
    current,
    trail,
    content: html`<div class="notice bad" role="alert"><p><strong>${fileName === '' ? '' : html`“<span class="typed">${fileName}</span>”`}有 ${errors} 处必须改正，没有保存。</strong>什么都没有改变。</p></div>
${marked === undefined ? '' : markedLink(marked, '指标目录')}
<h2>要改的每一处</h2>
${findingsTable(findings)}
<h2>改好以后重新上传</h2>
${uploadForm(request)}`,
  });
  return { kind: 'page', body, status: 400 };
}

/** The workbook with its problems marked, as a link; of one that is very large nothing: all of its findings are on the page. */
export function markedLink(marked: Uint8Array, name: string): Html {
  const file = { bytes: marked, fileName: `${name}（标出问题）.xlsx`, type: mediaTypes.xlsx };
  const link = linkWithFile(file, '下载标出问题的工作簿');
  if (link === undefined) return html``;
  return html`<p>下面的工作簿里有您填的全部内容，要改的单元格都标了颜色，并写明怎么改。直接在里面改，保存后重新上传。</p>
<p>${link}</p>`;
}

/** What was found in a file of the office, each with where it stands. */
export function findingsTable(findings: readonly FileFinding[], title = '目录的检查结果'): Html {
  return scrollingTable(title, {
    head: html`<tr><th scope="col">位置</th><th scope="col">程度</th><th scope="col">问题和改法</th><th scope="col">填写的</th><th scope="col">应为</th></tr>`,
    rows: findings.map(
      ({ where, severity, message, found = '', expected = '' }) =>
        html`<tr><th scope="row" class="wordy typed">${where}</th><td class="short">${severityWords[severity]}</td><td class="wordy typed">${message}</td><td class="${found === '' ? '' : 'wordy typed'}">${found}</td><td class="${expected === '' ? '' : 'wordy typed'}">${expected}</td></tr>`,
    ),
  });
}
