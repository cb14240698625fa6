import type { Cell, Worksheet } from 'exceljs';
import { maxRemarkLength } from '../core/catalogue/narratives.ts';
import { retyped, shownText, showsItself } from '../core/returns/content.ts';
import type { Entry } from '../core/returns/submission.ts';
import { remarkWord } from '../core/words.ts';
import type { FormContents } from './form-contents.ts';
import { type FormLayout, formRows, identityMark, roles, type SheetIdentity } from './layout.ts';
import { positionOnForm } from './position.ts';
import { safeText } from './save.ts';
import { aligned, fills, fonts, writing } from './styles.ts';

/** A4, one page wide, as many pages long as it takes. */
export const a4 = {
  paperSize: 9,
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  horizontalCentered: true,
  margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
} as const;

/** Puts the identity and the columns' roles into the hidden first row. */
export function writeMarks(
  sheet: Worksheet,
  { identity }: FormLayout,
  columns: Readonly<Record<string, number>>,
  of: Partial<Pick<SheetIdentity, 'list' | 'table' | 'narratives'>> = {},
): void {
  sheet.getCell(formRows.marks, 1).value = identityMark({
    ...{ ...identity, list: undefined, table: undefined, narratives: false },
    ...of,
  });
  for (const [name, column] of Object.entries(columns)) {
    if (name in roles) sheet.getCell(formRows.marks, column).value = roles[name as keyof typeof roles];
  }
  sheet.getRow(formRows.marks).hidden = true;
}

/** Writes text into a row's cells from one column to another, merged. */
export function put(
  sheet: Worksheet,
  [row, from, to]: [row: number, from: number, to: number],
  value: string,
  style: { font: object; alignment?: object },
): void {
  sheet.mergeCells(row, from, row, to);
  Object.assign(sheet.getCell(row, from), { value, alignment: aligned.left, ...style });
}

/**
 * What was submitted, as a cell value that no program computes and that reads the same in a cell of the form, whose
 * format and unit are the form's own.
 */
export function cellValue({ content, unit }: Pick<Entry, 'content' | 'unit'>): string | number | null {
  switch (content.kind) {
    case 'number':
      return showsItself(content) && unit === undefined
        ? Number(content.text)
        : safeText(retyped(content, unit));
    case 'text':
      return safeText(retyped(content, unit));
    case 'date':
      return content.iso;
    case 'boolean':
      return content.value ? 'TRUE' : 'FALSE';
    case 'error':
      return safeText(content.code);
    case 'blank':
      return null;
  }
}

/** Makes a cell one for a remark, with what is there of one, which is text whatever it looks like. */
export function makeRemarkCell(cell: Cell, entry: Pick<Entry, 'content'> | undefined): void {
  const text = entry === undefined ? '' : shownText(entry.content);
  Object.assign(cell, {
    ...writing,
    value: text === '' ? null : safeText(text),
    numFmt: '@',
    dataValidation: {
      ...{ type: 'textLength', operator: 'lessThanOrEqual', formulae: [maxRemarkLength], allowBlank: true },
      ...{ showErrorMessage: true, errorTitle: remarkWord, error: `不超过 ${maxRemarkLength} 个字。` },
      ...{ showInputMessage: true, promptTitle: remarkWord },
      prompt: '选填：数字与往常相差很大时，在这里写原因',
    },
  });
}

/** Fills the cells of a sheet that findings are about, and notes at each what it is about. */
export function markFaults(sheet: Worksheet, layout: FormLayout, contents: FormContents): void {
  const byCell = Map.groupBy(contents.findings ?? [], (finding) => {
    const position = positionOnForm(layout, contents, finding);
    return position?.sheet === sheet.name ? position.cell : '';
  });
  for (const [address, here] of byCell) {
    if (address === '') continue;
    const cell = sheet.getCell(address);
    const worst = here.find(({ severity }) => severity === 'error') ?? here[0]!;
    cell.fill = fills[worst.severity];
    if (worst.severity !== 'info') cell.font = { ...fonts.input, color: { argb: 'FFC00000' } };
    const lines = here.map(({ message, found }) => (found ? `原填“${found}”。${message}` : message));
    cell.note = {
      texts: [{ font: { name: '宋体', size: 10 }, text: lines.join('\n') }],
      margins: { insetmode: 'auto' },
    };
  }
}

/** Protection without a password: guidance, not security; whatever comes back is checked again. */
export function protect(sheet: Worksheet): void {
  void sheet.protect('', { formatColumns: true, formatRows: true, sort: true, autoFilter: true });
}
