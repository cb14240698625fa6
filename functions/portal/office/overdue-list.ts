import { html } from 'hono/html';
import { lastDayInWords } from '../../../shared/core/catalogue/deadlines.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { overdueIn } from '../../../shared/core/year/standing.ts';
import type { ReturnState, YearState } from '../../../shared/core/year/year-state.ts';
import { departmentAddress, periodLinks } from '../pages/addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

interface OverdueContext {
  now: Instant;
  /** Whether whoever reads may extend deadlines. */
  mayExtend: boolean;
}

/** Which departments owe which periods, those that owe most first. */
export function overdueList(state: YearState, { now, mayExtend }: OverdueContext): Html {
  const overdue = overdueIn(state, now);
  if (overdue.length === 0) return html`<p>没有逾期未报的报表。</p>`;
  const owing = [...Map.groupBy(overdue, ({ department }) => department.id).values()];
  const rows = owing
    .toSorted((a, b) => b.length - a.length)
    .map((own) => owingRow(own, { state, mayExtend }));
  return scrollingTable('逾期的部门', {
    head: html`<tr><th scope="col">部门</th><th scope="col" class="number">份数</th><th scope="col">报告期</th><th scope="col">最早一份的时限</th>${mayExtend ? html`<th scope="col">办理</th>` : ''}</tr>`,
    rows,
  });
}

function owingRow(
  own: readonly ReturnState[],
  { state, mayExtend }: { state: YearState; mayExtend: boolean },
): Html {
  const [first] = own as [ReturnState];
  const { year } = state.catalogue;
  const { id, name } = first.department;
  const refused = own.filter(({ refusals }) => refusals.length > 0);
  const never = own.filter(({ refusals }) => refusals.length === 0);
  const periods = (returns: readonly ReturnState[]) =>
    periodLinks(
      name,
      returns.map(({ period }) => ({ department: id, period })),
    );
  return html`<tr><th scope="row" class="short"><a href="${departmentAddress({ year, department: id })}">${name}</a></th>
<td class="number">${own.length}</td>
<td class="wordy">${never.length === 0 ? '' : html`未报：${periods(never)}`}${never.length > 0 && refused.length > 0 ? '；' : ''}${refused.length === 0 ? '' : html`退回未重报：${periods(refused)}`}</td>
<td class="short">${lastDayInWords(first, state.catalogue)}</td>
${mayExtend ? html`<td class="short"><a href="/${year}/deadlines?department=${id}&amp;period=${first.period}#extend">给${name}延期</a></td>` : ''}</tr>`;
}
