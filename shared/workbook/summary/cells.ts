import type { Total } from '../../core/totals/total.ts';
import { type Decimal, decimalPlaces } from '../../core/values/decimal.ts';
import { type Look, numberLook, styles } from './styles.ts';

/** What a cell shows: text, a number or nothing, in its column's look or in its own. */
export type Cell = string | number | null | { value: string | number | null; look: Look };

/** Stands where a figure could be but there is none. */
export const noFigure: Cell = { value: '—', look: styles.quiet };

/** Spreadsheet programs keep 15 significant digits. */
const digitsKept = 15;

/**
 * A figure as a number of the spreadsheet program, or as text when the program could not keep all of its digits.
 * `decimals` places are shown; a percentage keeps its number (95 is 95%), with the sign from the number format.
 */
export function figureCell(
  value: Decimal | null,
  { unit, decimals }: Pick<Total, 'unit' | 'decimals'>,
  bold = false,
  marked = false,
): Cell {
  if (value === null) return noFigure;
  if (digitsOf(value) > digitsKept) return { value, look: styles.right };
  const sign = unit === '%' || unit === '‰' ? unit : '';
  const places = sign === '' ? Math.max(decimals, decimalPlaces(value)) : decimalPlaces(value);
  const format = `#,##0${places === 0 ? '' : `.${'0'.repeat(places)}`}${sign === '' ? '' : `"${sign}"`}`;
  return { value: Number(value), look: numberLook(format, { bold, marked }) };
}

/** A change of figures, with its sign, and with the unit behind it where that is not the figures' own. */
export function changeCell(change: Decimal | null, unit: string, marked: boolean): Cell {
  if (change === null) return noFigure;
  if (digitsOf(change) > digitsKept) return { value: change, look: styles.right };
  const places = decimalPlaces(change);
  const number = `#,##0${places === 0 ? '' : `.${'0'.repeat(places)}`}${unit === '' ? '' : `"${unit}"`}`;
  return { value: Number(change), look: numberLook(`+${number};-${number};${number}`, { marked }) };
}

/**
 * What a return says, in the unit in which it says it, which is written behind the number where it is not the unit of
 * the total.
 */
export function recordedCell(
  { value, unit }: { value: Decimal | null; unit: string },
  total: Pick<Total, 'unit' | 'decimals'>,
): Cell {
  if (value === null || unit === total.unit) return figureCell(value, total);
  if (digitsOf(value) > digitsKept) return { value: `${value} ${unit}`, look: styles.right };
  const places = decimalPlaces(value);
  const format = `#,##0${places === 0 ? '' : `.${'0'.repeat(places)}`}" ${unit.replaceAll('"', '')}"`;
  return { value: Number(value), look: numberLook(format) };
}

function digitsOf(value: Decimal): number {
  return value.replace(/^-?0?\.?0*/, '').replace('.', '').length;
}

/** A whole number that is counted, not an indicator's figure. */
export function countCell(value: number | null): Cell {
  return value === null ? noFigure : { value, look: numberLook('0') };
}
