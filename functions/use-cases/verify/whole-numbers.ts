import type { Indicator } from '../../../shared/core/catalogue/indicator.ts';

/** Decimals as whole numbers of 10^-12: the verifier's arithmetic, which shares nothing with the program's. */
const scale = 12;
export const unit = 10n ** BigInt(scale);

export function scaled(value: string): bigint {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const number = BigInt(whole) * unit + BigInt(fraction.padEnd(scale, '0'));
  return value.startsWith('-') ? -number : number;
}

export function unscaled(number: bigint): string {
  const size = number < 0n ? -number : number;
  const fraction = String(size % unit)
    .padStart(scale, '0')
    .replace(/0+$/, '');
  return `${number < 0n ? '-' : ''}${size / unit}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Divides, towards zero or to the nearest with halves away from zero, to `decimals` places. */
export function divided(
  numerator: bigint,
  denominator: bigint,
  { decimals, rounding }: Pick<Indicator, 'decimals' | 'rounding'>,
): string {
  const step = 10n ** BigInt(decimals);
  const [above, below] = [numerator * step, denominator];
  const size =
    (above < 0n ? -above : above) * 2n + (rounding === 'truncate' ? 0n : below < 0n ? -below : below);
  const whole = size / ((below < 0n ? -below : below) * 2n);
  const signed = above < 0n !== below < 0n ? -whole : whole;
  return unscaled((signed * unit) / step);
}
