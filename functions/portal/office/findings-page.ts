import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import { periodInWords } from '../../../shared/core/period.ts';
import type { Warning } from '../../../shared/core/publication.ts';
import { warningsOf } from '../../../shared/core/warnings.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { actsForOffice, readers } from '../access/readers.ts';
import { anyDepartment, departmentChoice } from '../pages/department-filter.ts';
import { frame } from '../pages/frame.ts';
import { departmentName, returnAddress } from '../pages/return-links.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { heldList, heldRevisions } from './held-list.ts';
import { openWarning, settledWarning } from './warning-items.ts';

/** What waits for somebody: figures that look wrong, returns that are held; then what is settled. */
export const findingsRoute = page(
  { path: '/:year/findings', access: readers, params: yearParam, query: { department: anyDepartment } },
  async (visit) => {
    const { state } = await visit.readYear(visit.params.year);
    return { kind: 'page', body: findingsPage(visit, { state, department: visit.query.department }) };
  },
);

interface Shown {
  state: YearState;
  department: string | undefined;
}

function findingsPage(visit: Visit, { state, department }: Shown): Html {
  const { catalogue } = state;
  const form = actsForOffice(visit.identity) ? { token: visit.formToken } : undefined;
  const isShown = (one: { department: string }) => department === undefined || one.department === department;
  const warnings = warningsOf(state).filter(isShown);
  const open = warnings.filter(({ acknowledged }) => acknowledged === null);
  const settled = warnings.filter(({ acknowledged }) => acknowledged !== null);
  const held = heldRevisions(state).filter(isShown);
  return frame(visit, {
    title: '待处理',
    year: catalogue.year,
    current: `/${catalogue.year}/findings`,
    content: html`<form class="filter" method="get" action="/${catalogue.year}/findings">
${departmentChoice(catalogue, { chosen: department, all: '全部部门' })}
<div class="actions"><button type="submit">筛选</button></div>
</form>
<h2>请核对的数字（${open.length}）</h2>
<p class="hint">这些数字已经计入，但看起来不寻常。有误的由部门重新报送；核对无误的，说明原因，原因随发布公开。</p>
${open.length === 0 ? html`<p>没有需要核对的数字。</p>` : openByReturn(open, { catalogue, form })}
<h2>暂存的月报（${held.length}）</h2>
${heldList(held, { state, form })}
<h2>已确认（${settled.length}）</h2>
${
  settled.length === 0
    ? html`<p>还没有确认过的。</p>`
    : html`<details><summary>查看已确认的数字和理由</summary><ul>${settled.map((warning) => settledWarning(warning, catalogue))}</ul></details>`
}`,
  });
}

function openByReturn(
  open: readonly Warning[],
  context: { catalogue: Catalogue; form: { token: string } | undefined },
): Html {
  const groups = Map.groupBy(open, ({ department, period }) => `${department} ${period}`);
  return html`${[...groups.values()].map((group) => {
    const [first] = group as [Warning];
    const name = departmentName(context.catalogue, first.department);
    return html`<section class="group"><h3><a href="${returnAddress(first)}">${name}${periodInWords(first.period)}月报</a></h3>
<ul class="findings">${group.map((warning) => openWarning(warning, context))}</ul></section>`;
  })}`;
}
