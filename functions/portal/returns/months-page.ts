import { html } from 'hono/html';
import type { Department } from '../../../shared/core/catalogue.ts';
import { monthOf, type Period, periodOf } from '../../../shared/core/period.ts';
import { warningsOf } from '../../../shared/core/warnings.ts';
import { returnOf, type YearState } from '../../../shared/core/year-state.ts';
import { standingOf } from '../../year/standing.ts';
import { type DepartmentYear, departmentFiguresAddress, returnAddress } from '../pages/addresses.ts';
import { frame } from '../pages/frame.ts';
import { standingLook, standingMark } from '../pages/standing-mark.ts';
import type { Html } from '../reply.ts';
import { departmentParams, page, type Visit } from '../route.ts';
import { deadlineInWords } from './dates-in-words.ts';
import { departmentTasks, type Task } from './department-tasks.ts';
import { findDepartment, reportsFor } from './found-return.ts';
import { placeInNavigation } from './frames.ts';

/** A department's year at a glance: what to do next, and where each month stands. */
export const monthsRoute = page(
  {
    path: '/:year/departments/:department',
    access: ['department', 'legal-office', 'auditor'],
    params: departmentParams,
  },
  async (visit) => {
    const department = findDepartment(visit);
    const { state } = await visit.readYear(visit.params.year);
    const returns = state.returns.filter((one) => one.department.id === department.id);
    return { kind: 'page', body: monthsPage(visit, department, { ...state, returns }) };
  },
);

/** `state` has the department's own returns only. */
function monthsPage(visit: Visit<DepartmentYear>, department: Department, state: YearState): Html {
  const { params: place, now } = visit;
  const warnings = warningsOf(state);
  const tasks = departmentTasks(state, { warnings, now });
  const months = Array.from({ length: 12 }, (_, index) => periodOf(place.year, index + 1));
  return frame(visit, {
    ...placeInNavigation(visit.identity, place),
    title: `${department.name}${place.year}年月报`,
    content: html`${nextStep(tasks, { place, own: reportsFor(visit.identity, department.id) })}
<ul class="months">${months.map((period) => monthCard(period, { state, place, warnings, now }))}</ul>
<p><a href="${departmentFiguresAddress(place)}">看本年各月数据和图</a></p>`,
  });
}

const pressing: Record<Task['kind'], string> = {
  overdue: 'bad',
  refused: 'bad',
  warnings: 'warn',
  explanation: 'warn',
  due: '',
};

/** What to do next, in one sentence with a link. */
function nextStep([first, ...others]: Task[], { place, own }: { place: DepartmentYear; own: boolean }): Html {
  if (first === undefined) return html`<p class="notice good">目前没有要办的事。</p>`;
  const { kind, sentence, link, period } = first;
  const more = others.length === 0 ? '' : `之后还有 ${others.length} 件事要办，见下面各月。`;
  return html`<div class="notice ${pressing[kind]}">
<p><strong>${own ? '下一步' : '等部门办理'}：</strong>${sentence}。${more}</p>
<p><a class="button" href="${returnAddress({ ...place, period })}">${own ? link : `看${monthOf(period)}月月报`}</a></p>
</div>`;
}

interface Surroundings {
  state: YearState;
  place: DepartmentYear;
  warnings: ReturnType<typeof warningsOf>;
  now: string;
}

function monthCard(period: Period, { state, place, warnings, now }: Surroundings): Html {
  const month = html`<span class="month">${monthOf(period)}月</span>`;
  const one = returnOf(state, place.department, period);
  if (one === undefined) {
    return html`<li class="is-not-expected"><div>${month} <span class="standing">无需报送</span></div></li>`;
  }
  const { year, utcOffset } = state.catalogue;
  const standing = standingOf(one, { warnings, now, utcOffset });
  return html`<li class="is-${standingLook(standing)}"><a href="${returnAddress({ ...place, period })}">${month}
${standingMark(standing)} <span class="hint">${deadlineInWords(one, { year, utcOffset })}</span></a></li>`;
}
