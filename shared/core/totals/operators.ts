import { type Catalogue, type Indicator, inForce } from '../catalogue/catalogue.ts';
import type { Period } from '../catalogue/period.ts';
import { type Decimal, largest, smallest, sum } from '../values/decimal.ts';
import type { Counted, IndicatorObservations } from './observations-by-indicator.ts';
import type { Total } from './total.ts';

/** The observations that make the annual figure: all of them, or for a stock each department's last. */
export function takenOverTime({ indicator, expected, counted }: IndicatorObservations): Counted[] {
  if (indicator.kind !== 'stock') return counted;
  const lastPeriod = lastOf(expected.map(({ period }) => period));
  const last = new Map<string, Counted>();
  for (const item of counted) {
    const inForceAtTheEnd = lastPeriod !== undefined && inForce(item.department, lastPeriod);
    if (inForceAtTheEnd && item.observation.status !== 'missing') last.set(item.department.id, item);
  }
  return [...last.values()];
}

export function lastOf(periods: Period[]): Period | undefined {
  return periods.reduce<Period | undefined>(
    (last, period) => (last === undefined || period > last ? period : last),
    undefined,
  );
}

export function stockMonth(indicator: Indicator, taken: Counted[]): Period | null {
  if (indicator.kind !== 'stock') return null;
  return lastOf(taken.map(({ period }) => period)) ?? null;
}

function numbersOf(counted: readonly Counted[]): Decimal[] {
  return counted.flatMap(({ observation }) => (observation.status === 'reported' ? [observation.value] : []));
}

export function distinctItems(counted: readonly Counted[]): string[] {
  const items = counted.flatMap(({ observation }) =>
    observation.status === 'reported' ? (observation.items ?? []) : [],
  );
  return [...new Set(items)];
}

export function departmentFigures(
  evidence: IndicatorObservations,
  catalogue: Catalogue,
): Total['byDepartment'] {
  const reporters = new Set(evidence.expected.map(({ department }) => department.id));
  const byDepartment = Map.groupBy(takenOverTime(evidence), ({ department }) => department.id);
  return catalogue.departments
    .filter(({ id }) => reporters.has(id))
    .map(({ id }) => ({ department: id, value: overTime(evidence.indicator, byDepartment.get(id) ?? []) }));
}

function overTime(indicator: Indicator, counted: Counted[]): Decimal | null {
  const numbers = numbersOf(counted);
  if (numbers.length === 0) return null;
  switch (indicator.overTime) {
    case 'sum':
      return sum(numbers);
    case 'last':
      return numbers.at(-1) ?? null;
    case 'max':
      return largest(numbers) ?? null;
    case 'min':
      return smallest(numbers) ?? null;
    case 'distinct':
      return String(distinctItems(counted).length);
    case 'recompute':
      throw new Error(`ratio ${indicator.id} is not taken over time`);
  }
}

export function overDepartments(
  indicator: Indicator,
  byDepartment: Total['byDepartment'],
  taken: Counted[],
): Decimal | null {
  const numbers = byDepartment.flatMap(({ value }) => (value === null ? [] : [value]));
  if (numbers.length === 0) return null;
  switch (indicator.overDepartments) {
    case 'sum':
      return sum(numbers);
    case 'max':
      return largest(numbers) ?? null;
    case 'min':
      return smallest(numbers) ?? null;
    case 'distinct':
      return String(distinctItems(taken).length);
    case 'none':
      return null;
    case 'recompute':
      throw new Error(`ratio ${indicator.id} is not taken over departments`);
  }
}

/** What the city's figure was in each month by itself: the indicator's operator over departments only. */
export function monthFigures({ indicator, expected, counted }: IndicatorObservations): Total['byMonth'] {
  const byPeriod = Map.groupBy(counted, ({ period }) => period);
  const periods = [...new Set(expected.map(({ period }) => period))].sort();
  return periods.map((period) => {
    const month = byPeriod.get(period) ?? [];
    const figures = month.map((item) => ({
      department: item.department.id,
      value: numbersOf([item])[0] ?? null,
    }));
    return { period, value: overDepartments(indicator, figures, month) };
  });
}
