import { html } from 'hono/html';
import { endOfDay, localTime, monthOf } from '../../../shared/core/period.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { actsForOffice, readers } from '../access/readers.ts';
import { frame } from '../pages/frame.ts';
import { standingLegend } from '../pages/standing-mark.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { completenessOf } from './completeness.ts';
import { countsLine } from './counts-line.ts';
import { heldList, heldRevisions } from './held-list.ts';
import { overdueList } from './overdue-list.ts';
import { returnsMatrix } from './returns-matrix.ts';
import { unaddressedList } from './unaddressed-list.ts';

/** What is missing, who owes it, what waits for a decision. */
export const overviewRoute = page({ path: '/:year', access: readers, params: yearParam }, async (visit) => {
  const { state } = await visit.readYear(visit.params.year);
  return { kind: 'page', body: overviewPage(visit, state) };
});

function overviewPage(visit: Visit, state: YearState): Html {
  const { now, identity, formToken } = visit;
  const { year, utcOffset } = state.catalogue;
  const completeness = completenessOf(state, now);
  const mayDecide = actsForOffice(identity);
  return frame(visit, {
    title: `${year}年报送总览`,
    year,
    current: `/${year}`,
    content: html`<p class="hint">截至 ${localTime(now, utcOffset)}${nextDue(state, now)}</p>
${countsLine(completeness, year)}
${returnsMatrix(state.catalogue, completeness)}
${standingLegend()}
<h2 id="overdue">逾期未收到</h2>
${overdueList(state, { now, mayExtend: mayDecide })}
<h2 id="held">暂存的月报</h2>
${heldList(heldRevisions(state), { state, form: mayDecide ? { token: formToken } : undefined })}
${
  state.unaddressed.length === 0
    ? ''
    : html`<h2>没有写明部门或月份的上传</h2>
<p>这些文件已退回，不属于任何月报；请联系上传人重新报送。</p>
${unaddressedList(state)}`
}`,
  });
}

/** The next day on which a month's returns are due. */
function nextDue({ catalogue: { periods, utcOffset } }: YearState, now: string): string {
  const next = periods
    .toSorted((a, b) => (a.due < b.due ? -1 : 1))
    .find(({ due }) => endOfDay(due, utcOffset) >= now);
  return next === undefined ? '' : `；下一个报送时限：${next.due}（${monthOf(next.period)}月月报）`;
}
