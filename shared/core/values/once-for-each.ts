/**
 * The same function, which works out once for each object what comes of it. What it is given never changes, and nobody
 * changes what was made of it: several pages and publications share one state of a year, and all observations of a
 * return its file.
 */
export function onceForEach<Given extends object, Result>(
  workOut: (given: Given) => Result,
): (given: Given) => Result {
  const known = new WeakMap<Given, Result>();
  return (given) => {
    const result = known.get(given) ?? workOut(given);
    known.set(given, result);
    return result;
  };
}

/**
 * The same for what is given by several things: worked out anew only where one of them is not the very same as the last time. It
 * is kept with the first of them, as long as that is used.
 */
export function onceForSame<Given, Result>(
  thingsOf: (given: Given) => readonly [object, ...unknown[]],
  workOut: (given: Given) => Result,
): (given: Given) => Result {
  const known = new WeakMap<object, { things: readonly unknown[]; result: Result }>();
  return (given) => {
    const things = thingsOf(given);
    const before = known.get(things[0]);
    if (before !== undefined && areSame(before.things, things)) return before.result;
    const result = workOut(given);
    known.set(things[0], { things, result });
    return result;
  };
}

/** Whether two lists have the very same items. */
export function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
