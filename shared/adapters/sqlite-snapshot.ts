import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { type Chain, ledgerEventSchema } from '../core/ledger/event.ts';
import type { LedgerReader } from '../core/ledger/ports.ts';
import { parseJson } from '../core/values/json.ts';
import { hasCode } from './system-error.ts';

/** A ledger file as it was at one moment. */
export interface LedgerSnapshot extends LedgerReader {
  /** What stood in the file for a chain, unchecked, for verification; undefined where it is not even JSON. */
  readRaw(chain: Chain): Promise<unknown[]>;
}

/**
 * Reads a ledger file without a trace in its folder, which may be read-only, somebody else's, or written to by a
 * server meanwhile; undefined if there is no such file. SQLite itself cannot do that: to read what is not yet out of
 * the write-ahead log it makes files beside it, and told that nothing changes (`immutable`) it leaves the log out. So
 * it is given a copy of both.
 */
export async function readSqliteLedger(file: string): Promise<LedgerSnapshot | undefined> {
  const copied = await copyOf(file);
  if (copied === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'indicators-ledger-'));
  try {
    const copy = join(folder, 'ledger.sqlite');
    await writeFile(copy, copied.database);
    await writeFile(`${copy}-wal`, copied.log);
    return snapshotOf(textsIn(copy));
  } catch (error) {
    throw new Error(`${file} cannot be read as a ledger: ${error instanceof Error ? error.message : error}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How often a file is read again that another process is writing to, and after how many milliseconds. */
const attempts = 100;
const betweenAttempts = 20;

/**
 * The file and its log as they belong together: what is written into the file comes from the log, so that a file
 * which is the same before and after the log was read fits it.
 */
async function copyOf(file: string): Promise<{ database: Uint8Array; log: Uint8Array } | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const database = await bytesOf(file);
    if (database === undefined) return undefined;
    const log = (await bytesOf(`${file}-wal`)) ?? new Uint8Array();
    if ((await bytesOf(file))?.equals(database)) return { database, log };
    await pause(betweenAttempts);
  }
  throw new Error(`${file} is being written to all the time: try again`);
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** The events of every chain in order, as text. */
function textsIn(file: string): Map<string, string[]> {
  const database = new DatabaseSync(file);
  try {
    const rows = database.prepare('SELECT chain, event FROM events ORDER BY chain, sequence').all();
    const byChain = Map.groupBy(rows, ({ chain }) => String(chain));
    return new Map([...byChain].map(([chain, own]) => [chain, own.map(({ event }) => String(event))]));
  } finally {
    database.close();
  }
}

function snapshotOf(texts: ReadonlyMap<string, readonly string[]>): LedgerSnapshot {
  const of = (chain: Chain) => texts.get(chain) ?? [];
  return {
    read: async (chain, after = 0) =>
      of(chain)
        .slice(after)
        .map((text) => ledgerEventSchema.parse(JSON.parse(text))),
    readRaw: async (chain) => of(chain).map((text) => parseJson(text)),
  };
}
