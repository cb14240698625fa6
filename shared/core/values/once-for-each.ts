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
