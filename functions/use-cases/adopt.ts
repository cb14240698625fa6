import { type Conversion, conversionsNeeded } from '../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger, LedgerReader } from '../../shared/core/ledger/ports.ts';
import type { Sha256 } from '../../shared/core/values/digest.ts';
import {
  conversionProblems,
  type Irreconcilable,
  reconcile,
  type Touched,
} from '../../shared/core/year/reconciliation.ts';
import type { Store } from './adopted.ts';
import { append } from './append.ts';
import { officeEventsIn, tryReadYear } from './read-year.ts';
import { keepAdoptions, keepCatalogue } from './stores/catalogue-store.ts';

/** A catalogue that somebody would bring into force, over the one that they have seen in force. */
export interface AdoptionRequest {
  catalogue: Catalogue;
  conversions: readonly Conversion[];
  reason: string;
  /** The hash of the catalogue in force when its difference was looked at; null if there was none. */
  replaces: Sha256 | null;
  at: Instant;
  by: string;
}

/** What adopting a catalogue would do, as the ledger stands. */
export interface AdoptionPreview {
  replaces: Sha256 | null;
  /** Of which units it has to be said by how much their figures are multiplied. */
  needed: Omit<Conversion, 'factor'>[];
  differences: Touched[];
  problems: Irreconcilable[];
}

/** A catalogue that cannot be adopted as the ledger stands, with why, in Chinese. */
export class AdoptionError extends Error {
  override readonly name = 'AdoptionError';
  readonly problems: readonly Irreconcilable[];

  constructor(problems: readonly Irreconcilable[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }
}

interface Wanted {
  catalogue: Catalogue;
  conversions: readonly Conversion[];
}

/** Shows what adopting a catalogue would change, and what forbids it, without doing so. */
export async function previewAdoption(wanted: Wanted, store: Store): Promise<AdoptionPreview> {
  return (await examine(wanted, store)).preview;
}

/** What adopting would do, and the office's chain as it was read for that. */
async function examine(
  wanted: Wanted,
  store: Store,
): Promise<{ preview: AdoptionPreview; office: readonly LedgerEvent[] }> {
  const { year } = wanted.catalogue;
  const chain = chainOf(year, 'office');
  const hash = catalogueHash(wanted.catalogue);
  const next = { ...wanted, hash };
  const found = await tryReadYear(store, year);
  const needed = conversionsNeeded(wanted.catalogue, found?.state.adopted);
  if (found === undefined) {
    const problems = conversionProblems(next, undefined);
    const preview = { replaces: null, needed, differences: [], problems };
    return { preview, office: await store.ledger.read(chain) };
  }
  const { state, chains, catalogueHash: replaces } = found;
  const { differences, problems } = reconcile(
    state,
    next,
    chains.flatMap(({ events }) => events),
  );
  const again = hash === replaces ? [whole('与现行目录完全相同，不需要采用。')] : [];
  return {
    preview: { replaces, needed, differences, problems: [...again, ...problems] },
    office: officeEventsIn(chains, year),
  };
}

/**
 * Brings a catalogue into force: kept among the documents by its hash, then named by an event of the office. Throws
 * `AdoptionError` where it cannot be reconciled with what counts, or where somebody adopted another meanwhile.
 */
export async function adopt(
  request: AdoptionRequest,
  store: { ledger: Ledger; documents: Documents },
): Promise<LedgerEvent> {
  const { catalogue, conversions, reason, replaces, at, by } = request;
  const hash = await keepCatalogue(catalogue, store.documents);
  const chain = chainOf(catalogue.year, 'office');
  const adopted = await append(store.ledger, async () => {
    const { preview, office } = await examine({ catalogue, conversions }, store);
    if (preview.replaces !== replaces) throw new AdoptionError([overtaken(preview.replaces, hash)]);
    if (preview.problems.length > 0) throw new AdoptionError(preview.problems);
    const event = nextEvent(chain, office, {
      ...{ at, by, catalogue: hash },
      happening: {
        kind: 'catalogue-adopted',
        catalogue: hash,
        replaces,
        conversions: [...conversions],
        reason,
      },
    });
    return { kind: 'append', event, result: event };
  });
  await completeAdoptions(catalogue.year, store);
  return adopted;
}

/** Keeps what copies are missing of a year's adoptions, of one that was broken off after its event too. */
export async function completeAdoptions(
  year: number,
  { ledger, documents }: { ledger: LedgerReader; documents: Documents },
): Promise<void> {
  await keepAdoptions(await ledger.read(chainOf(year, 'office')), documents);
}

function overtaken(inForce: Sha256 | null, wanted: Sha256): Irreconcilable {
  return whole(
    inForce === wanted
      ? '这份目录刚刚已被采用，不需要再采用一次。'
      : '在您查看差异之后，已有人采用了另一份目录；请重新查看与现行目录的差异，再决定是否采用。',
  );
}

function whole(message: string): Irreconcilable {
  return { entry: 'catalogue', id: '', message };
}
