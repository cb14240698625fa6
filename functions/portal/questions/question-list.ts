import { html } from 'hono/html';
import { localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import type { QuestionEffect } from '../../../shared/core/ledger/event.ts';
import { aboutInWords, effectWords, questionStageWords } from '../../../shared/core/words.ts';
import type { QuestionState, QuestionStep } from '../../../shared/core/year/questions.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { departmentName, openQuestionsAddress } from '../pages/addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** What becomes of a return while it is asked about. */
export const effectMeanings: Record<QuestionEffect, string> = {
  'counts-meanwhile': '部门答复期间照常计入汇总，并标明正在核实',
  'sent-back': '部门答复或重新上传之前，整份报表不计入汇总',
};

/** What was done about a question. */
export const stepWords: Record<QuestionStep['kind'], string> = {
  answered: '答复',
  insisted: '要求继续核实',
  closed: '结案',
};

/** Open questions in a table, each a link to the return where people act on it. */
export function questionList(questions: readonly QuestionState[], { catalogue }: YearState): Html {
  if (questions.length === 0) return html`<p>没有正在核实的数字或报表。</p>`;
  return scrollingTable('正在核实的数字和报表', {
    head: html`<tr><th scope="col">报表</th><th scope="col">核实什么</th><th scope="col">目前</th><th scope="col">提出</th><th scope="col">最近一次说明</th></tr>`,
    rows: questions.map((question) => {
      const { department, period, asked, steps, stage, effect } = question;
      const name = `${departmentName(catalogue, department)}${periodInWords(period)}`;
      const last = steps.at(-1);
      return html`<tr><th scope="row" class="roomy"><a href="${openQuestionsAddress({ department, period })}">${name}</a></th>
<td class="roomy">${effectWords[effect]}：${aboutInWords(question.about, catalogue)}</td>
<td class="short"><strong>${questionStageWords[stage]}</strong></td>
<td class="wordy">${asked.by}，${localTime(asked.at, catalogue.utcOffset)}：<span class="typed">${asked.reason}</span></td>
<td class="wordy">${last === undefined ? '' : html`${last.by}：<span class="typed">${last.reason}</span>`}</td></tr>`;
    }),
  });
}
