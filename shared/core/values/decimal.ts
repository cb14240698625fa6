import Big from 'big.js';
import { z } from 'zod';
import { written } from './written.ts';

/** How the one rounding at output is done: half-up (四舍五入) or truncate (截尾). */
export const roundingSchema = z.enum(['half-up', 'truncate']);
export type Rounding = z.infer<typeof roundingSchema>;
export const roundingWords: Record<Rounding, string> = {
  'half-up': '四舍五入',
  truncate: '截尾',
};

/**
 * An exact decimal as canonical text: no exponent, no leading or trailing zeros, no `-0`.
 * At most 24 digits before the point and 12 after it, so that every stored figure has a bound.
 */
export const decimalSchema = written<`${number}`>(
  z.string().regex(/^(0|-?(0\.[0-9]{0,11}[1-9]|[1-9][0-9]{0,23}(\.[0-9]{0,11}[1-9])?))$/),
);
export type Decimal = z.infer<typeof decimalSchema>;

const plainNumber = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/;

/** Whether a text is a number, and none so long that it takes time to read. */
function isNumber(text: string): boolean {
  return text.length <= 400 && plainNumber.test(text);
}

/** Text of a number in any usual notation (`007`, `1.50`, `1.4E2`) as a canonical decimal; undefined if out of bounds. */
export function decimalOf(text: string): Decimal | undefined {
  if (!isNumber(text)) return undefined;
  return decimalSchema.safeParse(canonicalText(bigOf(text))).data;
}

/**
 * A number as a workbook stores it, as the person who typed it saw it; undefined if out of bounds.
 * Spreadsheet programs keep binary doubles and write up to 17 digits (`189.59000000000001`); they show and
 * promise 15, so beyond 15 significant digits the text is rounded, in decimal, to those 15. `isExact` is false if
 * it had to be cut to the twelve places that a decimal may have, too.
 */
export function storedNumber(text: string): { value: Decimal; isExact: boolean } | undefined {
  const exact = decimalOf(text);
  // Nearly all are as short as that: what is rounded to 15 digits below would be the same.
  if (exact !== undefined && exact.length <= 15) return { value: exact, isExact: true };
  if (!isNumber(text)) return undefined;
  const promised = bigOf(text).prec(15, Big.roundHalfUp);
  const value = decimalOf(promised.round(12, Big.roundHalfUp).toFixed());
  return value === undefined ? undefined : { value, isExact: promised.eq(value) };
}

/** Big takes no plus sign in front; that of an exponent is no loss. */
function bigOf(text: string): Big {
  return new Big(text.replace('+', ''));
}

function canonicalText(value: Big): Decimal {
  return (value.eq(0) ? '0' : value.toFixed()) as Decimal;
}

export function add(a: Decimal, b: Decimal): Decimal {
  return canonicalText(new Big(a).plus(b));
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return canonicalText(new Big(a).minus(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  if (b === '1') return a;
  return canonicalText(new Big(a).times(b));
}

export function sum(values: Iterable<Decimal>): Decimal {
  let whole = 0;
  let others = new Big(0);
  for (const value of values) {
    const added = isCount(value) ? whole + Number(value) : Number.NaN;
    if (Number.isSafeInteger(added)) whole = added;
    else others = others.plus(value);
  }
  return canonicalText(others.plus(whole));
}

/** Whether a decimal is a whole number that a double keeps exactly, as nearly all are: those take a tenth of the time. */
function isCount(value: Decimal): boolean {
  return value.length <= 15 && !value.includes('.');
}

export function absolute(value: Decimal): Decimal {
  return canonicalText(new Big(value).abs());
}

/** Ten to that power times the value. */
export function shift(value: Decimal, power: number): Decimal {
  return canonicalText(new Big(`${value}e${power}`));
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  return new Big(a).cmp(b);
}

export function largest(values: readonly Decimal[]): Decimal | undefined {
  return values.toSorted(compare).at(-1);
}

export function smallest(values: readonly Decimal[]): Decimal | undefined {
  return values.toSorted(compare)[0];
}

function modeOf(rounding: Rounding): 0 | 1 {
  return rounding === 'truncate' ? Big.roundDown : Big.roundHalfUp;
}

/** Rounds to `decimals` places; the result is canonical (`189.50` is `189.5`). */
export function round(value: Decimal, decimals: number, rounding: Rounding): Decimal {
  return canonicalText(new Big(value).round(decimals, modeOf(rounding)));
}

/**
 * `factor × numerator ÷ denominator`, rounded once. The quotient is taken in integers, so a result that
 * lies just under a rounding boundary stays under it. The denominator must not be zero.
 */
export function quotient(
  numerator: Decimal,
  denominator: Decimal,
  { factor, decimals, rounding }: { factor: Decimal; decimals: number; rounding: Rounding },
): Decimal {
  const divider = Big();
  divider.DP = decimals;
  divider.RM = modeOf(rounding);
  return canonicalText(divider(multiply(numerator, factor)).div(denominator));
}

/** What the value is multiplied by to be 1, if so many places say it exactly. */
export function exactInverse(value: Decimal, decimals: number): Decimal | undefined {
  const inverse = quotient('1', value, { factor: '1', decimals, rounding: 'truncate' });
  return multiply(inverse, value) === '1' ? inverse : undefined;
}

/** How many places after the point the value has. */
export function decimalPlaces(value: Decimal): number {
  return value.split('.')[1]?.length ?? 0;
}

/** The greatest multiple of `step` that is not beyond `value`, towards zero: 273 in steps of 10 is 270. */
export function cutToStep(value: Decimal, step: Decimal): Decimal {
  return subtract(value, canonicalText(new Big(value).mod(step)));
}
