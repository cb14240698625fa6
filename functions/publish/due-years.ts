import type { Catalogue } from '../../shared/core/catalogue.ts';
import { type Instant, localTime } from '../../shared/core/period.ts';

/** A year to publish, and whether to leave it alone once it is final. */
export interface DueYear {
  catalogue: Catalogue;
  untilFinal: boolean;
}

/** The years of a daily run, of those that have a catalogue: last year until it is final, and the present one. */
export function dueYears(catalogues: ReadonlyMap<number, Catalogue>, now: Instant): DueYear[] {
  return [...catalogues.values()]
    .toSorted((a, b) => a.year - b.year)
    .flatMap((catalogue) => {
      const present = Number(localTime(now, catalogue.utcOffset).slice(0, 4));
      const isLast = catalogue.year === present - 1;
      return isLast || catalogue.year === present ? [{ catalogue, untilFinal: isLast }] : [];
    });
}
