import { html } from 'hono/html';
import { localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { namesOf } from '../../../shared/core/publication/names.ts';
import type { ReportTemplate, Summary } from '../../../shared/core/publication/publication.ts';
import {
  admissionWords,
  answerWords,
  effectWords,
  heldInWords,
  questionStageWords,
  revisionInWords,
  templateRefusedWords,
} from '../../../shared/core/words.ts';
import {
  openQuestionsAddress,
  reportTemplateAddress,
  returnAddress,
  warnedAddress,
} from '../pages/addresses.ts';
import type { Html } from '../reply.ts';
import { actLine } from '../returns/dates-in-words.ts';

/**
 * Warnings nobody had settled, questions that were not closed, returns that were held when it was published, and what was wrong with
 * the template of its report.
 */
export function openSection(publication: Summary): Html {
  const names = namesOf(publication);
  const open = publication.warnings.filter(({ acknowledged }) => acknowledged === null);
  const { held, questions, utcOffset, report, year } = publication;
  if (open.length + held.length + questions.length === 0 && report.refused === null)
    return html`<p>没有。</p>`;
  return html`<ul>${open.map(
    (warning) =>
      html`<li><a href="${warnedAddress(warning)}">${names.department(warning.department)}${periodInWords(warning.period)}${warning.finding.indicator === undefined ? '' : `“${names.indicator(warning.finding.indicator)}”`}</a>：${warning.finding.message}${warning.explained === null ? '' : html`<br><span class="hint">${warning.explained.by}${answerWords[warning.explained.as]}：<span class="typed">${warning.explained.reason}</span></span>`}</li>`,
  )}${questions.map(
    ({ department, period, about, effect, stage, asked }) =>
      html`<li><a href="${openQuestionsAddress({ department, period })}">${names.department(department)}${periodInWords(period)}${about === null ? '' : `“${names.indicator(about)}”`}</a>${effectWords[effect]}，${questionStageWords[stage]}：<span class="typed">${asked.reason}</span></li>`,
  )}${held.map(
    (one) =>
      html`<li><a href="${returnAddress(one)}">${names.department(one.department)}${periodInWords(one.period)}（${revisionInWords(one.revision)}）</a>暂存：${heldInWords(one.because)}（${one.uploader}，${localTime(one.uploadedAt, utcOffset)}）</li>`,
  )}${report.refused === null ? '' : refusedTemplate(year, report.refused)}</ul>`;
}

/** Why the report is not in the template that was adopted, and how to get one that is. */
function refusedTemplate(
  year: number,
  { template, because, findings }: NonNullable<ReportTemplate['refused']>,
): Html {
  const address = reportTemplateAddress({ year, hash: template });
  const mend = because === 'gone' ? '请补回文件，或者启用另一份模板' : '请改好以后重新启用';
  return html`<li>${templateRefusedWords[because]}，年度报告用起始模板写成。${mend}，再在这一页用现行模板重新生成报告：<a class="key" href="${address}">${template.slice(0, 12)}</a>${findings.length === 0 ? '' : html`<ul>${findings.map((each) => html`<li class="typed">${each}</li>`)}</ul>`}</li>`;
}

/** Which late versions the legal office let in, or did not, and why; nothing where it decided about none. */
export function admissionsSection(publication: Summary): Html {
  const names = namesOf(publication);
  const decided = publication.returns.filter(({ admission }) => admission !== null);
  if (decided.length === 0) return html``;
  return html`<h2 id="admissions">最迟报送日之后收到的</h2>
<ul>${decided.map(({ department, period, admission }) => {
    if (admission === null) return '';
    const { kind } = admission;
    return html`<li><a href="${returnAddress({ department, period })}">${names.department(department)}${periodInWords(period)}</a>：${actLine(admissionWords[kind], admission, publication)}</li>`;
  })}</ul>`;
}
