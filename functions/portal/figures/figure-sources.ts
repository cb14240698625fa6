import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { kinds } from '../../../shared/core/catalogue/kinds.ts';
import { comparePeriods, localTime, periodInYear } from '../../../shared/core/catalogue/period.ts';
import type { Act } from '../../../shared/core/ledger/people.ts';
import { questionsOf } from '../../../shared/core/publication/content.ts';
import type { Publication, PublishedQuestion } from '../../../shared/core/publication/publication.ts';
import {
  countingObservations,
  observationsByIndicator,
} from '../../../shared/core/totals/observations-by-indicator.ts';
import { takenOverTime } from '../../../shared/core/totals/operators.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import {
  answerWords,
  effectWords,
  observationWords,
  questionStageWords,
  remarkWord,
  revisionInWords,
} from '../../../shared/core/words.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import type { Answer, Warning } from '../../../shared/core/year/warning.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import {
  askingAddress,
  departmentName,
  openQuestionsAddress,
  originalAddress,
  uploadAddress,
} from '../pages/addresses.ts';
import { figureText } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

interface SourcesContext {
  catalogue: Catalogue;
  warnings: readonly Warning[];
  /** Whether whoever looks may ask the department about a figure. */
  mayAsk: boolean;
}

/** A row for each observation behind a figure: from the number to the cell, the file, the person, the ledger. */
export function sourcesTable(caption: string, sources: readonly Source[], context: SourcesContext): Html {
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">部门、报告期</th><th scope="col" class="number">数值</th><th scope="col">单元格</th><th scope="col">原始文件</th><th scope="col">谁、何时上传</th><th scope="col">台账</th><th scope="col">校验结果和理由</th></tr>`,
    rows: sources.map((source) => sourceRow(source, context)),
  });
}

function sourceRow(source: Source, { catalogue, warnings, mayAsk }: SourcesContext): Html {
  const { lineage, taken } = source;
  const { indicator, department, period, upload, cell, ledger } = lineage;
  const name = `${departmentName(catalogue, department)}${periodInYear(period)}`;
  return html`<tr><th scope="row" class="short"><a href="${uploadAddress(lineage, upload)}">${name}</a></th>
<td class="number">${amountOf(lineage)}${taken ? '' : html`<br><span class="hint">不计入全年数</span>`}${mayAsk ? html`<br><a href="${askingAddress(lineage, indicator)}">核实<span class="unseen">${name}的这个数</span></a>` : ''}</td>
<td class="short">${cell.sheet ?? ''}<br><strong>${cell.cell ?? ''}</strong></td>
<td class="file">${fileOf(lineage, name)}</td>
<td class="short">${lineage.uploader}<br>${localTime(lineage.uploadedAt, catalogue.utcOffset)}<br>${revisionInWords(lineage.revision)}</td>
<td class="short"><span class="key">${ledger.chain}#${ledger.sequence}</span><br><span class="key" title="${ledger.hash}">${ledger.hash.slice(0, 12)}…</span></td>
${remarksCell(source, warnings)}</tr>`;
}

function amountOf({ value, unit, status, items }: Lineage): Html {
  if (value === null) return html`<strong>${observationWords[status]}</strong>`;
  return html`<strong>${figureText(value, unit)}</strong>${items === undefined || items.length === 0 ? '' : html`<br><span class="items">${items.join('、')}</span>`}`;
}

/** The version is said where it tells more than the time of upload does. */
function fileOf(lineage: Lineage, name: string): Html {
  const { file, upload, uploadedAt } = lineage;
  const version = file.version === uploadedAt ? null : file.version;
  return html`<a href="${originalAddress(lineage, upload)}"><span class="typed">${file.name}</span><span class="unseen">（${name}的原始文件）</span></a>
<br>SHA-256 <span class="key">${file.sha256}</span>${version === null ? '' : html`<br>版本 <span class="key">${version}</span>`}`;
}

/** What was found in that revision about this indicator, what is out of line now, and why it was changed. */
function remarksCell(
  { lineage, revision, corrected, questions }: Source,
  warnings: readonly Warning[],
): Html {
  const { indicator, department, period } = lineage;
  if (revision === undefined) return html`<td>没有</td>`;
  const found = revision.findings.filter((finding) => finding.indicator === indicator);
  const others = revision.findings.length - found.length;
  const open = warnings.filter(
    (warning) =>
      warning.department === department &&
      warning.period === period &&
      warning.finding.indicator === indicator,
  );
  const said = lineage.remark;
  const remarks = [
    ...(said === undefined ? [] : [html`${remarkWord}：<span class="typed">${said}</span>`]),
    ...questions.map(questionRemark),
    ...found.map(({ message }) => html`${message}`),
    ...open.map(warningRemark),
    ...(revision.late ? [html`迟报`] : []),
    ...(corrected === undefined
      ? []
      : [html`更正理由：<span class="typed">${corrected.reason}</span>（${corrected.by}）`]),
    ...(others === 0 ? [] : [html`同一份报表另有 ${others} 条校验结果`]),
  ];
  return remarks.length === 0
    ? html`<td>没有</td>`
    : html`<td class="wordy"><ul class="plain">${remarks.map((remark) => html`<li>${remark}</li>`)}</ul></td>`;
}

function questionRemark({ department, period, effect, stage, asked }: PublishedQuestion): Html {
  return html`<a href="${openQuestionsAddress({ department, period })}">${effectWords[effect]}</a>，${questionStageWords[stage]}：<span class="typed">${asked.reason}</span>`;
}

function warningRemark({ finding, acknowledged, explained }: Warning): Html {
  const { message } = finding;
  if (acknowledged !== null) return html`${message}${answeredBy(acknowledged)}`;
  return html`请核对：${message}${explained === null ? '' : answeredBy(explained)}`;
}

function answeredBy({ as, by, reason }: Answer): Html {
  return html`${by}${answerWords[as]}：<span class="typed">${reason}</span>`;
}

/** An observation behind a figure, with the revision that it is part of, if the ledger has it for a return of the year. */
export interface Source {
  lineage: Lineage;
  revision: Revision | undefined;
  /** Why it was changed, by whom and when, in the file or afterwards; undefined if nobody said. */
  corrected: Act | undefined;
  /** False for what the figure does not take: of a stock, all but the last month. */
  taken: boolean;
  /** What is asked about it, or about its return, and is not closed. */
  questions: PublishedQuestion[];
}

export interface Narrowing {
  department: string | undefined;
  period: string | undefined;
}

/** All that counts towards a figure by the ledger now. */
export function sourcesOfFigure(parts: readonly string[], state: YearState): Source[] {
  const observations = observationsByIndicator(state);
  const taken = new Set(
    parts
      .map((part) => observations.get(part))
      .filter((part) => part !== undefined)
      .flatMap((part) =>
        takenOverTime(part).map(({ department, period }) =>
          keyOf({ indicator: part.indicator.id, department: department.id, period }),
        ),
      ),
  );
  const questions = questionsOf(state);
  return sourcesAmong(countingObservations(state), {
    parts,
    state,
    taken,
    questions,
  });
}

/** All that a publication cites for a figure, as it was then. */
export function publishedSources(
  parts: readonly string[],
  { observations, totals, questions }: Pick<Publication, 'observations' | 'totals' | 'questions'>,
  state: YearState,
): Source[] {
  const taken = parts.flatMap((part) => {
    const kind = totals.find(({ indicator }) => indicator === part)?.kind;
    const rows = observations.filter(({ indicator }) => indicator === part);
    if (kind === undefined || kinds[kind].taken === 'every-period') return rows;
    const known = rows
      .filter(({ status }) => status !== 'missing')
      .toSorted((a, b) => comparePeriods(a.period, b.period));
    return [...Map.groupBy(known, ({ department }) => department).values()].flatMap((own) => own.slice(-1));
  });
  return sourcesAmong(observations, { parts, state, taken: new Set(taken.map(keyOf)), questions });
}

interface SourcesChosen {
  parts: readonly string[];
  state: YearState;
  taken: ReadonlySet<string>;
  questions: readonly PublishedQuestion[];
}

function sourcesAmong(
  observations: readonly Lineage[],
  { parts, state, taken, questions }: SourcesChosen,
): Source[] {
  const revisions = new Map(
    state.returns.flatMap((one) => one.revisions.map((revision) => [revision.id, revision])),
  );
  return observations
    .filter((row) => parts.includes(row.indicator))
    .map((lineage) => ({
      lineage,
      revision: revisions.get(lineage.upload),
      corrected: correctedBy(revisions.get(lineage.upload)),
      taken: taken.has(keyOf(lineage)),
      questions: questions.filter((question) => isAbout(question, lineage)),
    }))
    .sort((a, b) => parts.indexOf(a.lineage.indicator) - parts.indexOf(b.lineage.indicator));
}

function correctedBy(revision: Revision | undefined): Act | undefined {
  if (revision === undefined || revision.reason === '') return undefined;
  const { reason, explanation, upload } = revision;
  return explanation ?? { reason, by: upload.uploader, at: upload.uploadedAt };
}

function isAbout(question: PublishedQuestion, { indicator, department, period }: Lineage): boolean {
  const isOfReturn = question.department === department && question.period === period;
  return isOfReturn && [null, indicator].includes(question.about);
}

function keyOf({
  indicator,
  department,
  period,
}: Pick<Lineage, 'indicator' | 'department' | 'period'>): string {
  return `${indicator} ${department} ${period}`;
}
