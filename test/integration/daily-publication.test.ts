import { describe, expect, it } from 'vitest';
import { catchUp, lastRunBefore, publishDueYears } from '../../functions/local-server/daily-publication.ts';
import { KnownCatalogues } from '../../functions/use-cases/known-catalogues.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { smallStore } from '../fixtures/small-store.ts';

const april = '2023-04-05T01:00:00.000Z';

describe('the daily publication', () => {
  const runAt = '2023-04-04T18:30:00.000Z';

  function publishing(now: Instant) {
    const store = smallStore();
    const faults: unknown[] = [];
    const said: unknown[] = [];
    const services = {
      ledger: store.ledger,
      documents: store.documents,
      catalogues: new KnownCatalogues(store),
      now: () => now,
      software: 'test',
      reports: {
        fault: (_: string, error: unknown) => faults.push(error),
        done: (_: string, what: unknown) => said.push(what),
      },
    };
    const published = () =>
      [...store.events.values()].flat().filter(({ happening }) => happening.kind === 'published');
    return { store, services, faults, said, published };
  }

  it.each([
    ['before half past two', '2023-04-04T18:29:59.999Z', '2023-04-03T18:30:00.000Z'],
    ['at half past two', runAt, runAt],
    ['in the evening', '2023-04-05T15:00:00.000Z', runAt],
  ] as const)('was last due, %s, then', (_, now, last) => {
    expect(lastRunBefore(now, '+08:00')).toBe(last);
  });

  it('publishes a year once something is recorded, and again only when that changes', async () => {
    const { store, services, published, said, faults } = publishing(runAt);
    await publishDueYears(services);
    expect(published()).toEqual([]);
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    await publishDueYears(services);
    await publishDueYears(services);
    expect(published()).toMatchObject([{ by: '系统自动', at: runAt }]);
    expect(said).toEqual([
      { year: 2023, outcome: 'nothing recorded yet' },
      { year: 2023, outcome: 'published' },
      { year: 2023, outcome: 'unchanged' },
    ]);
    expect(faults).toEqual([]);
  });

  it('leaves years alone that are long over', async () => {
    const { store, services, published } = publishing('2025-04-04T18:30:00.000Z');
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    await publishDueYears(services);
    expect(published()).toEqual([]);
  });

  it.each([
    ['nothing was published yet', undefined, 1],
    ['the machine was off at half past two', '2023-04-04T18:29:00.000Z', 2],
    ['it ran today', '2023-04-04T18:30:01.000Z', 1],
  ])('at the start, if %s', async (_, publishedAt, publications) => {
    const { store, services, published } = publishing(april);
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    if (publishedAt !== undefined) await store.publish(publishedAt);
    await store.submit({ period: '2023-02', cases: '6', uploadedAt: '2023-03-03T01:00:00.000Z' });
    await catchUp(services);
    expect(published()).toHaveLength(publications);
  });

  it('at the start, leaves what was recorded since then to the next run', async () => {
    const { store, services, published } = publishing(april);
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-04-05T00:00:00.000Z' });
    await catchUp(services);
    expect(published()).toEqual([]);
  });

  it('reports a fault and goes on', async () => {
    const { store, services, faults } = publishing(runAt);
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    const broken = { ...services.documents, put: () => Promise.reject(new Error('the disk is full')) };
    await publishDueYears({ ...services, documents: broken });
    expect(faults).toMatchObject([{ message: 'the disk is full' }]);
  });
});
