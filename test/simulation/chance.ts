import { type Random, seededRandom } from '../../functions/demo/seeded-random.ts';

/** The random numbers of one subject of a simulation: leaving out another subject does not change them. */
export function chanceOf(seed: number, subject: string): Random {
  return seededRandom(20_000, `${seed} ${subject}`);
}
