import { expect, it } from 'vitest';

import { historyOf } from './history.ts';
import { accountOf, problemsOfSeed } from './seeds.ts';
import { seededFates, simulate } from './simulation.ts';
import { city, preparePool } from './small-city.ts';

const seeds = 500;

it(`holds in the histories of ${seeds} seeds`, async () => {
  for (let seed = 1; seed <= seeds; seed++) {
    if ((await problemsOfSeed(seed)).length > 0) expect.fail(await accountOf(seed));
  }
}, 170_000);

/** Everything that is left of a seed, to compare. */
async function remains(seed: number): Promise<unknown> {
  const steps = historyOf(seed);
  const { ports, calls, faults } = await simulate({ seed, catalogue: city, steps, fates: seededFates(seed) });
  return { events: [...ports.events], files: [...ports.files.keys()], calls, faults };
}

it('plays a seed the same each time', async () => {
  await preparePool();
  for (const seed of [3, 75, 404]) expect(await remains(seed)).toEqual(await remains(seed));
  expect(await remains(3)).not.toEqual(await remains(4));
});

it('has in its histories all that can happen', async () => {
  await preparePool();
  const seen: Record<string, number> = {};
  const see = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  for (let seed = 1; seed <= 60; seed++) {
    const steps = historyOf(seed);
    const aftermath = await simulate({ seed, catalogue: city, steps, fates: seededFates(seed) });
    for (const event of [...aftermath.ports.events.values()].flat()) see(event.happening.kind);
    for (const step of steps) {
      if (step.deliveries.some(({ delay }) => delay >= 14 * 86_400_000)) see('two weeks late');
      if (step.deliveries.length === 5) see('delivered five times');
      if (step.kind === 'upload' && step.place === 'nothing') see('known by its form alone');
    }
    for (let fault = 0; fault < aftermath.faults; fault++) see('fault');
  }
  for (const what of [
    'return-accepted',
    'return-refused',
    'published',
    'deadline-extended',
    'return-admitted',
    'correction-explained',
    'warning-acknowledged',
    'two weeks late',
    'delivered five times',
    'known by its form alone',
    'fault',
  ]) {
    expect(seen[what] ?? 0, what).toBeGreaterThan(1);
  }
});
