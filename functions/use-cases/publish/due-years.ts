import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { type Instant, localTime } from '../../../shared/core/catalogue/period.ts';
import { chainOf, isEvent } from '../../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import { readPublicationStatus } from '../stores/publication-store.ts';

/** A year to publish, and whether to leave it alone once it is final. */
export interface DueYear {
  year: number;
  untilFinal: boolean;
}

/** The years of a daily run, of those that have a catalogue: last year until it is final, and the present one. */
export function dueYears(catalogues: ReadonlyMap<number, Catalogue>, now: Instant): DueYear[] {
  return [...catalogues.values()]
    .toSorted((a, b) => a.year - b.year)
    .flatMap((catalogue) => {
      const present = Number(localTime(now, catalogue.utcOffset).slice(0, 4));
      const isLast = catalogue.year === present - 1;
      const { year } = catalogue;
      return isLast || year === present ? [{ year, untilFinal: isLast }] : [];
    });
}

/** Whether the newest publication of the year is final. */
export async function isFinal(
  year: number,
  { ledger, documents }: { ledger: Ledger; documents: Documents },
): Promise<boolean> {
  const office = await ledger.read(chainOf(year, 'office'));
  const last = office.filter((event) => isEvent(event, 'published')).at(-1);
  return last !== undefined && (await readPublicationStatus(last.happening, documents)) === 'final';
}
