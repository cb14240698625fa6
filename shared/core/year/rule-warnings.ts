import type { Rule } from '../catalogue/catalogue.ts';
import { isReported, isReportedBy, type ReportedIndicator } from '../catalogue/indicator.ts';
import { combined, kinds } from '../catalogue/kinds.ts';
import {
  endsBy,
  frequencyOf,
  numberInYear,
  type Period,
  periodsOf,
  yearBefore,
  yearOf,
} from '../catalogue/period.ts';
import type { When } from '../catalogue/rule-expression.ts';
import { type ApplicableRule, outcomeOf, rulesFor } from '../catalogue/rules.ts';
import { addendsOf, type Known } from '../catalogue/sums.ts';
import { indicatorOf } from '../catalogue/tables.ts';
import { ruleWarns } from '../returns/findings/findings.ts';
import type { FigureSaid } from '../returns/observation.ts';
import type { Decimal } from '../values/decimal.ts';
import { type BesideLastYear, figuresLastYear } from './last-year.ts';
import { observationOf, type Pending, placeOf } from './warning.ts';
import type { ReturnState } from './year-state.ts';

/** What a department's returns, in order, say against the rules that warn: those over the year to date, or last year. */
export function ruleWarnings(returns: ReturnState[], years: BesideLastYear): Pending[] {
  const department = returns[0]?.department.id ?? '';
  return rulesFor(years.catalogue, department, 'warning').flatMap((applicable) =>
    applicable.rule.over === 'period'
      ? returns.flatMap((one) => besideLastYear(applicable, one, years))
      : toDate(applicable, returns, years),
  );
}

/** A rule over a period that looks at last year is asked of each return by itself. */
function besideLastYear(applicable: ApplicableRule, one: ReturnState, years: BesideLastYear): Pending[] {
  const outcome = outcomeOf(applicable, years.catalogue, (id, when) => {
    if (when === 'now') return knownOf(observationOf(one, id));
    return ofLastYear(id, when, { returns: [one], over: 'period' }, years);
  });
  return outcome.kind === 'broken' ? [warningOn(applicable, one, outcome)] : [];
}

/**
 * A rule that stays broken by the same amount is said once, in the period that broke it. Nothing is said while an
 * earlier return of its frequency is missing, since the year to date is then not known.
 */
function toDate(applicable: ApplicableRule, returns: ReturnState[], years: BesideLastYear): Pending[] {
  const { catalogue } = years;
  const [source] = addendsOf(applicable.indicators[0], catalogue);
  const inARow = untilMissing(
    returns.filter(({ period }) => frequencyOf(period) === source?.indicator.frequency),
  );
  const pending: Pending[] = [];
  let said = '';
  for (const [index, current] of inARow.entries()) {
    const soFar = inARow.slice(0, index + 1);
    const outcome = outcomeOf(applicable, catalogue, (id, when) =>
      when === 'now'
        ? yearToDate(id, soFar, years)
        : ofLastYear(id, when, { returns: soFar, over: 'year-to-date' }, years),
    );
    if (outcome.kind === 'off') continue;
    const amount = outcome.kind === 'broken' ? outcome.difference : '';
    if (outcome.kind === 'broken' && amount !== said) pending.push(warningOn(applicable, current, outcome));
    said = amount;
  }
  return pending;
}

function warningOn(
  { rule, indicators: [first] }: ApplicableRule,
  current: ReturnState,
  broken: Parameters<typeof ruleWarns>[1],
): Pending {
  const { department, period } = current;
  const about = { ...placeOf(current, first.id), indicator: first.id };
  return { department: department.id, period, finding: { ...ruleWarns(rule, broken, period), ...about } };
}

function untilMissing(returns: ReturnState[]): ReturnState[] {
  const first = returns.findIndex(({ counting }) => counting === undefined);
  return first < 0 ? returns : returns.slice(0, first);
}

/**
 * By the indicator's own operator over the periods so far; of a stock, and of what is reported to date, this period's.
 * Not known where the form of one of these returns did not ask for it yet.
 */
function yearToDate(id: string, returns: ReturnState[], { catalogue }: BesideLastYear): Known {
  const indicator = indicatorOf(catalogue, id);
  if (indicator === undefined || !isReported(indicator)) return undefined;
  const taken = standsAlone(indicator) ? returns.slice(-1) : returns;
  const asked = taken.filter(({ department, period }) => isReportedBy(indicator, department.id, period));
  const said = asked.flatMap((state) => observationOf(state, id) ?? []);
  return said.length === asked.length ? together(indicator, said) : undefined;
}

/** Whether the figure of a period is the year's to its end, and needs no others. */
function standsAlone({ kind, overTime }: ReportedIndicator): boolean {
  return kinds[kind].taken === 'last-period' || overTime === 'cumulative';
}

/**
 * What last year said, as it was published, beside the last of these returns of this year: at its end, or in the same
 * period, or, of what adds up, in the very same periods so far. Not known where it did not ask for them, or for others.
 */
function ofLastYear(
  id: string,
  when: Exclude<When, 'now'>,
  { returns, over }: { returns: readonly ReturnState[]; over: Rule['over'] },
  years: BesideLastYear,
): Known {
  const indicator = indicatorOf(years.catalogue, id);
  const current = returns.at(-1);
  if (indicator === undefined || !isReported(indicator) || current === undefined) return undefined;
  const { department, period } = current;
  const figures = figuresLastYear(years, { department: department.id, period }, indicator);
  const said = (then: Period | undefined) => figures.find((each) => each.period === then)?.said;
  if (when === 'last-year-end') return knownOf(said(lastAskedIn(yearOf(period) - 1, indicator)));
  if (over === 'period' || standsAlone(indicator)) return knownOf(said(yearBefore(period)));
  const asked = returns.filter((one) => isReportedBy(indicator, department.id, one.period));
  const before = figures.filter((each) => endsBy(each.period, yearBefore(period)));
  const isAlike =
    asked.map((one) => yearBefore(one.period)).join() === before.map((each) => each.period).join();
  return isAlike
    ? together(
        indicator,
        before.map((each) => each.said),
      )
    : undefined;
}

function lastAskedIn(year: number, { frequency, months }: ReportedIndicator): Period | undefined {
  return periodsOf(year, frequency)
    .filter((period) => months?.includes(numberInYear(period)) ?? true)
    .at(-1);
}

/** What several figures of an indicator make, as far as that can be told; blank where there are some, and none is a number. */
function together(indicator: ReportedIndicator, said: readonly FigureSaid[]): Known {
  const reported = said.flatMap(({ value, items }) => (value ? [{ value, items }] : []));
  // Of a list that was entered only the count is known: which items of several were the same, nobody can tell.
  const isCounted = indicator.kind === 'list' && reported.some(({ items }) => items === undefined);
  if (isCounted) return reported.length === 1 ? reported[0]?.value : undefined;
  return combined(indicator.overTime, reported) ?? (said.length > 0 ? 'blank' : undefined);
}

function knownOf(said: FigureSaid | undefined): Known {
  if (said === undefined) return undefined;
  return said.status === 'reported' ? (said.value as Decimal) : 'blank';
}
