import { html } from 'hono/html';
import { z } from 'zod';
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
  periodSchema,
} from '../../../shared/core/catalogue/period.ts';
import { reportedUnder } from '../../../shared/core/publication/evidence.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { comparisonsOf } from '../../../shared/core/totals/comparisons.ts';
import { annualTotalsAt, periodsNotDue, standingBy } from '../../../shared/core/totals/not-due.ts';
import { type OpenMatters, openMattersOf } from '../../../shared/core/totals/open-matters.ts';
import type { PeriodComparison } from '../../../shared/core/totals/period-comparison.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { roundingWords } from '../../../shared/core/values/decimal.ts';
import { yearFigures } from '../../../shared/core/words.ts';
import { phaseOf } from '../../../shared/core/year/phase.ts';
import { outcomeOf } from '../../../shared/core/year/standing.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { publicationOf } from '../found-publication.ts';
import { figureAddress } from '../pages/addresses.ts';
import { figureText, openMark, statusBadge } from '../pages/figure-text.ts';
import { anyDepartment } from '../pages/form-fields.ts';
import { pageOfParts } from '../pages/layout.ts';
import { keptPart } from '../pages/page-parts.ts';
import { figureCertificateAddress, publicationAddress } from '../pages/publication-addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, PageParts } from '../reply.ts';
import { htmlRoute, publicationNumber, type RequestContext, yearParam } from '../route.ts';
import { comparedDepartments, comparedPeriods } from './compared-figures.ts';
import { coverageSection } from './coverage.ts';
import { figureCharts } from './figure-charts.ts';
import { publishedSources, type Source, sourcesOfFigure } from './figure-sources.ts';
import { sourcesSection } from './sources-section.ts';

const query = {
  department: anyDepartment,
  period: periodSchema
    .or(z.literal(''))
    .default('')
    .transform((period) => (period === '' ? undefined : period)),
  publication: publicationNumber.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
};
type FigureVisit = RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>;

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
    const { publication: number } = request.query;
    const figures =
      number === undefined
        ? figuresNow(state, request.now)
        : figuresThen(await publicationOf(request, state, number), state);
    const total = figures.totals.find(({ indicator }) => indicator === request.params.indicator);
    if (total === undefined) throw new PortalError('not-found', '指标目录中没有这项指标。');
    return { kind: 'page', body: figurePage(request, { state, figures, total }) };
  },
);

/** The figures of a year, by the ledger now or as a publication has them. */
interface Figures {
  totals: readonly Total[];
  comparisons: readonly PeriodComparison[];
  /** What the figures of the year are called. */
  named: string;
  /** When they were made, in words. */
  made: string;
  publication: number | undefined;
  /** What was open below which totals. */
  open: readonly OpenMatters[];
  sources: (parts: readonly string[]) => Source[];
}

function figuresNow(state: YearState, now: Instant): Figures {
  const { catalogue } = state;
  const notDue = periodsNotDue({ now, catalogue });
  const returns = state.returns.map((one) => ({
    period: one.period,
    standing: standingBy(outcomeOf(one), one.period, notDue),
  }));
  return {
    totals: annualTotalsAt(state, now),
    comparisons: comparisonsOf(state),
    named: yearFigures(returns),
    made: `按 ${localTime(now, catalogue.utcOffset)} 的台账计算`,
    publication: undefined,
    open: openMattersOf(state),
    sources: (parts) => sourcesOfFigure(parts, state),
  };
}

function figuresThen(publication: Publication, state: YearState): Figures {
  const { number, publishedAt, utcOffset, totals, comparisons, returns, open } = publication;
  return {
    totals,
    comparisons,
    named: yearFigures(returns),
    made: `第 ${number} 次发布（${localTime(publishedAt, utcOffset)}）时的数`,
    publication: number,
    open,
    sources: (parts) => publishedSources(parts, publication, state),
  };
}

interface Figure {
  state: YearState;
  figures: Figures;
  total: Total;
}

function figurePage(request: FigureVisit, figure: Figure): PageParts {
  const { state, figures, total } = figure;
  const { catalogue } = state;
  const { year } = catalogue;
  const { publication } = figures;
  const mayAsk = publication === undefined && actsForOffice(request.identity);
  const explained = () => explanation(figure);
  const parts = reportedUnder(total, figures.totals);
  const shown = { total, parts, catalogue, publication, url: request.url, chosen: request.query };
  return pageOfParts(request, {
    title: total.name,
    year,
    current: `/${year}/figures`,
    trail: [{ title: '汇总数据', address: `/${year}/figures` }],
    content: [
      html`${whichFigures(total, figures, state)}
${headline(total, { year, ...figures })}
`,
      publication === undefined
        ? keptPart(state, ['figure', total.indicator, phaseOf(state, request.now)], explained)
        : explained(),
      html`
<h2 id="sources">每一个来源</h2>
${sourcesSection({ ...shown, sources: figures.sources(parts), warnings: warningsOf(state), mayAsk })}`,
    ],
  });
}

/** How a figure is made, what is missing from it, and what it is of each period and department. */
async function explanation({ state, figures, total }: Figure): Promise<Awaited<Html>> {
  const { catalogue } = state;
  const { year } = catalogue;
  const { publication, totals, comparisons } = figures;
  const names = new Map(totals.map((one) => [one.indicator, one]));
  return html`<h2>怎样算出来</h2>
${calculationSection(total, { year, names, publication })}
<h2>覆盖多少，缺什么</h2>
${coverageSection(total, catalogue)}
<h2>各期和各部门的数</h2>
${await figureCharts(total, catalogue)}
${groupTable(total)}
${comparedPeriods(total, comparisons)}
${publication === undefined ? comparedDepartments(total, state) : ''}`;
}

/** Whether it is the figure of the ledger now or of a publication, and where the other is. */
function whichFigures({ indicator }: Total, { publication }: Figures, state: YearState): Html {
  const { year } = state.catalogue;
  if (publication !== undefined) {
    return html`<p class="notice">这是<a href="${publicationAddress(year, publication)}">第 ${publication} 次发布</a>时的数和来源，此后台账有变动也不改变。<a href="${figureCertificateAddress(year, publication, indicator)}">打印数据证明单</a> <a href="${figureAddress(year, indicator)}">看台账现在的数</a></p>`;
  }
  const newest = state.publications.at(-1)?.happening.number;
  if (newest === undefined) return html``;
  return html`<p class="notice">这是台账现在的数。<a href="${figureAddress(year, indicator, newest)}">看第 ${newest} 次发布时的数</a></p>`;
}

function headline(total: Total, { year, named, made, open: all }: { year: number } & Figures): Html {
  const open = all.find(({ indicator: id }) => id === total.indicator);
  const { value, unit, prose, status, indicator, section } = total;
  return html`<div class="card headline" role="group" aria-label="${named}"><p class="hint">${named}</p><p class="amount">${figureText(value, unit)} ${statusBadge(status)}${openMark(open)}</p>
<p>${status === 'per-department' ? '各部门分别计，不合计。' : ''}${prose === '' ? '' : html`报告中写作“${prose}”。`}${section === '' ? '' : `报告第${section}部分。`}指标编号 <span class="key">${indicator}</span>。</p>
<p class="hint">${year}年，${made}。</p></div>`;
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

export interface CalculationContext {
  year: number;
  names: PartNames;
  /** The publication whose figure it is, if it is one's. */
  publication?: number | undefined;
}

/** How a figure is made: what it counts, and its operators in words, in the order in which they are applied. */
export function calculationSection(total: Total, context: CalculationContext): Html {
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
    ...partFacts(total, context),
    ['进位', `最后一次，${roundingWords[rounding]}到${decimals === 0 ? '整数' : ` ${decimals} 位小数`}`],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
${itemsSection(total)}`;
}

function partFacts(
  { numerator, denominator, parts, unit }: Total,
  { year, names, publication }: CalculationContext,
): [string, Html][] {
  const part = ({ indicator, value }: NonNullable<Total['numerator']>) => {
    const { name, unit } = names.get(indicator) ?? { name: indicator, unit: '' };
    return html`<a href="${figureAddress(year, indicator, publication)}">${name}</a> ${figureText(value, unit)}`;
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
      html`${numerator.value ?? '—'} ÷ ${denominator.value ?? '—'}${times}（分子、分母分别汇总，按舍入前的数相除，不取平均）`,
    ],
  ];
}

/** The different items that a list counts. */
function itemsSection({ items }: Total): Html {
  if (items === undefined || items.length === 0) return html``;
  return html`<details><summary>清单的 ${items.length} 项</summary><ol>${items.map((item) => html`<li class="typed">${item}</li>`)}</ol></details>`;
}
