import { z } from 'zod';
import { written } from '../values/written.ts';

/** How often something is reported (报送频率). */
export const frequencySchema = z.enum(['month', 'quarter', 'half-year', 'year']);
export type Frequency = z.infer<typeof frequencySchema>;

interface FrequencyDefinition {
  /** How many months a period has. */
  months: number;
  /** How periods are counted: 3 月, 3 季. */
  unit: string;
  /** All periods of it: 各月. */
  each: string;
  /** As a catalogue says it: 按月. */
  words: string;
  /** What its return is called: 月报. */
  report: string;
  /** The period that a form is about, as it calls it: 本月. */
  current: string;
  /** The one before that: 上月. */
  before: string;
}

/** What forms, pages and findings call periods of each frequency. */
export const frequencies: Record<Frequency, FrequencyDefinition> = {
  month: {
    months: 1,
    unit: '月',
    each: '各月',
    words: '按月',
    report: '月报',
    current: '本月',
    before: '上月',
  },
  quarter: {
    months: 3,
    unit: '季',
    each: '各季',
    words: '按季',
    report: '季报',
    current: '本季',
    before: '上季',
  },
  'half-year': {
    months: 6,
    unit: '个半年',
    each: '各半年',
    words: '按半年',
    report: '半年报',
    current: '本半年',
    before: '上个半年',
  },
  year: {
    months: 12,
    unit: '年',
    each: '各年',
    words: '按年',
    report: '年报',
    current: '本年',
    before: '上年',
  },
};
/** From the shortest periods to the longest. */
export const allFrequencies = frequencySchema.options;

/** A calendar month, written `2023-03`; of these, and of no other periods, the text sorts as the time does. */
export const monthSchema = written<`${number}-${number}`>(z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/));
export type Month = z.infer<typeof monthSchema>;

/**
 * A period to report on (报告期): a month `2024-03`, a quarter `2024-Q1`, a half-year `2024-H1` or a year `2024`.
 * Periods are put in order by `comparePeriods`, never by their text. What is none stops further checks, which count days.
 */
export const periodSchema = written<Month | `${number}-Q${number}` | `${number}-H${number}` | `${number}`>(
  z.string().regex(/^20[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, { abort: true }),
);
export type Period = z.infer<typeof periodSchema>;

export const yearSchema = z.int().min(2000).max(2099);

/** A calendar day, written `2023-04-10`, in the catalogue's time zone. What is none stops further checks, which count days. */
export const daySchema = written<`${number}-${number}-${number}`>(z.iso.date({ abort: true }));
export type Day = z.infer<typeof daySchema>;

/** A point in time in UTC, to the millisecond: `2023-04-03T01:15:00.000Z`. Its text sorts as the time does. */
export const instantSchema = written<`${string}T${string}Z`>(z.iso.datetime({ precision: 3 }));
export type Instant = z.infer<typeof instantSchema>;

export function yearOf(period: Period): number {
  return Number(period.slice(0, 4));
}

export function frequencyOf(period: Period): Frequency {
  if (period.length === 4) return 'year';
  return period[5] === 'Q' ? 'quarter' : period[5] === 'H' ? 'half-year' : 'month';
}

/** Which of the periods of its frequency in the year it is, counted from 1. */
export function numberInYear(period: Period): number {
  return period.length === 4 ? 1 : Number(period.slice(5).replace(/^[QH]/, ''));
}

/** The month of a year, counted from 1. */
export function periodOf(year: number, month: number): Month {
  return `${year}-${String(month).padStart(2, '0')}` as Month;
}

const letters = { quarter: 'Q', 'half-year': 'H' } as const;

/** A period of a frequency by its number in the year, counted from 1. */
export function periodAt(year: number, frequency: Frequency, number: number): Period {
  if (frequency === 'year') return `${year}`;
  return frequency === 'month' ? periodOf(year, number) : `${year}-${letters[frequency]}${number}`;
}

/** All periods of a frequency in a year, in order. */
export function periodsOf(year: number, frequency: Frequency): Period[] {
  const count = 12 / frequencies[frequency].months;
  return Array.from({ length: count }, (_, index) => periodAt(year, frequency, index + 1));
}

export function firstMonthOf(period: Period): Month {
  const { months } = frequencies[frequencyOf(period)];
  return periodOf(yearOf(period), (numberInYear(period) - 1) * months + 1);
}

export function lastMonthOf(period: Period): Month {
  const { months } = frequencies[frequencyOf(period)];
  return periodOf(yearOf(period), numberInYear(period) * months);
}

/** The months of a period, each counted from 1 in its year. */
export function monthsOf(period: Period): number[] {
  const { months } = frequencies[frequencyOf(period)];
  return Array.from({ length: months }, (_, index) => (numberInYear(period) - 1) * months + index + 1);
}

/** The period before, of the same frequency. */
export function periodBefore(period: Period): Period {
  const [year, frequency, number] = [yearOf(period), frequencyOf(period), numberInYear(period)];
  return number > 1
    ? periodAt(year, frequency, number - 1)
    : periodAt(year - 1, frequency, 12 / frequencies[frequency].months);
}

/** The same period of the year before. */
export function yearBefore(period: Period): Period {
  return periodAt(yearOf(period) - 1, frequencyOf(period), numberInYear(period));
}

/** Whether a period is over when another one is: it ends no later. */
export function endsBy(period: Period, other: Period): boolean {
  return lastMonthOf(period) <= lastMonthOf(other);
}

/** The order of periods: by their last months; of those that end together the shorter comes first. */
export function comparePeriods(a: Period, b: Period): number {
  const [last, other] = [lastMonthOf(a), lastMonthOf(b)];
  if (last !== other) return last < other ? -1 : 1;
  return frequencies[frequencyOf(a)].months - frequencies[frequencyOf(b)].months;
}

/** The order in which periods stand beside each other in a table: months, then quarters, half-years, the year. */
export function compareColumns(a: Period, b: Period): number {
  const [size, other] = [a, b].map((period) => frequencies[frequencyOf(period)].months);
  return size! - other! || comparePeriods(a, b);
}

/** The last of periods; undefined if there are none. */
export function lastPeriodOf(periods: readonly Period[]): Period | undefined {
  // Of thousands of returns there are a dozen periods.
  return [...new Set(periods)].toSorted(comparePeriods).at(-1);
}

const quarters = ['一季度', '二季度', '三季度', '四季度'];
const halves = ['上半年', '下半年'];

/** The period as a person says it: `2023年3月`, `2023年第一季度`, `2023年上半年`, `2023年`. */
export function periodInWords(period: Period): string {
  const year = `${yearOf(period)}年`;
  const frequency = frequencyOf(period);
  if (frequency === 'year') return year;
  return frequency === 'quarter' ? `${year}第${periodInYear(period)}` : `${year}${periodInYear(period)}`;
}

/** The period where its year is known: `3月`, `一季度`, `上半年`, `全年`. */
export function periodInYear(period: Period): string {
  const number = numberInYear(period);
  switch (frequencyOf(period)) {
    case 'month':
      return `${number}月`;
    case 'quarter':
      return quarters[number - 1]!;
    case 'half-year':
      return halves[number - 1]!;
    case 'year':
      return '全年';
  }
}

/** What its return is called: `2023年3月月报`, `2023年第一季度季报`, `2023年上半年报`, `2023年年报`. */
export function returnInWords(period: Period): string {
  return `${periodInWords(period)}${reportBehind(period)}`;
}

/** What its return is called where its year is known: `3月月报`, `一季度季报`, `上半年报`, `年报`. */
export function returnInYear(period: Period): string {
  const isYear = frequencyOf(period) === 'year';
  return isYear ? frequencies.year.report : `${periodInYear(period)}${reportBehind(period)}`;
}

/** A half-year is not said twice. */
function reportBehind(period: Period): string {
  const frequency = frequencyOf(period);
  return frequency === 'half-year' ? '报' : frequencies[frequency].report;
}

/** The point in time of a date; throws a `RangeError` for an invalid one. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** The time zone of China, by which days are told where no catalogue says another. */
export const usualOffset = '+08:00';

/** A calendar day by its numbers, which may lie beyond the ends of their month or year. */
export function dayOf(year: number, month: number, day: number): Day {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10) as Day;
}

/** So many days later. */
export function daysAfter(day: Day, days: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return dayOf(year, month, date + days);
}

/** How many days one day comes after another; below zero where it comes before. */
export function daysBetween(day: Day, later: Day): number {
  return (Date.parse(later) - Date.parse(day)) / 86_400_000;
}

/** The days from which and to which a statistical period counts, both included. */
export interface Span {
  starts: Day;
  ends: Day;
}

/** The days of the calendar that a period has. */
export function calendarSpan(period: Period): Span {
  const year = yearOf(period);
  const [first, last] = [firstMonthOf(period), lastMonthOf(period)].map((month) => Number(month.slice(5)));
  return { starts: dayOf(year, first!, 1), ends: dayOf(year, last! + 1, 0) };
}

/** A day as a person says it: `2023年4月10日`. */
export function dayInWords(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

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
