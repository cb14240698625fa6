import type { Catalogue } from '../core/catalogue/catalogue.ts';
import type { ReportedIndicator } from '../core/catalogue/indicator.ts';
import type { ReturnKey } from '../core/returns/address.ts';
import { shown } from '../core/returns/figure.ts';
import type { Finding, Place } from '../core/returns/finding.ts';
import { type FindingWords, say } from '../core/returns/findings/findings.ts';
import { type Entry, emptySubmission, type Submission } from '../core/returns/submission.ts';
import { hasDigit, withoutFormulaGuard } from '../core/values/text.ts';
import { checkIdentity, findMarkedSheets, type MarkedSheet, sheetPlace } from './form-identity.ts';
import { type FormLayout, formLayout, roles, rowMarks } from './layout.ts';
import { cellAddress, type Range, rangeAddress } from './reading/address.ts';
import type { CellReading, SheetReading, WorkbookReading } from './reading/model.ts';

/** Finds what a department typed into its form, wherever rows and sheets have gone. */
export function readForm(reading: WorkbookReading, catalogue: Catalogue, key: ReturnKey): Submission {
  const layout = formLayout(catalogue, key);
  const submission = emptySubmission([...reading.findings]);
  if (reading.findings.some(({ severity }) => severity === 'error')) return submission;
  const marked = findMarkedSheets(reading);
  const identityFindings = checkIdentity(marked, catalogue, layout);
  submission.findings.push(...identityFindings);
  if (identityFindings.some(({ severity, rule }) => severity === 'error' && rule !== 'sheet-missing')) {
    return submission;
  }
  for (const sheet of marked) {
    if (sheet.identity.list === undefined) readFormSheet(sheet, layout, submission);
    else readListSheet(sheet, layout, submission);
  }
  return submission;
}

type Columns = Record<'name' | 'value', number>;

function readFormSheet({ sheet, mark }: MarkedSheet, layout: FormLayout, submission: Submission): void {
  const columns = columnsOf(sheet, mark, submission.findings);
  if (columns === undefined) return;
  const rows = Map.groupBy(sheet.cells, ({ row }) => row);
  const indicators = new Map(layout.rows.map(({ indicator }) => [indicator.id, indicator]));
  const seen = new Map<string, number>();
  for (const [row, cells] of rows) {
    if (row === mark.row) continue;
    const key = textOf(cells.find(({ column }) => column === mark.column));
    const input = cells.find(({ column }) => column === columns.value);
    const indicator = indicators.get(key);
    if (indicator !== undefined) {
      const at = { sheet, row, columns, mark, indicator };
      const earlier = seen.get(key);
      if (earlier === undefined) readIndicatorRow(at, cells, submission);
      else {
        const about = { place: placeOf(at), indicator: key };
        submission.findings.push({ ...say('row-repeated', earlier, row), ...about });
      }
      seen.set(key, row);
    } else if (Object.values<string>(rowMarks).includes(key)) {
      readSignature(key, input, submission);
    } else if (input !== undefined) {
      submission.findings.push(...strayInput(sheet, input, key));
    }
  }
}

function columnsOf(sheet: SheetReading, mark: CellReading, findings: Finding[]): Columns | undefined {
  const find = (role: string) =>
    sheet.cells.filter((cell) => cell.row === mark.row && textOf(cell) === role).map(({ column }) => column);
  const [names, values] = [find(roles.name), find(roles.value)];
  const [[name], [value]] = [names, values];
  const isRepeated = names.length > 1 || values.length > 1;
  if (name !== undefined && value !== undefined && !isRepeated) return { name, value };
  const wanted = names.length === 1 ? '本月数' : '指标名称';
  const words = isRepeated ? say('column-repeated', wanted) : say('column-missing', wanted);
  findings.push({ ...words, place: sheetPlace(sheet) });
  return undefined;
}

interface IndicatorPlace {
  sheet: SheetReading;
  row: number;
  columns: Columns;
  mark: CellReading;
  indicator: ReportedIndicator;
}

function placeOf({ sheet, row, columns }: Pick<IndicatorPlace, 'sheet' | 'row' | 'columns'>): Place {
  return { ...sheetPlace(sheet), cell: cellAddress(row, columns.value) };
}

function readIndicatorRow(at: IndicatorPlace, cells: CellReading[], submission: Submission): void {
  const { sheet, row, columns, indicator } = at;
  const place = placeOf(at);
  const add = (words: FindingWords) => submission.findings.push({ ...words, place, indicator: indicator.id });
  const name = textOf(cells.find(({ column }) => column === columns.name));
  if (sameName(name) !== sameName(indicator.name)) {
    add(say('row-name-differs', row, { found: name, expected: indicator.name }));
    return;
  }
  const merge = sheet.merges.find((range) => contains(range, row, columns.value));
  if (merge !== undefined) {
    add(say('input-cell-merged', rangeAddress(merge)));
    return;
  }
  const cell = cells.find(({ column }) => column === columns.value);
  if (sheet.hiddenRows.some(([first, last]) => first <= row && row <= last)) {
    add(say('row-hidden', row, cell === undefined ? '空白' : shown(cell.value)));
  }
  submission.figures.set(
    indicator.id,
    entryOf(sheet, cell) ?? { content: { kind: 'blank' }, computed: false, place },
  );
}

function contains(range: Range, row: number, column: number): boolean {
  return (
    range.firstRow <= row && row <= range.lastRow && range.firstColumn <= column && column <= range.lastColumn
  );
}

function readSignature(key: string, input: CellReading | undefined, { signature }: Submission): void {
  const text = input === undefined ? '' : shownWhole(input);
  if (key === rowMarks.preparer) signature.preparer = text;
  if (key === rowMarks.reviewer) signature.reviewer = text;
  if (key === rowMarks.telephone) signature.telephone = text;
  if (key === rowMarks.correctionNote) signature.correctionNote = text;
}

function shownWhole({ value }: CellReading): string {
  return value.kind === 'text' ? withoutFormulaGuard(value.text) : shown(value);
}

/** Content in the input column that belongs to no indicator: a figure there would otherwise be lost in silence. */
function strayInput(sheet: SheetReading, cell: CellReading, key: string): Finding[] {
  const { value } = cell;
  if (value.kind === 'blank' || (value.kind === 'text' && value.text.trim() === '')) return [];
  const isFigure =
    value.kind === 'number' || value.kind === 'date' || (value.kind === 'text' && hasDigit(value.text));
  const words = say(isFigure ? 'row-unknown' : 'cell-ignored', shown(value), key);
  return [{ ...words, place: { ...sheetPlace(sheet), cell: cellAddress(cell.row, cell.column) } }];
}

function readListSheet(
  { sheet, mark, identity }: MarkedSheet,
  layout: FormLayout,
  submission: Submission,
): void {
  const list = layout.lists.find(({ indicator }) => indicator.id === identity.list);
  if (list === undefined) return;
  const column = sheet.cells.find((cell) => cell.row === mark.row && textOf(cell) === roles.item)?.column;
  const { itemName } = list.indicator.list;
  const header = sheet.cells.find((cell) => cell.column === column && textOf(cell) === itemName);
  if (column === undefined || header === undefined) {
    const about = { place: sheetPlace(sheet), indicator: list.indicator.id };
    submission.findings.push({ ...say('list-column-missing', itemName), ...about });
    return;
  }
  const items = sheet.cells
    .filter((cell) => cell.column === column && cell.row > header.row)
    .map((cell) => entryOf(sheet, cell))
    .filter((entry) => entry !== undefined)
    .filter(({ content }) => content.kind !== 'text' || content.text.trim() !== '');
  submission.lists.set(list.indicator.id, items);
}

function entryOf(sheet: SheetReading, cell: CellReading | undefined): Entry | undefined {
  if (cell === undefined) return undefined;
  const content =
    cell.value.kind === 'text'
      ? { kind: 'text' as const, text: withoutFormulaGuard(cell.value.text) }
      : cell.value;
  return {
    content,
    computed: cell.formula !== undefined,
    place: { ...sheetPlace(sheet), cell: cellAddress(cell.row, cell.column) },
  };
}

function textOf(cell: CellReading | undefined): string {
  return cell?.value.kind === 'text' ? cell.value.text.trim() : '';
}

function sameName(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}
