import { html } from 'hono/html';
import { z } from 'zod';
import { type Catalogue, overWords } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { periodInWords, returnInWords } from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { expectedWord, foundInWords } from '../../../shared/core/words.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { departmentName, findingsAddress, returnTitle, warnedAddress } from '../pages/addresses.ts';
import { breakdownOf } from '../pages/breakdown.ts';
import { anyDepartment, departmentChoice } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html } from '../reply.ts';
import {
  answerField,
  answerFields,
  answerInWords,
  answersForm,
  explanation,
  recordAnswers,
} from '../returns/answers.ts';
import { doneWords } from '../returns/decisions.ts';
import { formRoute, htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { heldInYear, heldList } from './held-list.ts';

/** What waits for somebody: figures that look wrong, returns that are held; then what is settled. */
export const findingsRoute = htmlRoute(
  {
    path: '/:year/findings',
    access: readers,
    params: yearParam,
    query: { department: anyDepartment, done: z.enum(['acknowledged']).optional().catch(undefined) },
  },
  async (request) => {
    const { state } = await request.readYear(request.params.year);
    return { kind: 'page', body: findingsPage(request, { state, ...request.query }) };
  },
);

/** The legal office answers warnings of every return together, and those on the totals, which are no department's. */
export const answersRoute = formRoute(
  {
    path: '/:year/findings/answers',
    access: ['legal-office'],
    params: yearParam,
    ...answerFields,
  },
  async (request) => {
    const { year } = request.params;
    const { state, catalogue } = await request.readYear(year);
    await recordAnswers(request, warningsOf(state), catalogue);
    return { kind: 'redirect', to: `${findingsAddress(year)}?done=acknowledged` };
  },
);

interface Shown {
  state: YearState;
  department?: string | undefined;
  done?: 'acknowledged' | undefined;
}

function findingsPage(request: RequestContext, { state, department, done }: Shown): Html {
  const { catalogue } = state;
  const isOffice = actsForOffice(request.identity);
  const form = isOffice ? { token: request.formToken } : undefined;
  const isShown = (one: { department: string | null }) =>
    department === undefined || one.department === department;
  const warnings = warningsOf(state).filter(isShown);
  const open = warnings.filter(({ acknowledged }) => acknowledged === null);
  const settled = warnings.filter(({ acknowledged }) => acknowledged !== null);
  const held = heldInYear(state).filter(isShown);
  return pageLayout(request, {
    title: '待处理',
    year: catalogue.year,
    current: findingsAddress(catalogue.year),
    done: done === undefined ? undefined : doneWords[done],
    content: html`<form class="filter" method="get" action="${findingsAddress(catalogue.year)}">
${departmentChoice(catalogue, { chosen: department, all: '全部部门' })}
<div class="actions"><button type="submit">筛选</button></div>
</form>
<h2>请核对的数字（${open.length}）</h2>
<p class="hint">这些数字已经计入，但看起来不寻常。有误的由部门重新报送；核对无误的，说明原因，原因随发布公开。“${overWords['all-departments']}”的由法制机构与有关部门核对后说明。</p>
${open.length === 0 ? html`<p>没有需要核对的数字。</p>` : openSection(request, open, catalogue)}
<h2>暂存的报表（${held.length}）</h2>
${heldList(held, { state, form })}
<h2>已确认（${settled.length}）</h2>
${
  settled.length === 0
    ? html`<p>还没有确认过的。</p>`
    : html`<details><summary>查看已确认的数字和理由</summary><ul>${settled.map((warning) => settledWarning(warning, catalogue))}</ul></details>`
}`,
  });
}

function openSection(request: RequestContext, open: readonly Warning[], catalogue: Catalogue): Html {
  const mayAnswer = actsForOffice(request.identity);
  const groups = Map.groupBy(open, ({ department, period }) => `${department} ${period}`);
  const entries = html`${[...groups.values()].map((group) => {
    const [first] = group as [Warning];
    const name = departmentName(catalogue, first.department);
    const what =
      first.department === null ? `截至${periodInWords(first.period)}` : returnInWords(first.period);
    return html`<section class="group"><h3><a href="${warnedAddress(first)}">${name}${what}</a></h3>
<ul class="findings">${group.map((warning) => openWarning(warning, catalogue, mayAnswer))}</ul></section>`;
  })}`;
  const address = `${findingsAddress(catalogue.year)}/answers`;
  return mayAnswer ? answersForm(request, { address, open, entries, areOfOneReturn: false }) : entries;
}

/** A warning nobody has settled: what it is about, what was said of it, and for the legal office the field that settles it. */
function openWarning(warning: Warning, catalogue: Catalogue, mayAnswer: boolean): Html {
  const { finding } = warning;
  const title = titleOf(warning, catalogue);
  const field = () => answerField(warning, { as: 'legal-office', title });
  return html`<li class="warning"><p><strong>${indicatorName(warning, catalogue)}</strong>${whereOf(warning)}：${finding.message}</p>
${finding.found === undefined ? '' : html`<p>现在是：<span class="typed">${foundInWords(finding).words}</span>${finding.expected === undefined ? '' : html`；${expectedWord(finding.severity)}：${finding.expected}`}</p>`}${breakdownOf(finding)}
${explanation(warning, catalogue)}${mayAnswer ? html`<details><summary>核对无误，说明原因<span class="unseen">：${title}</span></summary>${field()}</details>` : ''}</li>`;
}

/** A warning that was settled: by whom, when, why. */
function settledWarning(warning: Warning, catalogue: Catalogue): Html {
  const { finding, acknowledged } = warning;
  if (acknowledged === null) return html``;
  return html`<li><p><a href="${warnedAddress(warning)}">${titleOf(warning, catalogue)}</a>：${finding.message}</p>
<p class="hint">${answerInWords(acknowledged, catalogue)}</p>${explanation(warning, catalogue)}</li>`;
}

function titleOf(warning: Warning, catalogue: Catalogue): string {
  const name = returnTitle(departmentName(catalogue, warning.department), warning.period);
  return `${name}“${indicatorName(warning, catalogue)}”`;
}

function indicatorName({ finding: { indicator } }: Warning, catalogue: Catalogue): string {
  return indicator === undefined ? '整份报表' : nameOfAsked(indicator, catalogue);
}

function whereOf({ finding: { place } }: Warning): Html {
  const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ');
  return where === '' ? html`` : html`（${where}）`;
}
