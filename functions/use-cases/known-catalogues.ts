import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { DocumentsReader } from '../../shared/core/ledger/ports.ts';
import { cataloguesInForce, type Store } from './adopted.ts';

/** For so long a process goes by what it saw last (milliseconds): others may adopt meanwhile. */
const usualAge = 2_000;

/**
 * The catalogues in force, by year, as this process last saw them: for words, addresses and navigation. What is decided
 * is decided on the office's chain as it is.
 */
export class KnownCatalogues {
  /** As last read; empty before that. */
  last: ReadonlyMap<number, Catalogue> = new Map();
  private readonly store: Store & { documents: DocumentsReader };
  private readonly age: number;
  private readAt = Number.NEGATIVE_INFINITY;
  /** How many readings were begun, and which of them `last` comes from. */
  private begun = 0;
  private known = 0;
  private reading: Promise<ReadonlyMap<number, Catalogue>> | undefined;

  constructor(store: Store & { documents: DocumentsReader }, age = usualAge) {
    this.store = store;
    this.age = age;
  }

  async read(): Promise<ReadonlyMap<number, Catalogue>> {
    if (performance.now() - this.readAt <= this.age) return this.last;
    this.reading ??= this.readAnew().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** What was begun before and ends later takes the place of nothing: it may have been read before an adoption. */
  async readAnew(): Promise<ReadonlyMap<number, Catalogue>> {
    const number = ++this.begun;
    const read = await cataloguesInForce(this.store);
    if (number > this.known) {
      this.known = number;
      this.last = read;
      this.readAt = performance.now();
    }
    return this.last;
  }
}

/** The catalogue of the newest year; undefined if there is none. */
export function newestOf(catalogues: ReadonlyMap<number, Catalogue>): Catalogue | undefined {
  return catalogues.get(Math.max(...catalogues.keys()));
}
