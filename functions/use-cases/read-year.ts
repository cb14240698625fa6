import { type AdoptedCatalogues, adoptedWith } from '../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import { countedUploads } from '../../shared/core/ledger/counted.ts';
import {
  type Chain,
  type ChainHead,
  chainOf,
  headOf,
  isEvent,
  type LedgerEvent,
} from '../../shared/core/ledger/event.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import type { Sha256 } from '../../shared/core/values/digest.ts';
import { lastYearFromBaseline, type RecordedBaseline } from '../../shared/core/year/baseline-year.ts';
import { lastYearOf, newestPublication } from '../../shared/core/year/last-year.ts';
import {
  foldYear,
  type LastYear,
  type YearState,
  yearOfDepartment,
} from '../../shared/core/year/year-state.ts';
import { adoptedBy, NoCatalogueError, type OfficeYear, readOfficeYear, type Store } from './adopted.ts';
import { recordedBaseline } from './baselines.ts';

/** The departments of all catalogues that were adopted for a year, those of the one in force first. */
function departmentsOf({ adoptions }: AdoptedCatalogues): string[] {
  const all = adoptions.toReversed().flatMap(({ catalogue }) => catalogue.departments);
  return [...new Set(all.map(({ id }) => id))];
}

/** Every chain of a year. */
export function chainsOfYear(adopted: AdoptedCatalogues): Chain[] {
  const owners = [...departmentsOf(adopted), 'office', 'unaddressed'];
  return owners.map((owner) => chainOf(adopted.inForce.catalogue.year, owner));
}

/** The chains of the year before beside which a year is looked at: the office's, and those that its publication counted. */
export function chainsOfLastYear(year: number, office: readonly LedgerEvent[]): Chain[] {
  const newest = newestPublication(office);
  const counted = countedUploads(office.filter((event) => isEvent(event, 'published')));
  const owners = newest === undefined ? [] : counted.allAt(newest.happening.number);
  return [...new Set(['office', ...owners.map(({ department }) => department)])].map((owner) =>
    chainOf(year - 1, owner),
  );
}

/** A chain is not as it was written; nothing may be computed from it. */
export class BrokenLedgerError extends Error {
  override readonly name = 'BrokenLedgerError';
}

/** A chain as it was read. */
export interface ReadChain {
  chain: Chain;
  events: readonly LedgerEvent[];
}

/** The events of the office's chain of a year, among chains that were read. */
export function officeEventsIn(chains: readonly ReadChain[], year: number): readonly LedgerEvent[] {
  const office = chainOf(year, 'office');
  return chains.find(({ chain }) => chain === office)?.events ?? [];
}

/** A year as it stands in the ledger, with the catalogue in force; last year, beside which it is looked at, is in its state alone. */
export interface LedgerYear {
  catalogue: Catalogue;
  catalogueHash: Sha256;
  chains: ReadChain[];
  heads: ChainHead[];
  state: YearState;
}

/** A year, or as much of it as one department may know: its own returns. */
export interface YearExtent {
  year: number;
  department?: string | undefined;
}

/** What of the year before a year is looked at beside, with the catalogues that were adopted for it. */
export interface YearBefore {
  chains: ReadChain[];
  adopted: AdoptedCatalogues | undefined;
  /** What the office entered of it, where nothing of it was published. */
  baseline: RecordedBaseline | undefined;
}

/** The chains of a year, unchecked, with the catalogues that its office adopted, and the year before. */
export interface UnfoldedYear {
  office: OfficeYear;
  chains: ReadChain[];
  before: YearBefore;
}

/**
 * Reads and checks all chains of the year. Throws `NoCatalogueError` if no catalogue has been adopted for it, and
 * `BrokenLedgerError` if a chain is broken: nothing is computed from such a ledger.
 */
export async function readYear(store: Store, year: number): Promise<LedgerYear> {
  const found = await tryReadYear(store, year);
  if (found !== undefined) return found;
  throw new NoCatalogueError(`no catalogue has been adopted for ${year}`);
}

/** The same; undefined where no catalogue has been adopted for the year. */
export async function tryReadYear(store: Store, year: number): Promise<LedgerYear | undefined> {
  const unfolded = await readChainsOf(store, { year });
  if (unfolded === undefined) return undefined;
  refuseBroken([...unfolded.chains, ...unfolded.before.chains]);
  return foldChains(unfolded, lastYearIn(unfolded.before), { year });
}

/**
 * How often a year is read again because a return was read by a catalogue that was adopted after the office's chain
 * had been read.
 */
const maxReadings = 5;

/**
 * Reads what a year is folded from; undefined where no catalogue has been adopted for it. Of other departments than the
 * one that is named nothing is read, so that nothing of one can be shown by mistake. The office's chain is read first:
 * what its publications and acts are about, and what of last year they were compared with, is then among what is read
 * after it. Read later, it could name a publication of uploads that are not seen yet, and the next one would go back
 * behind it.
 */
export async function readChainsOf(store: Store, extent: YearExtent): Promise<UnfoldedYear | undefined> {
  for (let reading = 1; ; reading++) {
    const office = await readOfficeYear(extent.year, store);
    if (office === undefined) return undefined;
    const chains = await readChains(store, office, extent);
    if (reading === maxReadings || !citesUnknown(chains.chains, office)) return { office, ...chains };
  }
}

/** Whether a return was read by a catalogue that the office's chain does not adopt, as far as it was read. */
function citesUnknown(chains: readonly ReadChain[], { adopted }: OfficeYear): boolean {
  const accepted = chains.flatMap(({ events }) =>
    events.filter((event) => isEvent(event, 'return-accepted')),
  );
  return accepted.some(({ catalogue }) => adoptedWith(catalogue, adopted) === undefined);
}

async function readChains(
  { ledger, documents }: Store,
  { year, office, adopted }: OfficeYear,
  { department }: YearExtent,
): Promise<Pick<UnfoldedYear, 'chains' | 'before'>> {
  const own = chainOf(year, 'office');
  const names =
    department === undefined
      ? chainsOfYear(adopted)
      : [department, 'office'].map((owner) => chainOf(year, owner));
  const read = async (chain: Chain) => ({
    chain,
    events: chain === own ? office : await ledger.read(chain),
  });
  const [chains, before] = await Promise.all([
    Promise.all(names.map(read)),
    readLastYear(ledger, year, department),
  ]);
  const lastOffice = officeEventsIn(before, year - 1);
  const isPublished = newestPublication(lastOffice) !== undefined;
  const baseline = isPublished ? undefined : await recordedBaseline({ year, office, adopted }, documents);
  const adoptedBefore = await adoptedBy(year - 1, lastOffice, documents);
  return { chains, before: { chains: before, adopted: adoptedBefore, baseline } };
}

/** Throws `BrokenLedgerError` if any of the chains is. */
export function refuseBroken(chains: readonly ReadChain[]): void {
  const faults = chains.flatMap(({ chain, events }) => verifyChain(chain, events));
  if (faults.length === 0) return;
  throw new BrokenLedgerError(
    `the ledger is broken, run "verify": ${faults.map(({ chain, explanation }) => `${chain}: ${explanation}`).join('; ')}`,
  );
}

/** The year that these chains tell of, which are sound, beside the one before. */
export function foldChains(
  { chains, office: { adopted } }: UnfoldedYear,
  lastYear: LastYear | undefined,
  { department }: YearExtent,
): LedgerYear {
  const events = chains.flatMap((chain) => chain.events);
  const state = foldYear(adopted, events, lastYear, department);
  return {
    catalogue: adopted.inForce.catalogue,
    catalogueHash: adopted.inForce.hash,
    chains,
    heads: chains.map((chain) => headOf(chain.chain, chain.events)),
    state,
  };
}

/** As much of a year as one department may know, or all of it. */
function ofDepartment(state: YearState, department: string | undefined): YearState {
  return department === undefined ? state : yearOfDepartment(state, department);
}

/**
 * Reads of last year what was published of it: of all departments that it counted, or of one. Where there is no
 * publication only the office's chain is read.
 */
export async function readLastYear(
  ledger: LedgerReader,
  year: number,
  department: string | undefined,
): Promise<ReadChain[]> {
  const read = async (chain: Chain): Promise<ReadChain> => ({ chain, events: await ledger.read(chain) });
  const office = await read(chainOf(year - 1, 'office'));
  const own = department === undefined ? undefined : chainOf(year - 1, department);
  const counted = chainsOfLastYear(year, office.events)
    .filter((chain) => chain !== office.chain)
    .filter((chain) => own === undefined || chain === own);
  return [office, ...(await Promise.all(counted.map(read)))];
}

/** Last year as its chains have it, else as it was entered; undefined if nothing of it is known. */
export function lastYearIn(
  { chains, adopted, baseline }: YearBefore,
  { department }: Pick<YearExtent, 'department'> = {},
): LastYear | undefined {
  const events = chains.flatMap((chain) => chain.events);
  const published = newestPublication(events);
  const lastYear =
    published === undefined
      ? baseline && lastYearFromBaseline(baseline)
      : lastYearOf(published, events, adopted);
  if (lastYear === undefined || department === undefined) return lastYear;
  const own = lastYear.figures.get(department);
  return {
    ...lastYear,
    figures: new Map(own === undefined ? [] : [[department, own]]),
    state: lastYear.state && ofDepartment(lastYear.state, department),
    wholeYear: lastYear.wholeYear && ofDepartment(lastYear.wholeYear, department),
  };
}
