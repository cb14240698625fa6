import type { DataValidation, Workbook, Worksheet } from 'exceljs';
import type { ListIndicator } from '../core/catalogue/indicator.ts';
import type { Entry } from '../core/returns/submission.ts';
import { a4, cellValue, markFaults, protect, put, writeMarks } from './form-cells.ts';
import type { FormContents } from './form-contents.ts';
import { type FormLayout, type ListSheet, listColumns, listRows } from './layout.ts';
import { aligned, box, fills, fonts, writing } from './styles.ts';

/** The sheet on which the items of a list indicator are typed, one a row. */
export function writeListSheet(
  workbook: Workbook,
  layout: FormLayout,
  list: ListSheet,
  contents: FormContents,
): void {
  const { indicator } = list;
  const { itemName, maxItems, options } = indicator.list;
  const sheet = workbook.addWorksheet(list.sheet, {
    views: [{ state: 'frozen', ySplit: listRows.header, showGridLines: false }],
    pageSetup: { ...a4, orientation: 'portrait', printTitlesRow: `${listRows.header}:${listRows.header}` },
  });
  [3, 8, 70, 3, 12].forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  sheet.getColumn(listColumns.mark).hidden = true;
  sheet.getColumn(listColumns.options).hidden = true;
  writeMarks(sheet, layout, listColumns, { list: indicator.id });
  put(sheet, [listRows.title, listColumns.number, listColumns.item], indicator.name, {
    font: fonts.title,
    alignment: aligned.centre,
  });
  sheet.getRow(listRows.title).height = 30;
  const hint = `${layout.headings.department}　${layout.headings.period}\n每行填一项${itemName}，最多 ${maxItems} 项；${layout.words.current}没有的，本表留空，并在“${layout.formSheet}”表的${layout.words.current}数填 0。`;
  put(sheet, [listRows.hint, listColumns.number, listColumns.item], hint, { font: fonts.small });
  sheet.getRow(listRows.hint).height = 40;
  for (const [column, text] of [
    [listColumns.number, '序号'],
    [listColumns.item, itemName],
  ] as const) {
    Object.assign(sheet.getCell(listRows.header, column), {
      value: text,
      font: fonts.label,
      fill: fills.header,
      border: box,
      alignment: aligned.centre,
    });
  }
  options?.forEach((option, index) => {
    sheet.getCell(listRows.firstItem + index, listColumns.options).value = option;
  });
  writeItems(sheet, indicator, contents.lists?.get(indicator.id) ?? []);
  markFaults(sheet, layout, contents);
  protect(sheet);
}

function writeItems(
  sheet: Worksheet,
  indicator: ListIndicator,
  items: readonly Pick<Entry, 'content'>[],
): void {
  const { itemName, maxItems, maxLength, options } = indicator.list;
  const choices = `$E$${listRows.firstItem}:$E$${listRows.firstItem + (options?.length ?? 1) - 1}`;
  const validation: DataValidation =
    options === undefined
      ? { type: 'textLength', operator: 'lessThanOrEqual', formulae: [maxLength], allowBlank: true }
      : { type: 'list', formulae: [choices], allowBlank: true };
  for (let index = 0; index < Math.max(maxItems, items.length); index++) {
    const row = listRows.firstItem + index;
    Object.assign(sheet.getCell(row, listColumns.number), {
      value: index + 1,
      font: fonts.small,
      border: box,
      alignment: aligned.centre,
    });
    Object.assign(sheet.getCell(row, listColumns.item), {
      ...writing,
      value: cellValue(items[index] ?? { content: { kind: 'blank' } }),
      dataValidation: {
        ...validation,
        showErrorMessage: true,
        errorTitle: itemName,
        error: options === undefined ? `不超过 ${maxLength} 个字。` : '请从下拉列表中选择。',
      },
    });
  }
}
