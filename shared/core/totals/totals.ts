import type { Catalogue, Indicator } from '../catalogue/catalogue.ts';
import { periodInWords } from '../catalogue/period.ts';
import type { Observation } from '../returns/observation.ts';
import { type Decimal, quotient, round } from '../values/decimal.ts';
import type { YearState } from '../year/year-state.ts';
import {
  contributionOf,
  type IndicatorObservations,
  observationsByIndicator,
  observationsOfBoth,
} from './observations-by-indicator.ts';
import {
  departmentFigures,
  distinctItems,
  lastOf,
  monthFigures,
  overDepartments,
  stockMonth,
  takenOverTime,
} from './operators.ts';
import { proseOf } from './prose.ts';
import type { Coverage, Total } from './total.ts';

/**
 * The year's totals, in catalogue order. Over time first, then over departments, each by the indicator's own
 * operator; ratios from the totals of their parts; rounded once, at the end.
 */
export function annualTotals(state: YearState): Total[] {
  const evidence = observationsByIndicator(state);
  const totals = new Map<string, Total>();
  for (const item of evidence.values()) {
    if (item.indicator.kind !== 'ratio') totals.set(item.indicator.id, totalOf(item, state.catalogue));
  }
  for (const indicator of state.catalogue.indicators) {
    if (indicator.kind === 'ratio') totals.set(indicator.id, ratioTotal(indicator, totals, evidence));
  }
  return state.catalogue.indicators.map(({ id }) => totals.get(id)!);
}

function totalOf(evidence: IndicatorObservations, catalogue: Catalogue): Total {
  const { indicator } = evidence;
  const byDepartment = departmentFigures(evidence, catalogue);
  const taken = takenOverTime(evidence);
  const asOf = stockMonth(indicator, taken);
  const items = indicator.kind === 'list' ? distinctItems(taken) : undefined;
  const figure = overDepartments(indicator, byDepartment, taken);
  const reasons = [...gapReasons(evidence), ...otherReasons(evidence)];
  const value = figure === null ? null : round(figure, indicator.decimals, indicator.rounding);
  return {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status:
      indicator.overDepartments === 'none'
        ? 'per-department'
        : reasons.length === 0
          ? 'final'
          : 'provisional',
    reasons,
    coverage: coverageOf(evidence),
    asOf,
    ...(items === undefined || indicator.overDepartments === 'none' ? {} : { items }),
    byDepartment,
    byMonth: monthFigures(evidence),
    contributions: evidence.counted.map(({ lineage }) => contributionOf(lineage)),
  };
}

type Described = Pick<
  Total,
  | 'indicator'
  | 'name'
  | 'section'
  | 'definition'
  | 'unit'
  | 'kind'
  | 'overTime'
  | 'overDepartments'
  | 'decimals'
  | 'rounding'
>;

function described(indicator: Indicator): Described {
  const { id, name, section, definition, unit, kind, overTime, overDepartments, decimals, rounding } =
    indicator;
  return {
    indicator: id,
    name,
    section,
    definition,
    unit,
    kind,
    overTime,
    overDepartments,
    decimals,
    rounding,
  };
}

function ratioTotal(
  indicator: Indicator,
  totals: Map<string, Total>,
  evidence: Map<string, IndicatorObservations>,
): Total {
  const numerator = totals.get(indicator.numerator!)!;
  const denominator = totals.get(indicator.denominator!)!;
  const ratio = (above: Decimal | null, below: Decimal | null): Decimal | null =>
    above === null || below === null || below === '0'
      ? null
      : quotient(above, below, {
          factor: indicator.unit === '%' ? '100' : indicator.unit === '‰' ? '1000' : '1',
          decimals: indicator.decimals,
          rounding: indicator.rounding,
        });
  const value = ratio(numerator.value, denominator.value);
  const parts = [evidence.get(numerator.indicator)!, evidence.get(denominator.indicator)!];
  const both = observationsOfBoth(indicator, parts);
  const reasons = [
    ...gapReasons(both),
    ...new Set(parts.flatMap(otherReasons)),
    ...(denominator.value === '0' ? [`“${denominator.name}”合计为 0，不能计算比率`] : []),
  ];
  const below = new Map(denominator.byDepartment.map(({ department, value }) => [department, value]));
  const belowByMonth = new Map(denominator.byMonth.map(({ period, value }) => [period, value]));
  return {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status: numerator.status === 'final' && denominator.status === 'final' ? 'final' : 'provisional',
    reasons,
    coverage: coverageOf(both),
    asOf: null,
    numerator: { indicator: numerator.indicator, value: numerator.value },
    denominator: { indicator: denominator.indicator, value: denominator.value },
    byDepartment: numerator.byDepartment.map(({ department, value: above }) => ({
      department,
      value: ratio(above, below.get(department) ?? null),
    })),
    byMonth: numerator.byMonth.map(({ period, value: above }) => ({
      period,
      value: ratio(above, belowByMonth.get(period) ?? null),
    })),
    contributions: [...numerator.contributions, ...denominator.contributions],
  };
}

export function coverageOf({ expected, counted, missing }: IndicatorObservations): Coverage {
  const lacking = new Set(missing.map(({ period }) => period));
  const periods = new Set(expected.map(({ period }) => period));
  const count = (status: Observation['status']) =>
    counted.filter(({ observation }) => observation.status === status).length;
  return {
    months: { expected: periods.size, complete: periods.size - lacking.size },
    returns: {
      expected: expected.length,
      reported: count('reported'),
      notApplicable: count('not-applicable'),
      blank: count('missing'),
    },
    missing,
  };
}

export function gapReasons({ expected, missing }: IndicatorObservations): string[] {
  return missing.length === 0 ? [] : [`缺少 ${missing.length} 份月报（应报 ${expected.length} 份）`];
}

export function otherReasons(evidence: IndicatorObservations): string[] {
  const { indicator, expected } = evidence;
  const lastPeriod = lastOf(expected.map(({ period }) => period));
  if (lastPeriod === undefined) return ['本年没有部门需要报送本指标'];
  if (indicator.kind !== 'stock') return [];
  const early = takenOverTime(evidence).filter(({ period }) => period < lastPeriod);
  return early.length === 0
    ? []
    : [`${early.length} 个部门没有${periodInWords(lastPeriod)}的期末数，暂用其最近一个月的数`];
}
