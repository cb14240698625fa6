import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { KeptFromLast, publish } from '../../functions/use-cases/publish/publish.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

type Store = ReturnType<typeof smallStore>;

/** Goes through a year as the seed has it, and publishes by `services` each time that something may be new. */
async function playYear(seed: number, store: Store, kept: KeptFromLast | undefined): Promise<string[]> {
  const random = seededRandom(seed, 'published again');
  const outcomes: string[] = [];
  for (let day = 1; day <= 8; day++) {
    const department = ['sfj', 'sfj2'][random.between(0, 1)]!;
    const period = `2023-0${random.between(1, 3)}`;
    const cases = String(random.between(-1, 9));
    const note = random.between(0, 1) === 0 ? '' : '漏报';
    if (random.between(0, 3) > 0) {
      await store.submit({ department, period, cases, note, uploadedAt: `2023-04-0${day}T01:00:00.000Z` });
    }
    const publishedAt = instantSchema.parse(`2023-04-0${day}T02:00:00.000Z`);
    const request = { year: 2023, publishedAt, publishedBy: '法制科', software: 'test' };
    const { outcome, publication } = await publish(request, { ...store, kept });
    outcomes.push(`${outcome} ${publication.number}`);
  }
  return outcomes;
}

const hashesOf = ({ files }: Store) => new Map([...files].map(([key, bytes]) => [key, sha256(bytes)]));

describe('publications that a process makes one after the other', () => {
  it.each([1, 2, 3].slice(0, casesTried(3, 1)))(
    'are, file by file, those of processes that each make one: seed %i',
    async (seed) => {
      const [stays, anew] = [smallStore(), smallStore()];
      const outcomes = await playYear(seed, stays, new KeptFromLast(stays));
      expect(outcomes).toEqual(await playYear(seed, anew, undefined));
      expect(new Set(outcomes).size).toBeGreaterThan(3);
      expect(hashesOf(stays)).toEqual(hashesOf(anew));
      expect([...stays.events]).toEqual([...anew.events]);
    },
  );

  it('go on from what another process published meanwhile', async () => {
    const store = smallStore();
    const kept = new KeptFromLast(store);
    const at = (day: number) => ({
      ...{ year: 2023, publishedBy: '法制科', software: 'test' },
      publishedAt: instantSchema.parse(`2023-04-0${day}T02:00:00.000Z`),
    });
    const hand = (cases: string, day: number) =>
      store.submit({ period: '2023-01', cases, note: '漏报', uploadedAt: `2023-04-0${day}T01:00:00.000Z` });
    await hand('5', 1);
    await publish(at(1), { ...store, kept });
    await hand('6', 2);
    await publish(at(2), store);
    await hand('7', 3);
    const { publication } = await publish(at(3), { ...store, kept });
    const [change] = publication.changes.figures;
    expect(publication.changes.since).toBe(2);
    expect([change?.before?.value, change?.after?.value]).toEqual(['6', '7']);
  });
});
