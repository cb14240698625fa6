import type { Catalogue } from '../catalogue/catalogue.ts';
import { kinds } from '../catalogue/kinds.ts';
import { comparePeriods, endsBy, type Period } from '../catalogue/period.ts';
import { type ApplicableRule, outcomeOf, rulesOverTotals } from '../catalogue/rules.ts';
import { addendsOf, type Known } from '../catalogue/sums.ts';
import { ruleWarns } from '../returns/findings/findings.ts';
import { onceForEach } from '../values/once-for-each.ts';
import { inOrderOfForm, type Pending, type Warning } from '../year/warning.ts';
import { warningsOnReturns } from '../year/warnings.ts';
import type { YearState } from '../year/year-state.ts';
import { type IndicatorObservations, observationsByIndicator } from './observations-by-indicator.ts';
import { departmentFigures, overDepartments, takenOverTime } from './operators.ts';

/** Every warning of a year: those on returns, then those on the totals of all departments. */
export const warningsOf = onceForEach((state: YearState): Warning[] => [
  ...warningsOnReturns(state),
  ...inOrderOfForm(totalsWarnings(state), state),
]);

/** What the totals of all departments say against the rules over them. Of a part of the year nothing can be told. */
function totalsWarnings(state: YearState): Pending[] {
  if (state.onlyOf !== undefined) return [];
  return rulesOverTotals(state.catalogue).flatMap((rule) => ruleOverTotals(rule, state));
}

/**
 * A rule over totals is asked at the end of each period for which some of its figures are asked for, while no return is
 * missing from any of them. If it stays broken by the same amount that is said once, in the period that broke it.
 */
function ruleOverTotals(applicable: ApplicableRule, state: YearState): Pending[] {
  const { catalogue } = state;
  const [first] = applicable.indicators;
  const observed = observationsByIndicator(state);
  const parts = applicable.indicators
    .flatMap((each) => addendsOf(each, catalogue))
    .flatMap(({ indicator: { id } }) => observed.get(id) ?? []);
  const asked = parts.flatMap(({ expected }) => expected.map(({ period }) => period));
  const pending: Pending[] = [];
  let said = '';
  for (const period of [...new Set(asked)].sort(comparePeriods)) {
    const outcome = outcomeOf(applicable, catalogue, (id) => cityToDate(observed.get(id), period, catalogue));
    if (outcome.kind === 'off') continue;
    const amount = outcome.kind === 'broken' ? outcome.difference : '';
    if (outcome.kind === 'broken' && amount !== said) {
      const finding = { ...ruleWarns(applicable.rule, outcome, period), indicator: first.id };
      pending.push({ department: null, period, finding });
    }
    said = amount;
  }
  return pending;
}

/**
 * What all departments come to, to the end of a period, exactly and in the unit in which it is entered. Not known while a
 * return is missing from it, nor of a stock, or of what is reported to date, in a period in which it is not asked for.
 */
function cityToDate(all: IndicatorObservations | undefined, period: Period, catalogue: Catalogue): Known {
  if (all === undefined) return undefined;
  const { indicator } = all;
  const soFar = {
    indicator,
    expected: all.expected.filter((each) => endsBy(each.period, period)),
    counted: all.counted.filter((each) => endsBy(each.period, period)),
    missing: all.missing.filter((each) => endsBy(each.period, period)),
  };
  const standsAlone = kinds[indicator.kind].taken === 'last-period' || indicator.overTime === 'cumulative';
  const isAsked = soFar.expected.some((each) => !standsAlone || each.period === period);
  if (!isAsked || soFar.missing.length > 0) return undefined;
  const byDepartment = departmentFigures(soFar, catalogue);
  return overDepartments(indicator, byDepartment, takenOverTime(soFar)) ?? 'blank';
}
