import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { isReported, type ReportedIndicator } from '../../core/catalogue/indicator.ts';
import {
  allFrequencies,
  compareColumns,
  frequencyOf,
  numberInYear,
  type Period,
  periodInWords,
  periodInYear,
  periodsOf,
} from '../../core/catalogue/period.ts';
import { indicatorsOf } from '../../core/catalogue/tables.ts';
import { baselinePeriods } from '../../core/year/baseline.ts';
import { decimal, text } from '../catalogue/cell-values.ts';
import type { Column } from '../catalogue/column.ts';

/** What the sheet of a baseline is called. */
export const baselineSheet = '上年基数';

const about = { explanation: '', also: [], isNecessary: true };

/** The columns that say what a row is about. */
const named: readonly Column[] = [
  { ...about, key: 'department', heading: '部门', also: ['部门名称', '单位名称'], width: 18, value: text },
  { ...about, key: 'indicator', heading: '指标', also: ['指标名称', '项目'], width: 34, value: text },
  {
    ...{ ...about, isNecessary: false },
    ...{ key: 'unit', heading: '计量单位', also: ['单位'], width: 10, value: text },
  },
];

/** Every column that a baseline of a year may have: what its rows are about, and any period of the year. */
export function baselineColumns(year: number): Column[] {
  const periods = allFrequencies.flatMap((frequency) => periodsOf(year, frequency));
  return [...named, ...periods.map(columnOf)];
}

/** The columns that it is given for a catalogue, and those that somebody else has filled in. */
export function columnsFor(catalogue: Catalogue, filled: Iterable<string> = []): Column[] {
  const year = catalogue.year - 1;
  const asked = indicatorsOf(catalogue)
    .filter(isReported)
    .flatMap((indicator) => fillable(indicator, year));
  const keys = new Set<string>([...asked, `${year}`, ...filled]);
  return baselineColumns(year).filter(({ key }) => keys.has(key) || named.some((each) => each.key === key));
}

/** The periods of a year that are asked for as often as the indicator is, and the year. */
export function fillable(indicator: ReportedIndicator, year: number): Period[] {
  return baselinePeriods(indicator, year).toSorted(compareColumns);
}

function columnOf(period: Period): Column {
  const number = numberInYear(period);
  const alsoCalled = {
    month: [`${number}月份`],
    quarter: [`第${periodInYear(period)}`, `${number}季度`, `第${number}季度`],
    'half-year': [],
    year: ['全年数', '全年合计', '年度', '年度数'],
  }[frequencyOf(period)];
  const inWords = `${period.slice(0, 4)}年${periodInYear(period)}`;
  return {
    key: period,
    heading: periodInYear(period),
    also: [...alsoCalled, period, periodInWords(period), inWords],
    width: frequencyOf(period) === 'year' ? 13 : 10,
    explanation: '',
    value: decimal,
    isNecessary: false,
  };
}
