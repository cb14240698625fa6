import { endOfDay, type Instant, localTime } from '../catalogue/period.ts';
import type { Warning } from './warnings.ts';
import type { ReturnState, Revision, YearState } from './year-state.ts';

/** Where a return stands: what became of it, or, where nothing has come, what time it is. */
export type StandingKind = 'accepted' | 'held' | 'refused' | 'overdue' | 'due' | 'not-due';

/** A return's standing at a moment, as the matrix of returns and a department's own year show it. */
export interface Standing {
  kind: StandingKind;
  /** Whether its first accepted upload came after it was due. */
  late: boolean;
  /** Warnings that nobody has acknowledged. */
  openWarnings: number;
  /** Accepted revisions that do not count yet, and would if they were let in. */
  heldRevisions: number;
  /** Whether the newest upload of all was refused, although an earlier one counts. */
  lastRefused: boolean;
}

/**
 * Held revisions that would count if somebody decided so, newest first. One that is older than the revision that
 * counts would not: a later upload has taken its place.
 */
export function waitingRevisions({ revisions, counting }: ReturnState): Revision[] {
  return revisions
    .filter(({ standing, number }) => standing === 'held' && number > (counting?.number ?? 0))
    .toReversed();
}

/** The standing of a return; `warnings` are those of its year. */
export function standingOf(
  one: ReturnState,
  { warnings, now, utcOffset }: { warnings: readonly Warning[]; now: Instant; utcOffset: string },
): Standing {
  const { department, period, revisions, refusals } = one;
  const own = warnings.filter((warning) => warning.department === department.id && warning.period === period);
  const lastRefusal = refusals.at(-1)?.upload.uploadedAt ?? '';
  return {
    kind: kindOf(one, now, utcOffset),
    late: revisions[0]?.late ?? false,
    openWarnings: own.filter(({ acknowledged }) => acknowledged === null).length,
    heldRevisions: waitingRevisions(one).length,
    lastRefused: lastRefusal > (revisions.at(-1)?.upload.uploadedAt ?? ''),
  };
}

function kindOf(one: ReturnState, now: Instant, utcOffset: string): StandingKind {
  if (one.counting !== undefined) return 'accepted';
  if (one.revisions.length > 0) return 'held';
  if (one.refusals.length > 0) return 'refused';
  if (isOverdue(one, now, utcOffset)) return 'overdue';
  return localTime(now, utcOffset).slice(0, 7) > one.period ? 'due' : 'not-due';
}

/** Whether the day on which the return was due is over, and so is every extension. */
export function isOverdue(
  { deadline, extendedUntil = '' }: Pick<ReturnState, 'deadline' | 'extendedUntil'>,
  now: Instant,
  utcOffset: string,
): boolean {
  return now > endOfDay(deadline.due, utcOffset) && now > extendedUntil;
}

/** The returns of a year that have not come, or were refused, although they are overdue; the oldest first. */
export function overdueIn({ returns, catalogue }: YearState, now: Instant): ReturnState[] {
  return returns
    .filter(({ revisions }) => revisions.length === 0)
    .filter((one) => isOverdue(one, now, catalogue.utcOffset))
    .sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
}
