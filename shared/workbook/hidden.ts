import type { Finding } from '../core/returns/finding.ts';
import { say } from '../core/returns/findings/findings.ts';
import { columnName } from './reading/address.ts';
import { sheetPlace } from './reading/fault.ts';
import type { SheetReading } from './reading/model.ts';

/** Whether a row or column lies within one of the stretches that are hidden. */
export function isHidden(stretches: readonly [number, number][], at: number): boolean {
  return stretches.some(([first, last]) => first <= at && at <= last);
}

/** Says that a sheet, or a column that holds what was typed, is hidden, and was read all the same. */
export function hiddenFindings(sheet: SheetReading, columns: readonly number[]): Finding[] {
  const place = sheetPlace(sheet.name);
  const hidden = columns.filter((column) => isHidden(sheet.hiddenColumns, column));
  return [
    ...(sheet.visibility === 'visible' ? [] : [{ ...say('sheet-hidden', sheet.name), place }]),
    ...hidden.map((column) => ({ ...say('column-hidden', columnName(column)), place })),
  ];
}
