import { html } from 'hono/html';
import { deadlinesInWords } from '../../../shared/core/catalogue/beginning.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { changeWords } from '../../../shared/core/catalogue/described-entries.ts';
import {
  type Indicator,
  isEverReportedBy,
  isReported,
  reportersOf,
} from '../../../shared/core/catalogue/indicator.ts';
import { kinds } from '../../../shared/core/catalogue/kinds.ts';
import { entryWords } from '../../../shared/core/catalogue/problem.ts';
import { sectionInWords } from '../../../shared/core/catalogue/sections.ts';
import { formLines, signingInWords } from '../../../shared/core/catalogue/signing.ts';
import { indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { Touched } from '../../../shared/core/year/reconciliation.ts';
import { departmentName } from '../pages/addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** What a catalogue is about, in numbers and words. */
export function catalogueFacts(catalogue: Catalogue): Html {
  const { year, authority, notice, departments, indicators, tables, narratives, rules, periods } = catalogue;
  const byKind = Map.groupBy(indicators, ({ kind }) => kind);
  const counts = [...byKind].map(([kind, own]) => `${kinds[kind].words} ${own.length}`).join('、');
  const named = (term: string, entries: readonly { name: string }[]): [string, string][] =>
    entries.length === 0 ? [] : [[term, entries.map(({ name }) => name).join('、')]];
  const facts: [string, Html | string][] = [
    ['年份', `${year}年`],
    ['机关', html`<span class="typed">${authority}</span>`],
    ['部门', `${departments.length} 个`],
    ['指标', `${indicators.length} 项：${counts}`],
    ...named('表格', tables),
    ...named('文字说明', narratives),
    ['校验规则', `${rules.length} 条`],
    ['期限', html`${deadlinesInWords(periods).map((line) => html`<div>${line}</div>`)}`],
    ...(notice === undefined
      ? []
      : ([['印在每张表上', html`<span class="typed">${notice}</span>`]] as [string, Html][])),
    ...printed(['印在表的右上角', formLines(catalogue.form)], ['签章', [signingInWords(catalogue.signing)]]),
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function printed(...facts: [term: string, lines: readonly string[]][]): [string, Html][] {
  return facts
    .map(([term, lines]) => [term, lines.filter(Boolean).join('；')] as const)
    .filter(([, text]) => text !== '')
    .map(([term, text]) => [term, html`<span class="typed">${text}</span>`]);
}

/** All that differs from the catalogue in force, and how many returns that count each touches. */
export function differencesTable(differences: readonly Touched[]): Html {
  if (differences.length === 0) return html`<p>没有差异。</p>`;
  return scrollingTable('与现行目录的差异', {
    head: html`<tr><th scope="col">内容</th><th scope="col">改动</th><th scope="col">原来</th><th scope="col">改为</th><th scope="col" class="number">涉及</th></tr>`,
    rows: differences.map(
      ({ entry, name, change, before, after, returns }) =>
        html`<tr><th scope="row" class="wordy typed">${entryWords[entry]}${entry === 'catalogue' ? '' : `“${name}”`}</th><td class="short">${changeWords[change]}</td>
<td class="wordy typed">${before}</td><td class="wordy typed">${after}</td><td class="number">${returns === 0 ? '—' : html`${returns} <span class="unit">份</span>`}</td></tr>`,
    ),
  });
}

/** The departments with how many indicators each reports, and the indicators with who reports them. */
export function catalogueSummary(catalogue: Catalogue, { isOpen }: { isOpen: boolean }): Html {
  const { departments } = catalogue;
  const indicators = indicatorsOf(catalogue);
  const open = isOpen ? html` open` : '';
  const departmentRows = departments.map(({ id, name, to }) => {
    const count = indicators.filter((indicator) => isEverReportedBy(indicator, id)).length;
    return html`<tr><th scope="row" class="typed">${name}${to === undefined ? '' : `（到 ${to}）`}</th><td class="number">${count}</td></tr>`;
  });
  const indicatorRows = indicators.map(
    (indicator) =>
      html`<tr><td class="wordy typed">${sectionInWords(indicator.section, catalogue)}</td><th scope="row" class="wordy typed">${indicator.name}</th><td class="short">${indicator.unit}</td><td class="wordy">${kinds[indicator.kind].words}</td><td class="wordy typed">${reportersText(indicator, catalogue)}</td></tr>`,
  );
  return html`<h2>目录的内容</h2>
<details${open}><summary>部门（${departments.length} 个）</summary>${scrollingTable('部门', {
    head: html`<tr><th scope="col">部门</th><th scope="col" class="number">报送的指标</th></tr>`,
    rows: departmentRows,
  })}</details>
<details${open}><summary>指标（${indicators.length} 项）</summary>${scrollingTable('指标', {
    head: html`<tr><th scope="col">章节</th><th scope="col">指标</th><th scope="col">单位</th><th scope="col">性质</th><th scope="col">报送部门</th></tr>`,
    rows: indicatorRows,
  })}</details>`;
}

function reportersText(indicator: Indicator, catalogue: Catalogue): string {
  if (!isReported(indicator)) return '由其他指标计算';
  const reporters = reportersOf(indicator);
  if (reporters === undefined) return '全部部门';
  return [...new Set(reporters.map(({ department }) => departmentName(catalogue, department)))].join('、');
}
