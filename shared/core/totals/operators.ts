import { type Catalogue, groupsOf } from '../catalogue/catalogue.ts';
import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { combined, kinds, type Reported } from '../catalogue/kinds.ts';
import {
  comparePeriods,
  lastMonthOf,
  lastPeriodOf,
  type Period,
  periodInWords,
} from '../catalogue/period.ts';
import type { Decimal } from '../values/decimal.ts';
import type { Counted, IndicatorObservations } from './observations-by-indicator.ts';
import type { Total } from './total.ts';

/**
 * The observations that make the annual figure: all of them, or for a stock the last of each department that is asked for
 * it in the last period of which anything has come: who ends within the year counts until something came after it.
 */
export function takenOverTime({ indicator, expected, counted }: IndicatorObservations): Counted[] {
  if (kinds[indicator.kind].taken === 'every-period') return counted;
  const lastPeriod = lastPeriodOf(counted.map(({ period }) => period));
  const atTheEnd = new Set(
    expected.filter(({ period }) => period === lastPeriod).map(({ department }) => department.id),
  );
  const last = new Map<string, Counted>();
  for (const item of counted) {
    if (atTheEnd.has(item.department.id) && item.observation.status !== 'missing')
      last.set(item.department.id, item);
  }
  return [...last.values()];
}

/** The period whose figures were taken, where only the last one is. */
export function periodTaken(indicator: ReportedIndicator, taken: Counted[]): Period | null {
  if (kinds[indicator.kind].taken === 'every-period') return null;
  return lastPeriodOf(taken.map(({ period }) => period)) ?? null;
}

/** What was reported among observations that count. */
export function reportedOf(counted: readonly Counted[]): Reported[] {
  return counted
    .map(({ observation }) => observation)
    .filter(({ status }) => status === 'reported') as Reported[];
}

export function departmentFigures(
  observations: IndicatorObservations,
  catalogue: Catalogue,
): Total['byDepartment'] {
  const reporters = new Set(observations.expected.map(({ department }) => department.id));
  const byDepartment = Map.groupBy(takenOverTime(observations), ({ department }) => department.id);
  return catalogue.departments
    .filter(({ id }) => reporters.has(id))
    .map(({ id }) => ({
      department: id,
      value: combined(observations.indicator.overTime, reportedOf(byDepartment.get(id) ?? [])),
    }));
}

/** The city's figure from those of departments; of lists from the items themselves, since a name is counted once. */
export function overDepartments(
  indicator: ReportedIndicator,
  byDepartment: Total['byDepartment'],
  taken: readonly Counted[],
): Decimal | null {
  if (indicator.overDepartments === 'none') return null;
  if (indicator.overDepartments === 'distinct') return combined('distinct', reportedOf(taken));
  const figures = byDepartment.flatMap(({ value }) => (value === null ? [] : [{ value }]));
  return combined(indicator.overDepartments, figures);
}

/** What each group of departments comes to by the operator over departments, of the groups that report the indicator. */
export function groupFigures(
  indicator: ReportedIndicator,
  byDepartment: Total['byDepartment'],
  { taken, catalogue }: { taken: readonly Counted[]; catalogue: Catalogue },
): Total['byGroup'] {
  if (indicator.overDepartments === 'none') return [];
  return [...groupsOf(catalogue)].flatMap(([group, members]) => {
    const own = byDepartment.filter(({ department }) => members.has(department));
    if (own.length === 0) return [];
    const items = taken.filter(({ department }) => members.has(department.id));
    return [{ group, value: overDepartments(indicator, own, items) }];
  });
}

/** What the city's figure was in each period by itself: the indicator's operator over departments only. */
export function periodFigures({ indicator, expected, counted }: IndicatorObservations): Total['byPeriod'] {
  const byPeriod = Map.groupBy(counted, ({ period }) => period);
  const periods = [...new Set(expected.map(({ period }) => period))].sort(comparePeriods);
  return periods.map((period) => {
    const own = byPeriod.get(period) ?? [];
    const figures = own.map((item) => ({
      department: item.department.id,
      value: reportedOf([item])[0]?.value ?? null,
    }));
    return { period, value: overDepartments(indicator, figures, own) };
  });
}

/** Why a total is not final though nothing is missing. */
export function otherReasons(observations: IndicatorObservations): string[] {
  const { indicator, expected } = observations;
  const lastPeriod = lastPeriodOf(expected.map(({ period }) => period));
  if (lastPeriod === undefined) return ['本年没有部门需要报送本指标'];
  if (indicator.overTime === 'cumulative') return yearsToDateOfBefore(observations);
  if (kinds[indicator.kind].taken === 'every-period') return [];
  const early = takenOverTime(observations).filter(({ period }) => comparePeriods(period, lastPeriod) < 0);
  return early.length === 0 ? [] : [isOfBefore(early.length, lastPeriod, '期末数')];
}

/** Of what is reported as the year to date: whose last return that counts does not have it, while one before has. */
function yearsToDateOfBefore({ counted }: IndicatorObservations): string[] {
  const ends = [...Map.groupBy(counted, ({ department }) => department.id).values()]
    .filter((own) => reportedOf(own).length > 0 && reportedOf(own.slice(-1)).length === 0)
    .flatMap((own) => own.slice(-1).map(({ period }) => period));
  return [...Map.groupBy(ends, (period) => period)]
    .toSorted(([a], [b]) => comparePeriods(a, b))
    .map(([period, { length }]) => isOfBefore(length, period, '累计数'));
}

function isOfBefore(departments: number, period: Period, what: '期末数' | '累计数'): string {
  return `${departments} 个部门没有${periodInWords(period)}的${what}，暂用其最近一期的数`;
}

/** Why what is made of several figures is not final: those of them that are of a point in time are not of the same one. */
export function timesDiffer(
  whose: '各组成项' | '分子、分母',
  parts: readonly Pick<Total, 'asOf'>[],
): string[] {
  const times = new Set(parts.flatMap(({ asOf }) => asOf ?? []));
  if (new Set([...times].map(lastMonthOf)).size <= 1) return [];
  return [`${whose}的时点不同（${[...times].sort(comparePeriods).map(periodInWords).join('、')}）`];
}
