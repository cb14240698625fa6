import { html } from 'hono/html';
import { groupsOf } from '../../../shared/core/catalogue/catalogue.ts';
import { periodInYear } from '../../../shared/core/catalogue/period.ts';
import { comparisonsWithin } from '../../../shared/core/totals/comparisons-within.ts';
import {
  type BaseFigure,
  isInPoints,
  isOpenBeside,
  type PartialFigure,
  type PeriodComparison,
} from '../../../shared/core/totals/period-comparison.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { missingInWords, openRateWord, unitOfChange } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { figureText } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

/** A figure that is compared, with how many returns are missing from it. */
export function comparedFigure(figure: PartialFigure | null): Html {
  if (figure === null) return figureText(null, '');
  const missing = missingInWords({ now: figure.missing, lastYear: 0 });
  return html`${figureText(figure.value, '')}${missing === '' ? '' : html` <span class="badge is-provisional">${missing}</span>`}`;
}

/** The change from an earlier figure: `-159`, `+2.5 个百分点`. */
export function changeText(base: BaseFigure | null, unit: string): Html {
  const change = base?.change ?? null;
  if (change === null) return figureText(null, '');
  return html`${signed(change)}${isInPoints(unit) ? ` ${unitOfChange(unit)}` : ''}`;
}

/** The change as a share of the earlier figure: `-15.5%`; marked where a return is missing from either. */
export function rateText(now: PartialFigure, base: BaseFigure | null): Html {
  if (base === null || base.rate === null) return figureText(null, '');
  const isOpen = isOpenBeside(now, base);
  return html`${signed(base.rate)}%${isOpen ? html` <span class="badge is-provisional">${openRateWord}</span>` : ''}`;
}

function signed(value: Decimal): string {
  return value === '0' || value.startsWith('-') ? value : `+${value}`;
}

/** A figure period by period, with last year's and the period before beside it; nothing of one that is not compared. */
export function comparedPeriods({ indicator, unit }: Total, comparisons: readonly PeriodComparison[]): Html {
  const rows = comparisons.filter((row) => row.indicator === indicator);
  if (rows.length === 0) return html``;
  const line = (heading: string, cell: (row: PeriodComparison) => Html | string) =>
    html`<tr><th scope="row">${heading}</th>${rows.map((row) => html`<td class="number">${cell(row)}</td>`)}</tr>`;
  return scrollingTable(`与上年、上期比（${unit}）`, {
    head: html`<tr><th scope="col">报告期</th>${rows.map(({ period }) => html`<th scope="col" class="number">${periodInYear(period)}</th>`)}</tr>`,
    rows: [
      line('本期', comparedFigure),
      line('上年本期', ({ lastYear }) => comparedFigure(lastYear)),
      line('增减', ({ lastYear }) => changeText(lastYear, unit)),
      line('同比', (row) => rateText(row, row.lastYear)),
      line('比上期增减', ({ before }) => changeText(before, unit)),
      line('环比', (row) => rateText(row, row.before)),
      line('本年累计', ({ toDate }) => comparedFigure(toDate)),
      line('上年同期', ({ toDate }) => comparedFigure(toDate.lastYear)),
      line('累计增减', ({ toDate }) => changeText(toDate.lastYear, unit)),
      line('累计同比', ({ toDate }) => rateText(toDate, toDate.lastYear)),
    ],
  });
}

/** The year to date of each group and each department beside last year's, as far as anything is known of last year. */
export function comparedDepartments({ indicator, unit, byDepartment }: Total, state: YearState): Html {
  const { catalogue } = state;
  const own = new Set(byDepartment.map(({ department }) => department));
  const parts = [
    ...[...groupsOf(catalogue)].map(([name, members]) => ({
      name: `${name}（组）`,
      departments: new Set([...members].filter((id) => own.has(id))),
    })),
    ...catalogue.departments
      .filter(({ id, successor }) => own.has(id) && successor === undefined)
      .map(({ id, name }) => ({ name, departments: new Set([id]) })),
  ];
  const comparisonsOf = comparisonsWithin(state, indicator);
  const rows = parts.flatMap(({ name, departments }) => {
    const row = comparisonsOf(departments).at(-1);
    if (row === undefined) return [];
    const { period, toDate } = row;
    const { lastYear } = toDate;
    return [{ isKnown: lastYear !== null, line: departmentRow({ name, period, toDate, unit }) }];
  });
  if (!rows.some(({ isKnown }) => isKnown)) return html``;
  return scrollingTable(`各部门、各组的本年累计与上年同期（${unit}）`, {
    head: html`<tr><th scope="col">部门</th><th scope="col">截至</th>${['本年累计', '上年同期', '增减', '同比'].map((heading) => html`<th scope="col" class="number">${heading}</th>`)}</tr>`,
    rows: rows.map(({ line }) => line),
  });
}

function departmentRow({
  name,
  period,
  toDate,
  unit,
}: Pick<PeriodComparison, 'period' | 'toDate'> & { name: string; unit: string }): Html {
  const { lastYear } = toDate;
  const number = (text: Html) => html`<td class="number">${text}</td>`;
  return html`<tr><th scope="row">${name}</th><td class="short">${periodInYear(period)}</td>${number(comparedFigure(toDate))}${number(comparedFigure(lastYear))}${number(changeText(lastYear, unit))}${number(rateText(toDate, lastYear))}</tr>`;
}
