import type { Plant } from './actors.ts';

/** A planted fault must show within so many histories. */
const within = 100;

/**
 * The first problem of this kind in a program that has the fault, whose modules are loaded anew; looked for from the seed at
 * which it showed when this was written, so that no test plays histories that do not show it.
 */
export async function problemLike(
  kind: RegExp,
  { plant = {}, from = 1 }: { plant?: Plant; from?: number } = {},
): Promise<string | undefined> {
  const { problemsOfSeed } = await import('./seeds.ts');
  for (let seed = from; seed < from + within; seed++) {
    const found = (await problemsOfSeed(seed, { plant })).find((problem) => kind.test(problem));
    if (found !== undefined) return found;
  }
  return undefined;
}
