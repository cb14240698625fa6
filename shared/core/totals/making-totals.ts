import { type Catalogue, groupsOf } from '../catalogue/catalogue.ts';
import { type Indicator, outputOf, type RatioIndicator, type SumIndicator } from '../catalogue/indicator.ts';
import { distinctItems } from '../catalogue/kinds.ts';
import { comparePeriods, lastPeriodOf } from '../catalogue/period.ts';
import { addUp } from '../catalogue/sums.ts';
import { type Decimal, multiply, quotient } from '../values/decimal.ts';
import {
  coverageOf,
  frequencyIn,
  type IndicatorObservations,
  type Observed,
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
export interface Made {
  total: Total;
  /** The city's figure in the unit of its total, before it is rounded. */
  exact: Decimal | null;
  figures: Figures;
  observed: Observed;
  reasons: string[];
}

/** What a reported total, a sum and a ratio are made of. */
export interface OfReported {
  observations: IndicatorObservations;
  catalogue: Catalogue;
}
export interface OfSum {
  indicator: SumIndicator;
  catalogue: Catalogue;
  /** The reported indicators that it comes from in the end. */
  addends: { sign: 1 | -1; made: Made }[];
  parts: { sign: '+' | '-'; made: Made }[];
}
export interface OfRatio {
  indicator: RatioIndicator;
  above: Made;
  below: Made;
}

/** The total of what departments entered. */
export function reportedTotal({ observations, catalogue }: OfReported, detail: 'all' | 'figures'): Made {
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
export function sumTotal({ indicator, catalogue, addends, parts }: OfSum): Made {
  const sumOver = (figureIn: (figures: Figures) => Decimal | null | undefined): Decimal | null => {
    const sum = addUp(addends.map(({ sign, made }) => ({ sign, value: figureIn(made.figures) ?? 'blank' })));
    return sum === undefined || sum === 'blank' ? null : sum;
  };
  const all = addends.map(({ made }) => made);
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
  const said = parts.map(({ sign, made: { total } }) => ({
    indicator: total.indicator,
    sign,
    value: total.value,
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
export function ratioTotal({ indicator, above, below }: OfRatio): Total {
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
function ratioFactor({ unit }: Pick<RatioIndicator, 'unit'>): Decimal {
  return unit === '%' ? '100' : unit === '‰' ? '1000' : '1';
}
