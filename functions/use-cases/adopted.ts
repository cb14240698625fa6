import pMap from 'p-map';
import { type AdoptedCatalogues, adoptedCatalogues } from '../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { type Chain, chainOf, isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { DocumentsReader, LedgerReader } from '../../shared/core/ledger/ports.ts';
import { CatalogueGoneError, keptCatalogue, yearsWithCatalogues } from './stores/catalogue-store.ts';

/** A ledger, and the documents that its events name. */
export interface Store {
  ledger: LedgerReader;
  documents: Pick<DocumentsReader, 'get'>;
}

/** A year for which no catalogue has been adopted; nothing can be taken in or computed. */
export class NoCatalogueError extends Error {
  override readonly name = 'NoCatalogueError';
}

/** The office's chain of a year, and the catalogues that it adopted. */
export interface OfficeYear {
  year: number;
  office: readonly LedgerEvent[];
  adopted: AdoptedCatalogues;
}

/** The catalogues that these events adopt; undefined if they adopt none. */
export async function adoptedBy(
  year: number,
  office: readonly LedgerEvent[],
  documents: Store['documents'],
): Promise<AdoptedCatalogues | undefined> {
  const events = office.filter((event) => isEvent(event, 'catalogue-adopted'));
  const adoptions = await pMap(events, async ({ happening: { catalogue: hash, conversions } }) => {
    return { catalogue: await keptCatalogue(year, hash, documents), hash, conversions };
  });
  return adoptedCatalogues(adoptions);
}

/** The office's chain of a year as it is now; undefined if it has adopted no catalogue. */
export async function readOfficeYear(year: number, store: Store): Promise<OfficeYear | undefined> {
  const office = await store.ledger.read(chainOf(year, 'office'));
  const adopted = await adoptedBy(year, office, store.documents);
  return adopted && { year, office, adopted };
}

/** The same, where there must be one: throws a `NoCatalogueError`. */
export async function officeYear(year: number, store: Store): Promise<OfficeYear> {
  const found = await readOfficeYear(year, store);
  if (found !== undefined) return found;
  throw new NoCatalogueError(`no catalogue has been adopted for ${year}`);
}

/** The years in whose office's chain anything is recorded, newest first; a hundred reads, where documents cannot tell. */
export async function yearsInLedger(read: (chain: Chain) => Promise<readonly unknown[]>): Promise<number[]> {
  const years = Array.from({ length: 100 }, (_, index) => 2099 - index);
  const office = await pMap(years, (year) => read(chainOf(year, 'office')), { concurrency: 16 });
  return years.filter((_, index) => (office[index]?.length ?? 0) > 0);
}

/**
 * The catalogues in force, by year, in order of year. A year whose catalogue is gone or was edited is left out: whoever
 * reads it is told, and `verify` says so, but other years go on.
 */
export async function cataloguesInForce(
  store: Store & { documents: DocumentsReader },
): Promise<Map<number, Catalogue>> {
  const years = (await yearsWithCatalogues(store.documents)).sort((a, b) => a - b);
  const read = await pMap(years, (year) => unlessGone(readOfficeYear(year, store)));
  return new Map(
    read.flatMap((found) => (found === undefined ? [] : [[found.year, found.adopted.inForce.catalogue]])),
  );
}

async function unlessGone(read: Promise<OfficeYear | undefined>): Promise<OfficeYear | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CatalogueGoneError) return undefined;
    throw error;
  }
}
