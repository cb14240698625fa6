import type { Indicator } from '../catalogue/indicator.ts';
import { compare, cutToStep, type Decimal } from '../values/decimal.ts';

/**
 * The figure as the prose of an annual report writes it: 48, 270余, 189.59余, 超90, 三. 余 stands only where
 * something was cut off; the exact figure is always beside it.
 */
export function proseOf({ prose, unit }: Indicator, value: Decimal | null): string {
  if (value === null) return '';
  const suffix = unit === '%' || unit === '‰' ? unit : '';
  if (prose.style === 'exact' || prose.step === undefined) return numerals(value, prose.numerals) + suffix;
  const cut = cutToStep(value, prose.step);
  const rounded = numerals(cut, prose.numerals) + suffix;
  if (compare(cut, value) === 0 || compare(cut, '0') <= 0) return numerals(value, prose.numerals) + suffix;
  return prose.style === 'at-least' ? `${rounded}余` : `超${rounded}`;
}

const chineseDigits = '零一二三四五六七八九';

/** Counts up to 99 in Chinese characters, as reports write small numbers of things; others stay in digits. */
function numerals(value: Decimal, style: 'arabic' | 'chinese'): string {
  if (style === 'arabic' || !/^[0-9]{1,2}$/.test(value)) return value;
  const number = Number(value);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (tens === 0) return chineseDigits.charAt(ones);
  return `${tens === 1 ? '' : chineseDigits.charAt(tens)}十${ones === 0 ? '' : chineseDigits.charAt(ones)}`;
}
