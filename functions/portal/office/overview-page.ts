import { html } from 'hono/html';
import type { Catalogue, Department } from '../../../shared/core/catalogue/catalogue.ts';
import { compareDue } from '../../../shared/core/catalogue/deadlines.ts';
import {
  compareColumns,
  endOfDay,
  type Instant,
  localTime,
  type Period,
  periodInYear,
  returnInYear,
} from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { awaitsScanWord, standings } from '../../../shared/core/words.ts';
import { phaseOf } from '../../../shared/core/year/phase.ts';
import {
  openExtensionRequestsIn,
  openQuestionsIn,
  type Standing,
  type StandingKind,
  standingOf,
} from '../../../shared/core/year/standing.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import type { ReturnState, YearState } from '../../../shared/core/year/year-state.ts';
import type { LedgerYear, ReadChain } from '../../use-cases/read-year.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { departmentAddress, remindersAddress, returnAddress } from '../pages/addresses.ts';
import { pageOfParts } from '../pages/layout.ts';
import { keptPart } from '../pages/page-parts.ts';
import { standingLegend, standingSign } from '../pages/standing-mark.ts';
import { scrollingTable } from '../pages/table.ts';
import { questionList } from '../questions/question-list.ts';
import type { Html, PageParts } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';
import type { WitnessProblem } from '../services.ts';
import { heldInYear, heldList } from './held-list.ts';
import { owedIn, owingTable } from './overdue-list.ts';
import { misdirectedSection, unaddressedList, unexpectedSection } from './unaddressed.ts';

/** What is missing, who owes it, what waits for a decision. */
export const overviewRoute = htmlRoute(
  { path: '/:year', access: readers, params: yearParam },
  async (request) => {
    const year = await request.readYear(request.params.year);
    return { kind: 'page', body: overviewPage(request, year) };
  },
);

function overviewPage(request: RequestContext, { state, chains }: LedgerYear): PageParts {
  const { now, identity, formToken, services } = request;
  const { year, utcOffset } = state.catalogue;
  const mayDecide = actsForOffice(identity);
  const kept = (what: string, render: () => Html) =>
    keptPart(state, [what, phaseOf(state, now), mayDecide], render);
  return pageOfParts(request, {
    title: `${year}年报送总览`,
    year,
    current: `/${year}`,
    content: [
      html`<p class="hint">截至 ${localTime(now, utcOffset)}${nextDue(state, now)}</p>
${clockNotice(lastRecorded(chains), now, state.catalogue)}
`,
      kept('counts', () => countsLine(completenessOf(state, now), state.catalogue)),
      html`
${witnessNotice(services.witnessProblem?.(), year)}
`,
      kept('returns', () => returnsSections(state, { now, mayExtend: mayDecide })),
      html`
${skippedFilesSection(services.skippedFiles?.() ?? [])}
`,
      kept('questions', () => questionsSections(state)),
      html`<h2 id="held">暂存的报表</h2>
${heldList(heldInYear(state), { state, form: mayDecide ? { token: formToken } : undefined })}
`,
      kept('strays', () => straysSections(state)),
    ],
  });
}

/** What is owed, and how every return stands. */
function returnsSections(state: YearState, at: { now: Instant; mayExtend: boolean }): Html {
  return html`${owedSections(state, at)}
<h2 id="returns">各部门报送情况</h2>
${returnsMatrix(state.catalogue, completenessOf(state, at.now))}
${standingLegend(state.catalogue)}`;
}

function questionsSections(state: YearState): Html {
  return html`${misdirectedSection(state)}
<h2 id="questions">正在核实</h2>
${questionList(openQuestionsIn(state), state)}
`;
}

/** What belongs to no return that is expected. */
function straysSections(state: YearState): Html {
  return html`${
    state.unaddressed.length === 0
      ? ''
      : html`<h2>没有写明部门或报告期的上传</h2>
<p>这些文件已退回，不属于任何报表；请联系上传人重新报送。</p>
${unaddressedList(state)}`
  }
${unexpectedSection(state)}`;
}

/** What departments owe: nothing came, or what came was refused. Each list has as many as its count. */
function owedSections(state: YearState, { now, mayExtend }: { now: Instant; mayExtend: boolean }): Html {
  const { overdue, refused } = owedIn(state, now);
  const context = { catalogue: state.catalogue, now, mayExtend };
  return html`<h2 id="overdue">逾期未报（${overdue.length}）</h2>
${overdue.length === 0 ? html`<p>没有逾期未报的报表。</p>` : owingTable('逾期未报的部门', overdue, context)}
<p><a href="${remindersAddress(state.catalogue.year)}">催报：可以复制的文字、已发出的提醒${mayExtend ? '、联系人' : ''}</a></p>
${
  refused.length === 0
    ? ''
    : html`<h2 id="refused">退回未重报（${refused.length}）</h2>
${owingTable('退回后还没有重报的部门', refused, context)}`
}`;
}

function lastRecorded(chains: readonly ReadChain[]): Instant | undefined {
  let last: Instant | undefined;
  for (const { events } of chains)
    for (const { at } of events) if (last === undefined || at > last) last = at;
  return last;
}

/** How far two clocks may differ without a word (milliseconds). */
const usualDifference = 60_000;

/** Said where the clock is behind what it said before: times decide what is late. */
function clockNotice(last: Instant | undefined, now: Instant, { utcOffset }: Catalogue): Html {
  if (last === undefined || Date.parse(last) - Date.parse(now) <= usualDifference) return html``;
  return html`<p class="notice warn">系统时钟可能不准：现在显示 ${localTime(now, utcOffset)}，而最近一次登记在 ${localTime(last, utcOffset)}。请校准本机时间；在此之前收到的文件仍排在已有的之后，是否逾期按登记的时间计算。</p>`;
}

const witnessProblems: Record<WitnessProblem, string> = {
  contradicted:
    '台账与以前签名的见证对不上，或者交到外面的见证与本机留存的不一致：记录可能被截短或改写，因此没有再签名。请保留现状，不要自行修复，并到“台账核验”查看。',
  'not-signed': '没有能够签署台账的见证（签名密钥无法读取或写入）。请管理员查看日志；下次会再试。',
  'not-handed-out':
    '台账的见证没有能够交到外面的文件夹（例如移动硬盘没有接上）。请接好后等待下一次，或者请管理员查看日志。',
  'not-stamped':
    '台账的见证没有取到时间戳（时间戳服务连接不上，或者答复不合要求）。见证本身已照常签署和保存；下次会再试，也可以请管理员查看日志。',
};

/** Said until a statement of the ledger is signed, handed outside and, where that is wanted, stamped again. */
function witnessNotice(problem: WitnessProblem | undefined, year: number): Html {
  if (problem === undefined) return html``;
  const look = problem === 'contradicted' ? 'bad' : 'warn';
  return html`<p class="notice ${look}">${witnessProblems[problem]} <a href="/${year}/verification">台账核验</a></p>`;
}

/** Files of which nobody would otherwise hear: no upload is recorded until they are read. */
function skippedFilesSection(files: readonly { path: string; reason: string }[]): Html {
  if (files.length === 0) return html``;
  return html`<h2 id="skipped">收件箱中没有读取的文件（${files.length}）</h2>
<ul>${files.map(({ path, reason }) => html`<li><span class="typed">${path}</span>：${reason}</li>`)}</ul>`;
}

/** The next day on which a period's returns are due. */
function nextDue({ catalogue: { periods, utcOffset } }: YearState, now: Instant): string {
  const next = periods.toSorted(compareDue).find(({ due }) => endOfDay(due, utcOffset) >= now);
  return next === undefined ? '' : `；下一个报送时限：${next.due}（${returnInYear(next.period)}）`;
}

/** A return with where it stands at a moment. */
export interface PlacedReturn extends ReturnState {
  place: Standing;
}

/** How the year's returns stand at a moment. */
export interface Completeness {
  periods: Period[];
  returns: PlacedReturn[];
  warnings: Warning[];
}

export function completenessOf(state: YearState, now: Instant): Completeness {
  const warnings = warningsOf(state);
  const { catalogue } = state;
  return {
    periods: catalogue.periods.map(({ period }) => period).sort(compareColumns),
    returns: state.returns.map((one) => ({ ...one, place: standingOf(one, { warnings, now, catalogue }) })),
    warnings,
  };
}

/** How many returns stand where. */
export function countsOf(returns: readonly PlacedReturn[]): Record<StandingKind | 'expected', number> {
  const count = (kind: StandingKind) => returns.filter(({ place }) => place.kind === kind).length;
  return {
    expected: returns.length,
    counting: count('counting'),
    overdue: count('overdue'),
    refused: count('refused'),
    held: count('held'),
    'sent-back': count('sent-back'),
    declined: count('declined'),
    due: count('due'),
    'not-due': count('not-due'),
  };
}

interface Count {
  word: string;
  count: number;
  /** The class that colours the number if it is not zero. */
  look: string;
  /** Where to find what is counted. */
  address?: string;
}

/** How the year stands, in one line: how many are expected, how many have come, what needs somebody. */
export function countsLine(
  { returns, warnings }: Completeness,
  { year, signing }: Pick<Catalogue, 'year' | 'signing'>,
): Html {
  const counts = countsOf(returns);
  const held = returns.reduce((sum, { place }) => sum + place.heldRevisions, 0);
  const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
  const questions = openQuestionsIn({ returns }).length;
  const line: Count[] = [
    { word: '全年应报', count: counts.expected, look: '' },
    { word: standings.counting.word, count: counts.counting, look: 'counting' },
    { word: '逾期未报', count: counts.overdue, look: 'overdue', address: '#overdue' },
    { word: '退回未重报', count: counts.refused, look: 'refused', address: '#refused' },
    { word: '待报', count: counts.due, look: '' },
    { word: standings['not-due'].word, count: counts['not-due'], look: '' },
    { word: '暂存', count: held, look: 'held', address: '#held' },
    {
      word: '申请延期',
      count: openExtensionRequestsIn({ returns }).length,
      look: 'due',
      address: `/${year}/deadlines#requests`,
    },
    { word: '核实中', count: questions, look: 'sent-back', address: '#questions' },
    ...(signing.scan
      ? [
          {
            word: awaitsScanWord,
            count: returns.filter(({ place }) => place.awaitsScan).length,
            look: 'counting-with-warnings',
          },
        ]
      : []),
    { word: '请核对', count: open, look: 'counting-with-warnings', address: `/${year}/findings` },
  ];
  return html`<ul class="counts" aria-label="报表份数">${line.map(countItem)}</ul>`;
}

function countItem({ word, count, look, address }: Count): Html {
  const number = html`<strong class="${count > 0 ? look : 'none'}">${count}</strong>`;
  return address === undefined || count === 0
    ? html`<li>${word} ${number}</li>`
    : html`<li><a href="${address}">${word} ${number}</a></li>`;
}

/** Departments down, periods across: every return of the year with its standing, each a link to its page. */
export function returnsMatrix(catalogue: Catalogue, { periods, returns }: Completeness): Html {
  const caption = `${catalogue.year}年各部门报表`;
  const byDepartment = Map.groupBy(returns, ({ department }) => department.id);
  const rows = catalogue.departments.map((department) =>
    matrixRow(department, { year: catalogue.year, periods, own: byDepartment.get(department.id) ?? [] }),
  );
  const head = html`<tr><th scope="col">部门</th>${periods.map((period) => html`<th scope="col">${periodInYear(period)}</th>`)}</tr>`;
  return scrollingTable(caption, { head, rows, look: 'matrix' });
}

function matrixRow(
  { id, name }: Department,
  { year, periods, own }: { year: number; periods: readonly Period[]; own: readonly PlacedReturn[] },
): Html {
  const cells = periods.map((period) => {
    const one = own.find((candidate) => candidate.period === period);
    if (one === undefined) return html`<td><span class="unseen">无需报送</span></td>`;
    return html`<td><a href="${returnAddress({ department: id, period })}"><span class="unseen">${name}${periodInYear(period)}：</span>${standingSign(one.place)}</a></td>`;
  });
  return html`<tr><th scope="row"><a href="${departmentAddress({ year, department: id })}">${name}</a></th>${cells}</tr>`;
}
