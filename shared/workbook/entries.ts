import type { Content, Look } from '../core/returns/content.ts';
import type { Place } from '../core/returns/finding.ts';
import { asShown, typedNumber } from '../core/returns/numeral.ts';
import type { Entry } from '../core/returns/submission.ts';
import { storedNumber } from '../core/values/decimal.ts';
import { halfWidth, withoutFormulaGuard, withoutUnseen } from '../core/values/text.ts';
import { general } from './number-format/format-code.ts';
import { shownNumber, shownText } from './number-format/shown.ts';
import { cellAddress, type Range } from './reading/address.ts';
import { sheetPlace } from './reading/fault.ts';
import type { CellReading, SheetReading, WorkbookReading } from './reading/model.ts';

/** How long a number may be that `General` always shows whole. */
const generalRoom = 11;

/**
 * What is stored in a cell, and what people see in it: the one place where number formats are applied. A sheet that
 * shows no zeros shows blanks in their place.
 */
export function contentOf({ showsZeros }: SheetReading, { value, format }: CellReading): Content {
  if (value.kind === 'text') {
    const text = withoutFormulaGuard(value.text);
    const shown = format === undefined ? text : shownText(format, text);
    return shown === text ? { kind: 'text', text } : { kind: 'text', text, shown };
  }
  if (value.kind !== 'number') return value;
  if (!showsZeros && Number(value.text) === 0) return { ...value, shown: { text: '', power: 0 } };
  if (format === undefined && value.text.length <= generalRoom) return value;
  if (format?.places !== undefined && isShort(value.text, format.places)) return value;
  const shown = shownNumber(format ?? general, value.text);
  const stored = storedNumber(value.text);
  const isWhole =
    shown.power === 0 &&
    stored?.isExact === true &&
    asShown(stored.value, shown.text.trim()) === stored.value;
  return isWhole ? value : { ...value, shown };
}

/** Whether a number is written out, in the digits that programs promise, with at most so many places. */
function isShort(text: string, places: number): boolean {
  const [, whole = '', , fraction = ''] = /^-?([0-9]{1,9})(\.([0-9]{1,6}))?$/.exec(text) ?? [];
  return whole !== '' && fraction.length <= places;
}

/** The content of an input cell, with where it stands. */
export function entryOf(sheet: SheetReading, cell: CellReading): Entry {
  const look = lookOf(cell);
  return {
    content: contentOf(sheet, cell),
    computed: cell.formula !== undefined,
    place: cellPlace(sheet, cell),
    ...(look === undefined ? {} : { look }),
  };
}

function lookOf({ value, struck }: CellReading): Look | undefined {
  if (struck) return 'struck';
  return value.kind === 'text' ? value.look : undefined;
}

/** What stands at a place, of which there may be no cell in the file. */
export function entryAt(
  sheet: SheetReading,
  at: Pick<CellReading, 'row' | 'column'>,
  cell: CellReading | undefined,
): Entry {
  if (cell !== undefined) return entryOf(sheet, cell);
  return { content: { kind: 'blank' }, computed: false, place: cellPlace(sheet, at) };
}

/** The formula of a sum as forms have it, wherever the rows and columns that it adds up have gone. */
const sumOfForm = /^(?:(?:^|[+-])-?N\((?:\$?[A-Z]{1,3}\$?[0-9]{1,7}|#REF!)\))+$/;

/**
 * What stands in the cell of a sum, which the form computes. A formula of somebody's own is theirs as a number would be that
 * they typed over it; of one that stands in another cell (a shared formula) only its result is known.
 */
export function sumEntryAt(
  sheet: SheetReading,
  at: Pick<CellReading, 'row' | 'column'>,
  cell: CellReading | undefined,
): Entry {
  const { formula = '' } = cell ?? {};
  const entry = entryAt(sheet, at, cell);
  return formula === '' || sumOfForm.test(formula) ? entry : { ...entry, computed: false };
}

/** The merged cells that a place is among; undefined if it stands by itself. */
export function mergeAround(
  { merges }: Pick<SheetReading, 'merges'>,
  { row, column }: Pick<CellReading, 'row' | 'column'>,
): Range | undefined {
  return merges.find((range) => isWithin(range, row, column));
}

export function isWithin(range: Range, row: number, column: number): boolean {
  return (
    range.firstRow <= row && row <= range.lastRow && range.firstColumn <= column && column <= range.lastColumn
  );
}

/** Whether a cell holds a number, or a text that is nothing else. */
export function isFigure(content: Content): boolean {
  if (content.kind !== 'text') return content.kind === 'number';
  return typedNumber(halfWidth(withoutUnseen(content.text)).trim()) !== undefined;
}

/** The place of a cell. */
export function cellPlace(
  { name }: SheetReading,
  { row, column }: Pick<CellReading, 'row' | 'column'>,
): Place {
  return { ...sheetPlace(name), cell: cellAddress(row, column) };
}

/** The text of a cell that holds a name or a mark, as people see it. */
export function textOf(sheet: SheetReading, cell: CellReading | undefined): string {
  const content = cell === undefined ? undefined : contentOf(sheet, cell);
  return content?.kind === 'text' ? withoutUnseen(content.shown ?? content.text).trim() : '';
}

/** What formulas were never calculated have no results, whatever the file says of them. */
export function withoutUncalculated(reading: WorkbookReading): WorkbookReading {
  if (reading.calculated) return reading;
  const uncalculated = (cell: CellReading): CellReading =>
    cell.formula === undefined ? cell : { ...cell, value: { kind: 'blank' } };
  return {
    ...reading,
    sheets: reading.sheets.map((sheet) => ({ ...sheet, cells: sheet.cells.map(uncalculated) })),
  };
}
