import { html } from 'hono/html';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { questionEffectSchema } from '../../../shared/core/ledger/event.ts';
import {
  aboutInWords,
  effectWords,
  questionStageWords,
  revisionInWords,
} from '../../../shared/core/words.ts';
import type { QuestionState } from '../../../shared/core/year/questions.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import { questionAddress, questionsAddress, type ReturnPlace } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';
import { actLine } from '../returns/dates-in-words.ts';
import { type FoundReturn, isLegalOffice, reportsFor } from '../returns/found-return.ts';
import type { RequestContext } from '../route.ts';
import { effectMeanings, stepWords } from './question-list.ts';

/** What the legal office asks about a return: open questions with the forms of whoever is to act, then closed ones. */
export function questionsSection(request: RequestContext<ReturnPlace>, found: FoundReturn): Html {
  const { questions } = found.one;
  const open = questions.filter(({ stage }) => stage !== 'closed');
  const closed = questions.filter(({ stage }) => stage === 'closed');
  return html`${
    open.length === 0
      ? ''
      : html`<h2 id="questions">法制机构的核实（${open.length} 件）</h2>
${open.map((question) => questionCard(request, question, found))}`
  }
${
  closed.length === 0
    ? ''
    : html`<details><summary>已结案的核实（${closed.length} 件）</summary>
${closed.map((question) => questionCard(request, question, found))}</details>`
}`;
}

function questionCard(
  request: RequestContext<ReturnPlace>,
  question: QuestionState,
  found: FoundReturn,
): Html {
  const { catalogue } = found;
  const { effect, stage, asked, steps, replacedBy } = question;
  return html`<section class="card question is-${stage}"><h3>${effectWords[effect]}：${aboutInWords(question.about, catalogue)}（${questionStageWords[stage]}）</h3>
<ol class="plain">
<li>${actLine(effect === 'sent-back' ? '退回' : '提出', asked, catalogue)}${stage === 'open' ? html` <span class="hint">${effectMeanings[effect]}。</span>` : ''}</li>
${steps.map((step) => html`<li>${actLine(stepWords[step.kind], step, catalogue)}</li>`)}
${replacedBy === undefined ? '' : html`<li>部门重新上传了${revisionInWords(replacedBy)}。</li>`}
</ol>
${formsOf(request, question, found)}</section>`;
}

function formsOf(
  { identity, formToken }: RequestContext,
  { id, stage, effect }: QuestionState,
  { place }: FoundReturn,
): Html {
  const form = (step: 'answer' | 'insistence' | 'closing', label: string, button: string) =>
    reasonForm({ address: questionAddress(place, id, step), formToken, label, button });
  if (stage === 'open' && reportsFor(identity, place.department)) {
    const counts = effect === 'sent-back' ? '答复后重新计入，' : '';
    return html`<p>数字有误的，请改正后在下面重新上传，就是答复，不用另外填写；无误的，请说明原因，${counts}由法制机构结案。</p>
${form('answer', '答复（说明原因）', '提交答复')}`;
  }
  if (stage === 'closed' || !isLegalOffice(identity)) return html``;
  const closing = form('closing', '结案意见（记入台账）', '结案');
  if (stage === 'open') return html`<details><summary>不再核实，直接结案</summary>${closing}</details>`;
  return html`${closing}
<details><summary>答复还不清楚，要求继续核实</summary>${form('insistence', '还要核实什么', '继续核实')}</details>`;
}

/** The form with which the legal office asks about the newest version of a return, or about one thing in it. */
export function askingForm(
  { identity, formToken, query }: RequestContext<ReturnPlace, { about?: string | undefined }>,
  { one, place, catalogue }: FoundReturn,
): Html {
  const newest = one.revisions.at(-1);
  if (newest === undefined || !isLegalOffice(identity)) return html``;
  const effects = questionEffectSchema.options.map((effect, index) => {
    return html`<label class="choice"><input type="radio" name="effect" value="${effect}" required${index === 0 ? html` checked` : ''}> ${effectWords[effect]}：${effectMeanings[effect]}</label>`;
  });
  const more = html`<input type="hidden" name="upload" value="${newest.id}">
<label for="about">核实什么（${revisionInWords(newest.number)}）</label>
<select id="about" name="about"><option value="">整份报表</option>
${saidIn(newest).map((id) => html`<option value="${id}"${id === query.about ? html` selected` : ''}>${nameOfAsked(id, catalogue)}</option>`)}
</select>
<fieldset><legend>部门答复以前</legend>${effects}</fieldset>`;
  return html`<details id="ask"${query.about === undefined ? '' : html` open`}><summary>对这份报表提出核实或退回</summary>
${reasonForm({ address: questionsAddress(place), formToken, label: '要核实什么、为什么（部门会看到）', button: '提出', more })}</details>`;
}

/** What can be asked about: the figures and texts of a version that the catalogue in force asks for. */
function saidIn({ figures, texts }: Revision): string[] {
  return [...figures.map(({ indicator }) => indicator), ...texts.map(({ narrative }) => narrative)];
}
