import type { Chain, LedgerEvent } from './event.ts';

/**
 * The append-only store of events (台账). `read` returns a chain's events in order of sequence, every one that comes
 * after the given sequence number, as of now. `append` writes the event only if its sequence number is free in its chain: on `conflict` somebody
 * else was quicker, so read again and decide again. Appending the very event that is there already is a success:
 * it is our own write, whose answer was lost. Two events are the same if their hashes are, in whatever order their
 * fields are written. `mark` is another as soon as anybody has appended anything; a store that would have to look through
 * all of its chains to tell has none.
 */
export interface Ledger {
  read(chain: Chain, after?: number): Promise<LedgerEvent[]>;
  append(event: LedgerEvent): Promise<'appended' | 'conflict'>;
  mark?(): Promise<string>;
}

/**
 * Thrown by a store that another program holds, or that has too much to do, for longer than is waited for it. What was
 * asked was not done; it may be asked again.
 */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/** A ledger for those who only look. */
export type LedgerReader = Pick<Ledger, 'read' | 'mark'>;

/** What is stored under a key. */
export interface StoredDocument {
  key: string;
  size: number;
}

/**
 * Files by key: uploads, scans, feedback, publications, catalogues. Keys are relative, with `/` between names. A store that
 * keeps versions gives back the one that is asked for, else the newest. With `ifAbsent`, `put` leaves a document that
 * is there as it is and says `exists`. `list` goes through every key below a prefix, which ends with `/`, in order of
 * key.
 */
export interface Documents {
  get(key: string, version?: string | null): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array, options?: { ifAbsent?: boolean }): Promise<'stored' | 'exists'>;
  list(prefix: string): Promise<StoredDocument[]>;
}

/** Documents for those who only look. */
export type DocumentsReader = Pick<Documents, 'get' | 'list'>;

/**
 * Throws unless the key names a document in every store: relative, `/` between names, none of them empty, `.` or
 * `..`, nothing in it that a file system or S3 takes for something else. Keys are made by the program, so a bad
 * one is a fault of the program.
 */
export function assertDocumentKey(key: string): void {
  if (key.split('/').some((name) => name === '' || name === '.' || name === '..' || /[\\\0]/.test(name))) {
    throw new RangeError(`not a document key: ${JSON.stringify(key)}`);
  }
}
