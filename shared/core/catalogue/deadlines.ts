import { type Catalogue, type Deadline, spanOf } from './catalogue.ts';
import { comparePeriods, type Day, endOfDay, type Instant, localDay } from './period.ts';

/**
 * Until when a return is in time: the days of the catalogue, in its time zone, and until when the legal office has
 * put them off. Whatever is late, overdue, held or extended is so by the functions of this module.
 */
export interface TimeLimit {
  deadline: Deadline;
  /** Undefined if the office has extended nothing. */
  extendedUntil: Instant | undefined;
}

type Zone = Pick<Catalogue, 'utcOffset'>;

function isAfter(at: Instant, day: Day, { extendedUntil }: TimeLimit, { utcOffset }: Zone): boolean {
  return at > endOfDay(day, utcOffset) && at > (extendedUntil ?? '');
}

/** Whether a return that is handed in at this moment is late (迟报). */
export function isLate(at: Instant, limit: TimeLimit, zone: Zone): boolean {
  return isAfter(at, limit.deadline.due, limit, zone);
}

/** Whether a return that is handed in at this moment is held until the legal office lets it in (暂存). */
export function isAfterCutOff(at: Instant, limit: TimeLimit, zone: Zone): boolean {
  return isAfter(at, limit.deadline.cutOff, limit, zone);
}

/** Whether a return that has not come by now is overdue (逾期): one that came now would be late. */
export function isOverdue(limit: TimeLimit, now: Instant, zone: Zone): boolean {
  return isLate(now, limit, zone);
}

/** Whether the office gave more time than the catalogue does. */
export function isExtended<L extends TimeLimit>(
  limit: L,
  { utcOffset }: Zone,
): limit is L & { extendedUntil: Instant } {
  return (limit.extendedUntil ?? '') > endOfDay(limit.deadline.due, utcOffset);
}

/** Whether an extension to the end of a day would give more time than there is. */
export function wouldExtend(until: Day, limit: TimeLimit, { utcOffset }: Zone): boolean {
  const end = endOfDay(until, utcOffset);
  return until > limit.deadline.due && end > (limit.extendedUntil ?? '');
}

/** The order in which returns are due; of two on one day by their periods. */
export function compareDue(a: Deadline, b: Deadline): number {
  if (a.due !== b.due) return a.due < b.due ? -1 : 1;
  return comparePeriods(a.period, b.period);
}

/** The last moment at which the return is in time. */
export function lastMoment(limit: TimeLimit, zone: Zone): Instant {
  return isExtended(limit, zone) ? limit.extendedUntil : endOfDay(limit.deadline.due, zone.utcOffset);
}

/** The last day on which the return is in time. */
export function lastDay(limit: TimeLimit, zone: Zone): Day {
  return localDay(lastMoment(limit, zone), zone.utcOffset);
}

/** That day as it is written: `2023-04-10`, `2023-04-20（已延期）`. */
export function lastDayInWords(limit: TimeLimit, zone: Zone): string {
  return `${lastDay(limit, zone)}${isExtended(limit, zone) ? '（已延期）' : ''}`;
}

/** Whether the period itself is over, so that its return may be made. */
export function isOver(
  deadline: Pick<Deadline, 'period' | 'starts' | 'ends'>,
  now: Instant,
  zone: Zone,
): boolean {
  return now > endOfDay(spanOf(deadline).ends, zone.utcOffset);
}

/** The moments after which something that this module tells of a return is another; between two of them nothing is. */
export function turningPoints({ deadline, extendedUntil }: TimeLimit, { utcOffset }: Zone): Instant[] {
  const days = [spanOf(deadline).ends, deadline.due, deadline.cutOff];
  const ends = days.map((day) => endOfDay(day, utcOffset));
  return extendedUntil === undefined ? ends : [...ends, extendedUntil];
}

/** Where a period stands for everybody, extensions apart. */
export type Stage = 'not-due' | 'due' | 'past-due' | 'cut-off';

export function stageOf(deadline: Deadline, now: Instant, zone: Zone): Stage {
  const limit = { deadline, extendedUntil: undefined };
  if (!isOver(deadline, now, zone)) return 'not-due';
  if (!isLate(now, limit, zone)) return 'due';
  return isAfterCutOff(now, limit, zone) ? 'cut-off' : 'past-due';
}
