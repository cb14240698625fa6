import pMap from 'p-map';
import type { AdoptedCatalogues } from '../../../shared/core/catalogue/adoption.ts';
import { type Chain, chainOf } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { chainsOfLastYear, chainsOfYear } from '../read-year.ts';
import { keptCatalogues } from '../stores/catalogue-store.ts';
import { amongDocuments, verifyAdoptionCopies, verifyAdoptions } from './adoptions.ts';
import { type Baselines, baselinesAmong, verifyBaselines, verifyBaselineWorkbooks } from './baselines.ts';
import { type Fault, fetching, legibleEvents } from './verify.ts';

/** The chains of a year as they stand in the store, whatever became of them. */
export type RawChains = ReadonlyMap<string, readonly unknown[]>;

/** A year as it stands in a store, unchecked: verification is for chains that cannot be read otherwise, too. */
export interface RawYear {
  year: number;
  chains: RawChains;
  lastYears: RawChains;
  /** The catalogues that the office's chain adopts, as far as they are there; undefined if it adopts none. */
  adopted: AdoptedCatalogues | undefined;
  /** Those of the year before, by which its figures are compared. */
  adoptedBefore: AdoptedCatalogues | undefined;
  /** What the office entered of the year before, as far as it is there. */
  baselines: Baselines;
  /** What is wrong with the adoptions and baselines. */
  faults: Fault[];
}

/** Where chains are read from unchecked, and the documents around them. */
export interface RawStore {
  rawEvents: (chain: Chain) => Promise<readonly unknown[]>;
  documents: DocumentsReader;
}

/**
 * Reads all chains of a year. Whose there are is told by the catalogues that were adopted, and by all that are kept for
 * the year, lest an office's chain that is gone hide those of departments.
 */
export async function readRawYear(year: number, { rawEvents, documents }: RawStore): Promise<RawYear> {
  const office = chainOf(year, 'office');
  const named = new Map([[office, await rawEvents(office)]]);
  const { adopted } = await verifyAdoptions(year, legibleEvents(named), amongDocuments(year, documents));
  const known = await chainsKnownOf(year, documents);
  const names = new Set([...(adopted === undefined ? [] : chainsOfYear(adopted)), ...known]);
  const read = async (wanted: readonly Chain[]) => {
    const events = await pMap(wanted, async (name) => named.get(name) ?? (await rawEvents(name)), fetching);
    return new Map(wanted.map((name, index) => [name, events[index] ?? []]));
  };
  const chains = await read([...names]);
  const events = legibleEvents(chains);
  const { faults } = await verifyAdoptions(year, events, amongDocuments(year, documents));
  const entered = await verifyBaselines(year, events, baselinesAmong(year, documents));
  const lastYears = await readLastYears(year, read);
  const before = await verifyAdoptions(
    year - 1,
    legibleEvents(lastYears),
    amongDocuments(year - 1, documents),
  );
  return {
    year,
    chains,
    lastYears,
    adopted,
    adoptedBefore: before.adopted,
    baselines: entered.baselines,
    faults: [
      ...faults,
      ...entered.faults,
      ...(await verifyBaselineWorkbooks(entered.baselines, documents)),
      ...(await verifyAdoptionCopies(year, events, documents)),
    ],
  };
}

async function readLastYears(
  year: number,
  read: (wanted: readonly Chain[]) => Promise<RawChains>,
): Promise<RawChains> {
  const office = legibleEvents(await read([chainOf(year - 1, 'office')]));
  return read(chainsOfLastYear(year, office));
}

/** Every chain that a catalogue which is kept for the year tells of, in force or not. */
export async function chainsKnownOf(year: number, documents: DocumentsReader): Promise<Chain[]> {
  const kept = await keptCatalogues(year, documents);
  const owners = kept.flatMap(({ departments }) => departments.map(({ id }) => id));
  return [...new Set([...owners, 'office', 'unaddressed'])].map((owner) => chainOf(year, owner));
}
