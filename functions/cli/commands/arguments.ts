import { InvalidArgumentError, Option } from 'commander';
import {
  daySchema,
  type Instant,
  instantOf,
  type Period,
  periodSchema,
} from '../../../shared/core/catalogue/period.ts';
import { isVisible } from '../../../shared/core/values/text.ts';

/** What people type behind options, understood or refused with how it is written. */
export function period(text: string): Period {
  const parsed = periodSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('write a period as 2023-03, 2023-Q1, 2023-H1 or 2023');
}

export function day(text: string): string {
  if (daySchema.safeParse(text).success) return text;
  throw new InvalidArgumentError('write a day as 2023-04-03');
}

export function instant(text: string): Instant {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('write a time as 2023-04-03T09:15:00+08:00');
  return instantOf(time);
}

/** Text that the ledger takes: not blank, not longer than it keeps. */
export function textUpTo(longest: number): (text: string) => string {
  return (text) => {
    if (isVisible(text) && text.trim().length <= longest) return text;
    throw new InvalidArgumentError(`write 1 to ${longest} characters`);
  };
}

export function wholeNumber(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number');
}

/** Where the key lies that signs statements, for every command that signs one. */
export const witnessKeyOption = () =>
  new Option(
    '--witness-key <file>',
    'the key that signs statements of the ledger, made if there is none; never in the data folder (or INDICATORS_WITNESS_KEY; default indicators/witness-key.pem where the account keeps state)',
  );
