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
import { foldYear, type YearState } from '../../shared/core/year/year-state.ts';

/** Every chain of a catalogue's year. */
export function chainsOfYear(catalogue: Catalogue): Chain[] {
  const owners = [...catalogue.departments.map(({ id }) => id), 'office', 'unaddressed'];
  return owners.map((owner) => chainOf(catalogue.year, owner));
}

/** The chains that tell of one department's own returns: its own, and the office's acts. */
function chainsOfDepartment(catalogue: Catalogue, department: string): Chain[] {
  return [department, 'office'].map((owner) => chainOf(catalogue.year, owner));
}

/** A chain is not as it was written; nothing may be computed from it. */
export class BrokenLedgerError extends Error {
  override readonly name = 'BrokenLedgerError';
}

/** A year as it stands in the ledger. */
export interface LedgerYear {
  catalogue: Catalogue;
  catalogueHash: Sha256;
  chains: { chain: Chain; events: LedgerEvent[] }[];
  heads: ChainHead[];
  state: YearState;
}

/**
 * Reads and checks all chains of the year. Throws `BrokenLedgerError` if one is: nothing is computed from such a ledger. The
 * office's chain is read first: what its publications and acts are about is then among what is read after it. Read
 * later, it could name a publication of uploads that are not seen yet, and the next one would go back behind it.
 */
export function readYear(ledger: LedgerReader, catalogue: Catalogue): Promise<LedgerYear> {
  return readChains(ledger, catalogue, chainsOfYear(catalogue));
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
  const year = await readChains(ledger, catalogue, chainsOfDepartment(catalogue, department));
  const returns = year.state.returns.filter((one) => one.department.id === department);
  return { ...year, state: { ...year.state, returns } };
}

async function readChains(
  ledger: LedgerReader,
  catalogue: Catalogue,
  names: readonly Chain[],
): Promise<LedgerYear> {
  const office = chainOf(catalogue.year, 'office');
  const officeEvents = await ledger.read(office);
  const chains = await Promise.all(
    names.map(async (chain) => ({
      chain,
      events: chain === office ? officeEvents : await ledger.read(chain),
    })),
  );
  const faults = chains.flatMap(({ chain, events }) => verifyChain(chain, events));
  if (faults.length > 0) {
    throw new BrokenLedgerError(
      `the ledger is broken, run "verify": ${faults.map(({ explanation }) => explanation).join('; ')}`,
    );
  }
  return {
    catalogue,
    catalogueHash: catalogueHash(catalogue),
    chains,
    heads: chains.map(({ chain, events }) => headOf(chain, events)),
    state: foldYear(
      catalogue,
      chains.flatMap(({ events }) => events),
    ),
  };
}
