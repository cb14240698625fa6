import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { hashOfEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { acceptedEvent } from '../fixtures/events.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { livedInStore } from '../fixtures/small-store.ts';

type Chains = Map<string, unknown[]>;

/** The documents with one of them replaced, or gone. */
function withDocument(documents: Documents, key: string, bytes: Uint8Array | undefined): Documents {
  return {
    ...documents,
    get: async (wanted) => (wanted === key ? bytes : documents.get(wanted)),
    list: async (prefix) => {
      const others = (await documents.list(prefix)).filter((document) => document.key !== key);
      return bytes !== undefined && key.startsWith(prefix)
        ? [...others, { key, size: bytes.length }]
        : others;
    },
  };
}

describe('verification', () => {
  let chains: Map<string, LedgerEvent[]>;
  let documents: Documents;

  beforeAll(async () => {
    ({ chains, documents } = await livedInStore());
  });

  const faultsOf = async (changed: Chains, around = documents) =>
    (await verifyStore(await rawYearIn(changed, around), around)).faults;

  function changed(change: (events: LedgerEvent[]) => unknown[], chain = '2023/sfj'): Chains {
    return new Map(chains).set(chain, change(structuredClone(chains.get(chain) ?? [])) as LedgerEvent[]);
  }

  it('finds nothing wrong with what nobody touched', async () => {
    expect(await faultsOf(chains)).toEqual([]);
    expect(chains.get('2023/sfj')).toHaveLength(5);
    expect(chains.get('2023/office')).toHaveLength(3);
  });

  const tamperings: { what: string; change: (events: LedgerEvent[]) => unknown[]; said: RegExp }[] = [
    { what: 'an edited figure', change: (events) => edit(events, 0), said: /edited/ },
    {
      what: 'an edited figure with its hash made to fit',
      change: (events) => {
        edit(events, 0);
        return events.map((event, index) => (index === 0 ? { ...event, hash: hashOfEvent(event) } : event));
      },
      said: /does not follow/,
    },
    {
      what: 'a removed event',
      change: ([first, , ...rest]) => [first, ...rest],
      said: /removed, inserted or moved/,
    },
    {
      what: 'an inserted event',
      change: (events) => [acceptedEvent([], '99'), ...events],
      said: /removed, inserted or moved/,
    },
    {
      what: 'two events in each other’s place',
      change: ([a, b, ...rest]) => [b, a, ...rest],
      said: /removed, inserted or moved/,
    },
    {
      what: 'a tail cut off that a publication saw',
      change: (events) => events.slice(0, 2),
      said: /cut off/,
    },
    {
      what: 'a tail cut off after the last publication',
      change: (events) => events.slice(0, -1),
      said: /cut off/,
    },
    { what: 'a whole chain gone', change: () => [], said: /cut off/ },
    {
      what: 'an event that is no event',
      change: ([, ...rest]) => ['x', ...rest],
      said: /not a ledger event/,
    },
    {
      what: 'a last event replaced by another sound one',
      change: (events) => [...events.slice(0, -1), acceptedEvent(events.slice(0, -1), '80')],
      said: /another than the one known/,
    },
  ];

  it.each(tamperings)('finds $what', async ({ change, said }) => {
    const explanations = (await faultsOf(changed(change))).map(({ explanation }) => explanation);
    expect(explanations.join('\n')).toMatch(said);
  });

  it('finds a publication struck from the office’s chain', async () => {
    const faults = await faultsOf(changed((events) => events.slice(0, -1), '2023/office'));
    expect(faults).toContainEqual(
      expect.objectContaining({ explanation: expect.stringContaining('the ledger knows no publication 2') }),
    );
  });

  it('finds an edited byte anywhere in any file of a publication, and names the file', async () => {
    const random = seededRandom(1, 'bytes');
    for (const { key } of await documents.list('publications/2023/')) {
      const original = (await documents.get(key))!;
      for (let round = 0; round < 6; round++) {
        const edited = original.slice();
        edited[random.between(0, edited.length - 1)]! ^= 1 << random.between(0, 7);
        const faults = await faultsOf(chains, withDocument(documents, key, edited));
        expect(faults.map(({ where }) => where)).toContain(key);
      }
      const missing = await faultsOf(chains, withDocument(documents, key, undefined));
      expect(missing.length).toBeGreaterThan(0);
    }
  });

  it('finds an original that was edited, one that is gone, and one that was never recorded', async () => {
    const key = (await documents.list('uploads/'))[0]!.key;
    for (const bytes of [new Uint8Array([1, 2, 3]), undefined]) {
      const faults = await faultsOf(chains, withDocument(documents, key, bytes));
      expect(faults.map(({ where }) => where)).toContain(key);
    }
    const stray = 'uploads/sfj/2023-05/0000/x.xlsx';
    const faults = await faultsOf(chains, withDocument(documents, stray, new Uint8Array([1])));
    expect(faults).toEqual([{ where: stray, explanation: 'is there but not recorded in the ledger' }]);
  });

  it('finds a file added to a publication', async () => {
    const added = 'publications/2023/0001/extra.txt';
    const faults = await faultsOf(chains, withDocument(documents, added, new Uint8Array([1])));
    expect(faults).toEqual([{ where: added, explanation: 'is not in the manifest' }]);
  });
});

function edit(events: LedgerEvent[], index: number): LedgerEvent[] {
  const happening = events[index]?.happening;
  if (happening?.kind === 'return-accepted') Object.assign(happening.observations[0]!, { value: '1000' });
  return events;
}
