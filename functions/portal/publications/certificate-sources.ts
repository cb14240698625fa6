import { html } from 'hono/html';
import { localTime, periodInYear } from '../../../shared/core/catalogue/period.ts';
import { namesOf } from '../../../shared/core/publication/names.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import { admissionWords, observationWords, revisionInWords } from '../../../shared/core/words.ts';
import { returnOf, type YearState } from '../../../shared/core/year/year-state.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** As many sources fit on two printed pages; of more, a line for each department does, and they follow as an annex. */
export const onTwoPages = 20;

/** What each department reported, from which cells, by whom, and where it stands in the ledger. */
export function departmentsTable(sources: readonly Lineage[], publication: Publication): Html {
  const names = namesOf(publication);
  const isOfSeveral = severalIn(sources);
  const row = (own: readonly Lineage[]) => {
    const { department, indicator: of, unit, ledger } = own[0]!;
    const numbers = own.map(
      ({ period, value, status }) => `${periodInYear(period)}\u{a0}${value ?? observationWords[status]}`,
    );
    const sequences = own.map((each) => each.ledger.sequence);
    const files = new Set(own.map(({ file }) => file.sha256)).size;
    const cells = [...new Set(own.map(({ cell }) => `${cell.sheet ?? ''} ${cell.cell ?? ''}`))];
    const people = [...new Set(own.map(({ uploader }) => uploader))];
    return html`<tr><th scope="row">${names.department(department)}${isOfSeveral ? html`<br>${names.indicator(of)}` : ''}</th><td>${numbers.join('，')}（${unit}）</td>
<td class="short">${files} 个文件${cells.map((cell) => html`<br>${cell}`)}</td>
<td><span class="typed">${people.join('、')}</span></td>
<td class="short"><span class="key">${ledger.chain}#${Math.min(...sequences)}–${Math.max(...sequences)}</span></td></tr>`;
  };
  const groups = Map.groupBy(sources, (each) => `${each.department} ${each.indicator}`);
  return scrollingTable(`依据的 ${sources.length} 个数，按部门`, {
    head: html`<tr><th scope="col">部门</th><th scope="col">各期的数</th><th scope="col">文件和单元格</th><th scope="col">上传</th><th scope="col">台账</th></tr>`,
    rows: [...groups.values()].map(row),
  });
}

function severalIn(sources: readonly Lineage[]): boolean {
  return new Set(sources.map(({ indicator: of }) => of)).size > 1;
}

/** Every observation behind a figure: the cell, the file, the person, and where it stands in the ledger. */
export function sourcesTable(sources: readonly Lineage[], publication: Publication): Html {
  if (sources.length === 0) return html`<p>没有计入的观测值。</p>`;
  const names = namesOf(publication);
  const isOfSeveral = severalIn(sources);
  return scrollingTable(`依据的 ${sources.length} 个数`, {
    head: html`<tr><th scope="col">部门、报告期</th><th scope="col" class="number">数</th><th scope="col">文件和单元格</th><th scope="col">上传</th><th scope="col">台账</th></tr>`,
    rows: sources.map(
      ({ indicator: of, department, period, status, value, unit, cell, file, ledger, ...given }) =>
        html`<tr><th scope="row">${names.department(department)}${periodInYear(period)}${isOfSeveral ? html`<br>${names.indicator(of)}` : ''}</th><td class="number">${value === null ? observationWords[status] : `${value} ${unit}`}</td>
<td class="wordy"><span class="typed">${file.name}</span> ${cell.sheet ?? ''} ${cell.cell ?? ''}<br><span class="key">${file.sha256.slice(0, 16)}…</span></td>
<td><span class="typed">${given.uploader}</span><br>${localTime(given.uploadedAt, publication.utcOffset)}，${revisionInWords(given.revision)}</td>
<td class="short"><span class="key">${ledger.chain}#${ledger.sequence}</span></td></tr>`,
    ),
  });
}

/** Why sources stand as they do: corrections, what came late and was decided on, and what was written beside a figure. */
export function reasonsTable(sources: readonly Lineage[], publication: Publication, state: YearState): Html {
  const names = namesOf(publication);
  const reasons = sources.flatMap((source) =>
    reasonsOf(source, publication, state).map((each) => ({ ...each, source })),
  );
  if (reasons.length === 0) return html``;
  return scrollingTable('更正、同意和说明', {
    head: html`<tr><th scope="col">部门、报告期</th><th scope="col">事项</th><th scope="col">原因</th><th scope="col">谁、何时</th></tr>`,
    rows: reasons.map(
      ({ what, why, by, at, source: { department, period } }) =>
        html`<tr><th scope="row">${names.department(department)}${periodInYear(period)}</th><td class="short">${what}</td><td class="wordy typed">${why}</td><td><span class="typed">${by}</span><br>${localTime(at, publication.utcOffset)}</td></tr>`,
    ),
  });
}

function reasonsOf(source: Lineage, { returns }: Publication, state: YearState) {
  const { department, period, upload, remark, revision: number } = source;
  const sent = { by: source.uploader, at: source.uploadedAt };
  const revision = returnOf(state, source)?.revisions.find(({ id }) => id === upload);
  const admission = returns.find(
    (each) => each.department === department && each.period === period,
  )?.admission;
  return [
    ...(revision === undefined || revision.reason === ''
      ? []
      : [{ what: `更正（${revisionInWords(number)}）`, why: revision.reason, ...sent }]),
    ...(admission ? [{ what: admissionWords[admission.kind], why: admission.reason, ...admission }] : []),
    ...(remark === undefined ? [] : [{ what: '说明', why: remark, ...sent }]),
  ];
}
