import { html } from 'hono/html';
import {
  type Indicator,
  isEverReportedBy,
  isReportedBy,
  outputOf,
  type ReportedIndicator,
} from '../../../shared/core/catalogue/indicator.ts';
import { overTimeWords } from '../../../shared/core/catalogue/kinds.ts';
import {
  allFrequencies,
  type Frequency,
  frequencies,
  type Period,
  periodInYear,
  periodsOf,
} from '../../../shared/core/catalogue/period.ts';
import { sectionInWords } from '../../../shared/core/catalogue/sections.ts';
import { indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { ReturnKey } from '../../../shared/core/returns/address.ts';
import {
  type FigureSaid,
  type Observation,
  observationIn,
} from '../../../shared/core/returns/observation.ts';
import { annualTotals } from '../../../shared/core/totals/totals.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { takenOverInWords } from '../../../shared/core/words.ts';
import { figuresLastYear, isSameInYear } from '../../../shared/core/year/last-year.ts';
import { takenOverSince } from '../../../shared/core/year/taken-over.ts';
import { returnOf, type YearState } from '../../../shared/core/year/year-state.ts';
import { everybody } from '../access/identity.ts';
import { columnChart } from '../charts/column-chart.ts';
import { type DepartmentYear, departmentFiguresAddress, departmentPath } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { departmentParams, htmlRoute, type RequestContext } from '../route.ts';
import { findDepartment, placeBelow, reportsFor } from './found-return.ts';

/** A department's own figures of the year so far, period by period. */
export const yearFiguresRoute = htmlRoute(
  {
    path: `${departmentPath}/figures`,
    access: everybody,
    params: departmentParams,
  },
  async (request) => {
    const { name } = findDepartment(request);
    const { state } = await request.readYear(request.params.year);
    return { kind: 'page', body: await figuresPage(request, name, state) };
  },
);

/** An indicator's year in one department. */
interface IndicatorYear {
  indicator: Indicator;
  frequency: Frequency;
  periods: PeriodFigure[];
  /** By the indicator's own operator over the periods that count so far; null if there are none. */
  soFar: Decimal | null;
}

interface PeriodFigure {
  period: Period;
  isExpected: boolean;
  /** What the revision that counts says; undefined if none does. */
  observation: Observation | undefined;
  /** Of the same period of last year, as it was published, where it was counted in the same way. */
  lastYear: FigureSaid | undefined;
}

function indicatorYears(state: YearState, { year, department }: DepartmentYear): IndicatorYear[] {
  const totals = new Map(annualTotals(state).map((total) => [total.indicator, total.byDepartment]));
  return indicatorsOf(state.catalogue)
    .filter((indicator) => isEverReportedBy(indicator, department))
    .map((indicator) => ({
      indicator,
      frequency: indicator.frequency,
      periods: periodsOf(year, indicator.frequency).map((period) =>
        figureOf(indicator, { department, period }, state),
      ),
      soFar: totals.get(indicator.id)?.find((figure) => figure.department === department)?.value ?? null,
    }));
}

function figureOf(
  indicator: ReportedIndicator,
  { department, period }: ReturnKey,
  state: YearState,
): PeriodFigure {
  const one = returnOf(state, { department, period });
  const observation = one?.counting && observationIn(one.counting.figures, indicator.id);
  return {
    period,
    isExpected: one !== undefined && isReportedBy(indicator, department, period),
    observation,
    lastYear: figuresLastYear(state, { department, period }, indicator).find((each) =>
      isSameInYear(each.period, period),
    )?.said,
  };
}

async function figuresPage(
  request: RequestContext<DepartmentYear>,
  departmentName: string,
  state: YearState,
): Promise<Html> {
  const { params: place, identity } = request;
  const years = indicatorYears(state, place);
  const sections = [
    ...Map.groupBy(years, ({ indicator }) => sectionInWords(indicator.section, state.catalogue)),
  ];
  const own = reportsFor(identity, place.department);
  return pageLayout(request, {
    ...placeBelow(identity, place, { departmentName }),
    ...(own && { current: departmentFiguresAddress(place), trail: [] }),
    title: `${departmentName}${place.year}年数据`,
    content: html`<p>这里只有已经计入汇总的数字，是本部门自己的数。没有收到报表的各期空着。${takenOverInWords(takenOverSince(place, state))}</p>
${await Promise.all(sections.map(([section, own]) => indicatorSection(section, own)))}`,
  });
}

async function indicatorSection(section: string, years: IndicatorYear[]): Promise<Html> {
  const title = section === '' ? '各项指标' : section;
  return html`<h2>${title}</h2>
<div class="charts">${await Promise.all(years.map(indicatorChart))}</div>
${allFrequencies.map((frequency) => periodsTable(title, { frequency, years }))}`;
}

async function indicatorChart({ indicator, periods, soFar }: IndicatorYear): Promise<Html> {
  const { name, unit, overTime } = indicator;
  if (soFar === null) {
    return html`<div><div class="card"><p><strong>${name}（${unit}）</strong></p><p class="hint">还没有计入的数</p></div></div>`;
  }
  const chart = await columnChart({
    caption: name,
    unit,
    shape: 'small',
    columns: periods.map(({ period, observation }) => ({
      label: periodInYear(period),
      value: observation?.status === 'reported' ? observation.value : null,
    })),
  });
  return html`<div>${chart}<p class="hint">至今 <strong>${soFar}</strong> ${outputOf(indicator).unit}（${overTimeWords[overTime]}）</p></div>`;
}

/** The indicators of one frequency, its periods across; nothing where there are none. */
function periodsTable(
  title: string,
  { frequency, years }: { frequency: Frequency; years: IndicatorYear[] },
): Html {
  const own = years.filter((each) => each.frequency === frequency);
  const [first] = own;
  if (first === undefined) return html``;
  const periods = first.periods.map(({ period }) => period);
  return scrollingTable(`${title}：${frequencies[frequency].each}的数`, {
    head: html`<tr><th scope="col">指标（单位）</th>${periods.map(
      (period) => html`<th scope="col" class="number">${periodInYear(period)}</th>`,
    )}<th scope="col" class="number">至今</th></tr>`,
    rows: own.map(
      ({ indicator, periods, soFar }) =>
        html`<tr><th scope="row" class="roomy">${indicator.name}（${indicator.unit}）</th>${periods.map(
          (figure) => html`<td class="number">${cellWords(figure)}</td>`,
        )}<td class="number"><strong>${soFar === null ? '—' : soFar + otherUnit(indicator)}</strong></td></tr>
${lastYearRow(periods)}`,
    ),
  });
}

/** Last year's figures below this year's; nothing where none are known. */
function lastYearRow(periods: readonly PeriodFigure[]): Html {
  if (periods.every(({ lastYear }) => lastYear === undefined)) return html``;
  return html`<tr><th scope="row" class="roomy hint">上年</th>${periods.map(
    ({ lastYear }) =>
      html`<td class="number hint">${lastYear === undefined ? '—' : saidWords(lastYear)}</td>`,
  )}<td></td></tr>`;
}

/** The unit that the year's figure is in, where that is another than the one that is entered. */
function otherUnit(indicator: Indicator): string {
  const { unit } = outputOf(indicator);
  return unit === indicator.unit ? '' : ` ${unit}`;
}

function cellWords({ isExpected, observation }: PeriodFigure): string {
  return observation === undefined ? (isExpected ? '—' : '不报') : saidWords(observation);
}

function saidWords({ status, value }: FigureSaid): string {
  if (status === 'reported') return value ?? '—';
  return status === 'not-applicable' ? '不适用' : '空白';
}
