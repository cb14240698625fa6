import type { Sha256 } from '../values/digest.ts';
import {
  type Chain,
  type ChainHead,
  hashOfEvent,
  type LedgerEvent,
  ledgerEventSchema,
  noHash,
} from './event.ts';

/** What is wrong with a chain, and at which sequence number. */
export interface ChainFault {
  chain: Chain;
  sequence: number;
  fault: 'not-an-event' | 'edited' | 'out-of-place' | 'broken-link' | 'cut-off' | 'replaced';
  explanation: string;
}

/**
 * Checks a chain as it was read: every event is whole and unedited, in its place, and linked to the one before;
 * and the chain reaches every head that is known of it from elsewhere. An empty answer means nothing is wrong.
 */
export function verifyChain(
  chain: Chain,
  events: readonly unknown[],
  knownHeads: readonly ChainHead[] = [],
): ChainFault[] {
  const faults: ChainFault[] = [];
  const hashes: string[] = [];
  let previous: Sha256 | undefined = noHash;
  events.forEach((candidate, index) => {
    const expected = index + 1;
    const parsed = ledgerEventSchema.safeParse(candidate);
    if (!parsed.success) {
      faults.push(fault('not-an-event', expected, `event ${expected} is not a ledger event`));
      previous = undefined;
      hashes.push('');
      return;
    }
    const event = parsed.data;
    faults.push(...eventFaults(event, { expected, previous }));
    previous = event.hash;
    hashes.push(event.hash);
  });
  return [...faults, ...headFaults()];

  function fault(kind: ChainFault['fault'], sequence: number, explanation: string): ChainFault {
    return { chain, sequence, fault: kind, explanation };
  }

  function eventFaults(
    event: LedgerEvent,
    at: { expected: number; previous: Sha256 | undefined },
  ): ChainFault[] {
    const found: ChainFault[] = [];
    const named = `event ${event.sequence}`;
    if (event.chain !== chain || event.sequence !== at.expected) {
      found.push(
        fault(
          'out-of-place',
          at.expected,
          `${named} of ${event.chain} stands where event ${at.expected} of ${chain} belongs: one was removed, inserted or moved`,
        ),
      );
    }
    if (hashOfEvent(event) !== event.hash) {
      found.push(
        fault('edited', at.expected, `${named} does not have the hash that it states: it was edited`),
      );
    }
    if (event.previous !== at.previous) {
      found.push(fault('broken-link', at.expected, `${named} does not follow the event before it`));
    }
    return found;
  }

  function headFaults(): ChainFault[] {
    return knownHeads
      .filter((head) => head.chain === chain && head.length > 0)
      .flatMap((head) => {
        const here = hashes[head.length - 1];
        if (here === undefined) {
          const explanation = `the chain ends after ${hashes.length} events, but ${head.length} are known to have been there: its tail was cut off`;
          return [fault('cut-off', hashes.length, explanation)];
        }
        if (here === head.hash) return [];
        return [
          fault(
            'replaced',
            head.length,
            `event ${head.length} is another than the one known to have been there`,
          ),
        ];
      });
  }
}
