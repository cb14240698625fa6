import type { AdoptedCatalogues } from '../../../shared/core/catalogue/adoption.ts';
import { adoptedAt } from '../../../shared/core/ledger/adoptions.ts';
import { chainOf, type EventOf, isEvent, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { canonicalJson } from '../../../shared/core/values/digest.ts';
import { lastYearOf } from '../../../shared/core/year/last-year.ts';
import { warningsOf } from '../../../shared/core/year/warnings.ts';
import { foldYear, type LastYear, type PublicationCitation } from '../../../shared/core/year/year-state.ts';
import type { Fault } from './verify.ts';

/** What was looked at, and what is wrong with it. */
interface Outcome {
  checked: string[];
  faults: Fault[];
}

/** The events of a year, and of the one before; that is undefined where nobody brought it. */
interface Events {
  events: readonly LedgerEvent[];
  adopted: AdoptedCatalogues | undefined;
  lastYear: readonly LedgerEvent[] | undefined;
}

/**
 * Checks that the publication of last year that is cited is one that last year's ledger has, and derives the warnings
 * anew from it and from the chains as far as the publication's heads go. Where nobody brought last year's ledger that
 * is said, and is no fault: a publication can be verified without it.
 */
export function verifyWarnings(publication: Publication, { events, adopted, lastYear }: Events): Outcome {
  const { comparedWith } = publication;
  if (comparedWith === null) return deriveAnew(publication, { events, adopted, lastYear: undefined });
  const { year, number } = comparedWith;
  const cites = `cites publication ${number} of ${year}`;
  const fault = (explanation: string) => ({ checked: [], faults: [{ where: 'comparedWith', explanation }] });
  if (year !== publication.year - 1) return fault(`${cites}, which is not the year before`);
  if (lastYear === undefined) {
    return { checked: [`warnings not derived anew: the ledger of ${year} is not here`], faults: [] };
  }
  const cited = citedIn(lastYear, comparedWith);
  return cited === undefined
    ? fault(`${cites}, which the ledger does not have like this`)
    : deriveAnew(publication, { events, adopted, lastYear: lastYearOf(cited, lastYear) });
}

function citedIn(
  lastYear: readonly LedgerEvent[],
  { year, number, digest }: PublicationCitation,
): EventOf<'published'> | undefined {
  return lastYear
    .filter((event) => isEvent(event, 'published'))
    .filter(({ chain }) => chain === chainOf(year, 'office'))
    .find(({ happening }) => happening.number === number && happening.digest === digest);
}

function deriveAnew(
  { year, chains, warnings }: Publication,
  { events, adopted, lastYear }: Omit<Events, 'lastYear'> & { lastYear: LastYear | undefined },
): Outcome {
  const byChain = Map.groupBy(events, ({ chain }) => chain);
  const pinned = chains.flatMap(({ chain, length }) => byChain.get(chain)?.slice(0, length) ?? []);
  const office = pinned.filter(({ chain }) => chain === chainOf(year, 'office'));
  const then = adopted && adoptedAt(office, adopted);
  if (then === undefined) {
    return { checked: ['warnings not derived anew: the adopted catalogues are not here'], faults: [] };
  }
  const derived = warningsOf(foldYear(then, pinned, lastYear));
  if (canonicalJson(derived) === canonicalJson(warnings)) {
    return { checked: [`${warnings.length} warnings derived anew`], faults: [] };
  }
  const explanation = 'are not those that the ledger comes to at the heads of the publication';
  return { checked: [], faults: [{ where: 'warnings', explanation }] };
}
