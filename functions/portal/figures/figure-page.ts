import { html } from 'hono/html';
import { z } from 'zod';
import { type Catalogue, indicatorOf } from '../../../shared/core/catalogue.ts';
import { localTime, monthOf, periodSchema } from '../../../shared/core/period.ts';
import type { Total } from '../../../shared/core/publication.ts';
import { annualTotals } from '../../../shared/core/totals.ts';
import { warningsOf } from '../../../shared/core/warnings.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { readers } from '../access/readers.ts';
import { Failure } from '../failure.ts';
import { anyDepartment, departmentChoice } from '../pages/department-filter.ts';
import { figureText, statusBadge } from '../pages/figure-text.ts';
import { frame } from '../pages/frame.ts';
import { pageLinks, pageOf } from '../pages/page-links.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { coveragePart } from './coverage-part.ts';
import { figureCharts } from './figure-charts.ts';
import { type Narrowing, partsOf, sourcesOf } from './lineage-query.ts';
import { reckoningPart } from './reckoning-part.ts';
import { sourcesTable } from './sources-table.ts';

const query = {
  department: anyDepartment,
  period: periodSchema
    .or(z.literal(''))
    .default('')
    .transform((period) => (period === '' ? undefined : period)),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
};
type FigureVisit = Visit<unknown, z.infer<z.ZodObject<typeof query>>>;

const rowsOnPage = 100;

/** One figure, from the printed number to the cells, files and people behind it. */
export const figureRoute = page(
  {
    path: '/:year/figures/:indicator',
    access: readers,
    params: { ...yearParam, indicator: z.string().max(64) },
    query,
  },
  async (visit) => {
    const { state } = await visit.readYear(visit.params.year);
    const totals = annualTotals(state);
    const total = totals.find(({ indicator }) => indicator === visit.params.indicator);
    if (total === undefined) throw new Failure('not-found', '指标目录中没有这项指标。');
    return { kind: 'page', body: await figurePage(visit, { state, totals, total }) };
  },
);

interface Figure {
  state: YearState;
  totals: readonly Total[];
  total: Total;
}

async function figurePage(visit: FigureVisit, { state, totals, total }: Figure): Promise<Html> {
  const { catalogue } = state;
  const { year } = catalogue;
  const names = new Map(totals.map((one) => [one.indicator, one]));
  return frame(visit, {
    title: total.name,
    year,
    current: `/${year}/figures`,
    trail: [{ title: '汇总数据', address: `/${year}/figures` }],
    content: html`${headline(total, { catalogue, now: visit.now })}
<h2>一、怎样算出来</h2>
${reckoningPart(total, { year, names })}
<h2>二、覆盖多少，缺什么</h2>
${coveragePart(total, { catalogue, now: visit.now })}
<h2>三、各月和各部门的数</h2>
${await figureCharts(total, catalogue)}
<h2 id="sources">四、每一个来源</h2>
${sourcesPart(visit, { state, totals, total })}`,
  });
}

function headline(total: Total, { catalogue, now }: { catalogue: Catalogue; now: string }): Html {
  const { value, unit, prose, status, indicator, section } = total;
  return html`<div class="card headline"><p class="amount">${figureText(value, unit)} ${statusBadge(status)}</p>
<p>${status === 'per-department' ? '各部门分别计，不合计为全市数。' : ''}${prose === '' ? '' : html`报告中写作“${prose}”。`}${section === '' ? '' : `报告第${section}部分。`}指标编号 <span class="key">${indicator}</span>。</p>
<p class="hint">${catalogue.year}年，按 ${localTime(now, catalogue.utcOffset)} 的台账计算。</p></div>`;
}

function sourcesPart({ query, url }: FigureVisit, { state, total }: Figure): Html {
  const { catalogue } = state;
  const sources = sourcesOf(total, state, query);
  const warnings = warningsOf(state);
  const shown = pageOf(sources, query.page, rowsOnPage);
  const byPart = Map.groupBy(shown.rows, ({ lineage }) => lineage.indicator);
  const tables = partsOf(total).flatMap((part) => {
    const rows = byPart.get(part);
    const caption = `来源：${indicatorOf(catalogue, part)?.name ?? part}`;
    return rows === undefined ? [] : [sourcesTable(caption, rows, { catalogue, warnings })];
  });
  return html`${narrowingForm(total.indicator, { catalogue, chosen: query })}
<p>共 ${sources.length} 个观测值${total.kind === 'stock' ? '；期末数只取每个部门最后一个月的，其余各月列出备查' : ''}。点部门和月份看那次上传的校验结果；点文件名下载原始文件，可自行核对 SHA-256。</p>
${tables.length === 0 ? html`<p>没有计入的观测值。</p>` : tables}
${pageLinks(shown, { url, label: '来源分页', anchor: '#sources' })}`;
}

function narrowingForm(
  indicator: string,
  { catalogue, chosen }: { catalogue: Catalogue; chosen: Narrowing },
): Html {
  return html`<form class="filter" method="get" action="/${catalogue.year}/figures/${indicator}#sources">
${departmentChoice(catalogue, { chosen: chosen.department, all: '全部部门' })}
<div><label for="period">月份</label><select id="period" name="period">
<option value="">全年</option>
${catalogue.periods.map(({ period }) => html`<option value="${period}"${period === chosen.period ? html` selected` : ''}>${monthOf(period)}月</option>`)}
</select></div>
<div class="actions"><button type="submit">筛选来源</button></div>
</form>`;
}
