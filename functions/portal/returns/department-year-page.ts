import { html } from 'hono/html';
import type { Catalogue, Department } from '../../../shared/core/catalogue/catalogue.ts';
import { compareDue, isOverdue } from '../../../shared/core/catalogue/deadlines.ts';
import {
  allFrequencies,
  type Frequency,
  frequencies,
  frequencyOf,
  type Instant,
  type Period,
  periodInYear,
  periodsOf,
  returnInYear,
} from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { heldBecause } from '../../../shared/core/year/revision.ts';
import { heldRevisions, type Standing, standingOf } from '../../../shared/core/year/standing.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import { type ReturnState, returnOf, type YearState } from '../../../shared/core/year/year-state.ts';
import { statementOf } from '../../use-cases/stores/witness-store.ts';
import { belongsTo, everybody, type Identity } from '../access/identity.ts';
import {
  type DepartmentYear,
  departmentActsAddress,
  departmentFiguresAddress,
  departmentPath,
  newestWitnessAddress,
  returnAddress,
} from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { standingLook, standingMark } from '../pages/standing-mark.ts';
import type { Html } from '../reply.ts';
import { departmentParams, htmlRoute, type RequestContext } from '../route.ts';
import { deadlineInWords, lastMomentInWords } from './dates-in-words.ts';
import { findDepartment, placeInNavigation } from './found-return.ts';
import { revisionsToExplain } from './held-revisions.ts';

/** A department's year at a glance: what to do next, and where each return stands. */
export const departmentYearRoute = htmlRoute(
  {
    path: departmentPath,
    access: everybody,
    params: departmentParams,
  },
  async (request) => {
    const department = findDepartment(request);
    const { state } = await request.readYear(request.params.year);
    const returns = state.returns.filter((one) => one.department.id === department.id);
    const isWitnessed = (await statementOf(1, request.services.documents)) !== undefined;
    return {
      kind: 'page',
      body: departmentYearPage(request, department, { state: { ...state, returns }, isWitnessed }),
    };
  },
);

const witnessHint = html`<p class="hint"><a href="${newestWitnessAddress}">下载台账见证</a>：一份签名的文件，写明目前各条台账记录到哪里。请保存在本部门的电脑上，今后可以用它查出台账有没有被截短或改写。</p>`;

/** `state` has the department's own returns only. */
function departmentYearPage(
  request: RequestContext<DepartmentYear>,
  department: Department,
  { state, isWitnessed }: { state: YearState; isWitnessed: boolean },
): Html {
  const { params: place, now } = request;
  const warnings = warningsOf(state);
  const { identity } = request;
  const tasks = departmentTasks(state, { warnings, now }).filter(({ kind }) =>
    belongsTo(identity, department.id) ? isFor(identity, kind) : true,
  );
  return pageLayout(request, {
    ...placeInNavigation(request.identity, place),
    title: `${department.name}${place.year}年报表`,
    content: html`${nextStep(tasks, { place, own: belongsTo(identity, department.id) })}
${allFrequencies.map((frequency) => periodCards(frequency, { state, place, warnings, now }))}
<p><a href="${departmentFiguresAddress(place)}">看本年各期数据和图</a></p>
<p><a href="${departmentActsAddress(place)}">本部门办理记录</a></p>
${isWitnessed ? witnessHint : ''}`,
  });
}

/** Whether somebody of a department is to do it: the reviewer reviews, the clerk does all else. */
function isFor({ roles }: Identity, kind: TaskKind): boolean {
  return roles.includes(kind === 'review' ? 'reviewer' : 'department');
}

const pressing: Record<Task['kind'], string> = {
  review: 'warn',
  disagreed: 'bad',
  question: 'bad',
  overdue: 'bad',
  refused: 'bad',
  warnings: 'warn',
  explanation: 'warn',
  scan: 'warn',
  due: '',
};

/** What to do next, in one sentence with a link. */
function nextStep([first, ...others]: Task[], { place, own }: { place: DepartmentYear; own: boolean }): Html {
  if (first === undefined) return html`<p class="notice good">目前没有要办的事。</p>`;
  const { kind, sentence, link, period } = first;
  const more = others.length === 0 ? '' : `之后还有 ${others.length} 件事要办，见下面各期。`;
  return html`<div class="notice ${pressing[kind]}">
<p><strong>${own ? '下一步' : '等部门办理'}：</strong>${sentence}。${more}</p>
<p><a class="button" href="${returnAddress({ ...place, period })}">${own ? link : `看${returnInYear(period)}`}</a></p>
</div>`;
}

interface CardContext {
  state: YearState;
  place: DepartmentYear;
  warnings: ReturnType<typeof warningsOf>;
  now: Instant;
}

/** The periods of a frequency: months where the catalogue has any, longer ones where the department reports some. */
function periodCards(frequency: Frequency, context: CardContext): Html {
  const { state, place } = context;
  const isOfIt = ({ period }: { period: Period }) => frequencyOf(period) === frequency;
  const isMonthly = frequency === 'month' && state.catalogue.periods.some(isOfIt);
  if (!isMonthly && !state.returns.some(isOfIt)) return html``;
  const { report, each } = frequencies[frequency];
  const cards = periodsOf(place.year, frequency).map((period) => periodCard(period, context));
  return html`<ul class="months" aria-label="${each}${report}">${cards}</ul>`;
}

function periodCard(period: Period, { state, place, warnings, now }: CardContext): Html {
  const label = html`<span class="month">${periodInYear(period)}</span>`;
  const one = returnOf(state, { department: place.department, period });
  if (one === undefined) {
    return html`<li class="is-not-expected"><div>${label} <span class="standing">无需报送</span></div></li>`;
  }
  const { catalogue } = state;
  const standing = standingOf(one, { warnings, now, catalogue });
  return html`<li class="is-${standingLook(standing)}"><a href="${returnAddress({ ...place, period })}">${label}
${standingMark(standing)} <span class="hint">${deadlineInWords(one, catalogue)}</span></a></li>`;
}

/** What a department still has to do, the most pressing kind first. */
const taskKinds = [
  'review',
  'question',
  'disagreed',
  'overdue',
  'refused',
  'warnings',
  'explanation',
  'scan',
  'due',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Something that a department has to do about one of its returns. */
export interface Task {
  kind: TaskKind;
  period: Period;
  /** A sentence that says what it is, without the full stop. */
  sentence: string;
  /** What the link says that leads there. */
  link: string;
}

interface TasksContext {
  warnings: readonly Warning[];
  now: Instant;
}

/** All that a department has to do, the most pressing first; of one kind, what is due first. */
export function departmentTasks(
  { returns, catalogue }: Pick<YearState, 'returns' | 'catalogue'>,
  { warnings, now }: TasksContext,
): Task[] {
  const inOrder = returns.toSorted((a, b) => compareDue(a.deadline, b.deadline));
  const tasks = inOrder.flatMap((one) =>
    tasksOn(one, { standing: standingOf(one, { warnings, now, catalogue }), now, catalogue }),
  );
  const pressure = ({ kind }: Task) => taskKinds.indexOf(kind);
  return tasks.sort((a, b) => pressure(a) - pressure(b));
}

interface TaskContext {
  standing: Standing;
  now: Instant;
  catalogue: Catalogue;
}

function tasksOn(one: ReturnState, { standing, now, catalogue }: TaskContext): Task[] {
  const { period } = one;
  const name = periodInYear(period);
  const report = returnInYear(period);
  const itsReport = `${name}的${frequencies[frequencyOf(period)].report}`;
  const last = lastMomentInWords(one, catalogue);
  const isLate = isOverdue(one, now, catalogue);
  const awaiting = heldRevisions(one)
    .filter((each) => heldBecause(each).includes('awaits-agreement'))
    .at(0);
  const isDisagreed = awaiting?.agreement?.kind === 'disagreed';
  const links: [condition: boolean, kind: TaskKind, sentence: string, link: string][] = [
    [
      awaiting !== undefined && !isDisagreed,
      'review',
      `${itsReport}等本部门审核人审核，同意后才计入汇总`,
      `去审核${report}`,
    ],
    [
      isDisagreed,
      'disagreed',
      `${itsReport}审核不同意，还没有计入：请按审核意见改正后重新上传`,
      `去看${report}的审核意见`,
    ],
    [
      one.questions.some(({ stage }) => stage === 'open'),
      'question',
      `法制机构对${itsReport}提出了核实，请答复，或者改正后重新上传`,
      `去答复${name}的核实`,
    ],
    [
      standing.kind === 'overdue',
      'overdue',
      `${itsReport}应在${last}前报送，已经逾期，请尽快上传`,
      `去报送${report}`,
    ],
    [
      standing.kind === 'refused',
      'refused',
      `${name}上传的文件有错误，被退回了，请改好后重新上传${isLate ? '（已过报送时限）' : ''}`,
      `去看${report}哪里要改`,
    ],
    [
      standing.openWarnings > 0,
      'warnings',
      `${itsReport}已报，有 ${standing.openWarnings} 处数字请核对：有误的重新上传，无误的说明原因`,
      `去核对${report}`,
    ],
    [
      revisionsToExplain(one).length > 0,
      'explanation',
      `${name}的更正改动了正式发布的内容，还没有说明原因，暂时没有计入`,
      `去说明${name}更正的原因`,
    ],
    [
      standing.awaitsScan,
      'scan',
      `${itsReport}已报，还没有签章：请打印审签表，签字盖章，再上传扫描件`,
      `去给${report}签章`,
    ],
    [standing.kind === 'due', 'due', `${itsReport}请在${last}前报送`, `去报送${report}`],
  ];
  return links
    .filter(([condition]) => condition)
    .map(([, kind, sentence, link]) => ({ kind, period, sentence, link }));
}
