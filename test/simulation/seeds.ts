import type { Plant } from './actors.ts';
import { adoptionsOf } from './adoptions.ts';
import { baselinesOfSeed } from './baselines.ts';
import { problemsOf } from './checks.ts';
import { city } from './city-catalogues.ts';
import { historyOf, type Step } from './history.ts';
import { lastYearOfSeed } from './last-year.ts';
import { isSigning } from './signing.ts';
import { type SimulationOptions, seededFates, simulate } from './simulation.ts';
import { preparePool, type Which } from './small-city.ts';

export interface SeedOptions {
  /** Only these deliveries, such as `u3/1`; all if not given. */
  only?: readonly string[] | undefined;
  faultless?: boolean | undefined;
  plant?: Plant;
}

/** Plays the history of a seed and tells what is not as it must be. The same seed plays the same. */
export async function problemsOfSeed(
  seed: number,
  { only, faultless = false, plant = {} }: SeedOptions = {},
): Promise<string[]> {
  const steps = keeping(historyOf(seed), only);
  await preparePool(formsOf(steps));
  try {
    return await problemsOf(await simulate({ ...surroundingsOf(seed, { faultless }), steps, plant }));
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** What a seed is played in, whichever of its steps are left out. */
export function surroundingsOf(
  seed: number,
  { faultless = false } = {},
): Omit<SimulationOptions, 'steps' | 'plant'> {
  const moments = historyOf(seed)
    .filter((step) => !isSigning(step))
    .map(({ at }) => at);
  const lastYear = lastYearOfSeed(seed, moments);
  const baselines = lastYear.length === 0 ? baselinesOfSeed(seed, moments) : [];
  const adoptions = adoptionsOf(seed, moments);
  return { seed, catalogue: city, lastYear, baselines, adoptions, fates: seededFates(seed, { faultless }) };
}

/** The workbooks that are uploaded in these steps. */
export function formsOf(steps: readonly Step[]): Which[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'upload') return [];
    const { department = '', period = '', set, version, note } = step;
    return [{ set, version, department, period, note }];
  });
}

function keeping(steps: Step[], only: readonly string[] | undefined): Step[] {
  if (only === undefined) return steps;
  return steps
    .map((step) => ({
      ...step,
      deliveries: step.deliveries.filter(({ number }) => only.includes(`${step.id}/${number}`)),
    }))
    .filter(({ deliveries }) => deliveries.length > 0);
}

export interface Shrunk {
  only: string[];
  faultless: boolean;
  problems: string[];
}

/** Leaves out faults, and then deliveries, in ever smaller parts, as long as something is still wrong. */
export async function shrink(seed: number, plant: Plant = {}): Promise<Shrunk> {
  let only = historyOf(seed).flatMap(({ id, deliveries }) =>
    deliveries.map(({ number }) => `${id}/${number}`),
  );
  let problems = await problemsOfSeed(seed, { only, plant });
  const withoutFaults = await problemsOfSeed(seed, { only, faultless: true, plant });
  const faultless = withoutFaults.length > 0;
  if (faultless) problems = withoutFaults;
  for (let part = only.length >> 1; part >= 1; part = part === 1 ? 0 : (part + 1) >> 1) {
    for (let start = 0; start < only.length; ) {
      const fewer = only.toSpliced(start, part);
      const left = await problemsOfSeed(seed, { only: fewer, faultless, plant });
      if (left.length > 0) [only, problems] = [fewer, left];
      else start += part;
    }
  }
  return { only, faultless, problems };
}

/** A seed that failed, as few of its steps as still fail, and the command that plays them. */
export async function accountOf(seed: number, plant: Plant = {}): Promise<string> {
  const { only, faultless, problems } = await shrink(seed, plant);
  const command = `npm run simulate -- --from ${seed} --seeds 1 --only ${only.join(',')}${faultless ? ' --faultless' : ''}`;
  return [`seed ${seed} fails; to play it: ${command}`, ...problems.slice(0, 10)].join('\n  ');
}
