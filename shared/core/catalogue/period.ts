import { z } from 'zod';
import { written } from '../values/written.ts';

/** A month to report on (报告期), written `2023-03`. */
export const periodSchema = written<`${number}-${number}`>(z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/));
export type Period = z.infer<typeof periodSchema>;

export const yearSchema = z.int().min(2000).max(2099);

/** A calendar day, written `2023-04-10`, in the catalogue's time zone. */
export const daySchema = written<`${number}-${number}-${number}`>(z.iso.date());
export type Day = z.infer<typeof daySchema>;

/** A point in time in UTC, to the millisecond: `2023-04-03T01:15:00.000Z`. Its text sorts as the time does. */
export const instantSchema = written<`${string}T${string}Z`>(z.iso.datetime({ precision: 3 }));
export type Instant = z.infer<typeof instantSchema>;

export function yearOf(period: Period): number {
  return Number(period.slice(0, 4));
}

export function monthOf(period: Period): number {
  return Number(period.slice(5));
}

export function periodOf(year: number, month: number): Period {
  return `${year}-${String(month).padStart(2, '0')}` as Period;
}

/** The period as a person says it: `2023年3月`. */
export function periodInWords(period: Period): string {
  return `${yearOf(period)}年${monthOf(period)}月`;
}

/** The point in time of a date; throws a `RangeError` for an invalid one. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** The time zone of China, by which days are told where no catalogue says another. */
export const usualOffset = '+08:00';

/** The moment at which `day` ends in a time zone given as `+08:00`. */
export function endOfDay(day: Day, utcOffset: string): Instant {
  return instantOf(new Date(`${day}T23:59:59.999${utcOffset}`));
}

/** The day on which the moment is, in the time zone. */
export function localDay(instant: Instant, utcOffset: string): Day {
  return localTime(instant, utcOffset).slice(0, 10) as Day;
}

/** The moment written for a person in the time zone: `2023-04-03 09:15`. */
export function localTime(instant: Instant, utcOffset: string): string {
  const sign = utcOffset.startsWith('-') ? -1 : 1;
  const minutes = sign * (Number(utcOffset.slice(1, 3)) * 60 + Number(utcOffset.slice(4, 6)));
  const local = new Date(Date.parse(instant) + minutes * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}
