import { expect, it } from 'vitest';
import { adopt } from '../../functions/use-cases/adopt.ts';
import { KnownCatalogues } from '../../functions/use-cases/known-catalogues.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const earlier = smallCatalogue.title;
const later = '改了名的指标目录';

/** Adopts another catalogue while one that was begun before is still being read, and another reading is begun after it. */
async function readAroundAnAdoption() {
  const { ledger, documents } = smallStore();
  const held: PromiseWithResolvers<void>[] = [];
  const reader: LedgerReader = {
    async read(chain) {
      const events = await ledger.read(chain);
      const hold = Promise.withResolvers<void>();
      held.push(hold);
      await hold.promise;
      return events;
    },
  };
  const known = new KnownCatalogues({ ledger: reader, documents });
  const before = known.read();
  await expect.poll(() => held.length).toBe(1);
  const replaces = catalogueHash(smallCatalogue);
  const renamed = {
    catalogue: { ...smallCatalogue, title: later },
    conversions: [],
    reason: '改名',
    replaces,
  };
  await adopt({ ...renamed, at: '2023-01-02T00:00:00.000Z', by: '法制机构' }, { ledger, documents });
  const after = known.readAnew();
  await expect.poll(() => held.length).toBe(2);
  return {
    known,
    reading: { before, after },
    end: { before: () => held[0]!.resolve(), after: () => held[1]!.resolve() },
    fail: { after: () => held[1]!.reject(new Error('the disk is gone')) },
  };
}

function titleIn(catalogues: KnownCatalogues['last']): string | undefined {
  return catalogues.get(2023)?.title;
}

it.each([
  ['before', 'after'],
  ['after', 'before'],
] as const)(
  'catalogues are known as they were when last asked for: first the reading from %s an adoption ends',
  async (first, second) => {
    const { known, reading, end } = await readAroundAnAdoption();
    end[first]();
    await reading[first];
    end[second]();
    expect(titleIn(await reading[second])).toBe(later);
    expect(titleIn(known.last)).toBe(later);
    expect(titleIn(await known.read())).toBe(later);
  },
);

it('catalogues are known as an earlier reading has them where a later one failed', async () => {
  const { known, reading, end, fail } = await readAroundAnAdoption();
  fail.after();
  await expect(reading.after).rejects.toThrow('the disk is gone');
  end.before();
  expect(titleIn(await reading.before)).toBe(earlier);
  expect(titleIn(known.last)).toBe(earlier);
});
