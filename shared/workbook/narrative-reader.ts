import type { Narrative } from '../core/catalogue/narratives.ts';
import { quoted, shownText } from '../core/returns/content.ts';
import type { Finding } from '../core/returns/finding.ts';
import { type FindingWords, say } from '../core/returns/findings/findings.ts';
import type { Submission } from '../core/returns/submission.ts';
import { isVisible, nameKey } from '../core/values/text.ts';
import { cellPlace, contentOf, entryAt, mergeAround, textOf } from './entries.ts';
import type { MarkedSheet } from './form-identity.ts';
import { hiddenFindings, isHidden } from './hidden.ts';
import { type FormLayout, roles } from './layout.ts';
import type { NeededCells } from './needed.ts';
import { rangeAddress } from './reading/address.ts';
import { sheetPlace } from './reading/fault.ts';
import type { CellReading } from './reading/model.ts';

type Columns = Record<'name' | 'narrative', number>;

/** Finds what a department wrote for each narrative, wherever rows and columns have gone. */
export function readNarrativeSheet(
  marked: MarkedSheet,
  layout: FormLayout,
  submission: Submission,
): NeededCells {
  const { sheet, mark } = marked;
  const add = (words: FindingWords, about: Partial<Finding> = {}) =>
    submission.findings.push({ ...words, place: sheetPlace(sheet.name), ...about });
  const columns = columnsOf(marked, add);
  const asked = layout.narratives?.rows.map(({ narrative }) => narrative) ?? [];
  if (columns === undefined) return { sheet, isNeeded: () => true };
  const rows = new Map<string, number[]>();
  for (const cell of sheet.cells.filter(({ column, row }) => column === mark.column && row !== mark.row)) {
    const id = textOf(sheet, cell);
    rows.set(id, [...(rows.get(id) ?? []), cell.row]);
  }
  for (const narrative of asked) {
    const [row, again] = rows.get(narrative.id) ?? [];
    const about = { indicator: narrative.id };
    if (row === undefined) add(say('row-missing', narrative), about);
    else if (again !== undefined) add(say('row-repeated', row, again), about);
    else readRow(marked, { narrative, row, columns }, submission);
  }
  const own = new Set(asked.flatMap(({ id }) => rows.get(id) ?? []));
  submission.findings.push(...strays(marked, own));
  for (const finding of hiddenFindings(sheet, [columns.narrative])) submission.findings.push(finding);
  const isOurs = (column: number) => column === columns.name || column === columns.narrative;
  return {
    sheet,
    isNeeded: (row, column) => row === mark.row || column === mark.column || (own.has(row) && isOurs(column)),
  };
}

function columnsOf({ sheet, mark }: MarkedSheet, add: (words: FindingWords) => void): Columns | undefined {
  const find = (role: string) =>
    sheet.cells
      .filter((cell) => cell.row === mark.row && textOf(sheet, cell) === role)
      .map(({ column }) => column);
  const [names, texts] = [find(roles.name), find(roles.narrative)];
  const [[name], [narrative]] = [names, texts];
  const isRepeated = names.length > 1 || texts.length > 1;
  if (name !== undefined && narrative !== undefined && !isRepeated) return { name, narrative };
  const wanted = names.length === 1 ? '内容' : '名称';
  add(isRepeated ? say('column-repeated', wanted) : say('column-missing', wanted));
  return undefined;
}

function readRow(
  { sheet }: MarkedSheet,
  { narrative, row, columns }: { narrative: Narrative; row: number; columns: Columns },
  submission: Submission,
): void {
  const cellAt = (column: number) => sheet.cells.find((cell) => cell.row === row && cell.column === column);
  const place = cellPlace(sheet, { row, column: columns.narrative });
  const add = (words: FindingWords) => submission.findings.push({ ...words, place, indicator: narrative.id });
  const found = textOf(sheet, cellAt(columns.name));
  if (nameKey(found) !== nameKey(narrative.name)) {
    add(say('row-name-differs', row, { found, expected: narrative.name }));
    return;
  }
  const at = { row, column: columns.narrative };
  const merge = mergeAround(sheet, at);
  // Merged with cells to the right, it keeps what was written; merged otherwise, it is another cell's too.
  if (merge !== undefined && (merge.firstRow !== merge.lastRow || merge.firstColumn < columns.narrative)) {
    add(say('input-cell-merged', rangeAddress(merge)));
    return;
  }
  const entry = entryAt(sheet, at, cellAt(columns.narrative));
  if (isHidden(sheet.hiddenRows, row) && entry.content.kind !== 'blank') {
    add(say('row-hidden', row, quoted(entry.content)));
  }
  submission.narratives.set(narrative.id, entry);
}

/** Text in rows of no narrative, or beside the cells for them: it would otherwise be lost in silence. */
function strays({ sheet, mark }: MarkedSheet, own: ReadonlySet<number>): Finding[] {
  const marks = new Set(sheet.cells.filter(({ row }) => row === mark.row).map(({ column }) => column));
  const first = Math.min(...own);
  const isLost = ({ row, column }: CellReading) =>
    row >= first && column !== mark.column && !(own.has(row) && marks.has(column));
  return sheet.cells.filter(isLost).flatMap((cell): Finding[] => {
    const text = shownText(contentOf(sheet, cell));
    return isVisible(text) ? [{ ...say('narrative-stray', text), place: cellPlace(sheet, cell) }] : [];
  });
}
