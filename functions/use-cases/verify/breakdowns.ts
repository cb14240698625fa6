import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { type Indicator, outputOf } from '../../../shared/core/catalogue/indicator.ts';
import { sourcesOf } from '../../../shared/core/catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { PeriodComparison } from '../../../shared/core/totals/period-comparison.ts';
import { proseOf } from '../../../shared/core/totals/prose.ts';
import { asPublished, type Lineage, type Total } from '../../../shared/core/totals/total.ts';
import { nameKey } from '../../../shared/core/values/text.ts';
import { ownFiguresOf } from './own-figures.ts';
import { recomputeFigures } from './recomputation.ts';
import type { Fault } from './verify.ts';

/**
 * Holds what each total says beside its figure against what that comes from: the figures of departments and the items of
 * lists against the observations, those of periods against their comparisons, those of parts against their own totals,
 * what it is against the catalogue, its words and its standing against the figure and what is missing from it.
 */
export function verifyBreakdowns(publication: Publication, catalogue: Catalogue): Fault[] {
  const totals = new Map(publication.totals.map((total) => [total.indicator, total]));
  const conversions = publication.adoptions.flatMap((adoption) => adoption.conversions);
  const observations = ownFiguresOf(publication.observations, catalogue, conversions);
  const ofOne = addedUpByDepartment(catalogue);
  const ofDepartments = new Map(
    [...Map.groupBy(observations, ({ department }) => department)].map(([department, own]) => [
      department,
      recomputeFigures(own, ofOne, conversions),
    ]),
  );
  const compared = Map.groupBy(publication.comparisons, ({ indicator }) => indicator);
  return indicatorsOf(catalogue).flatMap((indicator): Fault[] => {
    const total = totals.get(indicator.id);
    if (total === undefined) return [];
    const explanations = [
      ...describedOtherwise(total, indicator),
      ...partsOtherwise(total, totals),
      ...standingOtherwise(total, totals),
      ...itemsOtherwise(total, observations),
      ...partsOfYearOtherwise(total, compared.get(indicator.id) ?? []),
      ...(isOfStocks(indicator, catalogue) ? [] : departmentsOtherwise(total, ofDepartments)),
    ];
    return explanations.map((explanation) => ({ where: `total ${indicator.id}`, explanation }));
  });
}

function partsOfYearOtherwise(total: Total, compared: readonly PeriodComparison[]): string[] {
  const said = new Map(total.byPeriod.map(({ period, value }) => [period, asPublished(value, total)]));
  return compared.flatMap(({ period, value }) => differing(`of ${period}`, said.get(period) ?? null, value));
}

function departmentsOtherwise(
  total: Total,
  ofDepartments: ReadonlyMap<string, ReadonlyMap<string, string | null>>,
): string[] {
  const said = new Map(
    total.byDepartment.map(({ department, value }) => [department, asPublished(value, total)]),
  );
  return [...new Set([...said.keys(), ...ofDepartments.keys()])].flatMap((id) =>
    differing(`of ${id}`, said.get(id) ?? null, ofDepartments.get(id)?.get(total.indicator) ?? null),
  );
}

/** Departments have figures of their own of what the city adds up to nothing. */
function addedUpByDepartment(catalogue: Catalogue): Catalogue {
  const indicators = catalogue.indicators.map((each) =>
    'overDepartments' in each && each.overDepartments === 'none'
      ? ({ ...each, overDepartments: 'sum' } as Indicator)
      : each,
  );
  return { ...catalogue, indicators };
}

/** Of a stock the city takes what is there at the end, of each department what it said last. */
function isOfStocks({ id }: Indicator, catalogue: Catalogue): boolean {
  return sourcesOf(id, catalogue).some((source) => indicatorOf(catalogue, source)?.kind === 'stock');
}

function differing(what: string, said: string | null, expected: string | null | undefined): string[] {
  if (expected === undefined || said === expected) return [];
  return [`says ${said} ${what}, which comes to ${expected}`];
}

function describedOtherwise(total: Total, indicator: Indicator): string[] {
  const { name, kind, overTime, overDepartments, rounding } = indicator;
  const { unit, decimals } = outputOf(indicator);
  const is = { name, kind, overTime, overDepartments, rounding, unit, decimals };
  const fields = Object.keys(is) as (keyof typeof is)[];
  return [
    ...fields
      .filter((field) => total[field] !== is[field])
      .map((field) => `says that its ${field} is ${total[field]}, and the catalogue says ${is[field]}`),
    ...differing('in words', total.prose, proseOf(indicator, total.value)),
  ];
}

function partsOtherwise(
  { numerator, denominator, parts = [] }: Total,
  totals: ReadonlyMap<string, Total>,
): string[] {
  const cited = [numerator, denominator, ...parts].filter((part) => part !== undefined);
  return cited.flatMap(({ indicator, value }) =>
    differing(`of its part ${indicator}`, value, totals.get(indicator)?.value),
  );
}

/** A final figure misses nothing, and nor do the parts of a rate. */
function standingOtherwise(
  { status, reasons, coverage, numerator, denominator, overDepartments }: Total,
  totals: ReadonlyMap<string, Total>,
): string[] {
  if (overDepartments === 'none')
    return status === 'per-department' ? [] : [`stands as ${status}, and the city has no figure of it`];
  const parts = [numerator, denominator].filter((part) => part !== undefined);
  const isOpen =
    reasons.length + coverage.missing.length > 0 ||
    parts.some(({ indicator }) => totals.get(indicator)?.status !== 'final');
  return status === 'final' && isOpen ? ['stands as final, and says itself what is missing'] : [];
}

function itemsOtherwise({ indicator, items }: Total, observations: readonly Lineage[]): string[] {
  if (items === undefined) return [];
  const own = observations.filter((row) => row.indicator === indicator && row.status === 'reported');
  const reported = new Set(own.flatMap((row) => row.items ?? []).map(nameKey));
  const isSame = items.length === reported.size && items.every((item) => reported.has(nameKey(item)));
  return isSame ? [] : ['names other items than its observations'];
}
