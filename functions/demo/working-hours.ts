import type { Catalogue, Deadline } from '../../shared/core/catalogue/catalogue.ts';
import { type Instant, instantOf } from '../../shared/core/catalogue/period.ts';
import type { Random } from './seeded-random.ts';

/** Public holidays on weekdays, and weekends worked for them, in the first ten days of the months of 2023 and 2024. */
const daysOff = [
  ...['2023-04-05', '2023-05-01', '2023-05-02', '2023-05-03'],
  ...['2023-10-02', '2023-10-03', '2023-10-04', '2023-10-05', '2023-10-06'],
  ...['2024-01-01', '2024-04-04', '2024-04-05', '2024-05-01', '2024-05-02', '2024-05-03', '2024-06-10'],
  ...['2024-10-01', '2024-10-02', '2024-10-03', '2024-10-04', '2024-10-07'],
];
const weekendsWorked = ['2023-05-06', '2023-10-07', '2023-10-08', '2024-02-04', '2024-04-07'];

/** The working days from the first of the month in which returns are due to the day they are due. */
export function workingDays({ due }: Deadline): string[] {
  const days = Array.from(
    { length: Number(due.slice(8)) },
    (_, index) => `${due.slice(0, 8)}${twoDigits(index + 1)}`,
  );
  return days.filter(isWorkingDay);
}

export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekendsWorked.includes(day) || (weekday >= 1 && weekday <= 5 && !daysOff.includes(day));
}

/** The day so many days later. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A moment of the day within office hours, morning or afternoon, in the catalogue's time zone. */
export function officeTime(random: Random, day: string, { utcOffset }: Catalogue): Instant {
  const hour = random.pick([9, 10, 11, 14, 15, 16, 17]);
  const clock = [hour, random.below(60), random.below(60)].map(twoDigits).join(':');
  const milliseconds = String(random.below(1000)).padStart(3, '0');
  return instantOf(new Date(`${day}T${clock}.${milliseconds}${utcOffset}`));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
