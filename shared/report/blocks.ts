import { departmentOf } from '../core/catalogue/catalogue.ts';
import { cellId, gridsOf } from '../core/catalogue/tables.ts';
import { withoutControlCharacters } from '../core/values/text.ts';
import type { FigurePlaceholder, Placeholder } from './placeholder.ts';
import type { Source } from './said.ts';
import { paragraphXml, type TableCell, tableXml } from './wordprocessing.ts';

/** How a figure stands in its control. */
type ControlOf = (figure: FigurePlaceholder) => string;

/** The paragraphs or the table that stand in place of a placeholder which takes more than a line; an empty paragraph for none. */
export function blockXml(placeholder: Placeholder, source: Source, controlOf: ControlOf): string {
  const block =
    placeholder.kind === 'table'
      ? gridXml(placeholder.table, source, controlOf)
      : placeholder.kind === 'text'
        ? textsXml(placeholder.narrative, source)
        : '';
  return block === '' ? paragraphXml('') : block;
}

/** What departments wrote, each text after the name of whoever wrote it. */
function textsXml(narrative: string, { publication, catalogue }: Source): string {
  return publication.texts
    .filter((text) => text.narrative === narrative)
    .flatMap(({ department, text }) => {
      const name = departmentOf(catalogue, department)?.name ?? department;
      return withoutControlCharacters(text)
        .split('\n')
        .map((line, index) => paragraphXml(index === 0 ? `${name}：${line}` : line));
    })
    .join('');
}

/** Smaller than the text: 小四. */
const tableLook = { font: '宋体', size: 24, isTight: true };
const headerRows = 1;

/** A table of the catalogue as it was filled in, with the year's totals. */
function gridXml(id: string, { catalogue }: Source, controlOf: ControlOf): string {
  const grid = gridsOf(catalogue).find(({ table }) => table.id === id);
  if (grid === undefined) return '';
  const { table, rows, columns } = grid;
  const heading = (text: string): TableCell => ({ text, bold: true, align: 'center' });
  const figure = (row: string, column: string): TableCell => ({
    align: 'right',
    runs: controlOf({
      kind: 'figure',
      indicator: cellId(id, row, column),
      share: { kind: 'city' },
      form: 'exact',
    }),
  });
  const caption = paragraphXml(`${table.name}（单位：${table.unit}）`, {
    ...tableLook,
    align: 'center',
    bold: true,
    firstLine: 0,
  });
  const body = tableXml(
    [
      [heading('项目'), ...columns.map(({ name }) => heading(name))],
      ...rows.map((row): TableCell[] => [
        { text: row.name, align: 'left' },
        ...columns.map((column) => figure(row.id, column.id)),
      ]),
    ],
    { shares: [3, ...columns.map(() => 1)], headers: headerRows, look: tableLook },
  );
  return caption + body + paragraphXml('', { ...tableLook, firstLine: 0 });
}
