import { type AdoptedCatalogues, adoptedCatalogues, adoptedWith } from '../catalogue/adoption.ts';
import { type EventOf, isEvent, type LedgerEvent } from './event.ts';

/** The adoptions among events, in the order of the chain. */
export function adoptionEvents(events: readonly LedgerEvent[]): EventOf<'catalogue-adopted'>[] {
  return events.filter((event) => isEvent(event, 'catalogue-adopted'));
}

/** What a year rests on beside its returns: an adoption of a catalogue, or a baseline of last year. */
export type BasisEvent = EventOf<'catalogue-adopted'> | EventOf<'baseline-recorded'>;

export function isBasis(event: LedgerEvent): event is BasisEvent {
  return isEvent(event, 'catalogue-adopted') || isEvent(event, 'baseline-recorded');
}

/** The catalogues as they were adopted when the office's chain was so long; undefined where none of them is known. */
export function adoptedAt(
  office: readonly LedgerEvent[],
  adopted: AdoptedCatalogues,
): AdoptedCatalogues | undefined {
  const adoptions = adoptionEvents(office).flatMap(({ happening: { catalogue: hash, conversions } }) => {
    const known = adoptedWith(hash, adopted);
    return known === undefined ? [] : [{ ...known, conversions }];
  });
  return adoptedCatalogues(adoptions);
}
