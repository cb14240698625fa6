import { html, raw } from 'hono/html';
import { drawColumns } from '../charts/draw.ts';
import { localTime, periodInWords, periodInYear } from '../core/catalogue/period.ts';
import { opensSection } from '../core/catalogue/sections.ts';
import { cellId } from '../core/catalogue/tables.ts';
import { type Names, namesOf } from '../core/publication/names.ts';
import {
  cellsOfTables,
  type Publication,
  type PublishedTable,
  type ReturnStanding,
} from '../core/publication/publication.ts';
import { type BaseFigure, isOpenBeside, type PeriodComparison } from '../core/totals/period-comparison.ts';
import { eachPeriod, type Total } from '../core/totals/total.ts';
import type { Decimal } from '../core/values/decimal.ts';
import { onceForSame } from '../core/values/once-for-each.ts';
import { withoutControlCharacters } from '../core/values/text.ts';
import {
  awaitsScanWord,
  missingInWords,
  openInWords,
  openRateWord,
  standings,
  statusWords,
  unitOfChange,
  yearFigures,
} from '../core/words.ts';

type Html = ReturnType<typeof html>;

/**
 * `summary.html`: the publication as one page for people without an account or a spreadsheet program. It fetches
 * nothing and runs nothing; printed, it is on A4.
 */
export async function writeSummaryPage(publication: Publication): Promise<Uint8Array> {
  const { year, number, authority, digest } = publication;
  const names = namesOf(publication);
  const cells = cellsOfTables(publication);
  const totals = publication.totals.filter(({ indicator }) => !cells.has(indicator));
  const page = await html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${authority}${year}年汇总（第 ${number} 次发布）</title>
<style>${raw(pageStyle)}</style>
</head>
<body>
${heading(publication)}
<main>
${totalsTable(publication, totals, names)}
${publication.tables.map((table) => gridTable(table, publication))}
<h2>各项指标</h2>
${totals.map((total) => indicatorSection(total, publication, names))}
${textsSection(publication, names)}
<h2>报送情况</h2>
${standingsTable(publication)}
</main>
<footer><p>由发布的数据生成，内容摘要 <code>${digest}</code>。每个数出自哪份报表的哪个单元格，见同一次发布的 summary.xlsx 和 summary.json；可用 indicators verify 离线核验。</p></footer>
</body>
</html>
`;
  return new TextEncoder().encode(withoutControlCharacters(String(page)));
}

function heading({
  authority,
  year,
  title,
  number,
  publishedAt,
  publishedBy,
  utcOffset,
  status,
  notice,
  totals,
}: Publication): Html {
  const provisional = totals.filter((total) => total.status === 'provisional').length;
  return html`<header>
<h1>${authority}${year}年汇总</h1>
<p>${title}，第 ${number} 次发布，${localTime(publishedAt, utcOffset)}，${publishedBy}</p>
${notice === '' ? '' : html`<p class="notice">${notice}</p>`}
<p class="${status}"><strong>${statusWords[status]}</strong>：${status === 'final' ? '应报的报表都已计入。' : `${totals.length} 项指标中 ${provisional} 项还不是最终数。`}</p>
</header>`;
}

/** The year to the newest period, beside last year. */
function toDateOf(
  indicator: string,
  comparisons: readonly PeriodComparison[],
): PeriodComparison['toDate'] | undefined {
  return comparisons.findLast((each) => each.indicator === indicator)?.toDate;
}

function totalsTable(
  { comparisons, returns, open, year }: Publication,
  totals: readonly Total[],
  names: Names,
): Html {
  const openOf = new Map(open.map((one) => [one.indicator, one]));
  const rows = totals.map((total, index) => {
    const toDate = toDateOf(total.indicator, comparisons);
    const before = toDate?.lastYear ?? null;
    const missing = missingInWords({ now: 0, lastYear: before?.missing ?? 0 });
    const below = openInWords(openOf.get(total.indicator));
    return html`${opensSection(total, totals[index - 1]) ? html`<tr class="section"><th colspan="7" scope="rowgroup">${names.section(total.section)}</th></tr>` : ''}
<tr><th scope="row"><a href="#${total.indicator}">${total.name}</a></th><td class="number"><strong>${total.value ?? '—'}</strong></td><td>${total.unit}</td>
<td class="number">${before?.value ?? '—'}${missing === '' ? '' : html`<br><mark>${missing}</mark>`}</td><td class="number">${changeOf(before, total.unit)}</td><td class="number">${rateOf(toDate)}</td>
<td>${statusWords[total.status]}${below === '' ? '' : html`<br><mark>${below}</mark>`}</td></tr>`;
  });
  return html`<table><caption>${year}年各项指标</caption>
<thead><tr><th scope="col">指标</th><th scope="col">${yearFigures(returns)}</th><th scope="col">单位</th><th scope="col">上年同期</th><th scope="col">增减</th><th scope="col">同比</th><th scope="col">状态</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function changeOf(before: BaseFigure | null, unit: string): string {
  const change = before?.change ?? null;
  if (change === null) return '—';
  return `${change.startsWith('-') ? '' : '+'}${change}${unitOfChange(unit) === unit ? '' : unitOfChange(unit)}`;
}

function rateOf(toDate: PeriodComparison['toDate'] | undefined): Html {
  const before = toDate?.lastYear ?? null;
  if (toDate === undefined || before === null || before.rate === null) return html`—`;
  const { rate } = before;
  const mark = isOpenBeside(toDate, before) ? html`<br><mark>${openRateWord}</mark>` : '';
  return html`${rate.startsWith('-') ? '' : '+'}${rate}%${mark}`;
}

/** A table of the catalogue, as it was filled in. */
function gridTable({ id, name, unit, rows, columns }: PublishedTable, { totals }: Publication): Html {
  const values = new Map(totals.map((total) => [total.indicator, total.value]));
  return html`<table class="grid"><caption>${name}（单位：${unit}）</caption>
<thead><tr><th scope="col">项目</th>${columns.map((column) => html`<th scope="col">${column.name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${columns.map((column) => html`<td class="number">${values.get(cellId(id, row.id, column.id)) ?? '—'}</td>`)}</tr>`)}</tbody></table>`;
}

/** An indicator's course with last year beside it, and what each department contributes: drawn, and in figures. */
function indicatorSection(total: Total, { comparisons, returns }: Publication, names: Names): Html {
  const { indicator, name, unit, definition, byDepartment, reasons } = total;
  const rows = comparisons.filter((each) => each.indicator === indicator);
  const periods = courseOf(total, rows);
  const isOpen = periods.some((each) => each.isOpen || each.isBeforeOpen);
  const isCompared = periods.some((each) => each.before !== null);
  const departments = byDepartment.map(({ department, value }) => ({
    label: names.department(department),
    value,
  }));
  return html`<section id="${indicator}">
<h3>${name} <span class="figure">${total.value ?? '—'} ${unit}</span></h3>
<p class="hint">${definition}${reasons.length === 0 ? '' : html`<br>${reasons.join('；')}。`}</p>
${periods.some(({ value }) => value !== null) ? raw(drawCourse({ total, rows })) : ''}
${isCompared ? html`<p class="hint">浅色为上年。</p>` : ''}
${lyingTable(`${name}：${eachPeriod(total)}的数（${unit}）`, [
  ['', periods.map(({ label }) => label)],
  ['本年', periods.map(({ value, isOpen }) => figureOf(value, isOpen))],
  ...(isCompared ? [['上年', periods.map((each) => figureOf(each.before, each.isBeforeOpen))] as const] : []),
])}
${isOpen ? html`<p class="hint">标黄的数还缺报表，补报以后会变。</p>` : ''}
${
  departments.length < 2
    ? ''
    : lyingTable(`${name}：各部门的数（${unit}）`, [
        ['', departments.map(({ label }) => label)],
        [yearFigures(returns), departments.map(({ value }) => value ?? '—')],
      ])
}
</section>`;
}

/** A total period by period, each beside last year. */
function courseOf({ byPeriod }: Total, rows: readonly PeriodComparison[]) {
  const compared = new Map(rows.map((row) => [row.period, row]));
  return byPeriod.map(({ period, value }) => {
    const { missing = 0, lastYear = null } = compared.get(period) ?? {};
    return {
      label: periodInYear(period),
      ...{ value, isOpen: missing > 0 },
      ...{ before: lastYear?.value ?? null, isBeforeOpen: (lastYear?.missing ?? 0) > 0 },
    };
  });
}

/** Once, as long as the figures stay the same: drawing is most of what the page takes. */
const drawCourse = onceForSame(
  ({ total, rows }: { total: Total; rows: readonly PeriodComparison[] }) => [total, ...rows],
  ({ total, rows }) =>
    drawColumns({
      caption: `${total.name}${eachPeriod(total)}数`,
      unit: total.unit,
      shape: 'wide',
      columns: courseOf(total, rows),
    }),
);

function figureOf(value: Decimal | null, isOpen: boolean): Html | string {
  if (value === null) return '—';
  return isOpen ? html`<mark>${value}</mark>` : value;
}

/** So many columns fit across a page; the rest goes on below. */
const mostColumns = 12;

/** Figures across, the first row heads them. */
function lyingTable(caption: string, rows: readonly (readonly [string, readonly (Html | string)[]])[]): Html {
  const [head = ['', []] as const, ...body] = rows;
  const starts = Array.from(
    { length: Math.ceil(head[1].length / mostColumns) },
    (_, index) => index * mostColumns,
  );
  return html`${starts.map((start) => {
    const part = (cells: readonly (Html | string)[]) => cells.slice(start, start + mostColumns);
    return html`<table class="lying"><caption>${caption}${start === 0 ? '' : '（续）'}</caption>
<thead><tr><th scope="col"></th>${part(head[1]).map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${body.map(([label, cells]) => html`<tr><th scope="row">${label}</th>${part(cells).map((cell) => html`<td class="number">${cell}</td>`)}</tr>`)}</tbody></table>`;
  })}`;
}

function textsSection({ narratives, texts }: Publication, names: Names): Html {
  if (narratives.length === 0) return html``;
  return html`<h2>文字说明</h2>
${narratives.map(({ id, name }) => {
  const own = texts.filter(({ narrative }) => narrative === id);
  return html`<h3>${name}</h3>${own.length === 0 ? html`<p>还没有部门写过。</p>` : own.map(({ department, period, text }) => html`<div><p><strong>${names.department(department)}${periodInWords(period)}：</strong></p>${text.split('\n').map((line) => html`<p>${line}</p>`)}</div>`)}`;
})}`;
}

/** Departments by periods, each return by its mark; what the marks mean stands below. */
function standingsTable({ departments, returns }: Publication): Html {
  const periods = [...new Set(returns.map(({ period }) => period))];
  const of = new Map(returns.map((row) => [`${row.department} ${row.period}`, row]));
  const wordOf = ({ standing, late }: ReturnStanding) =>
    standing === 'counting' && late ? 'late' : standing;
  const used = new Set<keyof typeof standings>();
  const rows = departments.map(({ id, name }) => {
    const cells = periods.map((period) => {
      const row = of.get(`${id} ${period}`);
      if (row === undefined) return html`<td></td>`;
      const word = wordOf(row);
      used.add(word);
      const title = `${standings[word].word}${row.awaitsScan ? `，${awaitsScanWord}` : ''}`;
      return html`<td><span title="${title}">${standings[word].mark}${row.awaitsScan ? html`<sub>章</sub>` : ''}</span></td>`;
    });
    return html`<tr><th scope="row">${name}</th>${cells}</tr>`;
  });
  return html`<table class="standings"><caption>各部门各期报表</caption>
<thead><tr><th scope="col">部门</th>${periods.map((period) => html`<th scope="col">${periodInYear(period)}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>
<p class="hint">${[...used].map((word) => `${standings[word].mark} ${standings[word].word}`).join('　')}${returns.some(({ awaitsScan }) => awaitsScan) ? `　章 ${awaitsScanWord}` : ''}　空白：不需要报送</p>`;
}

/** The look of the page, on a screen and on A4. */
const pageStyle = `
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1f2933; margin: 0 auto; max-width: 60rem; padding: 1rem; line-height: 1.5; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { border-bottom: 1px solid #cdd5df; margin-top: 2rem; padding-bottom: .25rem; }
h3 { margin-bottom: .25rem; }
.figure { color: #1d4f87; margin-left: .5rem; }
.hint { color: #52606d; font-size: .85rem; margin: .25rem 0; }
.notice { background: #fff8e1; padding: .5rem .75rem; }
.provisional { background: #fff8e1; padding: .5rem .75rem; }
.final { background: #e8f5e9; padding: .5rem .75rem; }
mark { background: #ffe9a8; font-size: .85rem; }
table { border-collapse: collapse; font-size: .9rem; margin: 1rem 0; width: 100%; }
caption { font-weight: 700; padding: .25rem 0; text-align: left; }
th, td { border: 1px solid #cdd5df; padding: .25rem .4rem; text-align: left; vertical-align: top; }
thead th { background: #eef2f6; }
tr.section th { background: #f5f7fa; }
.number { font-variant-numeric: tabular-nums; text-align: right; }
.lying th, .standings th, .standings td { font-weight: 400; text-align: center; }
.lying th[scope=row], .standings th[scope=row] { text-align: left; white-space: nowrap; }
svg { height: auto; max-width: 100%; }
a { color: #1d4f87; text-decoration: none; }
footer { border-top: 1px solid #cdd5df; color: #52606d; font-size: .8rem; margin-top: 2rem; overflow-wrap: anywhere; }
@page { margin: 15mm; size: A4; }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } section, tr, svg { break-inside: avoid; } thead { display: table-header-group; } a { color: inherit; } }
`.trim();
