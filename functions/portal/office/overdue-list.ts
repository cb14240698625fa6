import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { compareDue, isOverdue, lastDayInWords } from '../../../shared/core/catalogue/deadlines.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { standingOf } from '../../../shared/core/year/standing.ts';
import type { ReturnState, YearState } from '../../../shared/core/year/year-state.ts';
import { departmentAddress, periodLinks } from '../pages/addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

interface OwingContext {
  catalogue: Catalogue;
  now: Instant;
  /** Whether whoever reads may extend deadlines. */
  mayExtend: boolean;
}

/** Returns that departments owe, apart: those of which nothing came, and those that came and were refused. */
export interface OwedReturns {
  overdue: ReturnState[];
  refused: ReturnState[];
}

/** What is owed at a moment, each as the counts of the overview have it; first what was due first. */
export function owedIn(state: YearState, now: Instant): OwedReturns {
  const { catalogue } = state;
  const inOrder = state.returns.toSorted((a, b) => compareDue(a.deadline, b.deadline));
  const byStanding = Map.groupBy(inOrder, (one) => standingOf(one, { warnings: [], now, catalogue }).kind);
  return { overdue: byStanding.get('overdue') ?? [], refused: byStanding.get('refused') ?? [] };
}

/** Which departments owe which periods, those that owe most first. */
export function owingTable(
  caption: string,
  owed: readonly ReturnState[],
  { catalogue, now, mayExtend }: OwingContext,
): Html {
  const owing = [...Map.groupBy(owed, ({ department }) => department.id).values()];
  const rows = owing
    .toSorted((a, b) => b.length - a.length)
    .map((own) => owingRow(own, { catalogue, now, mayExtend }));
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">部门</th><th scope="col" class="number">份数</th><th scope="col">报告期</th><th scope="col">最早一份的时限</th>${mayExtend ? html`<th scope="col">办理</th>` : ''}</tr>`,
    rows,
  });
}

function owingRow(own: readonly ReturnState[], { catalogue, now, mayExtend }: OwingContext): Html {
  const [first] = own as [ReturnState];
  const { year } = catalogue;
  const { id, name } = first.department;
  const periods = own.map(({ period }) => ({ department: id, period }));
  const extension = isOverdue(first, now, catalogue)
    ? html`<a href="/${year}/deadlines?department=${id}&amp;period=${first.period}#extend">给${name}延期</a>`
    : '尚未逾期';
  return html`<tr><th scope="row" class="short"><a href="${departmentAddress({ year, department: id })}">${name}</a></th>
<td class="number">${own.length}</td>
<td class="wordy">${periodLinks(name, periods)}</td>
<td class="short">${lastDayInWords(first, catalogue)}</td>
${mayExtend ? html`<td class="short">${extension}</td>` : ''}</tr>`;
}
