import { adoptedWith } from '../catalogue/adoption.ts';
import { type Catalogue, indicatorsOnForm } from '../catalogue/catalogue.ts';
import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { kinds } from '../catalogue/kinds.ts';
import { nameOfAsked, narrativesOnForm } from '../catalogue/narratives.ts';
import { comparePeriods, type Period } from '../catalogue/period.ts';
import type { ReturnKey } from '../returns/address.ts';
import type { Finding } from '../returns/finding.ts';
import { say } from '../returns/findings/findings.ts';
import type { FigureSaid } from '../returns/observation.ts';
import { compare, type Decimal, subtract } from '../values/decimal.ts';
import { areSame } from '../values/once-for-each.ts';
import { type BesideLastYear, figuresLastYear, isSameInYear } from './last-year.ts';
import { NearDoubles } from './near-doubles.ts';
import { oddFinding, oddToDate } from './outliers.ts';
import { isCurrent, type Revision } from './revision.ts';
import { ruleWarnings } from './rule-warnings.ts';
import { ofSameOffices } from './taken-over.ts';
import { inOrderOfForm, observationOf, type Pending, placeOf, type Warning } from './warning.ts';
import type { LastYear, ReturnState, YearState } from './year-state.ts';

/**
 * The warnings on returns that count: rules over the year to date or last year, and figures that look wrong beside the
 * department's own past, this year's and last year's. Derived from the state, so that they come and go with corrections.
 */
export function warningsOnReturns(state: YearState): Warning[] {
  const byDepartment = Map.groupBy(state.returns, ({ department }) => department.id);
  return [...byDepartment.values()].flatMap((returns) => departmentWarnings(returns, state));
}

/** The warnings on one return. */
export function warningsOn(state: YearState, key: ReturnKey): Warning[] {
  return warningsIn(state, key, undefined);
}

/**
 * The warnings on one version of a return, beside what counts of the others: of one that waits, those that it would have if
 * it counted. None of one that will not count whatever is decided.
 */
export function warningsOnVersion(state: YearState, version: Revision): Warning[] {
  if (!isCurrent(version)) return [];
  const returns = state.returns.map((one) =>
    one.department.id === version.department && one.period === version.period
      ? { ...one, counting: version }
      : one,
  );
  return warningsIn({ ...state, returns }, version, version.period);
}

function warningsIn(
  state: YearState,
  { department, period }: ReturnKey,
  only: Period | undefined,
): Warning[] {
  const returns = state.returns.filter((candidate) => candidate.department.id === department);
  return departmentWarnings(returns, state, only).filter((warning) => warning.period === period);
}

/** All, kept for who asks about another return; or, of what is asked once, those of one period and perhaps some of others. */
function departmentWarnings(returns: ReturnState[], state: YearState, only?: Period): Warning[] {
  const inOrder = returns.toSorted((a, b) => comparePeriods(a.period, b.period));
  return inOrderOfForm(pendingOf(inOrder, state, only), state);
}

/** What is asked of a department, whatever was answered, with all that it was made from. */
interface KnownPending {
  basis: readonly unknown[];
  pending: Pending[];
}

/**
 * By department, as they were worked out last: most come to the same when the year is read again. They are kept as long as last
 * year is, since all of it would live as long as the program with a catalogue.
 */
const known = new WeakMap<LastYear | Catalogue, Map<string, KnownPending>>();

function pendingOf(returns: ReturnState[], state: YearState, only: Period | undefined): Pending[] {
  const { catalogue, adoptions, lastYear } = state;
  const counting = returns.flatMap((one) => [one.period, one.counting?.upload]);
  const basis = [catalogue, ...adoptions, ...counting];
  const ofYear = known.get(lastYear ?? catalogue) ?? new Map<string, KnownPending>();
  known.set(lastYear ?? catalogue, ofYear);
  const department = returns[0]?.department.id ?? '';
  const before = ofYear.get(department);
  if (before !== undefined && areSame(before.basis, basis)) return before.pending;
  const pending = [
    ...adoptionWarnings(returns, state),
    ...ruleWarnings(returns, state),
    ...oddWarnings(returns, state, only),
    ...nearDoubleWarnings(returns),
  ];
  if (only === undefined) ofYear.set(department, { basis, pending });
  return pending;
}

/** What an older form says that does not count, and what it could not say yet. */
function adoptionWarnings(returns: ReturnState[], { catalogue, adopted }: YearState): Pending[] {
  return returns.flatMap(({ department, period, counting }): Pending[] => {
    if (counting === undefined || counting.event.catalogue === adopted.inForce.hash) return [];
    const pinned = adoptedWith(counting.event.catalogue, adopted)?.catalogue ?? catalogue;
    const said = new Set(counting.observations.map(({ indicator }) => indicator));
    const key = { department: department.id, period };
    const then = new Set(narrativesOnForm(pinned, key).map(({ id }) => id));
    const left = counting.uncounted.map(({ indicator }) => nameOfAsked(indicator, pinned));
    const since = [
      ...indicatorsOnForm(catalogue, department.id, period).filter(({ id }) => !said.has(id)),
      ...narrativesOnForm(catalogue, key).filter(({ id }) => !then.has(id)),
    ];
    const about = (finding: Finding) => ({ department: department.id, period, finding });
    return [
      ...(left.length > 0 ? [about(say('figures-not-counted', left))] : []),
      ...(since.length > 0
        ? [
            about(
              say(
                'figures-asked-since',
                since.map(({ name }) => name),
              ),
            ),
          ]
        : []),
    ];
  });
}

/** Names of lists that are counted as two, and may be one: beside the department's own lists so far. */
function nearDoubleWarnings(returns: ReturnState[]): Pending[] {
  const known = new Map<string, NearDoubles>();
  return returns.flatMap((current): Pending[] => {
    const { department, period, counting } = current;
    const lists = (counting?.figures ?? []).flatMap((figure) =>
      figure.status === 'reported' && figure.items !== undefined ? [{ ...figure, items: figure.items }] : [],
    );
    return lists.flatMap(({ indicator, items }) => {
      const names = known.get(indicator) ?? new NearDoubles();
      known.set(indicator, names);
      const pairs = items.flatMap((item) => names.add(item) ?? []);
      if (pairs.length === 0) return [];
      const about = { ...placeOf(current, indicator), indicator };
      return [{ department: department.id, period, finding: { ...say('near-doubles', pairs), ...about } }];
    });
  });
}

/** What is reported as the year to date cannot be less than it was. */
function fallOf(
  indicator: ReportedIndicator,
  current: ReturnState,
  earlier: readonly ReturnState[],
): Pending[] {
  const { department, period } = current;
  const now = observationOf(current, indicator.id);
  const before = earlier
    .map((each) => ({ period: each.period, said: observationOf(each, indicator.id) }))
    .findLast(({ said }) => said?.status === 'reported');
  if (now?.status !== 'reported' || before?.said?.status !== 'reported') return [];
  if (compare(now.value, before.said.value) >= 0) return [];
  const about = { ...placeOf(current, indicator.id), indicator: indicator.id };
  const words = say('cumulative-falls', now.value, { period: before.period, value: before.said.value });
  return [{ department: department.id, period, finding: { ...words, ...about } }];
}

/** What a department said in a period. */
interface SaidIn {
  period: Period;
  said: FigureSaid;
}

/** Of what is reported as the year to date, in order of period: what came in each since the one before. */
function whatCame(toDate: readonly SaidIn[]): SaidIn[] {
  let before: Decimal = '0' as Decimal;
  return toDate.map(({ period, said }) => {
    if (!said.value) return { period, said };
    const came = subtract(said.value, before);
    before = said.value;
    return { period, said: { ...said, value: came } };
  });
}

function oddWarnings(returns: ReturnState[], state: BesideLastYear, only: Period | undefined): Pending[] {
  // Grows return by return: what was said of each indicator so far.
  const saidOf = new Map<string, SaidIn[]>();
  return returns.flatMap((current, index): Pending[] => {
    const { department, period, counting } = current;
    for (const said of counting?.figures ?? []) {
      const sofar = saidOf.get(said.indicator);
      if (sofar === undefined) saidOf.set(said.indicator, [{ period, said }]);
      else sofar.push({ period, said });
    }
    if (only !== undefined && period !== only) return [];
    const key = { department: department.id, period };
    return indicatorsOnForm(state.catalogue, department.id, period).flatMap((indicator) => {
      const now = observationOf(current, indicator.id);
      if (now === undefined || !kinds[indicator.kind].isComparedWithPast) return [];
      const isToDate = indicator.overTime === 'cumulative';
      const falls = isToDate ? fallOf(indicator, current, returns.slice(0, index)) : [];
      const lastYears = figuresLastYear(state, key, indicator);
      const own = saidOf.get(indicator.id) ?? [];
      const [before, sofar] = isToDate ? [whatCame(lastYears), whatCame(own)] : [lastYears, own];
      const said = sofar.at(-1)?.said ?? now;
      const isOfSameOffices = ofSameOffices(key, indicator, state);
      const earlier = sofar
        .slice(0, -1)
        .filter((each) => isOfSameOffices({ period: each.period, isToDate: false }));
      const past = [...before, ...earlier].map((each) => each.said);
      const sameLastYear = before.find((one) => isSameInYear(one.period, period))?.said;
      const toDate = own.map((each) => each.said);
      const words = isToDate
        ? oddToDate(indicator, toDate, said, { past, sameLastYear })
        : oddFinding(indicator, said, { past, sameLastYear });
      if (words === undefined) return falls;
      const about = { ...placeOf(current, indicator.id), indicator: indicator.id };
      return [...falls, { ...key, finding: { ...words, ...about } }];
    });
  });
}
