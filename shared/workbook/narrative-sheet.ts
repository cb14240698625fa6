import type { Workbook, Worksheet } from 'exceljs';
import type { Narrative } from '../core/catalogue/narratives.ts';
import { a4, cellValue, markFaults, protect, put, writeMarks } from './form-cells.ts';
import type { FormContents } from './form-contents.ts';
import { type FormLayout, narrativeColumns, narrativeRows } from './layout.ts';
import { aligned, box, fills, fonts, rowHeight, writing } from './styles.ts';

const widths = { mark: 3, number: 6, name: 20, definition: 34, narrative: 90 };

/** As many characters of a narrative as an empty cell has room for. */
const roomFor = 300;

/** The sheet on which narratives are written, one a row; none where the form asks for none. */
export function writeNarrativeSheet(workbook: Workbook, layout: FormLayout, contents: FormContents): void {
  const { narratives, headings } = layout;
  if (narratives === undefined) return;
  const { title, hint, header } = narrativeRows;
  const { number, narrative } = narrativeColumns;
  const sheet = workbook.addWorksheet(narratives.sheet, {
    views: [{ state: 'frozen', ySplit: header, showGridLines: false }],
    pageSetup: { ...a4, orientation: 'landscape', printTitlesRow: `${header}:${header}` },
  });
  for (const [name, column] of Object.entries(narrativeColumns)) {
    sheet.getColumn(column).width = widths[name as keyof typeof widths];
  }
  sheet.getColumn(narrativeColumns.mark).hidden = true;
  writeMarks(sheet, layout, narrativeColumns, { narratives: true });
  put(sheet, [title, number, narrative], narratives.sheet, { font: fonts.title, alignment: aligned.centre });
  sheet.getRow(title).height = 32;
  const text = `${headings.department}　${headings.period}\n在浅黄色单元格中写文字，格内换行用 Alt+Enter，一段文字不要分写在几个格里。原文发布，不汇总。`;
  put(sheet, [hint, number, narrative], text, { font: fonts.small });
  sheet.getRow(hint).height = 36;
  ['序号', '名称', '填写要求', '内容'].forEach((value, index) => {
    const style = { font: fonts.label, fill: fills.header, border: box, alignment: aligned.centre };
    Object.assign(sheet.getCell(header, number + index), { value, ...style });
  });
  narratives.rows.forEach((each, index) => {
    writeRow(sheet, { ...each, number: index + 1 }, contents.narratives?.get(each.narrative.id));
  });
  const last = narratives.rows.at(-1)!.row;
  sheet.pageSetup.printArea = `B${title}:E${last}`;
  markFaults(sheet, layout, contents);
  protect(sheet);
}

function writeRow(
  sheet: Worksheet,
  { narrative, row, number }: { narrative: Narrative; row: number; number: number },
  entry: Parameters<typeof cellValue>[0] | undefined,
): void {
  const { id, name, definition, required, maxLength } = narrative;
  const asked = `${definition}${/[。！？.]$/.test(definition) ? '' : '。'}${required ? '必填' : '没有的留空'}，不超过 ${maxLength} 字。`;
  const value = entry === undefined ? null : cellValue(entry);
  const cells = [
    { value: number, font: fonts.small, alignment: aligned.centre },
    { value: name, font: fonts.text, alignment: aligned.left },
    { value: asked, font: fonts.small, alignment: aligned.left },
    {
      ...writing,
      value,
      numFmt: '@',
      alignment: { ...aligned.left, vertical: 'top' },
      dataValidation: lengthValidation(narrative),
    },
  ];
  sheet.getCell(row, narrativeColumns.mark).value = id;
  cells.forEach((cell, index) => {
    Object.assign(sheet.getCell(row, narrativeColumns.number + index), { border: box, ...cell });
  });
  const room = `${value ?? ''}` || '字'.repeat(Math.min(maxLength, roomFor));
  sheet.getRow(row).height = rowHeight([
    { text: room, width: widths.narrative },
    { text: asked, width: widths.definition },
    { text: name, width: widths.name },
  ]);
}

function lengthValidation({ name, maxLength }: Narrative) {
  return {
    type: 'textLength',
    operator: 'lessThanOrEqual',
    formulae: [maxLength],
    allowBlank: true,
    showErrorMessage: true,
    errorTitle: name.slice(0, 32),
    error: `不超过 ${maxLength} 个字。`,
  } as const;
}
