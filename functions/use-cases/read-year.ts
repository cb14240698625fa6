import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import {
  type Chain,
  type ChainHead,
  chainOf,
  headOf,
  type LedgerEvent,
} from '../../shared/core/ledger/event.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import type { Sha256 } from '../../shared/core/values/digest.ts';
import { type LastYear, lastYearOf, newestPublication } from '../../shared/core/year/last-year.ts';
import { foldYear, type YearState } from '../../shared/core/year/year-state.ts';

/** Every chain of a catalogue's year. */
export function chainsOfYear(catalogue: Catalogue): Chain[] {
  const owners = [...catalogue.departments.map(({ id }) => id), 'office', 'unaddressed'];
  return owners.map((owner) => chainOf(catalogue.year, owner));
}

/** The chains of the year before that may say something of this year's departments: theirs, and the office's. */
export function chainsOfLastYear({ departments, year }: Catalogue): Chain[] {
  return [...departments.map(({ id }) => id), 'office'].map((owner) => chainOf(year - 1, owner));
}

/** The chains that tell of one department's own returns: its own, and the office's acts. */
function chainsOfDepartment(catalogue: Catalogue, department: string): Chain[] {
  return [department, 'office'].map((owner) => chainOf(catalogue.year, owner));
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

/** A year as it stands in the ledger; last year, beside which it is looked at, is in its state alone. */
export interface LedgerYear {
  catalogue: Catalogue;
  catalogueHash: Sha256;
  chains: ReadChain[];
  heads: ChainHead[];
  state: YearState;
}

/**
 * Reads and checks all chains of the year. Throws `BrokenLedgerError` if one is broken: nothing is computed from such a
 * ledger. The office's chain is read first: what its publications and acts are about, and what of last year they were
 * compared with, is then among what is read after it. Read later, it could name a publication of uploads that are not
 * seen yet, and the next one would go back behind it.
 */
export function readYear(ledger: LedgerReader, catalogue: Catalogue): Promise<LedgerYear> {
  const departments = catalogue.departments.map(({ id }) => id);
  return readChains(ledger, catalogue, { names: chainsOfYear(catalogue), departments });
}

/**
 * A year as far as one department may know it: its own returns. Of no other department is anything read, so nothing
 * of one can be shown by mistake.
 */
export async function readDepartmentYear(
  ledger: LedgerReader,
  catalogue: Catalogue,
  department: string,
): Promise<LedgerYear> {
  const names = chainsOfDepartment(catalogue, department);
  const year = await readChains(ledger, catalogue, { names, departments: [department] });
  const returns = year.state.returns.filter((one) => one.department.id === department);
  return { ...year, state: { ...year.state, returns } };
}

async function readChains(
  ledger: LedgerReader,
  catalogue: Catalogue,
  { names, departments }: { names: readonly Chain[]; departments: readonly string[] },
): Promise<LedgerYear> {
  const office = chainOf(catalogue.year, 'office');
  const officeEvents = await ledger.read(office);
  const read = async (chain: Chain) => ({
    chain,
    events: chain === office ? officeEvents : await ledger.read(chain),
  });
  const [chains, before] = await Promise.all([
    Promise.all(names.map(read)),
    readLastYear(ledger, catalogue, departments),
  ]);
  refuseBroken([...chains, ...before.chains]);
  return {
    catalogue,
    catalogueHash: catalogueHash(catalogue),
    chains,
    heads: chains.map(({ chain, events }) => headOf(chain, events)),
    state: foldYear(
      catalogue,
      chains.flatMap(({ events }) => events),
      before.lastYear,
    ),
  };
}

function refuseBroken(chains: readonly ReadChain[]): void {
  const faults = chains.flatMap(({ chain, events }) => verifyChain(chain, events));
  if (faults.length === 0) return;
  throw new BrokenLedgerError(
    `the ledger is broken, run "verify": ${faults.map(({ chain, explanation }) => `${chain}: ${explanation}`).join('; ')}`,
  );
}

/** Last year as its newest publication has it, and the chains that say so, unchecked. */
export interface ReadLastYear {
  lastYear: LastYear | undefined;
  chains: ReadChain[];
}

/**
 * Reads of last year what these departments said, as far as it was published: from the ledger alone, so that every
 * way of asking has the same past. Where there is no publication only the office's chain is read.
 */
export async function readLastYear(
  ledger: LedgerReader,
  catalogue: Catalogue,
  departments: readonly string[],
): Promise<ReadLastYear> {
  const read = async (owner: string): Promise<ReadChain> => {
    const chain = chainOf(catalogue.year - 1, owner);
    return { chain, events: await ledger.read(chain) };
  };
  const office = await read('office');
  const published = newestPublication(office.events);
  if (published === undefined) return { lastYear: undefined, chains: [office] };
  const counted = departments.filter((id) => Object.hasOwn(published.happening.counted, id));
  const chains = [office, ...(await Promise.all(counted.map(read)))];
  return { lastYear: lastYearIn(chains), chains };
}

/** Last year as its chains have it; undefined if none of it was published. */
export function lastYearIn(chains: readonly ReadChain[]): LastYear | undefined {
  const events = chains.flatMap((chain) => chain.events);
  const published = newestPublication(events);
  return published && lastYearOf(published, events);
}
