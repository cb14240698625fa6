import { periodInWords } from '../../core/catalogue/period.ts';
import { opensSection } from '../../core/catalogue/sections.ts';
import { type Names, namesOf } from '../../core/publication/names.ts';
import { cellsOfTables, type Publication } from '../../core/publication/publication.ts';
import type { OpenMatters } from '../../core/totals/open-matters.ts';
import type { PeriodComparison } from '../../core/totals/period-comparison.ts';
import { periodUnit, type Total } from '../../core/totals/total.ts';
import { openInWords, statusWords, termsInWords, yearFigures } from '../../core/words.ts';
import { type Cell, figureCell, noFigure } from './cells.ts';
import { baseCells } from './comparison-sheets.ts';
import { sheetNames } from './sheet-names.ts';
import { statusLooks, styles } from './styles.ts';
import type { Column, Table } from './table.ts';

/** Beyond this many the items of a list are left to the lineage sheet. */
const itemsShown = 30;

/** Every indicator's annual total, in the order of the report. */
export function totalsTable(publication: Publication): Table {
  const names = namesOf(publication);
  const cells = cellsOfTables(publication);
  const open = new Map(publication.open.map((one) => [one.indicator, one]));
  const isCompared = publication.comparedWith !== null;
  const newest = new Map(publication.comparisons.map((each) => [each.indicator, each]));
  const totals = publication.totals.filter(({ indicator }) => !cells.has(indicator));
  return {
    sheet: sheetNames.totals,
    title: `${publication.year}年度汇总`,
    notes: [
      '按报告顺序排列。数值是数字，可直接引用和计算；百分比存放的是百分数，95% 存为 95。',
      `“待处理”写明这个数下面还没有核对、核实完或暂存的，引用前请先处理，见“${sheetNames.warnings}”；空白表示没有。`,
      '“暂定”表示不是最终数，原因见“说明”；“分部门”表示各部门分别计，不合计，各部门的数见“按部门”。',
    ],
    columns: [
      { heading: '章节', look: styles.text, least: 8, most: 18 },
      { heading: '指标', look: styles.strong, most: 34 },
      { heading: yearFigures(publication.returns), least: 13, most: 16 },
      { heading: '单位', look: styles.centred },
      ...(isCompared ? lastYearColumns : []),
      { heading: '报告写法', look: styles.centred, least: 10, most: 16 },
      { heading: '状态', look: styles.centred, least: 8 },
      { heading: '待处理', look: styles.centred, least: 8, most: 16 },
      { heading: '报表覆盖', look: styles.centred, least: 13 },
      { heading: '完整报告期', look: styles.centred, least: 10 },
      { heading: '分子', least: 10 },
      { heading: '分母', least: 10 },
      { heading: '说明', look: styles.text, least: 30, most: 52 },
    ],
    rows: totals.map((total, index) =>
      totalRow(total, totals[index - 1], { names, open, beside: isCompared ? newest : undefined }),
    ),
    frozenColumns: 2,
  };
}

const lastYearColumns: Column[] = ['上年同期', '增减', '同比'].map((heading) => ({
  heading,
  least: 10,
  most: 14,
}));

interface TotalsContext {
  names: Names;
  open: ReadonlyMap<string, OpenMatters>;
  /** By indicator what it comes to so far beside last year; undefined where nothing of last year is known. */
  beside: ReadonlyMap<string, PeriodComparison> | undefined;
}

function totalRow(total: Total, above: Total | undefined, { names, open, beside }: TotalsContext): Cell[] {
  const { coverage, numerator, denominator } = total;
  const expected = coverage.returns.expected;
  const received = expected - coverage.missing.length;
  const section = names.section(total.section);
  return [
    opensSection(total, above)
      ? { value: section, look: styles.header }
      : { value: section, look: styles.quiet },
    total.name,
    figureCell(total.value, total, true),
    total.unit,
    ...(beside === undefined ? [] : lastYearCells(total, beside.get(total.indicator))),
    total.prose,
    { value: statusWords[total.status], look: statusLooks[total.status] },
    openCell(open.get(total.indicator)),
    `${received}/${expected} 份`,
    `${coverage.periods.complete}/${coverage.periods.expected} ${periodUnit(total)}`,
    numerator === undefined ? null : partCell(numerator, names),
    denominator === undefined ? null : partCell(denominator, names),
    remarks(total, names).join('\n'),
  ];
}

function lastYearCells(total: Total, row: PeriodComparison | undefined): Cell[] {
  return row === undefined
    ? [noFigure, noFigure, noFigure]
    : baseCells(row.toDate, row.toDate.lastYear, total);
}

function openCell(open: OpenMatters | undefined): Cell {
  return open === undefined ? null : { value: openInWords(open), look: styles.attention };
}

function partCell({ indicator, value }: NonNullable<Total['numerator']>, names: Names): Cell {
  return figureCell(value, names.total(indicator) ?? { unit: '', decimals: 0 });
}

function remarks(total: Total, names: Names): string[] {
  const { numerator, denominator, parts = [], items, asOf, coverage } = total;
  const { notApplicable, blank } = coverage.returns;
  return [
    ...total.reasons.map((reason) => `${reason}。`),
    ...(numerator === undefined || denominator === undefined
      ? []
      : [`${names.indicator(numerator.indicator)} ÷ ${names.indicator(denominator.indicator)}。`]),
    ...(parts.length === 0
      ? []
      : [
          `${termsInWords(parts.map(({ sign, indicator }) => ({ sign, words: names.indicator(indicator) })))}。`,
        ]),
    ...(asOf === null ? [] : [`${periodInWords(asOf)}的期末数。`]),
    ...(items === undefined || items.length === 0 ? [] : [itemsInWords(items)]),
    ...(notApplicable === 0 ? [] : [`${notApplicable} 份报表填“不适用”。`]),
    ...(blank === 0 ? [] : [`${blank} 份报表此项空白。`]),
  ];
}

function itemsInWords(items: string[]): string {
  const shown = items.slice(0, itemsShown).join('、');
  return items.length <= itemsShown ? `${shown}。` : `${shown}等，全部见这次发布的“溯源”。`;
}
