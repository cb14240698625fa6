import { expect, it } from 'vitest';
import { readSummary } from '../../shared/publication/summary-json.ts';
import { isThorough } from '../fixtures/thoroughness.ts';
import { problemsOf } from './checks.ts';
import { ownChains } from './comparison-checks.ts';
import { historyOf } from './history.ts';
import { accountOf, formsOf, problemsOfSeed, surroundingsOf } from './seeds.ts';
import { type Aftermath, simulate } from './simulation.ts';
import { preparePool } from './small-city.ts';

/** With each change the fewest in a row in which all happens that can. */
const [first, last] = isThorough ? ([1, 150] as const) : ([23, 51] as const);

/** Played twice. */
const again = isThorough ? [3, 75, 404] : [75];

/** Everything that is left of a seed, to compare. */
async function remains(seed: number): Promise<unknown> {
  const steps = historyOf(seed);
  const { ports, calls, faults } = await simulate({ ...surroundingsOf(seed), steps });
  return { events: [...ports.events], files: [...ports.files.keys()], calls, faults };
}

it('plays a seed the same each time', async () => {
  for (const seed of [3, 4, ...again]) await preparePool(formsOf(historyOf(seed)));
  for (const seed of again) expect(await remains(seed)).toEqual(await remains(seed));
  expect(await remains(3)).not.toEqual(await remains(4));
});

it.each([[41_925, 'last year is corrected, and says the same beside this one']])(
  'holds in seed %i: %s',
  async (seed) => {
    expect(await problemsOfSeed(seed)).toEqual([]);
  },
);

/** The rules of what any publication warned of, and how that was answered. */
function rulesOfWarnings({ ports }: Aftermath): Set<string> {
  const summaries = [...ports.files].filter(([key]) => key.endsWith('/summary.json'));
  return new Set(
    summaries.flatMap(([, bytes]) =>
      readSummary(bytes)!.warnings.flatMap(({ finding, acknowledged }) => [
        finding.rule,
        ...(acknowledged === null ? [] : [`answered by ${acknowledged.as}`]),
      ]),
    ),
  );
}

it(`holds in the histories of the seeds from ${first} to ${last}, which have in them all that can happen`, async () => {
  const seen: Record<string, number> = {};
  const see = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  for (let seed = first; seed <= last; seed++) {
    const steps = historyOf(seed);
    await preparePool(formsOf(steps));
    const aftermath = await simulate({ ...surroundingsOf(seed), steps });
    if ((await problemsOf(aftermath)).length > 0) expect.fail(await accountOf(seed));
    for (const event of [...ownChains(aftermath).values()].flat()) see(event.happening.kind);
    const published = aftermath.ports.events.get('2022/office') ?? [];
    see(
      `adopted ${(aftermath.ports.events.get('2023/office') ?? []).filter((event) => event.happening.kind === 'catalogue-adopted').length} times`,
    );
    see(`last year published ${published.length} times`);
    for (const rule of rulesOfWarnings(aftermath)) see(rule);
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
    'admission-declined',
    'question-asked',
    'question-answered',
    'question-insisted',
    'question-closed',
    'publication-issued',
    'scan-filed',
    'return-agreed',
    'return-disagreed',
    'catalogue-adopted',
    'adopted 4 times',
    'figures-not-counted',
    'figures-asked-since',
    'two weeks late',
    'delivered five times',
    'known by its form alone',
    'fault',
    'last year published 0 times',
    'last year published 1 times',
    'last year published 2 times',
    'outlier',
    'unit-slip',
    'nothing-after-steady',
    'rule-fleet',
    'rule-posts',
    'answered by remark',
    'answered by legal-office',
  ]) {
    expect(seen[what] ?? 0, what).toBeGreaterThan(isThorough ? 1 : 0);
  }
});
