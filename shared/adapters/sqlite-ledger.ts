import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { type Instant, instantSchema } from '../core/catalogue/period.ts';
import { type Chain, type LedgerEvent, ledgerEventSchema } from '../core/ledger/event.ts';
import { type Ledger, StoreBusyError } from '../core/ledger/ports.ts';
import { parseJson } from '../core/values/json.ts';
import { privateModes } from './private-modes.ts';
import { hasCode } from './system-error.ts';

/** How long to wait for another process that holds the file, and between two tries (milliseconds). */
const usualPatience = 5_000;
const longestPause = 50;

/** When an event was recorded; null where what stands there is not even JSON. */
const recordedAt = "json_extract(CASE WHEN json_valid(event) THEN event END, '$.at')";

/** A ledger in one SQLite file, which several processes may use at once. */
export interface SqliteLedger extends Ledger {
  mark(): Promise<string>;
  /** What stands in the file for a chain, unchecked, for verification; undefined where it is not even JSON. */
  readRaw(chain: Chain): Promise<unknown[]>;
  /** The latest time at which anything in it was recorded; undefined if nothing was. */
  lastRecordedAt(): Promise<Instant | undefined>;
  close(): void;
}

/**
 * Opens the ledger, making the file if there is none. Every append is one durable transaction; the primary key
 * is what makes it conditional, and triggers refuse to change or delete what is there. While another program holds the
 * file, whoever asks waits, and nobody else: SQLite's own waiting would hold up the whole process. Throws
 * `StoreBusyError` when that takes longer than `patience` (milliseconds).
 */
export function openSqliteLedger(file: string, { patience = usualPatience } = {}): SqliteLedger {
  mkdirSync(dirname(file), { recursive: true, mode: privateModes.folder });
  makeFile(file);
  const database = openDatabase(file, patience);
  const select = database.prepare(
    'SELECT sequence, event FROM events WHERE chain = ? AND sequence > ? ORDER BY sequence',
  );
  const selectOne = database.prepare('SELECT event FROM events WHERE chain = ? AND sequence = ?');
  const selectVersion = database.prepare('PRAGMA data_version');
  const selectLast = database.prepare(`SELECT max(${recordedAt}) AS at FROM events`);
  const insert = database.prepare('INSERT INTO events (chain, sequence, event) VALUES (?, ?, ?)');
  const whenFree = <Result>(work: () => Result) => waitUntilFree(work, { file, patience });
  const version = () => Number(selectVersion.get()?.data_version);
  const ends = new KnownEnds(version);
  let ownAppends = 0;
  const textsOf = (chain: Chain, after: number) =>
    whenFree(() => {
      if (ends.isEnd(chain, after)) return [];
      const rows = select.all(chain, after);
      ends.keep(chain, Number(rows.at(-1)?.sequence ?? after));
      return rows.map(({ event }) => String(event));
    });
  return {
    async read(chain: Chain, after = 0) {
      return (await textsOf(chain, after)).map((text) => ledgerEventSchema.parse(JSON.parse(text)));
    },
    async readRaw(chain: Chain) {
      return (await textsOf(chain, 0)).map(parseJson);
    },
    async lastRecordedAt() {
      return instantSchema.safeParse((await whenFree(() => selectLast.get()))?.at).data;
    },
    async append(event: LedgerEvent) {
      const { chain, sequence, hash } = ledgerEventSchema.parse(event);
      try {
        await whenFree(() => {
          insert.run(chain, sequence, JSON.stringify(event));
          ownAppends++;
          ends.forget(chain);
        });
        return 'appended';
      } catch (error) {
        if (!isPrimaryKeyConflict(error)) throw error;
        const there = await whenFree(() => selectOne.get(chain, sequence));
        return hashIn(parseJson(String(there?.event))) === hash ? 'appended' : 'conflict';
      }
    },
    mark: () => whenFree(() => `${version()} ${ownAppends}`),
    close: () => database.close(),
  };
}

/**
 * Where chains ended when they were read: most pages ask for the tails of many to which nothing came. All are forgotten
 * as soon as SQLite tells, by its data version, that something else has written to the file.
 */
class KnownEnds {
  readonly #version: () => number;
  readonly #ends = new Map<Chain, number>();
  #seen = -1;

  constructor(version: () => number) {
    this.#version = version;
  }

  /** Whether nothing stands behind this sequence number. */
  isEnd(chain: Chain, sequence: number): boolean {
    const now = this.#version();
    if (now !== this.#seen) this.#ends.clear();
    this.#seen = now;
    return this.#ends.get(chain) === sequence;
  }

  /** To be told only of what was read after `isEnd` was asked. */
  keep(chain: Chain, end: number): void {
    this.#ends.set(chain, end);
  }

  /** Of what this connection writes the version says nothing. */
  forget(chain: Chain): void {
    this.#ends.delete(chain);
  }
}

/** At the start the process may be held up: nobody waits for anything else yet. */
function openDatabase(file: string, patience: number): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: patience });
  try {
    database.exec(schema);
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  } catch (error) {
    database.close();
    throw isBusy(error) ? busyError(file, error) : error;
  }
}

/** Does something to a file as soon as no other program holds it. */
async function waitUntilFree<Result>(
  work: () => Result,
  { file, patience }: { file: string; patience: number },
): Promise<Result> {
  const end = performance.now() + patience;
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= end) throw busyError(file, error);
    }
    await pause(Math.min(2 ** tries, longestPause));
  }
}

function busyError(file: string, cause: unknown): StoreBusyError {
  return new StoreBusyError(
    `${file} is held by another program: close whatever has opened it, and try again`,
    {
      cause,
    },
  );
}

/** SQLITE_BUSY in all its forms, of which only the last eight bits are alike. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

const schema = `
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
  `;

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
