import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { compare, type Decimal, decimalOf, multiply, round, shift } from '../values/decimal.ts';
import { halfWidth, nameKey } from '../values/text.ts';

/** A number as it is written, and the factor of the unit that is written beside it, if there is one. */
export interface Numeral {
  digits: string;
  factor: Decimal | undefined;
}

/** What a number in that unit is multiplied by to be in the indicator's own; undefined for a unit it does not know. */
export function factorOf({ unit, alsoIn }: ReportedIndicator, written: string): Decimal | undefined {
  const units = [{ unit, factor: '1' as Decimal }, ...alsoIn];
  return units.find((each) => nameKey(each.unit) === nameKey(written))?.factor;
}

/** Takes apart a text of half-width characters: `125000元`, `120(件)`, `¥12.5` where the unit is 元. */
export function numeralOf(indicator: ReportedIndicator, text: string): Numeral {
  const units = [indicator.unit, ...indicator.alsoIn.map(({ unit }) => unit)];
  for (const unit of units.sort((a, b) => b.length - a.length)) {
    const written = halfWidth(unit);
    const suffix = [written, `(${written})`].find((candidate) => text.endsWith(candidate));
    if (suffix !== undefined) {
      return { digits: text.slice(0, -suffix.length).trim(), factor: factorOf(indicator, unit) };
    }
  }
  const money = indicator.unit === '元' ? /^([+-]?) *[¥￥] *(.*)$/.exec(text) : null;
  if (money !== null) return { digits: `${money[1]}${money[2]}`, factor: '1' };
  return { digits: text, factor: undefined };
}

/** Words behind a number that say how many tens it is multiplied by. */
const magnitudes: Readonly<Record<string, number>> = { 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8 };

/**
 * `1.3` of `1.3万`, where a format has divided by ten thousand and says so: the number is what is stored. Where the
 * unit itself begins with such a word (万元), nobody can tell whether that is meant.
 */
export function withoutMagnitude(
  { unit }: ReportedIndicator,
  digits: string,
  power: number,
): string | undefined {
  const [, number, word = ''] = /^(.*[0-9]) *(百万|千万|千|万|亿)$/.exec(digits) ?? [];
  return magnitudes[word] === -power && !/^[百千万亿]/.test(unit) ? number : undefined;
}

/** A number as people type it, with or without separators between thousands; undefined if it is none. */
export function typedNumber(digits: string): Decimal | 'too-large' | undefined {
  const grouped = /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$|^[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?$/;
  const plain = grouped.test(digits) ? digits.replace(/[, ]/g, '') : digits;
  if (!/^[+-]?[0-9]+(\.[0-9]+)?$/.test(plain)) return undefined;
  return decimalOf(plain) ?? 'too-large';
}

/** A number as a format writes it, and how many places behind the point are written; undefined if it is none. */
function shownDigits(digits: string): { value: Decimal; places: number } | undefined {
  const [, inBrackets] = /^\(([^()]*)\)$/.exec(digits) ?? [];
  const plain = (inBrackets === undefined ? digits : `-${inBrackets}`).replace(
    /(?<=[0-9])[, '](?=[0-9])/g,
    '',
  );
  const parts = /^-? *[0-9]*(?:\.([0-9]*))?(?:E([+-]?[0-9]{1,3}))?$/i.exec(plain.trim());
  const value = parts === null ? undefined : decimalOf(plain.replaceAll(' ', ''));
  if (parts === null || value === undefined) return undefined;
  return { value, places: (parts[1]?.length ?? 0) - Number(parts[2] ?? 0) };
}

/**
 * What a cell shows, if that is the number but for rounding: `12.35` for 12.345, `1.25E+05` for 125000, `1 1/4` for
 * 1.25 and for nothing else; undefined if the cell shows anything else.
 */
export function asShown(number: Decimal, digits: string): Decimal | undefined {
  const [, sign = '', whole = '0', numerator, denominator = '1'] =
    /^(-?)(?:([0-9]+) +)?([0-9]+)\/([1-9][0-9]*)$/.exec(digits) ?? [];
  if (numerator !== undefined) {
    const parts = BigInt(whole) * BigInt(denominator) + BigInt(numerator);
    const isSame = compare(multiply(number, denominator as Decimal), `${sign}${parts}` as Decimal) === 0;
    return isSame ? number : undefined;
  }
  const shown = shownDigits(digits);
  if (shown === undefined) return undefined;
  const rounded = shift(round(shift(number, shown.places), 0, 'half-up'), -shown.places);
  return compare(rounded, shown.value) === 0 ? shown.value : undefined;
}
