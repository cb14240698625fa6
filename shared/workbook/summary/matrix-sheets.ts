import { comparePeriods, periodInYear } from '../../core/catalogue/period.ts';
import { cellId } from '../../core/catalogue/tables.ts';
import { namesOf } from '../../core/publication/names.ts';
import type { Publication, PublishedTable } from '../../core/publication/publication.ts';
import type { Total } from '../../core/totals/total.ts';
import type { Decimal } from '../../core/values/decimal.ts';
import { yearFigures } from '../../core/words.ts';
import { tableSheetName } from '../layout.ts';
import { type Cell, figureCell, noFigure } from './cells.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import type { Column, Table } from './table.ts';

/** More departments than this are printed on more pages across, with the first columns on each. */
const departmentsAcross = 20;

const leading: Column[] = [
  { heading: '指标', look: styles.strong, least: 24, most: 28 },
  { heading: '单位', look: styles.centred },
];

/** Indicators down, departments across. */
export function departmentsTable(publication: Publication): Table {
  const { departments, totals, authority } = publication;
  const groups = [...new Set(totals.flatMap(({ byGroup }) => byGroup.map(({ group }) => group)))];
  return {
    sheet: sheetNames.departments,
    title: `${publication.year}年度各部门汇总`,
    notes: [
      `${authority}的数按各项指标的汇总方法计算，不一定是各部门数之和（见“指标口径”）。`,
      '空白表示本部门不报送该指标，“—”表示没有数。',
    ],
    columns: [
      ...leading,
      { heading: authority, least: 11 },
      ...groups.map((group) => ({ heading: `${group}小计`, least: 9, most: 12 })),
      ...departments.map(({ name }) => ({ heading: name, least: 8, most: 10 })),
    ],
    rows: totals.map((total) => {
      const figures = new Map(total.byDepartment.map(({ department, value }) => [department, value]));
      const subtotals = new Map(total.byGroup.map(({ group, value }) => [group, value]));
      const values = [
        ...groups.map((group) => placed(total, subtotals.get(group))),
        ...departments.map(({ id }) => placed(total, figures.get(id))),
      ];
      return [total.name, total.unit, figureCell(total.value, total, true), ...values];
    }),
    frozenColumns: 3,
    pagesWide: Math.ceil((departments.length + groups.length) / departmentsAcross),
  };
}

/** Indicators down, the periods of the year across. */
export function periodsTable({ year, totals, authority, returns }: Publication): Table {
  const periods = [...new Set(totals.flatMap(({ byPeriod }) => byPeriod.map(({ period }) => period)))].sort(
    comparePeriods,
  );
  return {
    sheet: sheetNames.periods,
    title: `${year}年${authority}各期数`,
    notes: [
      '各期数是当期数：流量为当期发生数，存量为期末数，清单为当期不重复的项数，比率按当期的分子、分母计算。',
      '空白表示该期不报送该指标，“—”表示没有数。',
    ],
    columns: [
      ...leading,
      { heading: yearFigures(returns), least: 11, most: 16 },
      ...periods.map((period) => ({ heading: periodInYear(period), least: 8, most: 14 })),
    ],
    rows: totals.map((total) => {
      const figures = new Map(total.byPeriod.map(({ period, value }) => [period, value]));
      const values = periods.map((period) => placed(total, figures.get(period)));
      return [total.name, total.unit, figureCell(total.value, total, true), ...values];
    }),
    frozenColumns: 3,
  };
}

/** Each table of the catalogue as the grid that was filled in, with the year's totals in its cells. */
export function gridTables(publication: Publication): Table[] {
  return publication.tables.map((table, index) => gridTable(table, index, publication));
}

function gridTable(table: PublishedTable, index: number, publication: Publication): Table {
  const { total } = namesOf(publication);
  const totals = table.rows.map((row) =>
    table.columns.map((column) => total(cellId(table.id, row.id, column.id))),
  );
  const open = totals.flat().filter((each) => each?.status === 'provisional').length;
  return {
    sheet: tableSheetName(table, index + 1),
    title: `${publication.year}年度${table.name}`,
    notes: [
      `单位：${table.unit}。${table.definition}`,
      ...(open === 0 ? [] : [`有 ${open} 格暂定：还缺报表，见“报送情况”。`]),
    ],
    columns: [
      { heading: '项目', look: styles.strong, least: 24, most: 48 },
      ...table.columns.map(({ name }) => ({ heading: name, least: 9, most: 16 })),
    ],
    rows: table.rows.map((row, at): Cell[] => [
      row.name,
      ...table.columns.map((column, across): Cell => {
        const figure = totals[at]?.[across];
        if (figure === undefined || figure.value === null) return noFigure;
        return figureCell(figure.value, figure, row.isSum || column.isSum);
      }),
    ]),
    frozenColumns: 1,
  };
}

function placed(total: Total, value: Decimal | null | undefined): Cell {
  if (value === undefined) return { value: null, look: styles.quiet };
  return value === null ? noFigure : figureCell(value, total);
}
