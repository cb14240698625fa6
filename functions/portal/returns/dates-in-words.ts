import { endOfDay, type Instant, localTime } from '../../../shared/core/catalogue/period.ts';
import type { ReturnState } from '../../../shared/core/year/year-state.ts';

/** A day as a person says it; the year only where it is not the one that the page is about. */
export function dayInWords(day: string, year: number): string {
  const [years, month, date] = day.split('-').map(Number);
  return `${years === year ? '' : `${years}年`}${month}月${date}日`;
}

/** A moment as a person says it; the time of day only where it is not the day's end. */
function momentInWords(instant: Instant, { year, utcOffset }: { year: number; utcOffset: string }): string {
  const [day = '', time = ''] = localTime(instant, utcOffset).split(' ');
  return `${dayInWords(day, year)}${endOfDay(day, utcOffset).slice(0, 16) === instant.slice(0, 16) ? '' : ` ${time}`}`;
}

type Deadlines = Pick<ReturnState, 'deadline' | 'extendedUntil'>;
interface YearContext {
  year: number;
  utcOffset: string;
}

/** Until when a return has to be there: `4月10日截止`, `延至4月20日`. */
export function deadlineInWords(deadlines: Deadlines, context: YearContext): string {
  const last = lastMomentInWords(deadlines, context);
  return isExtended(deadlines, context) ? `延至${last}` : `${last}截止`;
}

/** The last day or moment on which a return is in time, for the middle of a sentence. */
export function lastMomentInWords(deadlines: Deadlines, context: YearContext): string {
  return isExtended(deadlines, context)
    ? momentInWords(deadlines.extendedUntil, context)
    : dayInWords(deadlines.deadline.due, context.year);
}

/** Whether the office gave more time than the catalogue does. */
export function isExtended<D extends Deadlines>(
  deadlines: D,
  { utcOffset }: Pick<YearContext, 'utcOffset'>,
): deadlines is D & { extendedUntil: Instant } {
  return (deadlines.extendedUntil ?? '') > endOfDay(deadlines.deadline.due, utcOffset);
}

/** Whether an upload at this moment would be held because it comes too late. */
export function isAfterCutOff(
  { deadline, extendedUntil = '' }: Deadlines,
  now: Instant,
  utcOffset: string,
): boolean {
  return now > endOfDay(deadline.cutOff, utcOffset) && now > extendedUntil;
}
