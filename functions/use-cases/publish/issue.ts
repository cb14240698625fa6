import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent } from '../../../shared/core/ledger/event.ts';
import type { Ledger } from '../../../shared/core/ledger/ports.ts';
import type { Store } from '../adopted.ts';
import { append } from '../append.ts';
import { DecisionError } from '../office.ts';
import { readYear } from '../read-year.ts';

export interface IssueRequest {
  year: number;
  number: number;
  reason: string;
  at: Instant;
  by: string;
}

/**
 * Records that the legal office issues a publication (正式发布): from then on a return that changes what it counted
 * needs a reason. Throws `DecisionError` unless it is the newest of its year and not issued yet.
 */
export async function issuePublication(
  { year, number, reason, at, by }: IssueRequest,
  store: Store & { ledger: Ledger },
): Promise<LedgerEvent> {
  const chain = chainOf(year, 'office');
  return append(store.ledger, async () => {
    const { state, chains, catalogueHash } = await readYear(store, year);
    if (state.publications.at(-1)?.happening.number !== number) {
      throw new DecisionError(`publication ${number} is not the newest of ${year}`);
    }
    if (state.issued.has(number)) throw new DecisionError(`publication ${number} is issued already`);
    const events = chains.find((candidate) => candidate.chain === chain)?.events ?? [];
    const happening = { kind: 'publication-issued' as const, year, number, reason };
    const event = nextEvent(chain, events, { at, by, catalogue: catalogueHash, happening });
    return { kind: 'append', event, result: event };
  });
}
