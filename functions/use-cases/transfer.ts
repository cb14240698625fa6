import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import { type ChainHead, chainHeadSchema, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { parseJson } from '../../shared/core/values/json.ts';

const format = 'indicators-ledger/1';

/** A ledger as a file: a line that says how far each chain goes, then an event a line, as canonical JSON. */
export function writeLedgerFile(
  chains: readonly { events: readonly LedgerEvent[] }[],
  heads: ChainHead[],
): string {
  const header = { format, heads: heads.filter(({ length }) => length > 0) };
  const lines = [header, ...chains.flatMap(({ events }) => events)].map(canonicalJson);
  return `${lines.join('\n')}\n`;
}

/** What a ledger file holds, not yet verified: events are as they stand in the file. */
export interface LedgerFile {
  heads: ChainHead[];
  events: unknown[];
  /** Whether the text is to the byte what an export writes: nothing was added or left out, not even a blank. */
  verbatim: boolean;
}

/** Reads a ledger file. Throws if it is none. */
export function readLedgerFile(text: string): LedgerFile {
  const lines = text.split('\n').filter((line) => line !== '');
  const [header, ...events] = lines.map(parseJson);
  const heads = chainHeadSchema.array().safeParse((header as { heads?: unknown } | undefined)?.heads);
  if ((header as { format?: unknown } | undefined)?.format !== format || !heads.success) {
    throw new Error(`not a ledger file: its first line does not say ${format}`);
  }
  const verbatim =
    `${lines.join('\n')}\n` === text &&
    [header, ...events].every((each, index) => isCanonical(each, lines[index]));
  return { heads: heads.data, events, verbatim };
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
    const chain = String((event as { chain?: unknown } | undefined)?.chain ?? '(unreadable)');
    chains.set(chain, [...(chains.get(chain) ?? []), event]);
  }
  return chains;
}

export interface ImportResult {
  appended: number;
  present: number;
}

/**
 * Brings a ledger file into a ledger, event for event and hash for hash. Verified whole before the first write;
 * throws, writing nothing more, where the ledger already has another event at the same position.
 */
export async function importLedger(file: LedgerFile, ledger: Ledger): Promise<ImportResult> {
  const chains = chainsInFile(file);
  const faults = [...chains].flatMap(([chain, events]) => verifyChain(chain, events, file.heads));
  if (!file.verbatim || faults.length > 0) {
    throw new Error(
      `the file is not sound: ${faults.map(({ chain, explanation }) => `${chain}: ${explanation}`).join('; ')}`,
    );
  }
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
  return result;
}
