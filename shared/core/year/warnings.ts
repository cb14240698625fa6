import { z } from 'zod';
import {
  type Catalogue,
  type Indicator,
  indicatorOf,
  indicatorsOnForm,
  isReportedBy,
} from '../catalogue/catalogue.ts';
import { instantSchema, type Period, periodInWords, periodSchema } from '../catalogue/period.ts';
import { evaluateRule, indicatorsOfRule, withoutFullStop } from '../catalogue/rule-expression.ts';
import { type Finding, findingSchema } from '../returns/finding.ts';
import { type Decimal, subtract, sum } from '../values/decimal.ts';
import { digestOf, sha256Schema } from '../values/digest.ts';
import { outlierFinding } from './outliers.ts';
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
 * The warnings on returns that count: rules over the year to date, slips of unit, values far from the
 * department's own past. Derived from the state at each call, so that they come and go with corrections.
 */
export function warningsOf(state: YearState): Warning[] {
  const byDepartment = Map.groupBy(state.returns, ({ department }) => department.id);
  return [...byDepartment.values()].flatMap((returns) => departmentWarnings(returns, state));
}

/** The warnings on one return. */
export function warningsOn(state: YearState, department: string, period: Period): Warning[] {
  const returns = state.returns.filter((candidate) => candidate.department.id === department);
  return departmentWarnings(returns, state).filter((warning) => warning.period === period);
}

function departmentWarnings(returns: ReturnState[], state: YearState): Warning[] {
  const { catalogue } = state;
  const inOrder = returns.toSorted((a, b) => (a.period < b.period ? -1 : 1));
  const warnings = [...yearToDateWarnings(inOrder, catalogue), ...outlierWarnings(inOrder, catalogue)];
  const order = new Map(catalogue.indicators.map(({ id }, index) => [id, index]));
  const position = ({ finding }: Pending) => order.get(finding.indicator ?? '') ?? -1;
  return warnings
    .sort((a, b) => (a.period === b.period ? position(a) - position(b) : a.period < b.period ? -1 : 1))
    .map(({ department, period, finding }) => {
      const { rule, indicator = '', found = '' } = finding;
      const id = digestOf({ department, period, rule, indicator, found });
      return { id, department, period, finding, acknowledged: state.acknowledgements.get(id) ?? null };
    });
}

type Pending = Pick<Warning, 'department' | 'period' | 'finding'>;

function reportedValue(state: ReturnState, indicator: string): Decimal | undefined {
  const found = state.counting?.observations.find((observation) => observation.indicator === indicator);
  return found?.status === 'reported' ? found.value : undefined;
}

function placeOf(state: ReturnState, indicator: string): Pick<Finding, 'place'> {
  const place = state.counting?.observations.find(
    (observation) => observation.indicator === indicator,
  )?.place;
  return place === undefined ? {} : { place };
}

/**
 * A rule that stays broken by the same amount is said once, in the month that broke it. Nothing is said while an
 * earlier return lacks, since the year to date is then not known.
 */
function yearToDateWarnings(returns: ReturnState[], catalogue: Catalogue): Pending[] {
  const department = returns[0]?.department.id ?? '';
  const rules = catalogue.rules
    .filter(({ over }) => over === 'year-to-date')
    .filter(({ expression }) =>
      indicatorsOfRule(expression).every((id) => isReportedBy(indicatorOf(catalogue, id)!, department)),
    );
  return rules.flatMap((rule): Pending[] => {
    const ids = indicatorsOfRule(rule.expression);
    const pending: Pending[] = [];
    let said = '';
    for (const [index, current] of returns.entries()) {
      const soFar = returns.slice(0, index + 1);
      if (soFar.some(({ counting }) => counting === undefined)) break;
      const numbers = new Map(ids.map((id) => [id, yearToDate(indicatorOf(catalogue, id)!, soFar)]));
      const outcome = evaluateRule(rule.expression, (id) => numbers.get(id));
      if (outcome === undefined) continue;
      const amount = outcome.holds ? '' : subtract(outcome.left, outcome.right);
      if (amount !== '' && amount !== said) {
        const found = ids.map((id) => `${indicatorOf(catalogue, id)!.name} ${numbers.get(id)}`).join('，');
        pending.push({
          department,
          period: current.period,
          finding: {
            rule: `rule-${rule.id}`,
            severity: 'warning',
            ...placeOf(current, ids[0]!),
            indicator: ids[0]!,
            found: found.slice(0, 200).toWellFormed(),
            expected: rule.message,
            message: `截至${periodInWords(current.period)}的累计数不符合“${withoutFullStop(rule.message)}”；请核对各月数字，有误的重新报送那个月的月报，无误的请说明原因。`,
          },
        });
      }
      said = amount;
    }
    return pending;
  });
}

function yearToDate(indicator: Indicator, returns: ReturnState[]): Decimal | undefined {
  const values = returns.map((state) => reportedValue(state, indicator.id));
  if (indicator.kind === 'stock') return values.at(-1);
  if (indicator.kind === 'list') return listToDate(indicator, returns);
  const reported = values.filter((value) => value !== undefined);
  return reported.length === 0 ? undefined : sum(reported);
}

/** The different names so far, as the annual total counts them. */
function listToDate({ id }: Indicator, returns: ReturnState[]): Decimal | undefined {
  const lists = returns.flatMap(({ counting }) =>
    (counting?.observations ?? []).flatMap((observation) =>
      observation.indicator === id && observation.status === 'reported' ? [observation.items ?? []] : [],
    ),
  );
  return lists.length === 0 ? undefined : String(new Set(lists.flat()).size);
}

function outlierWarnings(returns: ReturnState[], catalogue: Catalogue): Pending[] {
  return returns.flatMap((current, index): Pending[] => {
    if (current.counting === undefined) return [];
    return indicatorsOnForm(catalogue, current.department.id, current.period).flatMap((indicator) => {
      const value = reportedValue(current, indicator.id);
      if (value === undefined || indicator.kind === 'list') return [];
      const past = returns
        .slice(0, index)
        .map((earlier) => reportedValue(earlier, indicator.id))
        .filter((earlier) => earlier !== undefined);
      const finding = outlierFinding(indicator, value, past);
      return finding === undefined
        ? []
        : [
            {
              department: current.department.id,
              period: current.period,
              finding: { ...finding, ...placeOf(current, indicator.id), indicator: indicator.id },
            },
          ];
    });
  });
}
