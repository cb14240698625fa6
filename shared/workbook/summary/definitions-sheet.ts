import { kinds, overDepartmentsWords, overTimeWords } from '../../core/catalogue/kinds.ts';
import { namesOf } from '../../core/publication/names.ts';
import type { Publication } from '../../core/publication/publication.ts';
import { roundingWords } from '../../core/values/decimal.ts';
import { countCell } from './cells.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import type { Table } from './table.ts';

/** What each indicator means and how it is added up, in words. */
export function definitionsTable(publication: Publication): Table {
  const names = namesOf(publication);
  return {
    sheet: sheetNames.definitions,
    title: '指标口径',
    notes: ['先按期汇总，再按部门汇总；比率用分子、分母的汇总数相除，不取平均；只在最后进位一次。'],
    columns: [
      { heading: '指标', look: styles.strong, most: 26 },
      { heading: '章节', look: styles.text, least: 8, most: 24 },
      { heading: '单位', look: styles.centred },
      { heading: '定义', look: styles.text, least: 40, most: 58 },
      { heading: '类型', look: styles.text, most: 16 },
      { heading: '跨月汇总', look: styles.text, least: 14, most: 18 },
      { heading: '跨部门汇总', look: styles.text, least: 14, most: 18 },
      { heading: '小数位', least: 8 },
      { heading: '进位', look: styles.centred, least: 10 },
      { heading: '分子', look: styles.text, most: 20 },
      { heading: '分母', look: styles.text, most: 20 },
      { heading: '编号', look: styles.faint, most: 24 },
    ],
    rows: publication.totals.map((total) => [
      total.name,
      names.section(total.section),
      total.unit,
      total.definition,
      kinds[total.kind].words,
      overTimeWords[total.overTime],
      overDepartmentsWords[total.overDepartments],
      countCell(total.decimals),
      roundingWords[total.rounding],
      total.numerator === undefined ? null : names.indicator(total.numerator.indicator),
      total.denominator === undefined ? null : names.indicator(total.denominator.indicator),
      total.indicator,
    ]),
    frozenColumns: 1,
  };
}
