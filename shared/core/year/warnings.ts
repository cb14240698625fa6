import { z } from 'zod';
import { adoptedWith } from '../catalogue/adoption.ts';
import { type Catalogue, indicatorsOnForm } from '../catalogue/catalogue.ts';
import { isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { combined, kinds } from '../catalogue/kinds.ts';
import { nameOfAsked, narrativesOnForm } from '../catalogue/narratives.ts';
import { comparePeriods, frequencyOf, instantSchema, periodSchema } from '../catalogue/period.ts';
import { outcomeOf, rulesFor } from '../catalogue/rules.ts';
import { addendsOf, type Known } from '../catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import type { ReturnKey } from '../returns/address.ts';
import { type Finding, findingSchema } from '../returns/finding.ts';
import { ruleBrokenToDate, say } from '../returns/findings/findings.ts';
import type { Observation } from '../returns/observation.ts';
import { compare } from '../values/decimal.ts';
import { digestOf, sha256Schema } from '../values/digest.ts';
import { figuresLastYear, isSameInYear } from './last-year.ts';
import { NearDoubles } from './near-doubles.ts';
import { onceForState } from './once-for-state.ts';
import { oddFinding } from './outliers.ts';
import type { ReturnState, YearState } from './year-state.ts';

/** A warning on a return, settled once somebody has acknowledged it with a reason. */
export const warningSchema = z.strictObject({
  id: sha256Schema,
  department: z.string(),
  period: periodSchema,
  finding: findingSchema,
  acknowledged: z.strictObject({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
});
export type Warning = z.infer<typeof warningSchema>;

/**
 * The warnings on returns that count: rules over the year to date, and figures that look wrong beside the
 * department's own past, this year's and last year's. Derived from the state, so that they come and go with corrections.
 */
export const warningsOf = onceForState((state: YearState): Warning[] => {
  const byDepartment = Map.groupBy(state.returns, ({ department }) => department.id);
  return [...byDepartment.values()].flatMap((returns) => departmentWarnings(returns, state));
});

/** The warnings on one return. */
export function warningsOn(state: YearState, { department, period }: ReturnKey): Warning[] {
  const returns = state.returns.filter((candidate) => candidate.department.id === department);
  return departmentWarnings(returns, state).filter((warning) => warning.period === period);
}

function departmentWarnings(returns: ReturnState[], state: YearState): Warning[] {
  const { catalogue } = state;
  const inOrder = returns.toSorted((a, b) => comparePeriods(a.period, b.period));
  const warnings = [
    ...adoptionWarnings(inOrder, state),
    ...yearToDateWarnings(inOrder, catalogue),
    ...oddWarnings(inOrder, state),
    ...nearDoubleWarnings(inOrder),
  ];
  const order = new Map(indicatorsOf(catalogue).map(({ id }, index) => [id, index]));
  const position = ({ finding }: Pending) => order.get(finding.indicator ?? '') ?? -1;
  return warnings
    .sort((a, b) => comparePeriods(a.period, b.period) || position(a) - position(b))
    .map(({ department, period, finding }) => {
      const { rule, indicator = '', found = '' } = finding;
      const id = digestOf({ department, period, rule, indicator, found });
      return { id, department, period, finding, acknowledged: state.acknowledgements.get(id) ?? null };
    });
}

type Pending = Pick<Warning, 'department' | 'period' | 'finding'>;

function observationOf(state: ReturnState, indicator: string): Observation | undefined {
  return state.counting?.figures.find((observation) => observation.indicator === indicator);
}

function placeOf(state: ReturnState, indicator: string): Pick<Finding, 'place'> {
  const place = observationOf(state, indicator)?.place;
  return place === undefined ? {} : { place };
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

/**
 * A rule that stays broken by the same amount is said once, in the period that broke it. Nothing is said while an
 * earlier return of its frequency is missing, since the year to date is then not known.
 */
function yearToDateWarnings(returns: ReturnState[], catalogue: Catalogue): Pending[] {
  const department = returns[0]?.department.id ?? '';
  return rulesFor(catalogue, department, 'year-to-date').flatMap((applicable): Pending[] => {
    const [first] = applicable.indicators;
    const [source] = addendsOf(first, catalogue);
    const inARow = untilMissing(
      returns.filter(({ period }) => frequencyOf(period) === source?.indicator.frequency),
    );
    const pending: Pending[] = [];
    let said = '';
    for (const [index, current] of inARow.entries()) {
      const soFar = inARow.slice(0, index + 1);
      const outcome = outcomeOf(applicable, catalogue, (id) => yearToDate(id, soFar, catalogue));
      if (outcome.kind === 'off') continue;
      const amount = outcome.kind === 'broken' ? outcome.difference : '';
      if (outcome.kind === 'broken' && amount !== said) {
        const { period } = current;
        const about = { ...placeOf(current, first.id), indicator: first.id };
        const words = ruleBrokenToDate(applicable.rule, outcome, period);
        pending.push({ department, period, finding: { ...words, ...about } });
      }
      said = amount;
    }
    return pending;
  });
}

function untilMissing(returns: ReturnState[]): ReturnState[] {
  const first = returns.findIndex(({ counting }) => counting === undefined);
  return first < 0 ? returns : returns.slice(0, first);
}

/** By the indicator's own operator over the periods so far; of a stock, and of what is reported to date, this period's. */
function yearToDate(id: string, returns: ReturnState[], catalogue: Catalogue): Known {
  const indicator = indicatorOf(catalogue, id);
  if (indicator === undefined || !isReported(indicator)) return undefined;
  const isToDate = kinds[indicator.kind].taken === 'last-period' || indicator.overTime === 'cumulative';
  const taken = isToDate ? returns.slice(-1) : returns;
  const said = taken.flatMap((state) => observationOf(state, id) ?? []);
  const reported = said.flatMap((each) => (each.status === 'reported' ? [each] : []));
  return combined(indicator.overTime, reported) ?? (said.length > 0 ? 'blank' : undefined);
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

function oddWarnings(
  returns: ReturnState[],
  { catalogue, lastYear }: Pick<YearState, 'catalogue' | 'lastYear'>,
): Pending[] {
  return returns.flatMap((current, index): Pending[] => {
    const { department, period } = current;
    return indicatorsOnForm(catalogue, department.id, period).flatMap((indicator) => {
      const now = observationOf(current, indicator.id);
      if (now === undefined || !kinds[indicator.kind].isComparedWithPast) return [];
      if (indicator.overTime === 'cumulative') return fallOf(indicator, current, returns.slice(0, index));
      const before = figuresLastYear(lastYear, department.id, indicator);
      const own = returns.slice(0, index).flatMap((earlier) => observationOf(earlier, indicator.id) ?? []);
      const past = [...before.map(({ said }) => said), ...own];
      const sameLastYear = before.find((one) => isSameInYear(one.period, period))?.said;
      const words = oddFinding(indicator, now, { past, sameLastYear });
      if (words === undefined) return [];
      const about = { ...placeOf(current, indicator.id), indicator: indicator.id };
      return [{ department: department.id, period, finding: { ...words, ...about } }];
    });
  });
}
