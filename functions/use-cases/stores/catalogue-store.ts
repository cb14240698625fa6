import { type Catalogue, catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import { readCatalogue } from '../../../shared/core/catalogue/checks.ts';
import { yearSchema } from '../../../shared/core/catalogue/period.ts';
import { type BasisEvent, isBasis } from '../../../shared/core/ledger/adoptions.ts';
import { type LedgerEvent, ledgerEventSchema } from '../../../shared/core/ledger/event.ts';
import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Sha256, sha256 } from '../../../shared/core/values/digest.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { keepOnce } from './put-once.ts';

const top = 'catalogues/';

/** Where all lies that a year rests on: its catalogues, copies of what the office adopted and recorded, baselines. */
export function catalogueFolder(year: number): string {
  return `${top}${year}/`;
}

/** Where a year's catalogue is kept, by its hash. */
export function catalogueKey(year: number, hash: string): string {
  return `${catalogueFolder(year)}${hash}.json`;
}

/** Where a copy of a year's nth adoption or baseline is kept, by which a lost ledger can be begun anew. */
function adoptionKey(year: number, number: number): string {
  return `${catalogueFolder(year)}adopted/${String(number).padStart(4, '0')}.json`;
}

/** A catalogue that an event names is not among the documents as it was adopted. */
export class CatalogueGoneError extends Error {
  override readonly name = 'CatalogueGoneError';
}

/** Keeps a catalogue among the documents before an event names it. */
export async function keepCatalogue(catalogue: Catalogue, documents: Documents): Promise<Sha256> {
  const hash = catalogueHash(catalogue);
  await keepOnce(catalogueKey(catalogue.year, hash), jsonFile(catalogue), documents);
  return hash;
}

/** The catalogue that is kept under a hash, read anew; undefined if it is gone or is another. */
export async function readCatalogueAnew(
  year: number,
  hash: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Catalogue | undefined> {
  const bytes = await documents.get(catalogueKey(year, hash));
  const catalogue = bytes && catalogueIn(bytes);
  return catalogue !== undefined && catalogueHash(catalogue) === hash ? catalogue : undefined;
}

/** So many catalogues are remembered by what their files say, which takes some milliseconds to make out. */
const mostRemembered = 64;
const remembered = new Map<Sha256, Catalogue>();

function catalogueIn(bytes: Uint8Array): Catalogue | undefined {
  const contents = sha256(bytes);
  const known = remembered.get(contents);
  if (known !== undefined) return known;
  const reading = readCatalogue(parseJson(bytes));
  if (reading.kind !== 'catalogue') return undefined;
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(contents, reading.catalogue);
  return reading.catalogue;
}

/** Catalogues never change under their hash, so that what a process has read of a store once it need not read again. */
const read = new WeakMap<object, Map<string, Catalogue>>();

/** The catalogue that is kept under a hash. Throws `CatalogueGoneError` if it is gone or is another. */
export async function keptCatalogue(
  year: number,
  hash: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Catalogue> {
  const known = read.get(documents) ?? new Map<string, Catalogue>();
  read.set(documents, known);
  const catalogue = known.get(hash) ?? (await readCatalogueAnew(year, hash, documents));
  if (catalogue === undefined) {
    throw new CatalogueGoneError(`${catalogueKey(year, hash)} was adopted, and is gone or was edited`);
  }
  known.set(hash, catalogue);
  return catalogue;
}

/** Every catalogue that is kept for a year and can be read, adopted or not. */
export async function keptCatalogues(year: number, documents: DocumentsReader): Promise<Catalogue[]> {
  const keys = (await documents.list(catalogueFolder(year))).map(({ key }) => key);
  const hashes = keys.map((key) => /^catalogues\/[0-9]{4}\/([0-9a-f]{64})\.json$/.exec(key)?.[1]);
  const found = await Promise.all(
    hashes.map((hash) => (hash === undefined ? undefined : readCatalogueAnew(year, hash, documents))),
  );
  return found.filter((catalogue) => catalogue !== undefined);
}

/** The years of which some catalogue is kept, adopted or not. */
export async function yearsWithCatalogues(documents: Pick<DocumentsReader, 'list'>): Promise<number[]> {
  const years = (await documents.list(top)).map(({ key }) => Number(key.slice(top.length).split('/')[0]));
  return [...new Set(years)].filter((year) => yearSchema.safeParse(year).success);
}

/** Keeps copies of the adoptions and baselines of a year, in order, from its office's chain. */
export async function keepAdoptions(events: readonly LedgerEvent[], documents: Documents): Promise<void> {
  for (const [index, event] of events.filter(isBasis).entries()) {
    const key = adoptionKey(Number(event.chain.slice(0, 4)), index + 1);
    await documents.put(key, jsonFile(event), { ifAbsent: true });
  }
}

/** The copies that are kept of a year's adoptions and baselines, in order; undefined in place of one that cannot be read. */
export async function keptAdoptions(
  year: number,
  documents: DocumentsReader,
): Promise<{ key: string; event: BasisEvent | undefined }[]> {
  const keys = (await documents.list(`${catalogueFolder(year)}adopted/`)).map(({ key }) => key);
  return Promise.all(
    keys.map(async (key) => {
      const bytes = await documents.get(key);
      const event = bytes && ledgerEventSchema.safeParse(parseJson(bytes)).data;
      return { key, event: event && isBasis(event) ? event : undefined };
    }),
  );
}
