import type { Instant } from '../../shared/core/catalogue/period.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import type { CatalogueFileReading } from '../use-cases/catalogue-file.ts';
import type { RawStore } from '../use-cases/verify/read-raw.ts';
import type { ExtractQuestion } from './records/extract.ts';
import type { Outcome } from './verification/raw-chains.ts';

/** Where work stands that may take long; `ahead` is how much is done before it. */
export type Standing<T> =
  | { kind: 'under-way'; ahead: number }
  | { kind: 'done'; result: T }
  | { kind: 'failed' };

/** What is handed over as a file. */
export interface FileContents {
  bytes: Uint8Array | ReadableStream<Uint8Array>;
  size: number;
}

/** An extract, which is as the ledger stood at that time. */
export type ExtractStanding = { takenAt: Instant } & (
  | { kind: 'under-way'; ahead: number }
  | { kind: 'done'; result: () => FileContents }
);

/** What a verification of a year came to, and when it was run. */
export interface Verified {
  outcome: Outcome;
  at: Instant;
}

/**
 * What may take long. Where the portal answers others meanwhile, it is done elsewhere, and an answer that takes more
 * than some seconds is that it is under way: to ask again then tells where it stands. The same that is asked for twice
 * at the same time is done once.
 */
export interface LongWork {
  /** An extract of the time that the question names, if there is one, else one as the ledger stands. Rejects if it cannot be made. */
  extract(question: ExtractQuestion, wait: 'a-while' | 'no-time'): Promise<ExtractStanding>;
  /** Publishes the year as it stands, in the name of a person. */
  publish(year: number, by: string): Promise<Standing<void>>;
  /** Where the newest publication of a year that somebody asked for stands; undefined if there is nothing to be said. */
  publication(year: number): Standing<void> | undefined;
  verify(year: number): Promise<Standing<Verified>>;
  /** Where the newest verification of a year stands that somebody asked for; undefined if it is long ago. */
  verification(year: number): Standing<Verified> | undefined;
  /** Verifies, however long it takes. */
  verified(year: number): Promise<Outcome>;
  readCatalogue(bytes: Uint8Array): Promise<CatalogueFileReading>;
}

/** What that needs which does everything while somebody waits. */
interface Means extends RawStore {
  ledger: LedgerReader;
  now: () => Instant;
  publish: (year: number, by: string) => Promise<void>;
}

/** Does everything at once, for a portal that answers one request at a time. What it takes is loaded when it is wanted. */
export function workAtOnce({ publish, ...services }: Means): LongWork {
  const verified = async (year: number) => {
    const [{ readRawYear }, { runVerification }] = await Promise.all([
      import('../use-cases/verify/read-raw.ts'),
      import('./verification/raw-chains.ts'),
    ]);
    return runVerification(await readRawYear(year, services), services);
  };
  return {
    async extract(question) {
      const { extractPieces } = await import('./records/extract.ts');
      const pieces: Uint8Array[] = [];
      for await (const piece of extractPieces(question, services)) pieces.push(piece);
      const bytes = new Uint8Array(Buffer.concat(pieces));
      return { kind: 'done', takenAt: question.takenAt, result: () => ({ bytes, size: bytes.length }) };
    },
    async publish(year, by) {
      await publish(year, by);
      return { kind: 'done', result: undefined };
    },
    publication: () => undefined,
    async verify(year) {
      const at = services.now();
      return { kind: 'done', result: { outcome: await verified(year), at } };
    },
    verification: () => undefined,
    verified,
    async readCatalogue(bytes) {
      const { readCatalogueFile } = await import('../use-cases/catalogue-file.ts');
      return readCatalogueFile(bytes);
    },
  };
}
