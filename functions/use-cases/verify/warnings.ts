import { type AdoptedCatalogues, adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import { adoptedAt } from '../../../shared/core/ledger/adoptions.ts';
import { chainOf, type EventOf, isEvent, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import { heldIn, questionsOf, returnsAt } from '../../../shared/core/publication/content.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { openMattersOf } from '../../../shared/core/totals/open-matters.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { canonicalJson } from '../../../shared/core/values/digest.ts';
import { baselineEvents } from '../../../shared/core/year/baseline.ts';
import { lastYearFromBaseline } from '../../../shared/core/year/baseline-year.ts';
import { lastYearOf } from '../../../shared/core/year/last-year.ts';
import { foldYear, type LastYear, type SourceOf } from '../../../shared/core/year/year-state.ts';
import type { Baselines } from './baselines.ts';
import type { Fault } from './verify.ts';

/** What was looked at, and what is wrong with it. */
export interface Outcome {
  checked: string[];
  faults: Fault[];
}

/**
 * Last year as a publication cites it: there is none, nobody brought its ledger, the ledger does not have it like that,
 * or here it is.
 */
export type CitedLastYear =
  | { kind: 'none' }
  | { kind: 'elsewhere'; year: number }
  | { kind: 'wrong'; explanation: string }
  | { kind: 'here'; lastYear: LastYear };

/** Last year as the publication cites it, in last year's events where somebody brought them. */
export function citedLastYear(
  publication: Publication,
  { lastYear: events, adoptedBefore, own }: LedgersToCite,
): CitedLastYear {
  const { comparedWith, year: ownYear } = publication;
  if (comparedWith === null) {
    const isThere = standingBaseline(publication, own.events) !== undefined;
    return isThere
      ? wrong(`cites nothing, while the ledger has a baseline of ${ownYear - 1}`)
      : { kind: 'none' };
  }
  const { kind, year } = comparedWith;
  const cites =
    kind === 'baseline'
      ? `cites a baseline of ${year}`
      : `cites publication ${comparedWith.number} of ${year}`;
  if (year !== ownYear - 1) return wrong(`${cites}, which is not the year before`);
  if (kind === 'baseline')
    return (
      citedBaseline(publication, comparedWith, own) ??
      wrong(`${cites}, which the ledger does not have like this`)
    );
  if (events === undefined) return { kind: 'elsewhere', year };
  const cited = citedIn(events, comparedWith);
  return cited === undefined
    ? wrong(`${cites}, which the ledger does not have like this`)
    : { kind: 'here', lastYear: lastYearOf(cited, events, adoptedBefore) };
}

/** What a publication may cite of the year before: its own ledger, or what the year's own records of it. */
export interface LedgersToCite {
  lastYear: readonly LedgerEvent[] | undefined;
  adoptedBefore: AdoptedCatalogues | undefined;
  own: { events: readonly LedgerEvent[]; adopted: AdoptedCatalogues | undefined; baselines: Baselines };
}

function wrong(explanation: string): CitedLastYear {
  return { kind: 'wrong', explanation };
}

/** The baseline that stood at the heads of a publication. */
function standingBaseline({ year, chains }: Publication, events: readonly LedgerEvent[]) {
  const office = chainOf(year, 'office');
  const length = chains.find(({ chain }) => chain === office)?.length ?? 0;
  return baselineEvents(events).findLast(({ chain, sequence }) => chain === office && sequence <= length);
}

/** Last year by the baseline that is cited; undefined if that is not the one that stood, or is not here as it was. */
function citedBaseline(
  publication: Publication,
  { digest, recordedAt, recordedBy }: SourceOf<'baseline'>,
  { events, adopted, baselines }: LedgersToCite['own'],
): CitedLastYear | undefined {
  const event = standingBaseline(publication, events);
  const baseline = baselines.get(digest);
  const catalogue = adopted && adoptedWith(event?.catalogue, adopted)?.catalogue;
  const isIt = event?.happening.baseline === digest && event.at === recordedAt && event.by === recordedBy;
  if (event === undefined || !isIt || baseline === undefined || catalogue === undefined) return undefined;
  return { kind: 'here', lastYear: lastYearFromBaseline({ event, baseline, catalogue }) };
}

/** The events of a year, with its catalogues, and last year as it is cited. */
interface Events {
  events: readonly LedgerEvent[];
  adopted: AdoptedCatalogues | undefined;
  cited: CitedLastYear;
}

/**
 * Derives the warnings anew from the publication of last year that is cited and from the chains as far as the
 * publication's heads go. Where nobody brought last year's ledger that is said, and is no fault: a publication can be
 * verified without it.
 */
export function verifyWarnings(publication: Publication, { events, adopted, cited }: Events): Outcome {
  switch (cited.kind) {
    case 'none':
      return deriveAnew(publication, { events, adopted, lastYear: undefined });
    case 'elsewhere':
      return { checked: [`warnings not derived anew: the ledger of ${cited.year} is not here`], faults: [] };
    case 'wrong':
      return { checked: [], faults: [{ where: 'comparedWith', explanation: cited.explanation }] };
    case 'here':
      return deriveAnew(publication, { events, adopted, lastYear: cited.lastYear });
  }
}

function citedIn(
  lastYear: readonly LedgerEvent[],
  { year, number, digest }: SourceOf<'publication'>,
): EventOf<'published'> | undefined {
  return lastYear
    .filter((event) => isEvent(event, 'published'))
    .filter(({ chain }) => chain === chainOf(year, 'office'))
    .find(({ happening }) => happening.number === number && happening.digest === digest);
}

function deriveAnew(
  { year, chains, publishedAt, warnings, questions, held, open, returns }: Publication,
  { events, adopted, lastYear }: Omit<Events, 'cited'> & { lastYear: LastYear | undefined },
): Outcome {
  const byChain = Map.groupBy(events, ({ chain }) => chain);
  const pinned = chains.flatMap(({ chain, length }) => byChain.get(chain)?.slice(0, length) ?? []);
  const office = pinned.filter(({ chain }) => chain === chainOf(year, 'office'));
  const then = adopted && adoptedAt(office, adopted);
  // By what last year's figures were counted is told by its catalogues.
  if (then === undefined || (lastYear !== undefined && lastYear.state === undefined)) {
    return { checked: ['warnings not derived anew: the adopted catalogues are not here'], faults: [] };
  }
  const state = foldYear(then, pinned, lastYear);
  const said = [
    { where: 'warnings', derived: warningsOf(state), published: warnings },
    { where: 'questions', derived: questionsOf(state), published: questions },
    { where: 'held', derived: heldIn(state), published: held },
    { where: 'open', derived: openMattersOf(state), published: open },
    { where: 'returns', derived: returnsAt(state, publishedAt), published: returns },
  ];
  const explanation = 'are not those that the ledger comes to at the heads of the publication';
  // What is open is counted from the others, so that it is wrong wherever they are.
  const wrong = said.find(({ derived, published }) => canonicalJson(derived) !== canonicalJson(published));
  return wrong === undefined
    ? { checked: [`${warnings.length} warnings derived anew`], faults: [] }
    : { checked: [], faults: [{ where: wrong.where, explanation }] };
}
