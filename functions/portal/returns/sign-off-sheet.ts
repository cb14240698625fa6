import { html } from 'hono/html';
import { adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Indicator } from '../../../shared/core/catalogue/indicator.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { periodInWords, returnInWords } from '../../../shared/core/catalogue/period.ts';
import { formLines } from '../../../shared/core/catalogue/signing.ts';
import { formIndicators, tablesOnForm } from '../../../shared/core/catalogue/sums.ts';
import { cellId, cellOf, type Grid } from '../../../shared/core/catalogue/tables.ts';
import { nameIn } from '../../../shared/core/catalogue/validity.ts';
import { checkCode } from '../../../shared/core/ledger/check-code.ts';
import {
  type Observation,
  type Signature,
  signatureWords,
} from '../../../shared/core/returns/observation.ts';
import { laterInWords, remarkWord, revisionInWords, revisionWords } from '../../../shared/core/words.ts';
import { formTitle } from '../../../shared/workbook/layout.ts';
import { everybody } from '../access/identity.ts';
import { uploadAddress, uploadPath } from '../pages/addresses.ts';
import { paragraphs } from '../pages/figure-text.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, uploadParams } from '../route.ts';
import { receivedInWords } from './dates-in-words.ts';
import { itemsOf, observationWords, sumsOf } from './figures-table.ts';
import { type FoundReturn, type FoundUpload, findReturn, findUpload, placeBelow } from './found-return.ts';

type Accepted = Extract<FoundUpload, { outcome: 'accepted' }>;

/** A version as it was accepted, to be printed, signed and stamped (审签表). */
export const signOffRoute = htmlRoute(
  { path: `${uploadPath}/sign-off`, access: everybody, params: uploadParams },
  async (request) => {
    const found = await findReturn(request);
    const upload = findUpload(found, request.params.upload);
    if (upload.outcome !== 'accepted') {
      throw new PortalError('not-found', '这个文件没有被接收，没有可以签字的数字。');
    }
    return { kind: 'page', body: signOffPage(request, found, upload) };
  },
);

function signOffPage(request: RequestContext, found: FoundReturn, revision: Accepted): Html {
  const { place, one, state } = found;
  const catalogue = adoptedWith(revision.event.catalogue, state.adopted)?.catalogue ?? state.catalogue;
  const { name } = one.department;
  const report = returnInWords(place.period);
  return pageLayout(request, {
    ...placeBelow(request.identity, place, { departmentName: name, return: { title: report, place } }),
    title: `${formTitle(catalogue, place.period)}（审签表）`,
    isSheet: true,
    content: html`<p class="notice unprinted">请用 A4 纸打印，核对以后签字、盖章，再把扫描件上传到<a href="${uploadAddress(place, revision.id)}">这次上传的页面</a>。数字有误的，不要在纸上改，请改好工作簿重新上传，再打印新的一版。</p>
${corner(catalogue)}
<dl class="sheet-heading">
<div><dt>填报单位</dt><dd class="typed">${nameIn(one.department, place.period)}</dd></div>
<div><dt>报告期</dt><dd>${periodInWords(place.period)}</dd></div>
<div><dt>版次</dt><dd>${revisionInWords(revision.number)}（${standingWords(revision, found)}）</dd></div>
</dl>
${figures(revision, catalogue)}
${tablesOnForm(catalogue, place).map((grid) => gridTable(grid, revision, catalogue))}
${texts(revision, catalogue)}
${signatureBlock(revision.signature)}
${proof(revision, found)}`,
  });
}

/** Whether it is what counts by now: paper lives longer than a version. */
function standingWords({ state }: Accepted, { one }: FoundReturn): string {
  return state.kind === 'superseded'
    ? `已由${laterInWords(one.counting?.number)}代替`
    : revisionWords[state.kind];
}

function corner({ form }: Catalogue): Html {
  const lines = formLines(form);
  return lines.length === 0
    ? html``
    : html`<ul class="sheet-corner typed">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** What a version says of an indicator, sums of what it says included. */
function saidBy(revision: Accepted, catalogue: Catalogue): (indicator: Indicator) => string {
  const said = new Map(revision.observations.map((each) => [each.indicator, each]));
  const sums = new Map(sumsOf(revision, catalogue).map(({ sum, value }) => [sum.id, value]));
  return ({ id }) => {
    if (sums.has(id)) {
      const value = sums.get(id);
      return value === undefined || value === 'blank' ? '—' : value;
    }
    return observationWords(said.get(id), undefined);
  };
}

function figures(revision: Accepted, catalogue: Catalogue): Html {
  const { department, period, remarks } = revision;
  const value = saidBy(revision, catalogue);
  const said = new Map(revision.observations.map((each) => [each.indicator, each]));
  const rows = formIndicators(catalogue, department, period).filter(
    ({ id }) => cellOf(catalogue, id) === undefined,
  );
  if (rows.length === 0) return html``;
  return scrollingTable('报送的数字', {
    head: html`<tr><th scope="col" class="number">序号</th><th scope="col">指标</th><th scope="col">单位</th><th scope="col" class="number">数</th><th scope="col">${remarkWord}</th></tr>`,
    rows: rows.map((indicator, index) => {
      const remark = remarks.get(indicator.id)?.text;
      return html`<tr><td class="number">${index + 1}</td><th scope="row" class="typed">${indicator.name}${listed(said.get(indicator.id))}</th><td class="short">${indicator.unit}</td><td class="number">${value(indicator)}</td><td class="wordy">${remark === undefined ? '' : paragraphs(remark)}</td></tr>`;
    }),
  });
}

function listed(observation: Observation | undefined): Html {
  return observation === undefined ? html`` : itemsOf(observation);
}

function gridTable({ table, rows, columns }: Grid, revision: Accepted, catalogue: Catalogue): Html {
  const value = saidBy(revision, catalogue);
  const at = (row: string, column: string) => {
    const cell = cellOf(catalogue, cellId(table.id, row, column));
    return cell === undefined ? '—' : value(cell.indicator);
  };
  return scrollingTable(`${table.name}（${table.unit}）`, {
    head: html`<tr><th scope="col"></th>${columns.map(({ name }) => html`<th scope="col" class="number typed">${name}</th>`)}</tr>`,
    rows: rows.map(
      (row) =>
        html`<tr><th scope="row" class="typed">${row.name}</th>${columns.map((column) => html`<td class="number">${at(row.id, column.id)}</td>`)}</tr>`,
    ),
  });
}

function texts({ narratives, reason }: Accepted, catalogue: Catalogue): Html {
  const said = [
    ...narratives.map(({ narrative, text }) => ({ name: nameOfAsked(narrative, catalogue), text })),
    ...(reason === '' ? [] : [{ name: '更正说明', text: reason }]),
  ];
  return html`${said.map(({ name, text }) => html`<section class="sheet-text"><h2 class="typed">${name}</h2>${paragraphs(text)}</section>`)}`;
}

/** Lines to sign on, with what was typed into the form, and the place of the seal. */
function signatureBlock(signature: Signature): Html {
  const line = (term: string, typed: string) =>
    html`<div><dt>${term}</dt><dd class="typed">${typed}</dd></div>`;
  return html`<section class="sheet-signing" aria-label="签字盖章">
<dl>${(['head', 'reviewer', 'preparer', 'telephone', 'date'] as const).map((part) => line(signatureWords[part], signature[part]))}</dl>
<p class="sheet-seal">（单位盖章）</p>
</section>`;
}

/** By what the sheet is found again, and that it says what was received. */
function proof({ event, upload }: Accepted, { catalogue }: FoundReturn): Html {
  return html`<dl class="sheet-proof">
<div><dt>校验码</dt><dd class="key">${checkCode(event)}</dd></div>
<div><dt>收到</dt><dd>${receivedInWords(upload, catalogue)}，上传人 <span class="typed">${upload.uploader}</span></dd></div>
<div><dt>原件的 SHA-256</dt><dd class="key">${upload.sha256}</dd></div>
</dl>`;
}
