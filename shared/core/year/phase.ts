import { turningPoints } from '../catalogue/deadlines.ts';
import type { Instant } from '../catalogue/period.ts';
import { onceForEach } from '../values/once-for-each.ts';
import type { YearState } from './year-state.ts';

/**
 * How many of a year's turning points have passed at a moment: ends of periods, deadlines, cut-offs, ends of extensions.
 * Whatever is said of its returns by the time is the same as long as this is.
 */
export function phaseOf(state: YearState, now: Instant): number {
  return turningPointsIn(state).filter((moment) => moment < now).length;
}

const turningPointsIn = onceForEach(({ catalogue, returns }: YearState): Instant[] => {
  const periods = catalogue.periods.map((deadline) => ({ deadline, extendedUntil: undefined }));
  return [...new Set([...periods, ...returns].flatMap((limit) => turningPoints(limit, catalogue)))];
});
