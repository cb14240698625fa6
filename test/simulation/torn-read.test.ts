import { expect, it } from 'vitest';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import { smallStore } from '../fixtures/small-store.ts';

/** The simulation found it: chains read side by side may tell of a publication, but not of what it counted. */
it('never publishes from less than the publication before, however slowly the chains are read', async () => {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  let meanwhile: Promise<unknown> | undefined;
  const slow: Ledger = {
    ...store.ledger,
    async read(chain) {
      if (!chain.endsWith('/office')) return store.ledger.read(chain);
      meanwhile ??= (async () => {
        await store.submit({ period: '2023-01', cases: '6', uploadedAt: '2023-02-04T01:00:00.000Z' });
        await store.publish('2023-02-05T01:00:00.000Z');
      })();
      await meanwhile;
      return store.ledger.read(chain);
    },
  };
  const request = {
    publishedAt: '2023-02-05T01:00:00.000Z',
    publishedBy: 'tester',
    software: 'test',
  } as const;
  const { outcome, publication } = await publish(request, { ...store, ledger: slow });
  expect(outcome).toBe('unchanged');
  expect(publication.totals.find(({ indicator }) => indicator === 'cases')?.value).toBe('6');
});
