import { html } from 'hono/html';
import { z } from 'zod';
import {
  comparePeriods,
  lastMonthOf,
  type Period,
  periodInWords,
  periodInYear,
  periodSchema,
} from '../../../shared/core/catalogue/period.ts';
import { cellsOfTables, type Publication } from '../../../shared/core/publication/publication.ts';
import { comparisonsTo, type PeriodComparison } from '../../../shared/core/totals/period-comparison.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { openRateWord, sourceInWords } from '../../../shared/core/words.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { changeText, comparedFigure, rateText } from './compared-figures.ts';

/** To the end of which period figures are compared; the last of which returns have come, unless one is chosen. */
export const comparedTo = {
  to: periodSchema
    .or(z.literal(''))
    .default('')
    .transform((period) => (period === '' ? undefined : period)),
};

/** Every figure of the year to a month, and of its last period, beside last year and the period before. */
export function comparisonsSection(publication: Publication, chosen: Period | undefined): Html {
  const { year, totals, tables, comparisons, comparedWith, utcOffset } = publication;
  const months = [...new Set(comparisons.map(({ period }) => lastMonthOf(period)))].sort();
  const to = months.findLast((month) => chosen === undefined || comparePeriods(month, chosen) <= 0);
  if (to === undefined) return html`<p>还没有计入的报表，没有可比的数。</p>`;
  const totalOf = new Map(totals.map((total) => [total.indicator, total]));
  const compared = comparisonsTo(comparisons, to);
  const tableOf = (caption: string, isIn: (indicator: string) => boolean) => {
    const rows = compared
      .filter(({ indicator }) => isIn(indicator))
      .flatMap((row) => {
        const total = totalOf.get(row.indicator);
        return total === undefined ? [] : [comparisonRow(row, { total, to, year })];
      });
    return rows.length === 0 ? html`` : scrollingTable(caption, { head, rows });
  };
  const caption = `截至${periodInWords(to)}的同比、环比`;
  const inTables = cellsOfTables(publication);
  return html`<form class="filter" method="get" action="/${year}/figures#comparisons">
<div><label for="to">截至</label><select id="to" name="to">
${months.map((month) => html`<option value="${month}"${month === to ? html` selected` : ''}>${periodInYear(month)}</option>`)}
</select></div>
<div class="actions"><button type="submit">查看</button></div>
</form>
<p class="hint">${basisInWords({ year, comparedWith, utcOffset })}增减按发布的数相减；同比、环比 = 增减 ÷ 比较的数，百分比的增减是百分点。写明“缺”“${openRateWord}”的，补报以后会变。</p>
${tableOf(caption, (indicator) => !inTables.has(indicator))}
${tables.map((table) => {
  const cells = cellsOfTables({ tables: [table] });
  return html`<details><summary>${table.name}</summary>${tableOf(`${table.name}${caption}`, (indicator) => cells.has(indicator))}</details>`;
})}`;
}

const head = html`<tr><th scope="col">指标</th><th scope="col">单位</th>${[
  ...['本年累计', '上年同期', '增减', '同比'],
  ...['本期', '上年本期', '增减', '同比', '上期', '增减', '环比'],
].map((heading) => html`<th scope="col" class="number">${heading}</th>`)}</tr>`;

function basisInWords({
  year,
  comparedWith,
  utcOffset,
}: Pick<Publication, 'year' | 'comparedWith' | 'utcOffset'>): string {
  if (comparedWith === null) return `${year - 1}年没有发布，也没有录入基数，不能与上年比较。`;
  const source = sourceInWords(comparedWith, utcOffset);
  return comparedWith.kind === 'baseline' ? `与${source}比较。` : `与${source}的数比较。`;
}

function comparisonRow(
  row: PeriodComparison,
  { total, to, year }: { total: Total; to: Period; year: number },
): Html {
  const { toDate, lastYear, before } = row;
  const { unit } = total;
  const earlier = row.period === to ? '' : html`<div class="hint">截至${periodInYear(row.period)}</div>`;
  const number = (text: Html) => html`<td class="number">${text}</td>`;
  return html`<tr><th scope="row" class="wordy"><a href="/${year}/figures/${row.indicator}">${total.name}</a>${earlier}</th>
<td class="short">${unit}</td>
${number(html`<strong>${comparedFigure(toDate)}</strong>`)}${number(comparedFigure(toDate.lastYear))}${number(changeText(toDate.lastYear, unit))}${number(rateText(toDate, toDate.lastYear))}
${number(comparedFigure(row))}${number(comparedFigure(lastYear))}${number(changeText(lastYear, unit))}${number(rateText(row, lastYear))}${number(comparedFigure(before))}${number(changeText(before, unit))}${number(rateText(row, before))}</tr>`;
}
