import { html } from 'hono/html';
import { localTime, periodInYear } from '../../../shared/core/catalogue/period.ts';
import { namesOf } from '../../../shared/core/publication/names.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { admissionWords, observationWords, remarkWord, revisionInWords } from '../../../shared/core/words.ts';
import type { Source } from '../figures/figure-sources.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** As many sources fit on two printed pages; of more, a line for each department does, and they follow as an annex. */
export const onTwoPages = 20;

/** What each department reported, from which cells, by whom, and where it stands in the ledger. */
export function departmentsTable(sources: readonly Source[], publication: Publication): Html {
  const names = namesOf(publication);
  const isOfSeveral = severalIn(sources);
  const row = (own: readonly Source[]) => {
    const all = own.map(({ lineage }) => lineage);
    const { department, indicator: of, unit, ledger } = all[0]!;
    const numbers = own.map(({ lineage: { period, value, status }, taken }) => {
      const said = `${periodInYear(period)}\u{a0}${value ?? observationWords[status]}`;
      return taken ? said : `${said}${notTaken}`;
    });
    const sequences = all.map((each) => each.ledger.sequence);
    const files = new Set(all.map(({ file }) => file.sha256)).size;
    const cells = [...new Set(all.map(({ cell }) => `${cell.sheet ?? ''} ${cell.cell ?? ''}`))];
    const people = [...new Set(all.map(({ uploader }) => uploader))];
    return html`<tr><th scope="row">${names.department(department)}${isOfSeveral ? html`<br>${names.indicator(of)}` : ''}</th><td>${numbers.join('，')}（${unit}）</td>
<td class="short">${files} 个文件${cells.map((cell) => html`<br>${cell}`)}</td>
<td><span class="typed">${people.join('、')}</span></td>
<td class="short"><span class="key">${ledger.chain}#${Math.min(...sequences)}–${Math.max(...sequences)}</span></td></tr>`;
  };
  const groups = Map.groupBy(sources, ({ lineage }) => `${lineage.department} ${lineage.indicator}`);
  return scrollingTable(`依据的 ${sources.length} 个数，按部门`, {
    head: html`<tr><th scope="col">部门</th><th scope="col">各期的数</th><th scope="col">文件和单元格</th><th scope="col">上传</th><th scope="col">台账</th></tr>`,
    rows: [...groups.values()].map(row),
  });
}

/** Said of a stock that stood at the end of a period before the last. */
const notTaken = '（不计入全年数）';

function severalIn(sources: readonly Source[]): boolean {
  return new Set(sources.map(({ lineage }) => lineage.indicator)).size > 1;
}

/** Every observation behind a figure: the cell, the file, the person, and where it stands in the ledger. */
export function sourcesTable(sources: readonly Source[], publication: Publication): Html {
  if (sources.length === 0) return html`<p>没有计入的观测值。</p>`;
  const names = namesOf(publication);
  const isOfSeveral = severalIn(sources);
  return scrollingTable(`依据的 ${sources.length} 个数`, {
    head: html`<tr><th scope="col">部门、报告期</th><th scope="col" class="number">数</th><th scope="col">文件和单元格</th><th scope="col">上传</th><th scope="col">台账</th></tr>`,
    rows: sources.map(({ lineage, taken }) => {
      const { indicator: of, department, period, status, value, unit, cell, file, ledger } = lineage;
      const { uploader, uploadedAt, revision } = lineage;
      return html`<tr><th scope="row">${names.department(department)}${periodInYear(period)}${isOfSeveral ? html`<br>${names.indicator(of)}` : ''}</th><td class="number">${value === null ? observationWords[status] : `${value} ${unit}`}${taken ? '' : html`<br>${notTaken}`}</td>
<td class="wordy"><span class="typed">${file.name}</span> ${cell.sheet ?? ''} ${cell.cell ?? ''}<br><span class="key">${file.sha256.slice(0, 16)}…</span></td>
<td><span class="typed">${uploader}</span><br>${localTime(uploadedAt, publication.utcOffset)}，${revisionInWords(revision)}</td>
<td class="short"><span class="key">${ledger.chain}#${ledger.sequence}</span></td></tr>`;
    }),
  });
}

/** Why sources stand as they do: corrections, what came late and was decided on, and what was written beside a figure. */
export function reasonsTable(sources: readonly Source[], publication: Publication): Html {
  const names = namesOf(publication);
  const reasons = sources.flatMap((source) => reasonsOf(source, publication));
  if (reasons.length === 0) return html``;
  return scrollingTable('更正、同意和说明', {
    head: html`<tr><th scope="col">部门、报告期</th><th scope="col">事项</th><th scope="col">原因</th><th scope="col">谁、何时</th></tr>`,
    rows: reasons.map(
      ({ what, why, by, at, department, period }) =>
        html`<tr><th scope="row">${names.department(department)}${periodInYear(period)}</th><td class="short">${what}</td><td class="wordy typed">${why}</td><td><span class="typed">${by}</span><br>${localTime(at, publication.utcOffset)}</td></tr>`,
    ),
  });
}

function reasonsOf({ lineage, corrected }: Source, { returns }: Publication) {
  const { department, period, remark, uploader: by, uploadedAt: at } = lineage;
  const sent = { department, period, by, at };
  const admission = returns.find(
    (each) => each.department === department && each.period === period,
  )?.admission;
  const correction = `更正（${revisionInWords(lineage.revision)}）`;
  return [
    ...(corrected === undefined ? [] : [{ ...sent, ...corrected, what: correction, why: corrected.reason }]),
    ...(admission
      ? [{ ...sent, ...admission, what: admissionWords[admission.kind], why: admission.reason }]
      : []),
    ...(remark === undefined ? [] : [{ ...sent, what: remarkWord, why: remark }]),
  ];
}
