import { areSame } from '../values/once-for-each.ts';
import type { YearState } from '../year/year-state.ts';

/**
 * What was made of a year as it stood before, for the next time: of most indicators there is as much when a return comes, and
 * what is made of that stays the same. Nothing is otherwise for it.
 */
export class Kept {
  private readonly found = new Map<string, unknown>();
  private readonly results = new Map<string, { things: readonly unknown[]; result: unknown }>();

  /** What was found last time, if that is like what is found now. */
  asBefore<Found>(name: string, now: Found, isAlike: (one: Found, other: Found) => boolean): Found {
    const before = this.found.get(name) as Found | undefined;
    if (before !== undefined && isAlike(before, now)) return before;
    this.found.set(name, now);
    return now;
  }

  /** What comes of these things, worked out anew only where one of them is not the very same as last time. */
  once<Result>(name: string, things: readonly unknown[], workOut: () => Result): Result {
    const known = this.results.get(name);
    if (known !== undefined && areSame(known.things, things)) return known.result as Result;
    const result = workOut();
    this.results.set(name, { things, result });
    return result;
  }
}

const keptBy = new WeakMap<YearState, Kept>();

/** What is kept for a state: nothing, unless it goes on from another. */
export function keptFor(state: YearState): Kept {
  const kept = keptBy.get(state) ?? new Kept();
  keptBy.set(state, kept);
  return kept;
}

/** Lets a state go on from what was kept for an earlier one of the same year, or of one department's part of it. */
export function goOnFrom(earlier: YearState, state: YearState): void {
  keptBy.set(state, keptFor(earlier));
}
