import { expect, it } from 'vitest';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { twoYears } from '../fixtures/two-years.ts';

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
    year: 2023,
    publishedAt: '2023-02-05T01:00:00.000Z',
    publishedBy: 'tester',
    software: 'test',
  } as const;
  const { outcome, publication } = await publish(request, { ...store, ledger: slow });
  expect(outcome).toBe('unchanged');
  expect(publication.totals.find(({ indicator }) => indicator === 'cases')?.value).toBe('6');
});

it('never goes back to an older publication of last year than the publication before was compared with', async () => {
  const { last, present, ledger, documents } = await twoYears();
  const january = { period: '2024-01', uploadedAt: '2024-02-03T01:00:00.000Z' };
  await last.publish('2024-02-01T01:00:00.000Z');
  let meanwhile: Promise<unknown> | undefined;
  const slow: Ledger = {
    ...ledger,
    async read(chain) {
      if (chain !== '2024/office') return ledger.read(chain);
      meanwhile ??= (async () => {
        const december = { period: '2023-12', cases: '40', uploadedAt: '2024-02-02T01:00:00.000Z' };
        await last.submit({ ...december, note: '漏报' });
        await last.publish('2024-02-03T01:00:00.000Z');
        await present.submit({ ...january, cases: '30' });
        await present.publish('2024-02-04T01:00:00.000Z');
        await present.submit({ ...january, department: 'sfj2', cases: '31' });
      })();
      await meanwhile;
      return ledger.read(chain);
    },
  };
  const request = {
    year: 2024,
    publishedAt: '2024-02-05T01:00:00.000Z',
    publishedBy: 'tester',
    software: 'test',
  } as const;
  const { publication } = await publish(request, { ledger: slow, documents });
  expect(publication).toMatchObject({ number: 2, comparedWith: { year: 2023, number: 2 } });
});
