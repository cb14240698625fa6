import type { Chain, LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import { goOnFrom } from '../../shared/core/totals/kept.ts';
import { areSame } from '../../shared/core/values/once-for-each.ts';
import { NoCatalogueError, type Store } from './adopted.ts';
import {
  foldChains,
  type LedgerYear,
  lastYearIn,
  type ReadChain,
  readChainsOf,
  refuseBroken,
  type YearExtent,
} from './read-year.ts';

/** A year as it was folded last, with what it was folded from, and the ledger's mark from before that was read. */
interface Folded {
  mark: string | undefined;
  chains: readonly ReadChain[];
  before: readonly ReadChain[];
  baseline: string | undefined;
  year: LedgerYear;
}

/**
 * Years as a process that stays has read them. Chains only grow: of each only what came after is read, only a chain to
 * which something came is checked, and a year to which nothing came is not folded again; where the ledger tells by its mark
 * that nothing came to any, nothing is read. No answer differs from that of a whole reading, but for a store in which
 * something was changed that had been read: what stood there goes on to be told, and `verify` finds the change.
 */
export class KnownYears {
  private readonly store: Store;
  private readonly chains = new Map<Chain, LedgerEvent[]>();
  private readonly sound = new WeakSet<readonly LedgerEvent[]>();
  private readonly folded = new Map<string, Folded>();
  private readonly mark: () => Promise<string | undefined>;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ ledger, documents }: Store) {
    this.mark = async () => ledger.mark?.();
    this.store = { ledger: { read: (chain) => this.grown(chain, ledger) }, documents };
  }

  /** Throws as `readYear` does. */
  async read(extent: YearExtent): Promise<LedgerYear> {
    return this.unchanged(extent, await this.mark()) ?? this.inTurn(() => this.readTails(extent));
  }

  /** The year as it was folded last, where the ledger tells by its mark that nothing has come since. */
  private unchanged(extent: YearExtent, mark: string | undefined): LedgerYear | undefined {
    const known = this.folded.get(keyOf(extent));
    return mark !== undefined && known?.mark === mark ? known.year : undefined;
  }

  /** One after another: whoever asks while another is reading would read and fold the same once more. */
  private inTurn(read: () => Promise<LedgerYear>): Promise<LedgerYear> {
    const reading = this.last.then(read);
    this.last = reading.catch(() => {});
    return reading;
  }

  private async readTails(extent: YearExtent): Promise<LedgerYear> {
    const mark = await this.mark();
    const unchanged = this.unchanged(extent, mark);
    if (unchanged !== undefined) return unchanged;
    const unfolded = await readChainsOf(this.store, extent);
    if (unfolded === undefined)
      throw new NoCatalogueError(`no catalogue has been adopted for ${extent.year}`);
    const key = keyOf(extent);
    const known = this.folded.get(key);
    const { chains, before } = unfolded;
    const baseline = before.baseline?.event.hash;
    const isSameBefore =
      known !== undefined && known.baseline === baseline && isSame(known.before, before.chains);
    if (isSameBefore && isSame(known.chains, chains)) {
      this.folded.set(key, { ...known, mark });
      return known.year;
    }
    this.check([...chains, ...before.chains]);
    const lastYear = isSameBefore ? known.year.state.lastYear : lastYearIn(before, extent);
    const year = foldChains(unfolded, lastYear, extent);
    if (known !== undefined) goOnFrom(known.year.state, year.state);
    this.folded.set(key, { mark, chains, before: before.chains, baseline, year });
    return year;
  }

  /** What was read of broken chains is forgotten, so that whoever mends them need not start the program again. */
  private check(chains: readonly ReadChain[]): void {
    const unchecked = chains.filter(({ events }) => !this.sound.has(events));
    try {
      refuseBroken(unchecked);
    } catch (error) {
      for (const { chain } of unchecked) this.chains.delete(chain);
      throw error;
    }
    for (const { events } of unchecked) this.sound.add(events);
  }

  /** The very same list as before if nothing came. A chain that does not go on where it ended is read as a whole. */
  private async grown(chain: Chain, ledger: LedgerReader): Promise<LedgerEvent[]> {
    const known = this.chains.get(chain);
    if (known === undefined) return this.keep(chain, await ledger.read(chain));
    const tail = await ledger.read(chain, known.length);
    const [next] = tail;
    if (next === undefined) return known;
    const goesOn = known.length === 0 || next.previous === known.at(-1)?.hash;
    return this.keep(chain, goesOn ? [...known, ...tail] : await ledger.read(chain));
  }

  private keep(chain: Chain, events: LedgerEvent[]): LedgerEvent[] {
    this.chains.set(chain, events);
    return events;
  }
}

function keyOf({ year, department = '' }: YearExtent): string {
  return `${year}/${department}`;
}

/** Whether two readings brought the very same lists of events. */
function isSame(one: readonly ReadChain[], other: readonly ReadChain[]): boolean {
  return areSame(one.map(eventsOf), other.map(eventsOf));
}

function eventsOf({ events }: ReadChain): readonly LedgerEvent[] {
  return events;
}
