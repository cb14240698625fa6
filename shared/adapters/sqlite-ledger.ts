import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Instant, instantSchema } from '../core/catalogue/period.ts';
import { type Chain, type LedgerEvent, ledgerEventSchema } from '../core/ledger/event.ts';
import type { Ledger } from '../core/ledger/ports.ts';
import { parseJson } from '../core/values/json.ts';
import { privateModes } from './private-modes.ts';
import { hasCode } from './system-error.ts';

/** How long to wait for another process that is writing. */
const patienceMilliseconds = 10_000;

/** When an event was recorded; null where what stands there is not even JSON. */
const recordedAt = "json_extract(CASE WHEN json_valid(event) THEN event END, '$.at')";

/** A ledger in one SQLite file, which several processes may use at once. */
export interface SqliteLedger extends Ledger {
  /** What stands in the file for a chain, unchecked, for verification; undefined where it is not even JSON. */
  readRaw(chain: Chain): Promise<unknown[]>;
  /** The latest time at which anything in it was recorded; undefined if nothing was. */
  lastRecordedAt(): Promise<Instant | undefined>;
  close(): void;
}

/**
 * Opens the ledger, making the file if there is none. Every append is one durable transaction; the primary key
 * is what makes it conditional, and triggers refuse to change or delete what is there.
 */
export function openSqliteLedger(file: string): SqliteLedger {
  mkdirSync(dirname(file), { recursive: true, mode: privateModes.folder });
  makeFile(file);
  const database = new DatabaseSync(file, { timeout: patienceMilliseconds });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS events (
      chain TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (chain, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS recorded_at ON events (${recordedAt});
    CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
  `);
  const select = database.prepare('SELECT event FROM events WHERE chain = ? ORDER BY sequence');
  const selectOne = database.prepare('SELECT event FROM events WHERE chain = ? AND sequence = ?');
  const selectLast = database.prepare(`SELECT max(${recordedAt}) AS at FROM events`);
  const insert = database.prepare('INSERT INTO events (chain, sequence, event) VALUES (?, ?, ?)');
  return {
    async read(chain: Chain) {
      return select.all(chain).map(({ event }) => ledgerEventSchema.parse(JSON.parse(String(event))));
    },
    async readRaw(chain: Chain) {
      return select.all(chain).map(({ event }) => parseJson(String(event)));
    },
    async lastRecordedAt() {
      return instantSchema.safeParse(selectLast.get()?.at).data;
    },
    async append(event: LedgerEvent) {
      const { chain, sequence, hash } = ledgerEventSchema.parse(event);
      try {
        insert.run(chain, sequence, JSON.stringify(event));
        return 'appended';
      } catch (error) {
        if (!isPrimaryKeyConflict(error)) throw error;
        const there = parseJson(String(selectOne.get(chain, sequence)?.event));
        return hashIn(there) === hash ? 'appended' : 'conflict';
      }
    },
    close: () => database.close(),
  };
}

/**
 * Makes the file if there is none, before SQLite does: it would let everybody read it, and it gives the files that it
 * lays beside it the same mode.
 */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', privateModes.file));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

function hashIn(stored: unknown): string | undefined {
  return ledgerEventSchema.safeParse(stored).data?.hash;
}

/** SQLITE_CONSTRAINT_PRIMARYKEY */
const primaryKeyConflict = 1555;

function isPrimaryKeyConflict(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === primaryKeyConflict;
}
