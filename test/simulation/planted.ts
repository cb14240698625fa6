import type { Plant } from './actors.ts';

/** A planted fault must show within so many histories. */
const within = 100;

/** The first problem of this kind in a program that has the fault; its modules are loaded anew. */
export async function problemLike(kind: RegExp, plant: Plant = {}): Promise<string | undefined> {
  const { problemsOfSeed } = await import('./seeds.ts');
  for (let seed = 1; seed <= within; seed++) {
    const found = (await problemsOfSeed(seed, { plant })).find((problem) => kind.test(problem));
    if (found !== undefined) return found;
  }
  return undefined;
}
