import {
  type AdoptedCatalogues,
  type Adoption,
  adoptedCatalogues,
} from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { adoptionEvents, isBasis } from '../../../shared/core/ledger/adoptions.ts';
import { chainOf, isEvent, isUploadEvent, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { canonicalJson } from '../../../shared/core/values/digest.ts';
import { conversionProblems } from '../../../shared/core/year/reconciliation.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { catalogueKey, keptAdoptions, readCatalogueAnew } from '../stores/catalogue-store.ts';
import type { Fault } from './verify.ts';

/** Where a catalogue is had from by its hash: the documents, or a file that carries it. */
export type CatalogueOfHash = (hash: string) => Promise<Catalogue | undefined>;

/** The catalogues that the office's chain adopts, as far as they can be read; and what is wrong with their adoption. */
export async function verifyAdoptions(
  year: number,
  events: readonly LedgerEvent[],
  catalogueOfHash: CatalogueOfHash,
): Promise<{ adopted: AdoptedCatalogues | undefined; faults: Fault[] }> {
  const office = chainOf(year, 'office');
  const faults: Fault[] = [];
  const adoptions: Adoption[] = [];
  for (const event of adoptionEvents(events).filter(({ chain }) => chain === office)) {
    const { catalogue: hash, conversions, replaces } = event.happening;
    const fault = (explanation: string) => faults.push({ where: `${office}#${event.sequence}`, explanation });
    if (event.catalogue !== hash) fault('adopts another catalogue than it is recorded under');
    if (replaces !== (adoptions.at(-1)?.hash ?? null))
      fault('does not replace the catalogue that was in force');
    const catalogue = await catalogueOfHash(hash);
    if (catalogue === undefined || catalogue.year !== year) {
      faults.push({ where: catalogueKey(year, hash), explanation: 'was adopted, and is gone or was edited' });
      continue;
    }
    const adoption = { catalogue, hash, conversions };
    const problems = conversionProblems(adoption, adoptedCatalogues(adoptions));
    if (problems.length > 0) fault('does not state the conversions that its units need');
    adoptions.push(adoption);
  }
  return { adopted: adoptedCatalogues(adoptions), faults: [...faults, ...pinFaults(events, office)] };
}

/** Every event names a catalogue that was adopted; the office's own name the one that was in force then. */
function pinFaults(events: readonly LedgerEvent[], office: string): Fault[] {
  const adopted = new Set(adoptionEvents(events).map(({ happening }) => happening.catalogue as string));
  let inForce: string | undefined;
  const faults: Fault[] = [];
  for (const event of events.filter(({ chain }) => chain === office)) {
    if (isEvent(event, 'catalogue-adopted')) inForce = event.happening.catalogue;
    else if (event.catalogue !== inForce) {
      const explanation = 'is recorded under another catalogue than was in force';
      faults.push({ where: `${office}#${event.sequence}`, explanation });
    }
  }
  const strange = events.filter((event) => isUploadEvent(event) && !adopted.has(event.catalogue));
  const explanation = 'was read by a catalogue that was never adopted';
  return [
    ...faults,
    ...strange.map(({ chain, sequence }) => ({ where: `${chain}#${sequence}`, explanation })),
  ];
}

/** The copies of adoptions and baselines among the documents are those of the chain, no fewer and no other. */
export async function verifyAdoptionCopies(
  year: number,
  events: readonly LedgerEvent[],
  documents: DocumentsReader,
): Promise<Fault[]> {
  const own = events.filter(isBasis).filter(({ chain }) => chain === chainOf(year, 'office'));
  const copies = await keptAdoptions(year, documents);
  const differing = copies.filter(({ event }, index) => {
    const recorded = own[index];
    return !event || !recorded || canonicalJson(event) !== canonicalJson(recorded);
  });
  const missing = own.length > copies.length;
  return [
    ...differing.map(({ key }) => ({
      where: key,
      explanation: 'is not the adoption or baseline that the ledger has: it was edited',
    })),
    ...(missing
      ? [
          {
            where: `catalogues/${year}/adopted/`,
            explanation: 'lacks a copy of an adoption or baseline: it was removed, or never written',
          },
        ]
      : []),
  ];
}

/** The catalogue of a hash among the documents, read anew, if its file is to the byte what was kept. */
export function amongDocuments(year: number, documents: DocumentsReader): CatalogueOfHash {
  return async (hash) => {
    const catalogue = await readCatalogueAnew(year, hash, documents);
    const bytes = await documents.get(catalogueKey(year, hash));
    const isAsKept = catalogue && bytes && Buffer.compare(bytes, jsonFile(catalogue)) === 0;
    return isAsKept ? catalogue : undefined;
  };
}

/** A publication says of the adoptions before it what the ledger does, and was made under the last of them. */
export function verifyAdoptionsSaid(publication: Publication, events: readonly LedgerEvent[]): Fault[] {
  const office = chainOf(publication.year, 'office');
  const length = publication.chains.find(({ chain }) => chain === office)?.length ?? 0;
  const before = events.filter(({ chain, sequence }) => chain === office && sequence <= length);
  const recorded = adoptionEvents(before).map(({ at, by, happening: { catalogue, reason, conversions } }) => {
    return { catalogue, at, by, reason, conversions };
  });
  const isSame =
    canonicalJson(publication.adoptions) === canonicalJson(recorded) &&
    publication.catalogue === recorded.at(-1)?.catalogue;
  return isSame
    ? []
    : [
        {
          where: 'adoptions',
          explanation: 'are not those that the ledger has at the heads of the publication',
        },
      ];
}
