import type { DataValidation, Workbook, Worksheet } from 'exceljs';
import { firstMonthOf } from '../core/catalogue/period.ts';
import { maxNoteLength } from '../core/returns/observation.ts';
import type { Decimal } from '../core/values/decimal.ts';
import { remarkWord } from '../core/words.ts';
import type { ReferenceFigures } from '../core/year/reference-figures.ts';
import { writeFindingsSheet } from './findings-sheet.ts';
import { a4, cellValue, makeRemarkCell, markFaults, protect, put, writeMarks } from './form-cells.ts';
import type { FormContents } from './form-contents.ts';
import { writeGridSheet } from './grid-sheet.ts';
import { inputValidation } from './input-validation.ts';
import { writeInstructions } from './instructions-sheet.ts';
import {
  type FormLayout,
  type FormRow,
  formColumns,
  formRows,
  rowMarks,
  type SignatureRow,
} from './layout.ts';
import { writeListSheet } from './list-sheet.ts';
import { writeNarrativeSheet } from './narrative-sheet.ts';
import { remarkBeside } from './position.ts';
import { columnName } from './reading/address.ts';
import { safeText, saveWorkbook } from './save.ts';
import { aligned, box, fills, fonts, rowHeight, writing } from './styles.ts';

const widths = {
  mark: 3,
  number: 6,
  name: 34,
  unit: 8,
  value: 16,
  lastPeriod: 11,
  lastYear: 11,
  yearToDate: 11,
  remark: 30,
  definition: 46,
};

/** Writes a return's form as a workbook: empty as a template, or filled and marked. Same inputs, same bytes. */
export async function writeForm(layout: FormLayout, contents: FormContents = {}): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'indicators';
  workbook.title = layout.title;
  workbook.created = workbook.modified = new Date(`${firstMonthOf(layout.identity.period)}-01T00:00:00Z`);
  if (contents.findings !== undefined) writeFindingsSheet(workbook, layout, contents.findings, contents);
  writeFormSheet(workbook, layout, contents);
  for (const table of layout.tables) writeGridSheet(workbook, layout, table, contents);
  writeNarrativeSheet(workbook, layout, contents);
  for (const list of layout.lists) writeListSheet(workbook, layout, list, contents);
  writeInstructions(workbook, layout);
  return saveWorkbook(workbook);
}

function writeFormSheet(workbook: Workbook, layout: FormLayout, contents: FormContents): void {
  const sheet = workbook.addWorksheet(layout.formSheet, {
    views: [{ state: 'frozen', xSplit: formColumns.name, ySplit: formRows.header, showGridLines: false }],
    pageSetup: {
      ...a4,
      orientation: 'landscape',
      printTitlesRow: `${formRows.header}:${formRows.header}`,
    },
    headerFooter: { oddFooter: '&L&"宋体"&9&A&R&"宋体"&9第 &P 页，共 &N 页' },
  });
  for (const [name, column] of Object.entries(formColumns)) {
    sheet.getColumn(column).width = widths[name as keyof typeof widths];
  }
  sheet.getColumn(formColumns.mark).hidden = true;
  writeMarks(sheet, layout, formColumns);
  writeHeading(sheet, layout, contents.banner);
  for (const row of layout.rows) {
    const { indicator } = row;
    const reference = contents.reference?.get(indicator.id);
    const remark = remarkBeside(layout, contents.remarks ?? [], indicator.id);
    writeIndicatorRow(sheet, { ...row, reference, remark, current: layout.words.current });
    const entry = contents.figures?.get(indicator.id);
    if (entry === undefined || (indicator.kind === 'sum' && entry.computed === true)) continue;
    sheet.getCell(row.row, formColumns.value).value = cellValue(entry);
  }
  for (const row of layout.signature) writeSignatureRow(sheet, row, contents.signature);
  markFaults(sheet, layout, contents);
  sheet.pageSetup.printArea = `B${formRows.title}:${columnName(formColumns.definition)}${layout.signature.at(-1)!.row}`;
  protect(sheet);
}

function writeHeading(
  sheet: Worksheet,
  { title, corner, headings, words, notice, tables, narratives }: FormLayout,
  banner = '',
): void {
  const { number, name, unit, lastPeriod, yearToDate, remark, definition } = formColumns;
  const lastOfTitle = corner.length === 0 ? definition : remark;
  put(sheet, [formRows.title, number, lastOfTitle], title, { font: fonts.title, alignment: aligned.centre });
  if (corner.length > 0) {
    put(sheet, [formRows.title, definition, definition], safeText(corner.join('\n')), { font: fonts.text });
  }
  sheet.getRow(formRows.title).height = Math.max(32, corner.length * 16 + 4);
  sheet.getCell(formRows.heading, formColumns.mark).value = rowMarks.heading;
  put(sheet, [formRows.heading, number, name], headings.department, { font: fonts.label });
  put(sheet, [formRows.heading, unit, lastPeriod], headings.period, { font: fonts.label });
  const days = [headings.span, headings.deadline].filter((each) => each !== undefined);
  put(sheet, [formRows.heading, yearToDate, definition], days.join('\n'), { font: fonts.label });
  sheet.getRow(formRows.heading).height = days.length === 1 ? 24 : 36;
  const hint = `只填写浅黄色单元格。没有发生填 0；注明可填“不适用”的，不适用时填“不适用”；不要留空，不要填约数。${tablesHint(tables)}${narrativesHint(narratives)}${banner}${notice}`;
  put(sheet, [formRows.hint, number, definition], hint, { font: fonts.small, alignment: aligned.left });
  sheet.getRow(formRows.hint).height = rowHeight([{ text: hint, width: 172 }]);
  sheet.getCell(formRows.header, formColumns.mark).value = rowMarks.header;
  const titles = [
    '序号',
    '指标名称',
    '单位',
    words.value,
    `${words.before}数`,
    '上年同期',
    '本年累计',
    remarkWord,
    '指标口径',
  ];
  titles.forEach((text, index) => {
    const cell = sheet.getCell(formRows.header, number + index);
    Object.assign(cell, {
      value: text,
      font: fonts.label,
      fill: fills.header,
      border: box,
      alignment: aligned.centre,
    });
  });
  sheet.getRow(formRows.header).height = 26;
}

function tablesHint(tables: FormLayout['tables']): string {
  if (tables.length === 0) return '';
  return `表格在后面的工作表中填写：${tables.map(({ sheet }) => `“${sheet}”`).join('、')}。`;
}

function narrativesHint(narratives: FormLayout['narratives']): string {
  return narratives === undefined ? '' : `文字写在“${narratives.sheet}”工作表中。`;
}

interface IndicatorRow extends FormRow {
  reference: ReferenceFigures | undefined;
  remark: ReturnType<typeof remarkBeside>;
  current: string;
}

/** What is said of a row besides what it counts. */
function hintsOf({
  indicator,
  list,
  current,
}: Pick<IndicatorRow, 'indicator' | 'list' | 'current'>): string[] {
  if (indicator.kind === 'sum') return ['由系统计算，不用填写。'];
  return [
    ...(indicator.overTime === 'cumulative' ? ['填年初至本期末的累计数。'] : []),
    ...(list === undefined ? [] : [`逐项填在“${list.sheet}”表，${current}数填项目个数。`]),
    ...(indicator.notApplicable ? ['可填“不适用”。'] : []),
    ...(indicator.required ? [] : ['选填。']),
  ];
}

/** Adds up the cells of a sum; what is no number in them, such as 不适用, counts as nothing. */
function sumFormula(addends: FormRow['addends']): string {
  const column = columnName(formColumns.value);
  return addends
    .map(({ sign, row }, index) => `${sign === -1 ? '-' : index === 0 ? '' : '+'}N(${column}${row})`)
    .join('');
}

function writeIndicatorRow(
  sheet: Worksheet,
  { indicator, row, reference, remark, ...more }: IndicatorRow,
): void {
  const definition = [indicator.definition, ...hintsOf({ indicator, ...more })].join('');
  const numFmt = indicator.decimals === 0 ? '#,##0' : `#,##0.${'#'.repeat(indicator.decimals)}`;
  const cells: [column: number, value: string | number | { formula: string } | null, style: object][] = [
    [formColumns.number, row - formRows.firstIndicator + 1, { alignment: aligned.centre }],
    [formColumns.name, indicator.name, { alignment: aligned.left }],
    [formColumns.unit, indicator.unit, { alignment: aligned.centre }],
    indicator.kind === 'sum'
      ? [
          formColumns.value,
          { formula: sumFormula(more.addends) },
          { font: fonts.input, alignment: aligned.right, numFmt },
        ]
      : [formColumns.value, null, { font: fonts.input, fill: fills.input, alignment: aligned.right, numFmt }],
    [
      formColumns.lastPeriod,
      numeric(reference?.lastPeriod),
      { font: fonts.small, alignment: aligned.right, numFmt },
    ],
    [
      formColumns.lastYear,
      numeric(reference?.lastYear),
      { font: fonts.small, alignment: aligned.right, numFmt },
    ],
    [
      formColumns.yearToDate,
      numeric(reference?.yearToDate),
      { font: fonts.small, alignment: aligned.right, numFmt },
    ],
    [formColumns.remark, null, {}],
    [formColumns.definition, definition, { font: fonts.small, alignment: aligned.left }],
  ];
  sheet.getCell(row, formColumns.mark).value = indicator.id;
  for (const [column, value, style] of cells) {
    Object.assign(sheet.getCell(row, column), { value, font: fonts.text, border: box, ...style });
  }
  if (indicator.kind !== 'sum') {
    const input = sheet.getCell(row, formColumns.value);
    input.protection = { locked: false };
    input.dataValidation = inputValidation(indicator);
    makeRemarkCell(sheet.getCell(row, formColumns.remark), remark);
  }
  sheet.getRow(row).height = rowHeight([
    { text: indicator.name, width: widths.name },
    { text: definition, width: widths.definition * 1.1 },
    { text: String(sheet.getCell(row, formColumns.remark).value ?? ''), width: widths.remark },
  ]);
}

function numeric(value: Decimal | undefined): number | null {
  return value === undefined ? null : Number(value);
}

function writeSignatureRow(
  sheet: Worksheet,
  { mark, label, row }: SignatureRow,
  signature: FormContents['signature'],
): void {
  sheet.getCell(row, formColumns.mark).value = mark;
  const isNote = mark === rowMarks.correctionNote;
  Object.assign(sheet.getCell(row, formColumns.name), {
    value: label,
    font: fonts.label,
    alignment: aligned.right,
  });
  sheet.mergeCells(row, formColumns.value, row, isNote ? formColumns.definition : formColumns.yearToDate);
  const input = sheet.getCell(row, formColumns.value);
  const typed = {
    [rowMarks.head]: signature?.head,
    [rowMarks.preparer]: signature?.preparer,
    [rowMarks.reviewer]: signature?.reviewer,
    [rowMarks.telephone]: signature?.telephone,
    [rowMarks.date]: signature?.date,
    [rowMarks.correctionNote]: signature?.correctionNote,
  }[mark];
  Object.assign(input, {
    ...writing,
    value: typed ? safeText(typed) : null,
    numFmt: '@',
    dataValidation: textValidation(label, isNote),
  });
  sheet.getRow(row).height = isNote ? 48 : 22;
}

function textValidation(label: string, isNote: boolean): DataValidation {
  const longest = isNote ? maxNoteLength : 60;
  return {
    type: 'textLength',
    operator: 'lessThanOrEqual',
    formulae: [longest],
    allowBlank: true,
    showErrorMessage: true,
    errorTitle: label,
    error: `不超过 ${longest} 个字。`,
    showInputMessage: true,
    promptTitle: label,
    prompt: isNote ? '更正以前报过的数时，在这里写明原因。首次报送不用填。' : `请填写${label}。`,
  };
}
