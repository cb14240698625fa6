import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/portal/routes.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { addressFor } from '../fixtures/route-addresses.ts';
import { smallStore } from '../fixtures/small-store.ts';

/** What every object answers to, whatever it is a table of. */
const inherited = ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'];
/** What a page shows that took one of them for an entry. */
const tellTale = /native code|function \w*\(|\[object \w+\]|undefined/;

const store = smallStore();
const portal = openPortal(store, { now: '2023-04-05T01:00:00.000Z' });
const places: Record<string, string> = {};
let people: PortalUser[];

beforeAll(async () => {
  const { event } = await store.submit({
    period: '2023-01',
    cases: '3',
    uploadedAt: '2023-02-01T00:00:00.000Z',
  });
  places.upload = uploadId(event.happening.upload);
  await store.publish('2023-03-01T00:00:00.000Z');
  people = await Promise.all([portal.as('department:sfj'), portal.as('legal-office')]);
});

/** Whether an answer, whoever gets it, is one that was meant. */
async function faultsAt(address: string): Promise<string[]> {
  const faults: string[] = [];
  for (const person of people) {
    const answer = await person.get(address);
    const said =
      tellTale.exec(await answer.text())?.[0] ?? answer.headers.get('location')?.match(tellTale)?.[0];
    if (answer.status >= 500 || said !== undefined) faults.push(`${answer.status} ${address}: ${said}`);
  }
  return faults;
}

const asked = routes.filter(({ method }) => method === 'GET');
const named = asked.flatMap(({ path, query }) =>
  Object.keys(query.shape).map((name) => [path, name] as const),
);
const parts = asked.flatMap(({ path }) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [path, name] as const),
);

describe('a word that every object knows is no entry of a table', () => {
  it('in all the queries and addresses that there are', () => {
    expect(named.length).toBeGreaterThan(40);
    expect(parts.length).toBeGreaterThan(60);
  });

  it.each(named)('%s?%s=', async (path, name) => {
    const faults = await Promise.all(
      inherited.map((word) => faultsAt(`${addressFor(path, places)}?${name}=${word}`)),
    );
    expect(faults.flat()).toEqual([]);
  });

  it.each(parts)('%s with such a word as its :%s', async (path, name) => {
    const faults = await Promise.all(
      inherited.map((word) => faultsAt(addressFor(path, { ...places, [name]: word }))),
    );
    expect(faults.flat()).toEqual([]);
  });

  it.each(inherited)('and %s is no query of any page', async (word) => {
    const faults = await Promise.all(
      asked.map(({ path }) => faultsAt(`${addressFor(path, places)}?${word}=1`)),
    );
    expect(faults.flat()).toEqual([]);
  });
});
