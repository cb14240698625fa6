import { lastPeriodOf, periodInWords } from '../../core/catalogue/period.ts';
import { type Names, namesOf } from '../../core/publication/names.ts';
import type { Publication } from '../../core/publication/publication.ts';
import {
  type BaseFigure,
  comparisonsTo,
  isInPoints,
  isOpenBeside,
  missingFrom,
  type PartialFigure,
  type PeriodComparison,
} from '../../core/totals/period-comparison.ts';
import type { Total } from '../../core/totals/total.ts';
import { missingInWords, openRateWord, unitOfChange } from '../../core/words.ts';
import { type Cell, changeCell, figureCell, noFigure } from './cells.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import type { Column, Table } from './table.ts';

const notes = [
  '增减 = 本期数 − 比较的数，按发布的数计算；同比、环比 = 增减 ÷ 比较的数 × 100%，四舍五入到一位小数。百分比的增减是百分点。',
  `“—”表示没有可比的数，或者比较的数为 0。黄底的数还缺报表，补报以后会变，缺多少见“${openRateWord}”。`,
];

const named: Column[] = [
  { heading: '指标', look: styles.strong, least: 24, most: 28 },
  { heading: '单位', look: styles.centred },
];
const toDateColumns: Column[] = ['本年累计', '上年同期', '累计增减', '累计同比'].map(numberColumn);
const periodColumns: Column[] = ['本期', '上年本期', '增减', '同比', '上期', '比上期增减', '环比'].map(
  numberColumn,
);
const missingColumn: Column = { heading: openRateWord, look: styles.text, least: 12, most: 26 };

function numberColumn(heading: string): Column {
  return { heading, least: 10, most: 16 };
}

/** Every indicator as of the last period of which returns have come. */
export function comparisonsTable(publication: Publication): Table {
  const { comparisons, year } = publication;
  const names = namesOf(publication);
  const last = lastPeriodOf(comparisons.map(({ period }) => period));
  return {
    sheet: sheetNames.comparisons,
    title: last === undefined ? `${year}年同比环比` : `截至${periodInWords(last)}的同比环比`,
    notes: [...notes, '截至的报告期不同的指标，最近一期不需要报送，或报送频率不同。'],
    columns: [
      ...named,
      ...toDateColumns,
      ...periodColumns,
      { heading: '截至', look: styles.centred, least: 12 },
      missingColumn,
    ],
    rows: (last === undefined ? [] : comparisonsTo(comparisons, last)).map((row) => {
      const { name, figures } = figuresOf(row, names);
      return [...name, ...figures.toDate, ...figures.alone, periodInWords(row.period), missingCell(row)];
    }),
    frozenColumns: 1,
    empty: '还没有计入的报表。',
  };
}

/** Every indicator in every period so far. */
export function comparisonsByPeriodTable(publication: Publication): Table {
  const names = namesOf(publication);
  return {
    sheet: sheetNames.comparisonsByPeriod,
    title: `${publication.year}年各期比较`,
    notes,
    columns: [
      ...named,
      { heading: '报告期', look: styles.centred, least: 12 },
      ...periodColumns,
      ...toDateColumns,
      missingColumn,
    ],
    rows: publication.comparisons.map((row) => {
      const { name, figures } = figuresOf(row, names);
      return [...name, periodInWords(row.period), ...figures.alone, ...figures.toDate, missingCell(row)];
    }),
    frozenColumns: 3,
    empty: '还没有计入的报表。',
  };
}

function figuresOf(row: PeriodComparison, names: Names) {
  const total = names.total(row.indicator) ?? { unit: '', decimals: 0 };
  const { toDate, lastYear, before } = row;
  return {
    name: [names.indicator(row.indicator), total.unit],
    figures: {
      toDate: [figure(toDate, total), ...baseCells(toDate, toDate.lastYear, total)],
      alone: [figure(row, total), ...baseCells(row, lastYear, total), ...baseCells(row, before, total)],
    },
  };
}

type Measured = Pick<Total, 'unit' | 'decimals'>;

function figure({ value, missing }: PartialFigure, total: Measured): Cell {
  return figureCell(value, total, false, missing > 0);
}

/** An earlier figure, the change from it and its rate. */
export function baseCells(now: PartialFigure, base: BaseFigure | null, total: Measured): Cell[] {
  if (base === null) return [noFigure, noFigure, noFigure];
  const isMarked = isOpenBeside(now, base);
  const points = isInPoints(total.unit) ? unitOfChange(total.unit) : '';
  return [
    figure(base, total),
    changeCell(base.change, points, isMarked),
    changeCell(base.rate, '%', isMarked),
  ];
}

function missingCell(row: PeriodComparison): Cell {
  return missingInWords(missingFrom(row));
}
