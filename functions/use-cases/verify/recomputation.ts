import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type {
  Asked,
  Indicator,
  RatioIndicator,
  ReportedIndicator,
  SumIndicator,
} from '../../../shared/core/catalogue/indicator.ts';
import { indicatorOf, indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { Lineage, Total } from '../../../shared/core/totals/total.ts';
import { round } from '../../../shared/core/values/decimal.ts';
import { nameKey } from '../../../shared/core/values/text.ts';
import { type Conversions, inUnitOf, ownFiguresOf } from './own-figures.ts';
import { byEnd, endOf } from './period-ends.ts';
import type { Fault } from './verify.ts';
import { divided, scaled, unit, unscaled } from './whole-numbers.ts';

/**
 * Recomputes every total of a publication from its observations, by another way than they were computed: whole
 * numbers of 10^-12 in place of decimals, and rules read anew from the catalogue. What it finds, the totals and
 * this cannot both be right about.
 */
export function recomputeTotals(publication: Publication, catalogue: Catalogue): Fault[] {
  const conversions = publication.adoptions.flatMap((adoption) => adoption.conversions);
  const own = ownFiguresOf(publication.observations, catalogue, conversions);
  const figures = recomputeFigures(own, catalogue, conversions);
  return indicatorsOf(catalogue).flatMap((indicator) => {
    const total = publication.totals.find((candidate) => candidate.indicator === indicator.id);
    const where = `total ${indicator.id}`;
    if (total === undefined) return [{ where, explanation: 'is missing from the publication' }];
    const expected = figures.get(indicator.id) ?? null;
    return [
      ...(expected === total.value
        ? []
        : [{ where, explanation: `says ${total.value}, its observations come to ${expected}` }]),
      ...(indicator.kind === 'sum' ? partFaults(total, indicator) : []),
    ];
  });
}

/** Each subtotal is what the observations that are taken of all come to of the group's departments. */
export function recomputeGroups(publication: Publication, catalogue: Catalogue): Fault[] {
  const conversions = publication.adoptions.flatMap((adoption) => adoption.conversions);
  const own = ownFiguresOf(publication.observations, catalogue, conversions);
  const taken = lastOfStocks(own, catalogue);
  const groups = Map.groupBy(catalogue.departments, ({ group }) => group);
  return [...groups].flatMap(([group, departments]): Fault[] => {
    if (group === undefined) return [];
    const members = new Set(departments.map(({ id }) => id));
    const ofMembers = taken.filter(({ department }) => members.has(department));
    const figures = figuresOf(ofMembers, catalogue, conversions);
    return publication.totals.flatMap(({ indicator, byGroup, decimals, rounding }): Fault[] => {
      const said = byGroup.find((each) => each.group === group);
      if (said === undefined) return [];
      const value = said.value === null ? null : round(said.value, decimals, rounding);
      const expected = figures.get(indicator) ?? null;
      const explanation = `says ${value} of ${group}, whose observations come to ${expected}`;
      return value === expected ? [] : [{ where: `total ${indicator}`, explanation }];
    });
  });
}

/** What observations come to under a catalogue, as it is published, by indicator. */
export function recomputeFigures(
  observations: readonly Lineage[],
  catalogue: Catalogue,
  conversions: Conversions,
): Map<string, string | null> {
  return figuresOf(lastOfStocks(observations, catalogue), catalogue, conversions);
}

/** The same of what is taken of the observations. */
function figuresOf(
  taken: readonly Lineage[],
  catalogue: Catalogue,
  conversions: Conversions,
): Map<string, string | null> {
  const byIndicator = Map.groupBy(taken, ({ indicator }) => indicator);
  const recomputed = new Map(
    indicatorsOf(catalogue)
      .filter((indicator) => indicator.kind !== 'ratio' && indicator.kind !== 'sum')
      .map((indicator) => [
        indicator.id,
        wholeYear(indicator, byIndicator.get(indicator.id) ?? [], conversions),
      ]),
  );
  for (const sum of indicatorsOf(catalogue)) {
    if (sum.kind === 'sum') recomputed.set(sum.id, addedUp(sum, recomputed, catalogue));
  }
  return new Map(
    indicatorsOf(catalogue).map((indicator) => [
      indicator.id,
      indicator.kind === 'ratio' ? ratio(indicator, recomputed, catalogue) : rounded(indicator, recomputed),
    ]),
  );
}

/** The change from one published figure to another, and what percentage of it that is, to one place. */
export function recomputeChange(now: string, base: string): { change: string; rate: string } {
  const change = scaled(now) - scaled(base);
  const tenth = { decimals: 1, rounding: 'half-up' } as const;
  return {
    change: unscaled(change),
    rate: base === '0' ? '' : divided(change * 100n, scaled(base), tenth),
  };
}

/**
 * The periods for which somebody is asked for the indicator, in order; of what is computed, for its parts: of a ratio those
 * of its numerator, none where its parts are asked for more often than one another.
 */
export function askedPeriods(indicator: Indicator, catalogue: Catalogue): string[] {
  const ofParts = (ids: readonly string[]) =>
    indicatorsOf(catalogue)
      .filter(({ id }) => ids.includes(id))
      .flatMap((part) => askedPeriods(part, catalogue));
  if (indicator.kind === 'ratio') {
    const both = ofParts([indicator.numerator, indicator.denominator]).map(endOf);
    const frequencies = new Set(both.map(({ frequency }) => frequency));
    return frequencies.size > 1 ? [] : ofParts([indicator.numerator]);
  }
  if (indicator.kind === 'sum') {
    return [...new Set(ofParts(indicator.parts.map((part) => part.indicator)))].toSorted(byEnd);
  }
  return catalogue.periods
    .map(({ period }) => period)
    .filter((period) => isAsked(indicator, period))
    .filter((period) =>
      catalogue.departments.some((one) => reports(indicator, one.id, period) && existsIn(one, period)),
    )
    .toSorted(byEnd);
}

/** The returns, each as `department period`, in which what the indicator is made of is asked for, by indicator. */
export function askedReturns(indicator: Indicator, catalogue: Catalogue): Map<string, string[]> {
  const ofPart = (id: string) => {
    const part = indicatorOf(catalogue, id);
    return part === undefined ? [] : [...askedReturns(part, catalogue)];
  };
  if (indicator.kind === 'ratio') {
    return new Map([indicator.numerator, indicator.denominator].flatMap(ofPart));
  }
  if (indicator.kind === 'sum') return new Map(indicator.parts.flatMap((part) => ofPart(part.indicator)));
  const returns = catalogue.periods.flatMap(({ period }) =>
    catalogue.departments
      .filter((one) => existsIn(one, period) && asks(indicator, one.id, period))
      .map(({ id }) => `${id} ${period}`),
  );
  return new Map([[indicator.id, returns]]);
}

/**
 * Of each stock, what each department reported last that is asked for it in the last period of which there is an
 * observation of anybody's; of all else, everything.
 */
function lastOfStocks(observations: readonly Lineage[], catalogue: Catalogue): Lineage[] {
  return [...Map.groupBy(observations, ({ indicator }) => indicator)].flatMap(([id, rows]) => {
    const indicator = indicatorOf(catalogue, id);
    return indicator?.kind === 'stock' ? lastingOf(indicator, rows, catalogue) : rows;
  });
}

function lastingOf(stock: Asked, rows: readonly Lineage[], catalogue: Catalogue): Lineage[] {
  const ordered = rows.toSorted((a, b) => byEnd(a.period, b.period));
  const end = ordered.at(-1)?.period;
  const known = ordered.filter(({ status }) => status !== 'missing');
  return [...Map.groupBy(known, ({ department }) => department)].flatMap(([id, own]) => {
    const department = catalogue.departments.find((one) => one.id === id);
    if (department === undefined || end === undefined) return [];
    return existsIn(department, end) && reports(stock, id, end) ? own.slice(-1) : [];
  });
}

/** Whether the catalogue asks a department for it in a period. */
export function asks(what: Asked, department: string, period: string): boolean {
  return isAsked(what, period) && reports(what, department, period);
}

function reports(what: Asked, department: string, period: string): boolean {
  if (!existsIn(what, period)) return false;
  if (what.reporters === 'all') return true;
  return what.reporters.some((one) =>
    typeof one === 'string' ? one === department : one.department === department && existsIn(one, period),
  );
}

function existsIn(
  { from = '0000-00', to = '9999-99' }: { from?: string | undefined; to?: string | undefined },
  period: string,
): boolean {
  const { year, month } = endOf(period);
  const end = `${year}-${String(month).padStart(2, '0')}`;
  return from <= end && end <= to;
}

function isAsked({ frequency, months }: Asked, period: string): boolean {
  const end = endOf(period);
  return end.frequency === frequency && (months === undefined || months.includes(end.month));
}

function wholeYear(
  indicator: ReportedIndicator,
  rows: readonly Lineage[],
  conversions: Conversions,
): bigint | null {
  const reported = rows.filter(({ status }) => status === 'reported');
  if (indicator.overDepartments === 'none' || reported.length === 0) return null;
  if (indicator.kind === 'list') {
    return BigInt(new Set(reported.flatMap(({ items = [] }) => items.map(nameKey))).size) * unit;
  }
  const ofDepartments: bigint[] = [];
  for (const own of Map.groupBy(reported, ({ department }) => department).values()) {
    const figures = own.map((row) => inUnitOf(indicator, row, conversions));
    const known = figures.filter((figure) => figure !== null);
    if (known.length < figures.length) return null;
    ofDepartments.push(known.reduce(ways[indicator.overTime]));
  }
  return ofDepartments.reduce(ways[indicator.overDepartments]);
}

/** The parts of a sum, sums among them taken apart; parts of which nothing is known count as nothing beside others. */
function addedUp(
  sum: SumIndicator,
  recomputed: ReadonlyMap<string, bigint | null>,
  catalogue: Catalogue,
): bigint | null {
  let total: bigint | null = null;
  for (const { indicator: id, sign } of sum.parts) {
    const part = indicatorOf(catalogue, id);
    const value = part?.kind === 'sum' ? addedUp(part, recomputed, catalogue) : (recomputed.get(id) ?? null);
    if (value !== null) total = (total ?? 0n) + (sign === '-' ? -value : value);
  }
  return total;
}

const ways = {
  cumulative: (a: bigint, b: bigint) => a + b,
  sum: (a: bigint, b: bigint) => a + b,
  max: (a: bigint, b: bigint) => (a > b ? a : b),
  min: (a: bigint, b: bigint) => (a < b ? a : b),
  last: (_: bigint, b: bigint) => b,
};

function rounded(indicator: Indicator, recomputed: ReadonlyMap<string, bigint | null>): string | null {
  const exact = inOutputUnit(indicator, recomputed);
  const { output } = { output: undefined, ...indicator };
  return exact && divided(exact.number, exact.per, { ...indicator, ...output });
}

/** What an indicator comes to in the unit in which it is published, before it is rounded: so much per so much. */
function inOutputUnit(
  indicator: Indicator,
  recomputed: ReadonlyMap<string, bigint | null>,
): { number: bigint; per: bigint } | null {
  const number = recomputed.get(indicator.id) ?? null;
  const { output } = { output: undefined, ...indicator };
  return number === null ? null : { number: number * scaled(output?.factor ?? '1'), per: unit * unit };
}

/** A ratio divides what its parts come to before they are rounded. */
function ratio(
  indicator: RatioIndicator,
  recomputed: ReadonlyMap<string, bigint | null>,
  catalogue: Catalogue,
): string | null {
  const [above, below] = [indicator.numerator, indicator.denominator].map((id) => {
    const part = indicatorOf(catalogue, id);
    return part === undefined ? null : inOutputUnit(part, recomputed);
  });
  if (!above || !below || below.number === 0n) return null;
  const factor = indicator.unit === '%' ? 100n : indicator.unit === '‰' ? 1000n : 1n;
  return divided(above.number * factor, below.number, indicator);
}

/** A sum cites its parts in place of observations. */
function partFaults(total: Total, { parts }: SumIndicator): Fault[] {
  const said = (total.parts ?? []).map(({ indicator, sign }) => `${sign} ${indicator}`);
  const same = said.join() === parts.map(({ indicator, sign }) => `${sign} ${indicator}`).join();
  return same
    ? []
    : [{ where: `total ${total.indicator}`, explanation: 'cites other parts than the catalogue has' }];
}
