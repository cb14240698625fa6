import { isDeepStrictEqual } from 'node:util';
import { periodBefore } from '../../shared/core/catalogue/period.ts';
import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { baselineEvents } from '../../shared/core/year/baseline.ts';
import { lastYearOf, newestPublication } from '../../shared/core/year/last-year.ts';
import { foldYear, type LastYear } from '../../shared/core/year/year-state.ts';
import { publicationDigest } from '../../shared/publication/compose.ts';
import { adoptedIn } from './adoptions.ts';
import { endOf } from './asked.ts';
import { enteredLastYear, standingBaseline } from './baselines.ts';
import type { ModelYear } from './model.ts';
import { ruleProblems } from './rule-checks.ts';
import type { Aftermath } from './simulation.ts';

/** The chains of the year that was played; last year's lie beside them. */
export function ownChains({ catalogue, ports }: Aftermath): Map<string, LedgerEvent[]> {
  return new Map([...ports.events].filter(([chain]) => chain.startsWith(`${catalogue.year}/`)));
}

export function lastYears({ catalogue, ports }: Aftermath): LedgerEvent[] {
  return [...ports.events].flatMap(([chain, events]) =>
    chain.startsWith(`${catalogue.year - 1}/`) ? events : [],
  );
}

/** Last year as what is cited has it; undefined if nothing is cited, or there is nothing like that. */
export function lastYearAsCited({ comparedWith }: Publication, aftermath: Aftermath): LastYear | undefined {
  const events = lastYears(aftermath);
  if (comparedWith?.kind === 'baseline') {
    const entered = baselineEvents([...ownChains(aftermath).values()].flat()).find(
      ({ happening, at }) => happening.baseline === comparedWith.digest && at === comparedWith.recordedAt,
    );
    return entered && enteredLastYear(entered, aftermath.ports);
  }
  const cited = events
    .filter((event) => isEvent(event, 'published'))
    .find(({ happening: { year, number, digest } }) =>
      isDeepStrictEqual({ kind: 'publication', year, number, digest }, comparedWith),
    );
  return cited && lastYearOf(cited, events, adoptedIn(events));
}

/** The last publication warns of what there is beside last year's newest one, and never beside other units. */
export function comparisonProblems(last: Publication, aftermath: Aftermath, model: ModelYear): string[] {
  const events = lastYears(aftermath);
  const newest = newestPublication(events);
  const own = last.chains.flatMap(({ chain, length }) =>
    (aftermath.ports.events.get(chain) ?? []).slice(0, length),
  );
  const entered = newest === undefined ? standingBaseline(own) : undefined;
  const beside =
    newest === undefined
      ? entered && enteredLastYear(entered, aftermath.ports)
      : lastYearOf(newest, events, adoptedIn(events));
  const state = foldYear(adoptedIn(own), own, beside);
  const isFollowed = isDeepStrictEqual(warningsOf(state), last.warnings);
  const oddBeside = last.warnings.filter(({ finding: { rule } }) => needsLastYear.includes(rule));
  const isComparable =
    entered !== undefined || (newest !== undefined && events.some(isInOwnUnits(aftermath)));
  const isNewest = isDeepStrictEqual(last.comparedWith, beside?.source ?? null);
  // What says the same beside the newest is not published again, and cites the one that there was.
  const isCited = isNewest || (isCitedThere(last, aftermath) && publicationDigest(state) === last.digest);
  return [
    ...(isCited ? [] : ['the last publication: cites another last year than there is']),
    ...ruleProblems(last, model, events),
    ...(isFollowed ? [] : ['the last publication: warns of other than beside the newest of last year']),
    ...(isComparable || oddBeside.length === 0 ? [] : ['the last publication: warns beside nothing']),
  ];
}

function isCitedThere(last: Publication, aftermath: Aftermath): boolean {
  return last.comparedWith === null || lastYearAsCited(last, aftermath) !== undefined;
}

/** What three months of a year alone are too few for. */
const needsLastYear = ['outlier', 'nothing-after-steady'];

function isInOwnUnits({ catalogue }: Aftermath): (event: LedgerEvent) => boolean {
  const units = new Set(catalogue.indicators.map(({ unit }) => unit));
  return (event) =>
    isEvent(event, 'return-accepted') && event.happening.measures.every(({ unit }) => units.has(unit));
}

/** Each month of a publication, the year to its end and the month before are what the model makes of them. */
export function periodProblems({ comparisons }: Publication, model: ModelYear): string[] {
  return comparisons.flatMap(({ indicator, period, value, before, toDate }) => {
    const inModel = (isIn: (each: string) => boolean) => model.totalsIn(isIn)[indicator]?.value ?? null;
    const earlier = comparisons.find(
      (row) => row.indicator === indicator && row.period === periodBefore(period),
    );
    // What is reported to date has no figure of a period that is made of that period alone.
    const isToDate = indicator === 'heard';
    const said = isToDate ? [toDate.value] : [value, toDate.value, earlier && before?.value];
    const soFar = inModel((each) => endOf(each) <= endOf(period));
    const expected = isToDate
      ? [soFar]
      : [inModel((each) => each === period), soFar, earlier && inModel((each) => each === earlier.period)];
    return isDeepStrictEqual(said, expected)
      ? []
      : [`the last publication: ${indicator} in ${period} is ${said.join()}, must be ${expected.join()}`];
  });
}
