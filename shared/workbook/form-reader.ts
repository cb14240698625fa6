import type { Catalogue, Indicator } from '../core/catalogue/catalogue.ts';
import type { Period } from '../core/catalogue/period.ts';
import { shown } from '../core/returns/figure.ts';
import type { Finding, Place } from '../core/returns/finding.ts';
import { type Entry, emptySubmission, type Submission } from '../core/returns/submission.ts';
import { excerpt, withoutFormulaGuard } from '../core/values/text.ts';
import { checkIdentity, findMarkedSheets, type MarkedSheet } from './form-identity.ts';
import { type FormLayout, formLayout, roles, rowMarks } from './layout.ts';
import { cellAddress, type Range } from './reading/address.ts';
import type { CellReading, SheetReading, WorkbookReading } from './reading/model.ts';

/** Finds what a department typed into its form, wherever rows and sheets have gone. */
export function readForm(
  reading: WorkbookReading,
  catalogue: Catalogue,
  address: { department: string; period: Period },
): Submission {
  const layout = formLayout(catalogue, address.department, address.period);
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
      if (earlier !== undefined) submission.findings.push(repeatedRow(at, earlier));
      else readIndicatorRow(at, cells, submission);
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
  const [name, value] = [find(roles.name), find(roles.value)];
  if (name.length === 1 && value.length === 1) return { name: name[0]!, value: value[0]! };
  const lacking = name.length === 1 ? '本月数' : '指标名称';
  const twice = name.length > 1 || value.length > 1;
  findings.push({
    rule: twice ? 'column-repeated' : 'column-missing',
    severity: 'error',
    place: { sheet: sheet.name.slice(0, 64).toWellFormed() },
    expected: lacking,
    message: `表中${twice ? '有两个' : '找不到'}“${lacking}”列；请重新下载模板，把数字填入后上传，不要复制或删除列。`,
  });
  return undefined;
}

interface IndicatorPlace {
  sheet: SheetReading;
  row: number;
  columns: Columns;
  mark: CellReading;
  indicator: Indicator;
}

function placeOf({ sheet, row, columns }: Pick<IndicatorPlace, 'sheet' | 'row' | 'columns'>): Place {
  return { sheet: sheet.name.slice(0, 64).toWellFormed(), cell: cellAddress(row, columns.value) };
}

function readIndicatorRow(at: IndicatorPlace, cells: CellReading[], submission: Submission): void {
  const { sheet, row, columns, indicator } = at;
  const place = placeOf(at);
  const say = (
    severity: Finding['severity'],
    text: Pick<Finding, 'rule' | 'found' | 'expected' | 'message'>,
  ) => submission.findings.push({ severity, place, indicator: indicator.id, ...text });
  const name = textOf(cells.find(({ column }) => column === columns.name));
  if (sameName(name) !== sameName(indicator.name)) {
    say('error', {
      rule: 'row-name-differs',
      found: excerpt(name),
      expected: indicator.name,
      message: `第 ${row} 行的指标名称与系统记录的不一致，可能是排序时没有选中整行，数字已经错位；请撤销排序，或重新下载模板填写。`,
    });
    return;
  }
  const merge = sheet.merges.find((range) => contains(range, row, columns.value));
  if (merge !== undefined) {
    say('error', {
      rule: 'input-cell-merged',
      found: `合并单元格 ${cellAddress(merge.firstRow, merge.firstColumn)}:${cellAddress(merge.lastRow, merge.lastColumn)}`,
      expected: '每个指标一个单元格',
      message: '填数的单元格被合并，系统无法判断数字属于哪一项；请取消合并，逐项填写。',
    });
    return;
  }
  const cell = cells.find(({ column }) => column === columns.value);
  if (sheet.hiddenRows.some(([first, last]) => first <= row && row <= last)) {
    say('info', {
      rule: 'row-hidden',
      found: cell === undefined ? '空白' : excerpt(shown(cell.value)),
      message: `第 ${row} 行在文件中是隐藏的，仍按其中填写的内容读取；请核对。`,
    });
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

function repeatedRow(at: IndicatorPlace, earlier: number): Finding {
  return {
    rule: 'row-repeated',
    severity: 'error',
    place: placeOf(at),
    indicator: at.indicator.id,
    found: `第 ${earlier} 行和第 ${at.row} 行`,
    expected: '一个指标一行',
    message: '同一指标有两行，系统无法判断以哪一行为准；请删除多余的一行。',
  };
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
    value.kind === 'number' ||
    value.kind === 'date' ||
    (value.kind === 'text' && /[0-9\uff10-\uff19]/.test(value.text));
  return [
    {
      rule: isFigure ? 'row-unknown' : 'cell-ignored',
      severity: isFigure ? 'error' : 'info',
      place: { sheet: sheet.name.slice(0, 64).toWellFormed(), cell: cellAddress(cell.row, cell.column) },
      found: excerpt(shown(value)),
      ...(key === '' ? {} : { expected: `本表的指标，而不是“${excerpt(key)}”`.slice(0, 200) }),
      message: isFigure
        ? '这一格有数字，但这一行不是本表的指标，系统不知道应计入哪一项；请把数字填到对应指标的行，并清除这一格。'
        : '这一格不在填报范围内，没有读取。',
    },
  ];
}

function readListSheet(
  { sheet, mark, identity }: MarkedSheet,
  layout: FormLayout,
  submission: Submission,
): void {
  const list = layout.lists.find(({ indicator }) => indicator.id === identity.list);
  if (list === undefined) return;
  const column = sheet.cells.find((cell) => cell.row === mark.row && textOf(cell) === roles.item)?.column;
  const header = sheet.cells.find(
    (cell) => cell.column === column && textOf(cell) === list.indicator.list?.itemName,
  );
  if (column === undefined || header === undefined) {
    submission.findings.push({
      rule: 'column-missing',
      severity: 'error',
      place: { sheet: sheet.name.slice(0, 64).toWellFormed() },
      indicator: list.indicator.id,
      expected: list.indicator.list?.itemName ?? '',
      message: `清单表中找不到“${list.indicator.list?.itemName}”列或其表头；请重新下载模板填写。`,
    });
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
    place: { sheet: sheet.name.slice(0, 64).toWellFormed(), cell: cellAddress(cell.row, cell.column) },
  };
}

function textOf(cell: CellReading | undefined): string {
  return cell?.value.kind === 'text' ? cell.value.text.trim() : '';
}

function sameName(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}
