import { html } from 'hono/html';
import type { Catalogue, Department } from '../../../shared/core/catalogue.ts';
import { monthOf, type Period } from '../../../shared/core/period.ts';
import { departmentAddress } from '../pages/addresses.ts';
import { returnAddress } from '../pages/return-links.ts';
import { standingSign } from '../pages/standing-mark.ts';
import type { Html } from '../reply.ts';
import type { Completeness, PlacedReturn } from './completeness.ts';

/** Departments down, months across: every return of the year with its standing, each a link to its page. */
export function returnsMatrix(catalogue: Catalogue, { periods, returns }: Completeness): Html {
  const caption = `${catalogue.year}年各部门月报`;
  const byDepartment = Map.groupBy(returns, ({ department }) => department.id);
  const rows = catalogue.departments.map((department) =>
    matrixRow(department, { year: catalogue.year, periods, own: byDepartment.get(department.id) ?? [] }),
  );
  return html`<div class="scrolling" role="region" aria-label="${caption}" tabindex="0">
<table class="matrix"><caption>${caption}</caption>
<thead><tr><th scope="col">部门</th>${periods.map((period) => html`<th scope="col">${monthOf(period)}月</th>`)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

function matrixRow(
  { id, name }: Department,
  { year, periods, own }: { year: number; periods: readonly Period[]; own: readonly PlacedReturn[] },
): Html {
  const cells = periods.map((period) => {
    const one = own.find((candidate) => candidate.period === period);
    if (one === undefined) return html`<td><span class="unseen">无需报送</span></td>`;
    return html`<td><a href="${returnAddress({ department: id, period })}"><span class="unseen">${name}${monthOf(period)}月：</span>${standingSign(one.place)}</a></td>`;
  });
  return html`<tr><th scope="row"><a href="${departmentAddress({ year, department: id })}">${name}</a></th>${cells}</tr>`;
}
