import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultInWords } from '../../functions/portal/verification/fault-words.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { hashOfEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { openPage, textOf } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { copyOfStore, smallStore } from '../fixtures/small-store.ts';

type Store = ReturnType<typeof smallStore>;

const office = '2023/office';
const kept = `catalogues/2023/${catalogueHash(smallCatalogue)}.json`;
const copy = 'catalogues/2023/adopted/0001.json';

let base: Store;

beforeAll(async () => {
  base = smallStore();
  await base.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await base.publish('2023-02-10T01:00:00.000Z');
});

/** The office's chain with its adoption changed, and every hash from there on made to fit. */
function readopt({ events }: Store, change: (adoption: LedgerEvent) => LedgerEvent): void {
  const chain = events.get(office) ?? [];
  const forged: LedgerEvent[] = [];
  for (const [index, event] of chain.entries()) {
    const previous = forged.at(-1)?.hash ?? event.previous;
    const anew = { ...(index === 0 ? change(event) : event), previous };
    forged.push({ ...anew, hash: hashOfEvent(anew) });
  }
  events.set(office, forged);
}

/** What somebody may change about an adoption, and where that is found, among other places. */
const tamperings: { what: string; tamper: (store: Store) => void; where: string }[] = [
  { what: 'the catalogue is gone', tamper: ({ files }) => files.delete(kept), where: kept },
  {
    what: 'the catalogue says something else',
    tamper: ({ files }) => files.set(kept, jsonFile({ ...smallCatalogue, title: '另一份目录' })),
    where: kept,
  },
  { what: 'the copy of the adoption is gone', tamper: ({ files }) => files.delete(copy), where: 'adopted/' },
  {
    what: 'the copy of the adoption is another',
    tamper: ({ files, events }) => files.set(copy, jsonFile({ ...events.get(office)![0]!, by: '别人' })),
    where: copy,
  },
  {
    what: 'there is a copy of an adoption that never was',
    tamper: ({ files }) => files.set('catalogues/2023/adopted/0002.json', files.get(copy)!),
    where: 'adopted/0002.json',
  },
  {
    what: 'the adoption has another reason',
    tamper: (store) =>
      readopt(store, (event) => ({
        ...event,
        happening: { ...event.happening, reason: '别的' } as LedgerEvent['happening'],
      })),
    where: office,
  },
  {
    what: 'the adoption says that it replaces another',
    tamper: (store) =>
      readopt(store, (event) => ({
        ...event,
        happening: { ...event.happening, replaces: sha256('x') } as LedgerEvent['happening'],
      })),
    where: `${office}#1`,
  },
  {
    what: 'the adoption is recorded under another catalogue',
    tamper: (store) => readopt(store, (event) => ({ ...event, catalogue: sha256('x') })),
    where: `${office}#1`,
  },
];

describe('verification of what was adopted', () => {
  it('finds nothing wrong with what nobody touched', async () => {
    const { faults } = await verifyStore(await rawYearIn(base.events, base.documents), base.documents);
    expect(faults).toEqual([]);
  });

  it.each(tamperings)('finds that $what, and has Chinese words for it', async ({ tamper, where }) => {
    const store = copyOfStore(base);
    tamper(store);
    const { faults } = await verifyStore(await rawYearIn(store.events, store.documents), store.documents);
    expect(faults.filter((fault) => fault.where.endsWith(where))).not.toEqual([]);
    const explanations = faults.map(({ explanation }) => explanation);
    expect(explanations.filter((explanation) => faultInWords(explanation) === undefined)).toEqual([]);
  });

  it.each(tamperings)('says so on the page, although $what', async ({ tamper }) => {
    const store = copyOfStore(base);
    tamper(store);
    const auditor = await openPortal(store, { now: '2023-05-05T02:00:00.000Z' }).as('auditor');
    const answer = await auditor.post('/2023/verification');
    expect(answer.status).toBe(200);
    const page = openPage(await answer.text());
    expect(textOf(within(page).getByRole('alert'))).toMatch(/^发现 \d+ 处问题。/);
  });
});
