import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { type Observation, sameFigure } from '../../../shared/core/returns/observation.ts';
import { subtract } from '../../../shared/core/values/decimal.ts';
import { revisionInWords } from '../../../shared/core/words.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import { everybody } from '../access/identity.ts';
import { type ReturnPlace, returnAddress, returnPath } from '../pages/addresses.ts';
import { paragraphs } from '../pages/figure-text.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, returnParams } from '../route.ts';
import { receivedInWords } from './dates-in-words.ts';
import { observationWords } from './figures-table.ts';
import { type FoundReturn, findReturn, placeBelow } from './found-return.ts';

/** A figure that two revisions of a return say differently; undefined where one does not say it at all. */
export interface ChangedFigure {
  indicator: string;
  before: Observation | undefined;
  after: Observation | undefined;
}

/** What a revision says otherwise than an earlier one, in the order of the form. */
export function changedFigures(
  before: readonly Observation[],
  after: readonly Observation[],
): ChangedFigure[] {
  const old = new Map(before.map((observation) => [observation.indicator, observation]));
  const indicators = [...new Set([...after, ...before].map(({ indicator }) => indicator))];
  const now = new Map(after.map((observation) => [observation.indicator, observation]));
  return indicators
    .map((indicator) => ({ indicator, before: old.get(indicator), after: now.get(indicator) }))
    .filter((figure) => !sameFigure(figure.before, figure.after));
}

/** What a later version of a return says otherwise than an earlier one, in the units of the catalogue in force. */
export function changesBetween(before: Revision, after: Revision, catalogue: Catalogue): Html {
  const changes = changedFigures(before.figures, after.figures);
  const texts = textChanges(before, after, catalogue);
  const [earlier, later] = [before, after].map(({ number }) => revisionInWords(number));
  if (changes.length === 0) return html`<p>${later}的数字与${earlier}相同。</p>${texts}`;
  return html`${texts}${scrollingTable(`${later}改动的数字`, {
    head: html`<tr><th scope="col">指标</th><th scope="col" class="number">${earlier}</th><th scope="col" class="number">${later}</th><th scope="col" class="number">增减</th></tr>`,
    rows: changes.map(({ indicator, before: was, after: is }) => {
      const words = (observation: Observation | undefined) =>
        observationWords(observation, indicatorOf(catalogue, indicator));
      return html`<tr><th scope="row" class="roomy">${nameOfAsked(indicator, catalogue)}</th><td class="number">${words(was)}</td><td class="number">${words(is)}</td><td class="number">${difference(was, is)}</td></tr>`;
    }),
  })}`;
}

/** By how much a figure changed; nothing where one of the two is no number. */
function difference(before: Observation | undefined, after: Observation | undefined): string {
  if (before?.status !== 'reported' || after?.status !== 'reported') return '';
  const change = subtract(after.value, before.value);
  return change.startsWith('-') || change === '0' ? change : `+${change}`;
}

/** What it says in other words. */
function textChanges(before: Revision, after: Revision, catalogue: Catalogue): Html {
  const textIn = ({ texts }: Revision, id: string) => texts.find(({ narrative }) => narrative === id)?.text;
  const side = (text: string | undefined) => (text === undefined ? '没有' : paragraphs(text));
  const changed = catalogue.narratives.filter(({ id }) => textIn(before, id) !== textIn(after, id));
  if (changed.length === 0) return html``;
  const [earlier, later] = [before, after].map(({ number }) => revisionInWords(number));
  return scrollingTable(`${later}改动的文字`, {
    head: html`<tr><th scope="col">文字说明</th><th scope="col">${earlier}</th><th scope="col">${later}</th></tr>`,
    rows: changed.map(
      ({ id, name }) =>
        html`<tr><th scope="row" class="roomy">${name}</th><td class="wordy">${side(textIn(before, id))}</td><td class="wordy">${side(textIn(after, id))}</td></tr>`,
    ),
  });
}

const versionNumber = z.coerce.number().int().min(1).max(100_000);
const query = { from: versionNumber.optional(), to: versionNumber.optional() };

/** What changed between two versions of a return, the earlier first whichever was named first; else the last two. */
export const revisionChangesRoute = htmlRoute(
  { path: `${returnPath}/changes`, access: everybody, params: returnParams, query },
  async (request) => {
    const found = await findReturn(request);
    const { revisions } = found.one;
    const { from = revisions.length - 1, to = revisions.length } = request.query;
    const [before, after] = [Math.min(from, to), Math.max(from, to)].map((number) =>
      revisions.find((revision) => revision.number === number),
    );
    if (before === undefined || after === undefined || before === after) {
      throw new PortalError('not-found', '没有这两版可以比较：请选择这份报表已接收的两个不同版本。');
    }
    return { kind: 'page', body: changesPage(request, found, [before, after]) };
  },
);

function changesPage(
  request: RequestContext<ReturnPlace>,
  { one, place, catalogue }: FoundReturn,
  [before, after]: readonly [Revision, Revision],
): Html {
  const { name } = one.department;
  const title = `${name}${returnInWords(place.period)}`;
  const line = ({ number, upload, handedIn, reason }: Revision) =>
    html`<li>${revisionInWords(number)}：“<span class="typed">${upload.fileName}</span>”，${upload.uploader}于 ${receivedInWords(handedIn, catalogue)} 上传${reason === '' ? '' : html`，更正说明：<span class="typed">${reason}</span>`}</li>`;
  return pageLayout(request, {
    ...placeBelow(request.identity, place, { departmentName: name, return: { title, place } }),
    title: `${title}：${revisionInWords(before.number)}到${revisionInWords(after.number)}的变动`,
    content: html`<ul class="plain">${line(before)}${line(after)}</ul>
${changesBetween(before, after, catalogue)}
${one.revisions.length > 2 ? choiceOf(one.revisions, place, [before, after]) : ''}`,
  });
}

/** The form that chooses which two versions are compared. */
function choiceOf(
  revisions: readonly Revision[],
  place: ReturnPlace,
  [before, after]: readonly [Revision, Revision],
): Html {
  const choice = (id: 'from' | 'to', label: string, chosen: Revision) =>
    html`<div><label for="${id}">${label}</label><select id="${id}" name="${id}">${revisions.map(({ number }) => html`<option value="${number}"${number === chosen.number ? html` selected` : ''}>${revisionInWords(number)}</option>`)}</select></div>`;
  return html`<form class="card" method="get" action="${revisionChangesAddress(place)}" aria-label="比较两版">
<div class="fields">${choice('from', '从', before)}${choice('to', '到', after)}</div>
<p><button type="submit">比较</button></p></form>`;
}

/** Where two versions of a return are compared; the last two unless others are chosen. */
export function revisionChangesAddress(place: ReturnPlace): string {
  return `${returnAddress(place)}/changes`;
}
