import { z } from 'zod';
import type { AdoptedCatalogues } from '../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import { type ChainHead, chainHeadSchema, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { parseJson } from '../../shared/core/values/json.ts';
import { type Baseline, baselineSchema } from '../../shared/core/year/baseline.ts';
import { keepBaseline } from './stores/baseline-store.ts';
import { keepAdoptions, keepCatalogue } from './stores/catalogue-store.ts';
import { verifyAdoptions } from './verify/adoptions.ts';
import { baselineIn, verifyBaselines } from './verify/baselines.ts';
import { legibleEvents } from './verify/verify.ts';

const format = 'indicators-ledger/1';

/**
 * A ledger as a file: a line that says how far each chain goes and has the catalogues and baselines that its events name, then an event a
 * line, as canonical JSON.
 */
export function writeLedgerFile(
  chains: readonly { events: readonly LedgerEvent[] }[],
  heads: ChainHead[],
  { adoptions }: AdoptedCatalogues,
  baselines: readonly Baseline[] = [],
): string {
  const catalogues = new Map(adoptions.map(({ hash, catalogue }) => [hash, catalogue]));
  const header = {
    format,
    heads: heads.filter(({ length }) => length > 0),
    catalogues: [...catalogues.values()],
    baselines,
  };
  const lines = [header, ...chains.flatMap(({ events }) => events)].map(canonicalJson);
  return `${lines.join('\n')}\n`;
}

const headerSchema = z.strictObject({
  format: z.literal(format),
  heads: chainHeadSchema.array(),
  catalogues: catalogueSchema.array().max(1000),
  baselines: baselineSchema.array().max(1000),
});

/** What a ledger file holds, not yet verified: events are as they stand in the file. */
export interface LedgerFile {
  heads: ChainHead[];
  catalogues: Catalogue[];
  baselines: Baseline[];
  events: unknown[];
  /** Whether the text is to the byte what an export writes: nothing was added or left out, not even a blank. */
  verbatim: boolean;
}

/** Reads a ledger file. Throws if it is none. */
export function readLedgerFile(text: string): LedgerFile {
  const lines = text.split('\n').filter((line) => line !== '');
  const [header, ...events] = lines.map(parseJson);
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) {
    throw new Error(`not a ledger file: its first line does not say ${format}`);
  }
  const verbatim =
    `${lines.join('\n')}\n` === text &&
    [header, ...events].every((each, index) => isCanonical(each, lines[index]));
  return { ...parsed.data, events, verbatim };
}

function isCanonical(value: unknown, line: string | undefined): boolean {
  try {
    return canonicalJson(value) === line;
  } catch {
    return false;
  }
}

/** The events of a ledger file by the chain that each says it belongs to. */
export function chainsInFile({ heads, events }: LedgerFile): Map<string, unknown[]> {
  const chains = new Map<string, unknown[]>(heads.map(({ chain }) => [chain, []]));
  for (const event of events) {
    const said = (event as { chain?: unknown } | null | undefined)?.chain;
    const chain = typeof said === 'string' ? said : '(unreadable)';
    chains.set(chain, [...(chains.get(chain) ?? []), event]);
  }
  return chains;
}

/** A ledger whose catalogues and baselines are not in the file could not be read where it is brought. */
async function refuseWithoutCatalogues(
  { catalogues, baselines }: LedgerFile,
  chains: ReadonlyMap<string, readonly unknown[]>,
): Promise<void> {
  const byHash = new Map<string, Catalogue>(catalogues.map((each) => [catalogueHash(each), each]));
  for (const year of new Set([...chains.keys()].map((chain) => Number(chain.slice(0, 4))))) {
    const own = new Map([...chains].filter(([chain]) => chain.startsWith(`${year}/`)));
    const events = legibleEvents(own);
    const adoptions = await verifyAdoptions(year, events, async (hash) => byHash.get(hash));
    const entered = await verifyBaselines(year, events, async (hash) => baselineIn(baselines, hash));
    const said = [...adoptions.faults, ...entered.faults].map(
      ({ where, explanation }) => `${where}: ${explanation}`,
    );
    if (said.length > 0) throw new Error(`the file is not sound: ${said.join('; ')}`);
  }
}

export interface ImportResult {
  appended: number;
  present: number;
}

/**
 * Brings a ledger file into a ledger, event for event and hash for hash. Verified whole before the first write;
 * throws, writing nothing more, where the ledger already has another event at the same position.
 */
export async function importLedger(
  file: LedgerFile,
  { ledger, documents }: { ledger: Ledger; documents: Documents },
): Promise<ImportResult> {
  const chains = chainsInFile(file);
  const faults = [...chains].flatMap(([chain, events]) => verifyChain(chain, events, file.heads));
  if (!file.verbatim || faults.length > 0) {
    throw new Error(
      `the file is not sound: ${faults.map(({ chain, explanation }) => `${chain}: ${explanation}`).join('; ')}`,
    );
  }
  await refuseWithoutCatalogues(file, chains);
  for (const catalogue of file.catalogues) await keepCatalogue(catalogue, documents);
  for (const baseline of file.baselines) await keepBaseline(baseline, documents);
  const result: ImportResult = { appended: 0, present: 0 };
  for (const [chain, events] of chains) {
    const here = await ledger.read(chain);
    for (const event of events as LedgerEvent[]) {
      const known = here[event.sequence - 1];
      if (known?.hash === event.hash) {
        result.present += 1;
      } else if (known !== undefined || (await ledger.append(event)) === 'conflict') {
        throw new Error(`${chain}: the ledger has another event ${event.sequence} already`);
      } else {
        result.appended += 1;
      }
    }
  }
  for (const chain of chains.keys()) {
    if (chain.endsWith('/office')) await keepAdoptions(await ledger.read(chain), documents);
  }
  return result;
}
