import type { Catalogue, Department } from '../catalogue/catalogue.ts';
import type { Indicator } from '../catalogue/indicator.ts';
import { kinds } from '../catalogue/kinds.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import type { YearState } from '../year/year-state.ts';
import { comparisonsOf } from './comparisons.ts';
import type { PeriodComparison } from './period-comparison.ts';

/**
 * The comparisons of one indicator for any departments as if there were no others: for a group of them, or for one.
 * Whoever was merged into one of them, this year or last, belongs to it, so that last year's figures are of the same
 * offices. What each department keeps for itself is compared for one alone.
 */
export function comparisonsWithin(
  state: YearState,
  indicator: string,
): (departments: ReadonlySet<string>) => PeriodComparison[] {
  const { lastYear } = state;
  const now = partsOf({ ...state, catalogue: ownOf(state.catalogue, indicator) });
  const before = lastYear?.state && partsOf(lastYear.state);
  const whole = lastYear?.wholeYear && partsOf(lastYear.wholeYear);
  const known = departmentsOf(state);
  return (departments) => {
    const all = withPredecessors(departments, known);
    const comparisons = comparisonsOf({
      ...now(all),
      lastYear: lastYear && { ...lastYear, state: before?.(all), wholeYear: whole?.(all) },
    });
    return comparisons.filter((row) => row.indicator === indicator);
  };
}

/** A year with the returns of some departments alone; catalogues are made once, since much is known of each. */
function partsOf(year: YearState): (departments: ReadonlySet<string>) => YearState {
  const byDepartment = Map.groupBy(year.returns, ({ department }) => department.id);
  const alone = ofOne(year.catalogue);
  return (departments) => {
    const own = [...departments].flatMap((id) => byDepartment.get(id) ?? []);
    const isOne = new Set(own.map(({ department }) => department.id)).size <= 1;
    return { ...year, returns: own, catalogue: isOne ? alone : year.catalogue };
  };
}

/** Those of this year, and those that only last year knew: the next year's catalogue leaves out whoever was merged. */
function departmentsOf({ catalogue, lastYear }: YearState): Department[] {
  const known = new Set(catalogue.departments.map(({ id }) => id));
  const before = lastYear?.state?.catalogue.departments ?? [];
  return [...catalogue.departments, ...before.filter(({ id }) => !known.has(id))];
}

function withPredecessors(
  departments: ReadonlySet<string>,
  known: readonly Department[],
): ReadonlySet<string> {
  const merged = known.filter(
    ({ id, successor }) => successor !== undefined && departments.has(successor) && !departments.has(id),
  );
  if (merged.length === 0) return departments;
  return withPredecessors(new Set([...departments, ...merged.map(({ id }) => id)]), known);
}

/** A catalogue of the indicator and of what it is computed from. */
function ownOf(catalogue: Catalogue, indicator: string): Catalogue {
  const needed = new Set<string>();
  const visit = (id: string): void => {
    const found = indicatorOf(catalogue, id);
    if (found === undefined || needed.has(id)) return;
    needed.add(id);
    if (found.kind === 'ratio') [found.numerator, found.denominator].forEach(visit);
    if (found.kind === 'sum') for (const part of found.parts) visit(part.indicator);
  };
  visit(indicator);
  const indicators = indicatorsOf(catalogue).filter(({ id }) => needed.has(id));
  return { ...catalogue, indicators, tables: [], lines: [] };
}

/** A catalogue in which what a department keeps for itself is its total. */
function ofOne(catalogue: Catalogue): Catalogue {
  const totalled = (indicator: Indicator): Indicator =>
    indicator.overDepartments === 'none'
      ? ({ ...indicator, overDepartments: kinds[indicator.kind].overDepartments[0] } as Indicator)
      : indicator;
  return { ...catalogue, indicators: catalogue.indicators.map(totalled) };
}
