import type { Instant } from '../catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import type { ReturnKey } from '../returns/address.ts';
import type { Sha256 } from '../values/digest.ts';
import { actOf } from './questions.ts';

/** What a department asks for: more time for a return (申请延期), and what the legal office answered. */
export interface ExtensionRequest extends ReturnKey {
  /** The hash of the event that asked. */
  id: Sha256;
  until: Instant;
  asked: Act;
  /** Undefined while it waits. An extension of the return's period answers it, whatever its day. */
  answer: ExtensionAnswer | undefined;
}

export type ExtensionAnswer = Act & ({ kind: 'granted'; until: Instant } | { kind: 'declined' });

/** The requests of a year with their answers, from the office's chain in its order; oldest first. */
export function extensionRequestsIn(events: readonly LedgerEvent[]): ExtensionRequest[] {
  const requests: ExtensionRequest[] = [];
  const answer = (isMeant: (request: ExtensionRequest) => boolean, given: ExtensionAnswer) => {
    for (const request of requests)
      if (request.answer === undefined && isMeant(request)) request.answer = given;
  };
  for (const event of events) {
    if (isEvent(event, 'extension-requested')) requests.push(requestedIn(event));
    else if (isEvent(event, 'deadline-extended')) {
      const { department, period, until } = event.happening;
      const isMeant = (one: ExtensionRequest) =>
        one.period === period && (department ?? one.department) === one.department;
      answer(isMeant, { kind: 'granted', until, ...actOf(event) });
    } else if (isEvent(event, 'extension-declined')) {
      answer(({ id }) => id === event.happening.request, { kind: 'declined', ...actOf(event) });
    }
  }
  return requests;
}

function requestedIn(event: EventOf<'extension-requested'>): ExtensionRequest {
  const { department, period, until } = event.happening;
  return { id: event.hash, department, period, until, asked: actOf(event), answer: undefined };
}
