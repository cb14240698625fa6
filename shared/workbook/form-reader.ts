import type { Catalogue } from '../core/catalogue/catalogue.ts';
import type { FormIndicator } from '../core/catalogue/sums.ts';
import type { ReturnKey } from '../core/returns/address.ts';
import { quoted, shownText } from '../core/returns/content.ts';
import { type Finding, hasErrors, type Place } from '../core/returns/finding.ts';
import { type FindingWords, say } from '../core/returns/findings/findings.ts';
import { type Entry, emptySubmission, type Submission } from '../core/returns/submission.ts';
import { hasDigit, nameKey } from '../core/values/text.ts';
import { remarkWord } from '../core/words.ts';
import {
  cellPlace,
  contentOf,
  entryAt,
  isFigure,
  isWithin,
  mergeAround,
  sumEntryAt,
  textOf,
  withoutUncalculated,
} from './entries.ts';
import { checkIdentity, findMarkedSheets, type MarkedSheet } from './form-identity.ts';
import { readGridSheet } from './grid-reader.ts';
import { hiddenFindings, isHidden } from './hidden.ts';
import { type FormLayout, formLayout, roles, rowMarks } from './layout.ts';
import { readListSheet } from './list-reader.ts';
import { readNarrativeSheet } from './narrative-reader.ts';
import { faultsThatCount, type NeededCells } from './needed.ts';
import { cellAddress, rangeAddress } from './reading/address.ts';
import { sheetPlace } from './reading/fault.ts';
import type { CellReading, SheetReading, WorkbookReading } from './reading/model.ts';
import { type RemarkColumn, remarkColumn, remarkIn, strayRemark } from './remark-reader.ts';

/** Finds what a department typed into its form, wherever rows and sheets have gone. */
export function readForm(reading: WorkbookReading, catalogue: Catalogue, key: ReturnKey): Submission {
  const layout = formLayout(catalogue, key);
  if (reading.findings.some(({ severity, place }) => severity === 'error' && place?.sheet === undefined)) {
    return emptySubmission([...reading.findings]);
  }
  const marked = findMarkedSheets(withoutUncalculated(reading));
  const identityFindings = checkIdentity(marked, catalogue, layout);
  const submission = emptySubmission();
  const needed: NeededCells[] = [];
  if (!identityFindings.some(({ severity, rule }) => severity === 'error' && rule !== 'sheet-missing')) {
    for (const each of marked) {
      if (each.identity.narratives) needed.push(readNarrativeSheet(each, layout, submission));
      else if (each.identity.table !== undefined) needed.push(readGridSheet(each, layout, submission));
      else if (each.identity.list === undefined) needed.push(readFormSheet(each, layout, submission));
      else needed.push(readListSheet(each, layout, submission));
    }
  }
  const faults = faultsThatCount(reading.findings, needed, hasErrors(identityFindings));
  const explained = faults.map(namingIndicators(submission, marked, layout));
  const isMissed = ({ rule, indicator }: Finding) =>
    rule !== 'sheet-missing' || explained.every((fault) => fault.indicator !== indicator);
  submission.findings.unshift(...explained, ...identityFindings.filter(isMissed));
  return submission;
}

/** Names the indicator whose cell or list cannot be read, so that nobody is told besides that it is not there. */
function namingIndicators(
  { figures, narratives, remarks }: Submission,
  marked: readonly MarkedSheet[],
  { lists }: FormLayout,
): (fault: Finding) => Finding {
  const beside = remarks.flatMap(({ on, entry }) =>
    on.kind === 'figure' ? [[on.indicator, entry] as const] : [],
  );
  const byCell = new Map(
    [...beside, ...figures, ...narratives].map(([id, { place }]) => [`${place.sheet}!${place.cell}`, id]),
  );
  const byList = new Map<string | undefined, string | undefined>([
    ...lists.map(({ sheet, indicator }) => [sheetPlace(sheet).sheet, indicator.id] as const),
    ...marked.map(({ sheet, identity }) => [sheetPlace(sheet.name).sheet, identity.list] as const),
  ]);
  return (fault) => {
    const { severity, place } = fault;
    const indicator = byCell.get(`${place?.sheet}!${place?.cell}`) ?? byList.get(place?.sheet);
    return severity === 'error' && indicator !== undefined ? { ...fault, indicator } : fault;
  };
}

/** Those for units and remarks are 0 where they are not there. */
type Columns = Record<'name' | 'unit' | 'value' | 'remark', number>;

function readFormSheet(
  { sheet, mark }: MarkedSheet,
  layout: FormLayout,
  submission: Submission,
): NeededCells {
  const columns = columnsOf(sheet, mark, { layout, findings: submission.findings });
  if (columns === undefined) return { sheet, isNeeded: () => true };
  const rows = Map.groupBy(sheet.cells, ({ row }) => row);
  const indicators = new Map(layout.rows.map(({ indicator }) => [indicator.id, indicator]));
  const seen = new Map<string, number>();
  const ours = new Set([mark.row]);
  const remarks = remarkColumn(sheet, columns.remark);
  for (const [row, cells] of rows) {
    if (row === mark.row) continue;
    const key = textOf(sheet, cellIn(cells, mark.column));
    const input = cellIn(cells, columns.value);
    const indicator = indicators.get(key);
    if (indicator !== undefined) {
      const at = { sheet, row, columns, mark, indicator, remarks };
      const earlier = seen.get(key);
      if (earlier === undefined) readIndicatorRow(at, cells, submission);
      else {
        const about = { place: placeOf(at), indicator: key };
        submission.findings.push({ ...say('row-repeated', earlier, row), ...about });
      }
      seen.set(key, row);
      ours.add(row);
    } else if (Object.values<string>(rowMarks).includes(key)) {
      if (input !== undefined) readSignature(key, shownText(contentOf(sheet, input)), submission);
      ours.add(row);
    } else {
      if (input !== undefined) submission.findings.push(...strayInput(sheet, input, key));
      addStrayRemark(remarks, row, submission);
    }
  }
  const remarked = submission.remarks.length === 0 ? [] : [columns.remark];
  submission.findings.push(...hiddenFindings(sheet, [columns.name, columns.value, ...remarked]));
  const isInput = (column: number) => [columns.name, columns.value, columns.remark].includes(column);
  return {
    sheet,
    isNeeded: (row, column) =>
      row === mark.row || column === mark.column || (ours.has(row) && isInput(column)),
  };
}

function cellIn(cells: readonly CellReading[], at: number): CellReading | undefined {
  return cells.find(({ column }) => column === at);
}

function columnsOf(
  sheet: SheetReading,
  mark: CellReading,
  { layout, findings }: { layout: FormLayout; findings: Finding[] },
): Columns | undefined {
  const find = (role: string) =>
    sheet.cells
      .filter((cell) => cell.row === mark.row && textOf(sheet, cell) === role)
      .map(({ column }) => column);
  const [names, values, remarks] = [find(roles.name), find(roles.value), find(roles.remark)];
  const [[name], [value], [unit = 0], [remark = 0]] = [names, values, find(roles.unit), remarks];
  const isRepeated = [names, values, remarks].some(({ length }) => length > 1);
  if (name !== undefined && value !== undefined && !isRepeated) {
    const renamed = headingFinding(sheet, { mark, column: value, expected: layout.words.value });
    if (renamed === undefined) return { name, value, unit, remark };
    findings.push(renamed);
    return undefined;
  }
  const isOfRemarks = names.length === 1 && values.length === 1;
  const ofFigures = isOfRemarks ? remarkWord : layout.words.value;
  const wanted = names.length === 1 ? ofFigures : '指标名称';
  const words = isRepeated ? say('column-repeated', wanted) : say('column-missing', wanted);
  findings.push({ ...words, place: sheetPlace(sheet.name) });
  return undefined;
}

/** Under another heading a figure is another one: what somebody reads there is what they fill in. */
function headingFinding(
  sheet: SheetReading,
  { mark, column, expected }: { mark: CellReading; column: number; expected: string },
): Finding | undefined {
  const isHeader = (cell: CellReading) =>
    cell.column === mark.column && textOf(sheet, cell) === rowMarks.header;
  const row = sheet.cells.find(isHeader)?.row;
  if (row === undefined) return undefined;
  const found = textOf(
    sheet,
    sheet.cells.find((cell) => cell.row === row && cell.column === column),
  );
  if (nameKey(found) === nameKey(expected)) return undefined;
  return { ...say('column-name-differs', found, expected), place: cellPlace(sheet, { row, column }) };
}

interface IndicatorPlace {
  sheet: SheetReading;
  row: number;
  columns: Columns;
  mark: CellReading;
  indicator: FormIndicator;
  remarks: RemarkColumn;
}

function placeOf({ sheet, row, columns }: Pick<IndicatorPlace, 'sheet' | 'row' | 'columns'>): Place {
  return cellPlace(sheet, { row, column: columns.value });
}

function readIndicatorRow(at: IndicatorPlace, cells: CellReading[], submission: Submission): void {
  const { sheet, row, columns, indicator } = at;
  const place = placeOf(at);
  const add = (words: FindingWords, where = place) =>
    submission.findings.push({ ...words, place: where, indicator: indicator.id });
  const name = textOf(sheet, cellIn(cells, columns.name));
  if (nameKey(name) !== nameKey(indicator.name)) {
    add(say('row-name-differs', row, { found: name, expected: indicator.name }));
    return;
  }
  readRemark(at, submission);
  const merge = mergeFinding(at);
  if (merge !== undefined) add(merge);
  if (merge?.severity === 'error') return;
  const cell = cellIn(cells, columns.value);
  const isTyped = indicator.kind !== 'sum';
  const beside = figuresBeside(at, cells);
  const entry: Entry = {
    ...(isTyped ? entryAt : sumEntryAt)(sheet, { row, column: columns.value }, cell),
    ...unitOf(at, cellIn(cells, columns.unit)),
  };
  if (isHidden(sheet.hiddenRows, row)) add(say('row-hidden', row, quoted(entry.content) || '空白'));
  const isConditional = sheet.conditionalNumberFormats.some((range) => isWithin(range, row, columns.value));
  if (isConditional && entry.content.kind === 'number') {
    add(say('figure-shown-conditionally', quoted(entry.content)));
  }
  const isBlank = isTyped && entry.content.kind === 'blank';
  const expected = cellAddress(row, columns.value);
  for (const each of isBlank ? beside.slice(0, 1) : beside) {
    const found = quoted(contentOf(sheet, each));
    add(
      isBlank ? say('figure-beside', found, expected) : say('cell-ignored', found, ''),
      cellPlace(sheet, each),
    );
  }
  submission.figures.set(indicator.id, entry);
}

/** A sum is computed, and what is to be said is said of what it comes from. */
function readRemark({ row, indicator, remarks }: IndicatorPlace, submission: Submission): void {
  const { id, kind, name } = indicator;
  if (kind === 'sum') {
    addStrayRemark(remarks, row, submission);
    return;
  }
  const entry = remarkIn(remarks, row);
  if (entry !== undefined) submission.remarks.push({ on: { kind: 'figure', indicator: id }, name, entry });
}

function addStrayRemark(remarks: RemarkColumn, row: number, { findings }: Submission): void {
  const words = strayRemark(remarks, row);
  if (words === undefined) return;
  findings.push({ ...words, place: cellPlace(remarks.sheet, { row, column: remarks.column }) });
}

/** Merged with cells to the right, an input cell keeps what was typed; merged otherwise, it is another cell's. */
function mergeFinding({ sheet, row, columns }: IndicatorPlace): FindingWords | undefined {
  const merge = mergeAround(sheet, { row, column: columns.value });
  if (merge === undefined) return undefined;
  const range = rangeAddress(merge);
  if (merge.firstRow !== merge.lastRow) return say('input-cell-merged', range);
  if (merge.firstColumn === columns.value) return say('input-cell-merged-sideways', range);
  return say('input-cell-merged-left', range, cellAddress(row, columns.value));
}

/** What the form's own column of units says, where that is another unit than the indicator's. */
function unitOf({ sheet, indicator }: IndicatorPlace, cell: CellReading | undefined): Pick<Entry, 'unit'> {
  const unit = textOf(sheet, cell);
  return nameKey(unit) === '' || nameKey(unit) === nameKey(indicator.unit) ? {} : { unit };
}

/** The figures in the row of an input cell that stand in columns which the form does not have. */
function figuresBeside({ sheet, mark }: IndicatorPlace, cells: readonly CellReading[]): CellReading[] {
  const marks = new Set(sheet.cells.filter(({ row }) => row === mark.row).map(({ column }) => column));
  return cells.filter((cell) => !marks.has(cell.column) && isFigure(contentOf(sheet, cell)));
}

function readSignature(key: string, text: string, { signature }: Submission): void {
  if (key === rowMarks.head) signature.head = text;
  if (key === rowMarks.preparer) signature.preparer = text;
  if (key === rowMarks.reviewer) signature.reviewer = text;
  if (key === rowMarks.telephone) signature.telephone = text;
  if (key === rowMarks.date) signature.date = text;
  if (key === rowMarks.correctionNote) signature.correctionNote = text;
}

/** Content in the input column that belongs to no indicator: a figure there would otherwise be lost in silence. */
function strayInput(sheet: SheetReading, cell: CellReading, key: string): Finding[] {
  const content = contentOf(sheet, cell);
  const text = shownText(content).trim();
  if (content.kind === 'blank' || (content.kind === 'text' && text === '')) return [];
  const isFigure = content.kind === 'number' || content.kind === 'date' || hasDigit(text);
  const words = say(isFigure ? 'row-unknown' : 'cell-ignored', quoted(content), key);
  return [{ ...words, place: cellPlace(sheet, cell) }];
}
