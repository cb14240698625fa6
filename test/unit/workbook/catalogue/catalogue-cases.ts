import type ExcelJS from 'exceljs';
import type { Finding } from '../../../../shared/core/returns/finding.ts';
import { cellOf, positionOf } from '../../../fixtures/catalogue-workbooks.ts';
import { list, ratio } from '../../core/catalogue/catalogue-parts.ts';
import { catalogueOf, indicator } from '../../core/small-year.ts';

/** A catalogue with an entry of each kind. */
export const catalogue = catalogueOf({
  departments: [
    { id: 'sfj', name: '市司法局' },
    { id: 'xfj', name: '市信访局', formerNames: [{ name: '信访办', to: '2023-01' }] },
  ],
  indicators: [
    indicator('a', 'flow', { name: '收到' }),
    indicator('b', 'flow', { name: '受理', reporters: ['sfj', { department: 'xfj', from: '2023-02' }] }),
    indicator('c', 'stock', { name: '正在办理' }),
    { ...ratio({}), name: '受理率' },
    { ...list({ options: ['诈骗', '盗窃'] }), name: '类别' },
  ],
  rules: [{ id: 'r-1', over: 'period', expression: 'b <= a', message: '受理数不得大于收到数。' }],
});

/** What somebody does to its workbook. */
export type Change = (workbook: ExcelJS.Workbook) => void;
/** Types a value into the cell of an entry, under a heading. */
export const at =
  (sheet: string, name: string, heading: string, value: ExcelJS.CellValue): Change =>
  (workbook) => {
    cellOf(workbook, sheet, name, heading).value = value;
  };
/** Puts a value beside a label of the first sheet. */
export const setting =
  (label: string, value: ExcelJS.CellValue): Change =>
  (workbook) => {
    const sheet = workbook.getWorksheet('说明')!;
    sheet.getCell(positionOf(sheet, label).row, 2).value = value;
  };
export const heading =
  (sheetName: string, text: string, value: ExcelJS.CellValue): Change =>
  (workbook) => {
    const sheet = workbook.getWorksheet(sheetName)!;
    const { row, column } = positionOf(sheet, text);
    sheet.getCell(row, column).value = value;
  };
export const without =
  (sheet: string): Change =>
  (workbook) =>
    workbook.removeWorksheet(sheet);

export const inOneLine = ({ rule, place, message }: Finding) =>
  `${rule} ${place?.sheet}!${place?.cell} ${message}`;
