import type { YearState } from './year-state.ts';

/**
 * The same function, which works out once for each state what comes of it. A state never changes, and nobody changes
 * what was made of it: several pages and publications share one.
 */
export function onceForState<Result extends object>(
  workOut: (state: YearState) => Result,
): (state: YearState) => Result {
  const known = new WeakMap<YearState, Result>();
  return (state) => {
    const result = known.get(state) ?? workOut(state);
    known.set(state, result);
    return result;
  };
}
