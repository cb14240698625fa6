import { z } from 'zod';
import { halfWidth } from '../values/text.ts';
import type { LedgerEvent } from './event.ts';

/** Digits and capital letters without those that are taken for others (I, L, O, U): five bits each. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

/** The check code (校验码) of an accepted version as it is printed: `7K2M-0QXA-...`. */
export const checkCodeSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  .brand<'CheckCode'>();
export type CheckCode = z.infer<typeof checkCodeSchema>;

/**
 * What is printed on a sheet so that whoever has it finds the version that it shows: the first 80 bits of the hash of its
 * event, so that whatever the event says, every figure included, is as it was printed.
 */
export function checkCode({ hash }: Pick<LedgerEvent, 'hash'>): CheckCode {
  const bits = BigInt(`0x${hash.slice(0, (length * 5) / 4)}`);
  const digits = Array.from(
    { length },
    (_, index) => alphabet[Number((bits >> BigInt(5 * (length - 1 - index))) & 31n)],
  ).join('');
  return digits.replace(/.{4}(?=.)/g, '$&-') as CheckCode;
}

/** The code that somebody typed from paper, in whatever letters and groups; undefined if it is none. */
export function readCheckCode(typed: string): CheckCode | undefined {
  const digits = halfWidth(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return checkCodeSchema.safeParse(digits.replace(/.{4}(?=.)/g, '$&-')).data;
}
