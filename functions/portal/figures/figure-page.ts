import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import {
  isComputed,
  kinds,
  overDepartmentsWords,
  overTimeWords,
} from '../../../shared/core/catalogue/kinds.ts';
import {
  type Instant,
  localTime,
  periodInWords,
  periodInYear,
  periodSchema,
} from '../../../shared/core/catalogue/period.ts';
import { sourcesOf } from '../../../shared/core/catalogue/sums.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { comparisonsOf } from '../../../shared/core/totals/comparisons.ts';
import { annualTotalsAt, standingBy } from '../../../shared/core/totals/not-due.ts';
import { openMattersOf } from '../../../shared/core/totals/open-matters.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { roundingWords } from '../../../shared/core/values/decimal.ts';
import { yearFigures } from '../../../shared/core/words.ts';
import { outcomeOf } from '../../../shared/core/year/standing.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { readers } from '../access/identity.ts';
import { figureText, openMark, statusBadge } from '../pages/figure-text.ts';
import { anyDepartment, departmentChoice } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { pageLinks, pageOf, scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { comparedDepartments, comparedPeriods } from './compared-figures.ts';
import { coverageSection } from './coverage.ts';
import { figureCharts } from './figure-charts.ts';
import { type Narrowing, sourcesOfFigure, sourcesTable } from './figure-sources.ts';

const query = {
  department: anyDepartment,
  period: periodSchema
    .or(z.literal(''))
    .default('')
    .transform((period) => (period === '' ? undefined : period)),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
};
type FigureVisit = RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>;

const rowsOnPage = 100;

/** One figure, from the printed number to the cells, files and people behind it. */
export const figureRoute = htmlRoute(
  {
    path: '/:year/figures/:indicator',
    access: readers,
    params: { ...yearParam, indicator: z.string().max(64) },
    query,
  },
  async (request) => {
    const { state } = await request.readYear(request.params.year);
    const totals = annualTotalsAt(state, request.now);
    const total = totals.find(({ indicator }) => indicator === request.params.indicator);
    if (total === undefined) throw new PortalError('not-found', '指标目录中没有这项指标。');
    return { kind: 'page', body: await figurePage(request, { state, totals, total }) };
  },
);

interface Figure {
  state: YearState;
  totals: readonly Total[];
  total: Total;
}

async function figurePage(request: FigureVisit, { state, totals, total }: Figure): Promise<Html> {
  const { catalogue } = state;
  const { year } = catalogue;
  const moment = { now: request.now, catalogue };
  const named = yearFigures(
    state.returns.map((one) => ({
      period: one.period,
      standing: standingBy(outcomeOf(one), one.period, moment),
    })),
  );
  const names = new Map(totals.map((one) => [one.indicator, one]));
  return pageLayout(request, {
    title: total.name,
    year,
    current: `/${year}/figures`,
    trail: [{ title: '汇总数据', address: `/${year}/figures` }],
    content: html`${headline(total, { state, now: request.now, named })}
<h2>一、怎样算出来</h2>
${calculationSection(total, { year, names })}
<h2>二、覆盖多少，缺什么</h2>
${coverageSection(total, catalogue)}
<h2>三、各期和各部门的数</h2>
${await figureCharts(total, catalogue)}
${groupTable(total)}
${comparedPeriods(total, comparisonsOf(state))}
${comparedDepartments(total, state)}
<h2 id="sources">四、每一个来源</h2>
${sourcesSection(request, { state, totals, total })}`,
  });
}

interface HeadlineContext {
  state: YearState;
  now: Instant;
  /** What the figures of the year are called. */
  named: string;
}

function headline(total: Total, { state, now, named }: HeadlineContext): Html {
  const { catalogue } = state;
  const open = openMattersOf(state).find(({ indicator: id }) => id === total.indicator);
  const { value, unit, prose, status, indicator, section } = total;
  return html`<div class="card headline" role="group" aria-label="${named}"><p class="hint">${named}</p><p class="amount">${figureText(value, unit)} ${statusBadge(status)}${openMark(open)}</p>
<p>${status === 'per-department' ? '各部门分别计，不合计。' : ''}${prose === '' ? '' : html`报告中写作“${prose}”。`}${section === '' ? '' : `报告第${section}部分。`}指标编号 <span class="key">${indicator}</span>。</p>
<p class="hint">${catalogue.year}年，按 ${localTime(now, catalogue.utcOffset)} 的台账计算。</p></div>`;
}

function sourcesSection({ query, url }: FigureVisit, { state, total }: Figure): Html {
  const { catalogue } = state;
  const sources = sourcesOfFigure(total, state, query);
  const warnings = warningsOf(state);
  const shown = pageOf(sources, query.page, rowsOnPage);
  const byPart = Map.groupBy(shown.rows, ({ lineage }) => lineage.indicator);
  const tables = sourcesOf(total.indicator, state.catalogue).flatMap((part) => {
    const rows = byPart.get(part);
    const caption = `来源：${indicatorOf(catalogue, part)?.name ?? part}`;
    return rows === undefined ? [] : [sourcesTable(caption, rows, { catalogue, warnings })];
  });
  return html`${narrowingForm(total.indicator, { catalogue, chosen: query })}
<p>共 ${sources.length} 个观测值${kinds[total.kind].taken === 'last-period' ? '；期末数只取每个部门最后一期的，其余各期列出备查' : ''}。点部门和报告期看那次上传的校验结果；点文件名下载原始文件，可自行核对 SHA-256。</p>
${tables.length === 0 ? html`<p>没有计入的观测值。</p>` : tables}
${pageLinks(shown, { url, label: '来源分页', anchor: '#sources' })}`;
}

function narrowingForm(
  indicator: string,
  { catalogue, chosen }: { catalogue: Catalogue; chosen: Narrowing },
): Html {
  return html`<form class="filter" method="get" action="/${catalogue.year}/figures/${indicator}#sources">
${departmentChoice(catalogue, { chosen: chosen.department, all: '全部部门' })}
<div><label for="period">报告期</label><select id="period" name="period">
<option value="">全部</option>
${catalogue.periods.map(({ period }) => html`<option value="${period}"${period === chosen.period ? html` selected` : ''}>${periodInYear(period)}</option>`)}
</select></div>
<div class="actions"><button type="submit">筛选来源</button></div>
</form>`;
}

/** What each group of departments comes to; nothing where the catalogue has no groups. */
function groupTable({ byGroup, unit }: Total): Html {
  if (byGroup.length === 0) return html``;
  return html`<div class="narrow">${scrollingTable('各组小计', {
    head: html`<tr><th scope="col">组</th><th scope="col" class="number">小计</th></tr>`,
    rows: byGroup.map(
      ({ group, value }) =>
        html`<tr><th scope="row">${group}</th><td class="number">${figureText(value, unit)}</td></tr>`,
    ),
  })}</div>`;
}

/** What a ratio's parts, or others, are called, with their unit. */
export type PartNames = ReadonlyMap<string, Pick<Total, 'name' | 'unit'>>;

/** How a figure is made: what it counts, and its operators in words, in the order in which they are applied. */
export function calculationSection(total: Total, { year, names }: { year: number; names: PartNames }): Html {
  const { kind, overTime, overDepartments, decimals, rounding, asOf } = total;
  const facts: [string, Html | string][] = [
    ['定义', total.definition],
    ['类型', kinds[kind].words],
    ...(isComputed(kind)
      ? []
      : ([
          ['先按期', overTimeWords[overTime]],
          ['再按部门', overDepartmentsWords[overDepartments]],
        ] as [string, string][])),
    ...(asOf === null ? [] : ([['取自', `${periodInWords(asOf)}的期末数`]] as [string, string][])),
    ...partFacts(total, { year, names }),
    ['进位', `最后一次，${roundingWords[rounding]}到${decimals === 0 ? '整数' : ` ${decimals} 位小数`}`],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
${itemsSection(total)}`;
}

function partFacts(
  { numerator, denominator, parts, unit }: Total,
  { year, names }: { year: number; names: PartNames },
): [string, Html][] {
  const part = ({ indicator, value }: NonNullable<Total['numerator']>) => {
    const { name, unit } = names.get(indicator) ?? { name: indicator, unit: '' };
    return html`<a href="/${year}/figures/${indicator}">${name}</a> ${figureText(value, unit)}`;
  };
  if (parts !== undefined) {
    const terms = parts.map(
      ({ sign, ...each }) => html`<li>${sign === '-' ? '减去' : '加上'} ${part(each)}</li>`,
    );
    return [['组成', html`<ul>${terms}</ul>`]];
  }
  if (numerator === undefined || denominator === undefined) return [];
  const times = unit === '%' ? ' × 100' : unit === '‰' ? ' × 1000' : '';
  return [
    ['分子', part(numerator)],
    ['分母', part(denominator)],
    [
      '算式',
      html`${numerator.value ?? '—'} ÷ ${denominator.value ?? '—'}${times}（分子、分母分别汇总后相除，不取平均）`,
    ],
  ];
}

/** The different items that a list counts. */
function itemsSection({ items }: Total): Html {
  if (items === undefined || items.length === 0) return html``;
  return html`<details><summary>清单的 ${items.length} 项</summary><ol>${items.map((item) => html`<li class="typed">${item}</li>`)}</ol></details>`;
}
