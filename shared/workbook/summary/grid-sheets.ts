import { cellId } from '../../core/catalogue/tables.ts';
import type { Publication, PublishedTable } from '../../core/publication/publication.ts';
import { type Cell, figureCell, noFigure } from './cells.ts';
import { namesOf } from './names.ts';
import { styles } from './styles.ts';
import type { Table } from './table.ts';

/** Each table of the catalogue as the grid that was filled in, with the year's totals in its cells. */
export function gridTables(publication: Publication): Table[] {
  return publication.tables.map((table, index) => gridTable(table, index, publication));
}

/** What the sheet of a table is called: a name that a spreadsheet program takes, and no other sheet has. */
export function gridSheetName({ name }: Pick<PublishedTable, 'name'>, index: number): string {
  return [...`表${index + 1} ${name.replace(/[[\]:*?/\\']/g, '')}`].slice(0, 31).join('').trim();
}

function gridTable(table: PublishedTable, index: number, publication: Publication): Table {
  const { total } = namesOf(publication);
  const totals = table.rows.map((row) =>
    table.columns.map((column) => total(cellId(table.id, row.id, column.id))),
  );
  const open = totals.flat().filter((each) => each?.status === 'provisional').length;
  return {
    sheet: gridSheetName(table, index),
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
