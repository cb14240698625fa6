import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Indicator, isReported, outputOf, type RatioIndicator } from '../catalogue/indicator.ts';
import { distinctItems, kinds } from '../catalogue/kinds.ts';
import {
  comparePeriods,
  type Frequency,
  frequencies,
  lastPeriodOf,
  periodInWords,
} from '../catalogue/period.ts';
import type { Observation } from '../returns/observation.ts';
import { type Decimal, multiply, quotient, round } from '../values/decimal.ts';
import { onceForState } from '../year/once-for-state.ts';
import type { YearState } from '../year/year-state.ts';
import {
  contributionOf,
  type IndicatorObservations,
  type Observed,
  observationsByIndicator,
  observationsOfBoth,
} from './observations-by-indicator.ts';
import {
  departmentFigures,
  overDepartments,
  periodFigures,
  periodTaken,
  reportedOf,
  takenOverTime,
} from './operators.ts';
import { proseOf } from './prose.ts';
import type { Coverage, Total } from './total.ts';

/** A total with the observations that it was made from. */
interface Made {
  total: Total;
  observations: IndicatorObservations;
}

/**
 * The year's totals, in catalogue order. Over time first, then over departments, each by the indicator's own
 * operator; ratios from the totals of their parts; rounded once, at the end.
 */
export const annualTotals = onceForState((state: YearState): Total[] => {
  const { catalogue } = state;
  const made = new Map<string, Made>();
  for (const [id, observations] of observationsByIndicator(state)) {
    made.set(id, { observations, total: totalOf(observations, catalogue) });
  }
  const reported = (id: string): Made => {
    const found = made.get(id);
    if (found === undefined) throw new RangeError(`no department reports ${id}`);
    return found;
  };
  return catalogue.indicators.map((indicator) =>
    isReported(indicator)
      ? reported(indicator.id).total
      : ratioTotal(indicator, reported(indicator.numerator), reported(indicator.denominator)),
  );
});

/** The total of what departments entered; published in the indicator's own output unit. */
function totalOf(observations: IndicatorObservations, catalogue: Catalogue): Total {
  const { indicator } = observations;
  const output = outputOf(indicator);
  const published = (entered: Decimal | null) => (entered === null ? null : multiply(entered, output.factor));
  const isPerDepartment = indicator.overDepartments === 'none';
  const byDepartment = departmentFigures(observations, catalogue);
  const taken = takenOverTime(observations);
  const figure = overDepartments(indicator, byDepartment, taken);
  const reasons = [...gapReasons(observations, [indicator.frequency]), ...otherReasons(observations)];
  const exact = published(figure);
  const value = exact === null ? null : round(exact, output.decimals, indicator.rounding);
  return {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status: isPerDepartment ? 'per-department' : reasons.length === 0 ? 'final' : 'provisional',
    reasons,
    coverage: coverageOf(observations),
    asOf: periodTaken(indicator, taken),
    ...(indicator.kind === 'list' && !isPerDepartment ? { items: distinctItems(reportedOf(taken)) } : {}),
    byDepartment: byDepartment.map((each) => ({ ...each, value: published(each.value) })),
    byPeriod: periodFigures(observations).map((each) => ({ ...each, value: published(each.value) })),
    contributions: observations.counted.map(({ lineage }) => contributionOf(lineage)),
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
  const { id, name, section, definition, kind, overTime, overDepartments, rounding } = indicator;
  const { unit, decimals } = outputOf(indicator);
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

function ratioTotal(indicator: RatioIndicator, above: Made, below: Made): Total {
  const { total: numerator } = above;
  const { total: denominator } = below;
  const { decimals, rounding } = indicator;
  const factor = ratioFactor(indicator);
  const ratio = (upper: Decimal | null, lower: Decimal | null): Decimal | null =>
    upper === null || lower === null || lower === '0'
      ? null
      : quotient(upper, lower, { factor, decimals, rounding });
  const value = ratio(numerator.value, denominator.value);
  const parts = [above.observations, below.observations];
  const both = observationsOfBoth(parts);
  const often = parts.map(({ indicator: { frequency } }) => frequency);
  const reasons = [
    ...gapReasons(both, often),
    ...new Set(parts.flatMap(otherReasons)),
    ...(denominator.value === '0' ? [`“${denominator.name}”合计为 0，不能计算比率`] : []),
  ];
  const ofDepartment = new Map(denominator.byDepartment.map((each) => [each.department, each.value]));
  const ofPeriod = new Map(denominator.byPeriod.map((each) => [each.period, each.value]));
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
    byDepartment: numerator.byDepartment.map(({ department, value: upper }) => ({
      department,
      value: ratio(upper, ofDepartment.get(department) ?? null),
    })),
    byPeriod: (often[0] === often[1] ? numerator.byPeriod : []).map(({ period, value: upper }) => ({
      period,
      value: ratio(upper, ofPeriod.get(period) ?? null),
    })),
    contributions: [...numerator.contributions, ...denominator.contributions],
  };
}

/** By what a quotient is multiplied to be a percentage or a per mille. */
export function ratioFactor({ unit }: Pick<RatioIndicator, 'unit'>): Decimal {
  return unit === '%' ? '100' : unit === '‰' ? '1000' : '1';
}

function coverageOf({ expected, counted, missing }: Observed): Coverage {
  const incomplete = new Set(missing.map(({ period }) => period));
  const periods = new Set(expected.map(({ period }) => period));
  const count = (status: Observation['status']) =>
    counted.filter(({ observation }) => observation.status === status).length;
  return {
    periods: { expected: periods.size, complete: periods.size - incomplete.size },
    returns: {
      expected: expected.length,
      reported: count('reported'),
      notApplicable: count('not-applicable'),
      blank: count('missing'),
    },
    missing,
  };
}

function gapReasons({ expected, missing }: Observed, often: readonly Frequency[]): string[] {
  const reports = new Set(often.map((frequency) => frequencies[frequency].report));
  const name = reports.size === 1 ? [...reports][0] : '报表';
  return missing.length === 0 ? [] : [`缺少 ${missing.length} 份${name}（应报 ${expected.length} 份）`];
}

function otherReasons(observations: IndicatorObservations): string[] {
  const { indicator, expected } = observations;
  const lastPeriod = lastPeriodOf(expected.map(({ period }) => period));
  if (lastPeriod === undefined) return ['本年没有部门需要报送本指标'];
  if (kinds[indicator.kind].taken === 'every-period') return [];
  const early = takenOverTime(observations).filter(({ period }) => comparePeriods(period, lastPeriod) < 0);
  return early.length === 0
    ? []
    : [`${early.length} 个部门没有${periodInWords(lastPeriod)}的期末数，暂用其最近一期的数`];
}
