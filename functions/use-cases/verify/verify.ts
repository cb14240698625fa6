import { verifyChain } from '../../../shared/core/ledger/chain-faults.ts';
import {
  type ChainHead,
  type EventOf,
  isEvent,
  type LedgerEvent,
  ledgerEventSchema,
} from '../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { readManifest } from '../../../shared/publication/manifest.ts';
import { type Folder, manifestName } from '../stores/publication-store.ts';

/** How many documents are fetched at once: a store far away takes some 30 ms for each, however many are asked for. */
export const fetching = { concurrency: 16 };

/** Something that is not as it was recorded, and where. */
export interface Fault {
  where: string;
  explanation: string;
}

/** Chains as they were read, with what is known of their heads from elsewhere. */
export interface ChainsToVerify {
  chains: ReadonlyMap<string, readonly unknown[]>;
  knownHeads: readonly ChainHead[];
}

/** Checks every chain by itself and against the heads that are known. */
export function verifyChains({ chains, knownHeads }: ChainsToVerify): Fault[] {
  const all = new Map(chains);
  for (const { chain, length } of knownHeads) if (length > 0 && !all.has(chain)) all.set(chain, []);
  return [...all].flatMap(([chain, events]) =>
    verifyChain(chain, events, knownHeads).map(({ explanation }) => ({ where: chain, explanation })),
  );
}

/** The events of a chain that can be read as such. */
export function legibleEvents(chains: ReadonlyMap<string, readonly unknown[]>): LedgerEvent[] {
  return [...chains.values()].flat().flatMap((candidate) => {
    const parsed = ledgerEventSchema.safeParse(candidate);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Checks a publication's files against its manifest; the manifest's heads, to check the ledger against. */
export async function verifyPublication(
  folder: Folder,
  published: readonly EventOf<'published'>[] | undefined,
): Promise<{ faults: Fault[]; heads: ChainHead[] }> {
  const bytes = await folder.get(manifestName);
  const manifest = bytes === undefined ? undefined : readManifest(bytes);
  if (bytes === undefined || manifest === undefined) {
    return {
      faults: [{ where: folder.name + manifestName, explanation: 'is missing or no manifest' }],
      heads: [],
    };
  }
  const faults: Fault[] = [];
  const fault = (name: string, explanation: string) =>
    faults.push({ where: folder.name + name, explanation });
  for (const { name, sha256: expected } of manifest.files) {
    const file = await folder.get(name);
    if (file === undefined) fault(name, 'is missing');
    else if (sha256(file) !== expected) fault(name, 'does not have the hash in the manifest: it was edited');
  }
  const listed = new Set([manifestName, ...manifest.files.map(({ name }) => name)]);
  for (const name of folder.names) if (!listed.has(name)) fault(name, 'is not in the manifest');
  if (published !== undefined) {
    const event = published.find(
      ({ happening: { year, number } }) => year === manifest.year && number === manifest.number,
    );
    if (event === undefined) fault(manifestName, `the ledger knows no publication ${manifest.number}`);
    else if (event.happening.manifest !== sha256(bytes)) {
      fault(manifestName, 'does not have the hash in the ledger: it was edited');
    }
  }
  return { faults, heads: manifest.chains };
}

/** The publications that a ledger records. */
export function publicationEvents(chains: ReadonlyMap<string, readonly unknown[]>): EventOf<'published'>[] {
  return legibleEvents(chains).filter((event) => isEvent(event, 'published'));
}
