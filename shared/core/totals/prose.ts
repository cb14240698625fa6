import type { Indicator } from '../catalogue/indicator.ts';
import { compare, cutToStep, type Decimal, shift } from '../values/decimal.ts';

/**
 * The figure as the prose of an annual report writes it: 48, 270余, 189.59余, 超90, 三. 余 stands only where
 * something was cut off; the exact figure is always beside it.
 */
export function proseOf({ prose, unit }: Indicator, value: Decimal | null): string {
  if (value === null) return '';
  const suffix = (prose.scale ?? '') + (unit === '%' || unit === '‰' ? unit : '');
  const places = prose.scale === undefined ? 0 : scales[prose.scale];
  const written = (figure: Decimal) => numerals(shift(figure, -places), prose.numerals) + suffix;
  if (prose.style === 'exact' || prose.step === undefined) return written(value);
  const cut = cutToStep(value, prose.step);
  if (compare(cut, value) === 0 || compare(cut, '0') <= 0) return written(value);
  return prose.style === 'at-least' ? `${written(cut)}余` : `超${written(cut)}`;
}

/** By how many places the decimal point moves. */
const scales = { 万: 4, 亿: 8 } as const;

const chineseDigits = '零一二三四五六七八九';

/** Counts up to 99 in Chinese characters, as reports write small numbers of things; others stay in digits. */
function numerals(value: Decimal, style: 'arabic' | 'chinese'): string {
  if (style === 'arabic' || !/^[0-9]{1,2}$/.test(value)) return value;
  const number = Number(value);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (tens === 0) return chineseDigits.charAt(ones);
  return `${tens === 1 ? '' : chineseDigits.charAt(tens)}十${ones === 0 ? '' : chineseDigits.charAt(ones)}`;
}
