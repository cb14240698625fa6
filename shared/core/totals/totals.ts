import { type Catalogue, groupsOf } from '../catalogue/catalogue.ts';
import { type Indicator, outputOf, type RatioIndicator, type SumIndicator } from '../catalogue/indicator.ts';
import { distinctItems } from '../catalogue/kinds.ts';
import { comparePeriods, lastPeriodOf } from '../catalogue/period.ts';
import { addendsOf, addUp, sumsInOrder } from '../catalogue/sums.ts';
import { indicatorsOf } from '../catalogue/tables.ts';
import { type Decimal, multiply, quotient } from '../values/decimal.ts';
import { onceForEach } from '../values/once-for-each.ts';
import type { YearState } from '../year/year-state.ts';
import {
  coverageOf,
  frequencyIn,
  type IndicatorObservations,
  type Observed,
  observationsByIndicator,
  observationsTogether,
} from './observations-by-indicator.ts';
import {
  departmentFigures,
  groupFigures,
  otherReasons,
  overDepartments,
  periodFigures,
  periodTaken,
  reportedOf,
  takenOverTime,
  timesDiffer,
} from './operators.ts';
import { proseOf } from './prose.ts';
import { asPublished, gapReasons, type Total } from './total.ts';

/** Figures as they were entered, before they are rounded and published in another unit. */
interface Figures {
  city: Decimal | null;
  byDepartment: Total['byDepartment'];
  byGroup: Total['byGroup'];
  byPeriod: Total['byPeriod'];
}

/** A total with the figures and observations that it was made from, and why it is not final. */
interface Made {
  total: Total;
  /** The city's figure in the unit of its total, before it is rounded. */
  exact: Decimal | null;
  figures: Figures;
  observed: Observed;
  reasons: string[];
}

/**
 * The year's totals, in catalogue order, whatever time it is (`annualTotalsAt` says them at a moment). Over time first, then over departments, each by the indicator's own
 * operator; sums and ratios from the totals of their parts; rounded once, at the end.
 */
export const annualTotals = onceForEach((state: YearState): Total[] =>
  totalsFrom(observationsByIndicator(state), state.catalogue),
);

type Detail = 'all' | 'figures';

/** The totals that these observations make, of the year or of a part of it; `figures` without where they come from. */
export function totalsFrom(
  observed: ReadonlyMap<string, IndicatorObservations>,
  catalogue: Catalogue,
  detail: Detail = 'all',
): Total[] {
  const made = new Map<string, Made>();
  for (const [id, each] of observed) made.set(id, reportedTotal(each, catalogue, detail));
  const totalOf = (id: string): Made => {
    const found = made.get(id);
    if (found === undefined) throw new RangeError(`${id} is no indicator that has a total by itself`);
    return found;
  };
  for (const sum of sumsInOrder(catalogue)) made.set(sum.id, sumTotal(sum, catalogue, totalOf));
  return indicatorsOf(catalogue).map((indicator) =>
    indicator.kind === 'ratio'
      ? ratioTotal(indicator, totalOf(indicator.numerator), totalOf(indicator.denominator))
      : totalOf(indicator.id).total,
  );
}

/** The total of what departments entered. */
function reportedTotal(observations: IndicatorObservations, catalogue: Catalogue, detail: Detail): Made {
  const { indicator } = observations;
  const isPerDepartment = indicator.overDepartments === 'none';
  const byDepartment = departmentFigures(observations, catalogue);
  const taken = takenOverTime(observations);
  const figures = {
    city: overDepartments(indicator, byDepartment, taken),
    byDepartment,
    byGroup: detail === 'all' ? groupFigures(indicator, byDepartment, { taken, catalogue }) : [],
    byPeriod: detail === 'all' ? periodFigures(observations) : [],
  };
  const reasons = otherReasons(observations);
  const made = { figures, observed: observations, reasons, asOf: periodTaken(indicator, taken) };
  const items =
    indicator.kind === 'list' && !isPerDepartment ? { items: distinctItems(reportedOf(taken)) } : {};
  const { total, exact } = published(indicator, made);
  return { ...made, exact, total: { ...total, ...items } };
}

/** The total of a sum: of the whole city, of each department and period, what its parts come to there. */
function sumTotal(indicator: SumIndicator, catalogue: Catalogue, totalOf: (id: string) => Made): Made {
  const parts = addendsOf(indicator, catalogue).map((each) => ({
    ...each,
    made: totalOf(each.indicator.id),
  }));
  const sumOver = (figureIn: (figures: Figures) => Decimal | null | undefined): Decimal | null => {
    const sum = addUp(parts.map(({ sign, made }) => ({ sign, value: figureIn(made.figures) ?? 'blank' })));
    return sum === undefined || sum === 'blank' ? null : sum;
  };
  const all = parts.map(({ made }) => made);
  const known = new Set(all.flatMap(({ figures }) => figures.byDepartment.map((each) => each.department)));
  const periods = new Set(all.flatMap(({ figures }) => figures.byPeriod.map((each) => each.period)));
  const figures: Figures = {
    city: sumOver(({ city }) => city),
    byDepartment: catalogue.departments
      .filter(({ id }) => known.has(id))
      .map(({ id }) => ({
        department: id,
        value: sumOver(({ byDepartment }) => byDepartment.find((each) => each.department === id)?.value),
      })),
    byGroup: [...groupsOf(catalogue).keys()]
      .filter((group) => all.some(({ figures: of }) => of.byGroup.some((each) => each.group === group)))
      .map((group) => ({
        group,
        value: sumOver(({ byGroup }) => byGroup.find((each) => each.group === group)?.value),
      })),
    byPeriod: [...periods].sort(comparePeriods).map((period) => ({
      period,
      value: sumOver(({ byPeriod }) => byPeriod.find((each) => each.period === period)?.value),
    })),
  };
  const observed = observationsTogether(all.map((each) => each.observed));
  const totals = all.map(({ total }) => total);
  const differ = timesDiffer('各组成项', totals);
  const reasons = [...new Set([...all.flatMap((each) => each.reasons), ...differ])];
  const asOf = differ.length > 0 ? null : (lastPeriodOf(totals.flatMap((total) => total.asOf ?? [])) ?? null);
  const made = { figures, observed, reasons, asOf };
  const said = indicator.parts.map(({ indicator: id, sign }) => ({
    indicator: id,
    sign,
    value: totalOf(id).total.value,
  }));
  const { total, exact } = published(indicator, made);
  return { ...made, exact, total: { ...total, parts: said } };
}

/** A total as it is published: rounded, in the indicator's own output unit; with the figure that was rounded. */
function published(
  indicator: Exclude<Indicator, RatioIndicator>,
  { figures, observed, reasons: others, asOf }: Omit<Made, 'total' | 'exact'> & Pick<Total, 'asOf'>,
): Pick<Made, 'total' | 'exact'> {
  const output = outputOf(indicator);
  const inUnit = (entered: Decimal | null) => (entered === null ? null : multiply(entered, output.factor));
  const exact = inUnit(figures.city);
  const { rounding } = indicator;
  const value = asPublished(exact, { decimals: output.decimals, rounding });
  const isPerDepartment = indicator.overDepartments === 'none';
  const coverage = coverageOf(observed);
  const byPeriod = figures.byPeriod.map((each) => ({ ...each, value: inUnit(each.value) }));
  const reasons = [...gapReasons({ coverage, byPeriod }), ...others];
  const total: Total = {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status: isPerDepartment ? 'per-department' : reasons.length === 0 ? 'final' : 'provisional',
    reasons,
    coverage,
    asOf,
    byDepartment: figures.byDepartment.map((each) => ({ ...each, value: inUnit(each.value) })),
    byGroup: figures.byGroup.map((each) => ({ ...each, value: inUnit(each.value) })),
    byPeriod,
  };
  return { total, exact };
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

/** A ratio divides what its parts come to before they are rounded, and is rounded once itself. */
function ratioTotal(indicator: RatioIndicator, above: Made, below: Made): Total {
  const { total: numerator } = above;
  const { total: denominator } = below;
  const { decimals, rounding } = indicator;
  const factor = ratioFactor(indicator);
  const ratio = (upper: Decimal | null, lower: Decimal | null): Decimal | null =>
    upper === null || lower === null || lower === '0'
      ? null
      : quotient(upper, lower, { factor, decimals, rounding });
  const value = ratio(above.exact, below.exact);
  const both = observationsTogether([above.observed, below.observed]);
  const ofPeriod = new Map(denominator.byPeriod.map((each) => [each.period, each.value]));
  const coverage = coverageOf(both);
  const byPeriod = (frequencyIn(both) === undefined ? [] : numerator.byPeriod).map(
    ({ period, value: upper }) => ({ period, value: ratio(upper, ofPeriod.get(period) ?? null) }),
  );
  const differ = timesDiffer('分子、分母', [numerator, denominator]);
  const isFinal = [numerator, denominator].every(({ status }) => status === 'final') && differ.length === 0;
  const reasons = [
    ...gapReasons({ coverage, byPeriod }),
    ...new Set([...above.reasons, ...below.reasons]),
    ...differ,
    ...(below.exact === '0' ? [`“${denominator.name}”合计为 0，不能计算比率`] : []),
  ];
  const ofDepartment = new Map(denominator.byDepartment.map((each) => [each.department, each.value]));
  const ofGroup = new Map(denominator.byGroup.map((each) => [each.group, each.value]));
  return {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status: isFinal ? 'final' : 'provisional',
    reasons,
    coverage,
    asOf: null,
    numerator: { indicator: numerator.indicator, value: numerator.value },
    denominator: { indicator: denominator.indicator, value: denominator.value },
    byDepartment: numerator.byDepartment.map(({ department, value: upper }) => ({
      department,
      value: ratio(upper, ofDepartment.get(department) ?? null),
    })),
    byGroup: numerator.byGroup.map(({ group, value: upper }) => ({
      group,
      value: ratio(upper, ofGroup.get(group) ?? null),
    })),
    byPeriod,
  };
}

/** By what a quotient is multiplied to be a percentage or a per mille. */
export function ratioFactor({ unit }: Pick<RatioIndicator, 'unit'>): Decimal {
  return unit === '%' ? '100' : unit === '‰' ? '1000' : '1';
}
