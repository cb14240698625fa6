import type { ListIndicator } from '../core/catalogue/indicator.ts';
import { quoted, shownText } from '../core/returns/content.ts';
import type { Finding } from '../core/returns/finding.ts';
import { say } from '../core/returns/findings/findings.ts';
import type { Entry, Submission } from '../core/returns/submission.ts';
import { nameKey, withoutUnseen } from '../core/values/text.ts';
import { cellPlace, contentOf, entryOf, textOf } from './entries.ts';
import type { MarkedSheet } from './form-identity.ts';
import { hiddenFindings, isHidden } from './hidden.ts';
import { type FormLayout, roles } from './layout.ts';
import type { NeededCells } from './needed.ts';
import { sheetPlace } from './reading/fault.ts';
import type { CellReading } from './reading/model.ts';

/** Where the items of a list stand on its sheet. */
interface ItemColumn {
  column: number;
  /** The row of the heading; items stand below it. */
  header: number;
}

/** Finds the items that a department typed into a list's sheet, and whatever it typed beside them. */
export function readListSheet(marked: MarkedSheet, layout: FormLayout, submission: Submission): NeededCells {
  const { sheet, identity } = marked;
  const list = layout.lists.find(({ indicator }) => indicator.id === identity.list);
  if (list === undefined) return { sheet, isNeeded: () => true };
  const { id, list: items } = list.indicator;
  const add = (finding: Finding) => submission.findings.push({ ...finding, indicator: id });
  const at = itemColumnOf(marked, items.itemName);
  if (at === undefined) {
    add({ ...say('list-column-missing', items.itemName), place: sheetPlace(sheet.name) });
    return { sheet, isNeeded: () => true };
  }
  const rows = Map.groupBy(
    sheet.cells.filter(({ row }) => row > at.header),
    ({ row }) => row,
  );
  const typed: Entry[] = [];
  const isStray = strays(marked, list.indicator, at);
  for (const [row, cells] of rows) {
    const item = cells.find((cell) => cell.column === at.column && !isEmpty(cell));
    if (item !== undefined) {
      typed.push(entryOf(sheet, item));
      const found = quoted(contentOf(sheet, item));
      if (isHidden(sheet.hiddenRows, row))
        add({ ...say('row-hidden', row, found), place: cellPlace(sheet, item) });
    }
    for (const stray of cells.filter(isStray)) {
      const found = quoted(contentOf(sheet, stray));
      const words =
        item === undefined ? say('list-stray', items.itemName, found) : say('cell-ignored', found, '');
      add({ ...words, place: cellPlace(sheet, stray) });
    }
  }
  submission.lists.set(id, typed);
  for (const finding of hiddenFindings(sheet, [at.column])) add(finding);
  const { mark } = marked;
  return {
    sheet,
    isNeeded: (row, column) => row === mark.row || (column === at.column && row >= at.header),
  };
}

/** Whether nothing was typed into a cell; a formula was, whatever its result. */
function isEmpty({ value, formula }: CellReading): boolean {
  return formula === undefined && value.kind === 'text' && withoutUnseen(value.text).trim() === '';
}

function itemColumnOf({ sheet, mark }: MarkedSheet, itemName: string): ItemColumn | undefined {
  const column = sheet.cells.find(
    (cell) => cell.row === mark.row && textOf(sheet, cell) === roles.item,
  )?.column;
  const header = sheet.cells.find(
    (cell) => cell.column === column && nameKey(textOf(sheet, cell)) === nameKey(itemName),
  )?.row;
  return column === undefined || header === undefined ? undefined : { column, header };
}

/**
 * Tells what was typed beside the items: not the numbers in the column for them, nor what columns with another mark
 * hold, nor the hidden choices of the drop-down list.
 */
function strays(
  { sheet, mark }: MarkedSheet,
  { list: { options = [] } }: ListIndicator,
  at: ItemColumn,
): (cell: CellReading) => boolean {
  const marks = new Map(
    sheet.cells.filter(({ row }) => row === mark.row).map((cell) => [cell.column, textOf(sheet, cell)]),
  );
  const choices = new Set(options.map(nameKey));
  return (cell) => {
    if (cell.column === at.column || cell.column === mark.column || isEmpty(cell)) return false;
    const found = shownText(contentOf(sheet, cell));
    if (marks.get(cell.column) === roles.number) return !/^[\s0-9.、]*$/.test(found);
    return (
      !marks.has(cell.column) && !(isHidden(sheet.hiddenColumns, cell.column) && choices.has(nameKey(found)))
    );
  };
}
