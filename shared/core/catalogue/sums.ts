import { add, type Decimal, subtract } from '../values/decimal.ts';
import { type Catalogue, indicatorsOnForm } from './catalogue.ts';
import {
  type Indicator,
  isAskedIn,
  isEverReportedBy,
  isReported,
  isReportedBy,
  type ReportedIndicator,
  type SumIndicator,
} from './indicator.ts';
import type { Period } from './period.ts';
import { cellsOf, type Grid, gridsOf, type Indicators, indicatorOf, indicatorsOf } from './tables.ts';

/** A reported indicator that a sum comes from in the end, and whether it is added or taken away. */
export interface Addend {
  sign: 1 | -1;
  indicator: ReportedIndicator;
}

const known = new WeakMap<Indicators, Map<string, Addend[]>>();

/**
 * The reported indicators that an indicator comes from: itself, or those that a sum adds up, sums among its parts taken
 * apart. Empty for ratios, and for a sum that contains itself, which catalogues refuse.
 */
export function addendsOf(indicator: Indicator, catalogue: Indicators): Addend[] {
  if (isReported(indicator)) return [{ sign: 1, indicator }];
  if (indicator.kind !== 'sum') return [];
  const ofCatalogue = known.get(catalogue) ?? new Map<string, Addend[]>();
  known.set(catalogue, ofCatalogue);
  const found = ofCatalogue.get(indicator.id);
  if (found !== undefined) return found;
  ofCatalogue.set(indicator.id, []);
  const addends = indicator.parts.flatMap(({ indicator: id, sign }) => {
    const part = indicatorOf(catalogue, id);
    const own = part === undefined ? [] : addendsOf(part, catalogue);
    return sign === '+' ? own : own.map((each) => ({ ...each, sign: each.sign === 1 ? -1 : 1 }) as const);
  });
  ofCatalogue.set(indicator.id, addends);
  return addends;
}

/** The ids of the indicators whose observations make a figure: its own, what it adds up, or both parts of a ratio. */
export function sourcesOf(id: string, catalogue: Indicators): string[] {
  const indicator = indicatorOf(catalogue, id);
  if (indicator === undefined) return [];
  if (indicator.kind === 'ratio') {
    const parts = [indicator.numerator, indicator.denominator];
    return [...new Set(parts.flatMap((part) => sourcesOf(part, catalogue)))];
  }
  return [...new Set(addendsOf(indicator, catalogue).map((each) => each.indicator.id))];
}

function sumsById(catalogue: Indicators): Map<string, SumIndicator> {
  const sums = indicatorsOf(catalogue).filter((each) => each.kind === 'sum');
  return new Map(sums.map((sum) => [sum.id, sum]));
}

/** The sums of a catalogue, each after those among its own parts. */
export function sumsInOrder(catalogue: Indicators): SumIndicator[] {
  const sums = sumsById(catalogue);
  const ordered = new Set<SumIndicator>();
  const visit = (sum: SumIndicator, above: readonly string[]) => {
    if (ordered.has(sum) || above.includes(sum.id)) return;
    for (const { indicator } of sum.parts) {
      const part = sums.get(indicator);
      if (part !== undefined) visit(part, [...above, sum.id]);
    }
    ordered.add(sum);
  };
  for (const sum of sums.values()) visit(sum, []);
  return [...ordered];
}

/** Whether a sum contains itself, by way of others or not. */
export function containsItself(sum: SumIndicator, catalogue: Indicators): boolean {
  const sums = sumsById(catalogue);
  const seen = new Set<string>();
  const open = [...sum.parts];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.indicator === sum.id) return true;
    if (!seen.has(part.indicator)) open.push(...(sums.get(part.indicator)?.parts ?? []));
    seen.add(part.indicator);
  }
  return false;
}

/** Whether a department's returns say in some period what the indicator is: it reports it, or all that it comes from. */
export function isEverKnownOf(indicator: Indicator, department: string, catalogue: Indicators): boolean {
  const addends = addendsOf(indicator, catalogue);
  return addends.length > 0 && addends.every((each) => isEverReportedBy(each.indicator, department));
}

/** The sums that a department's form for a period shows: those of which it asks for every part. */
export function sumsOnForm(catalogue: Indicators, department: string, period: Period): SumIndicator[] {
  return indicatorsOf(catalogue)
    .filter((indicator) => indicator.kind === 'sum')
    .filter((sum) => isAskedIn(sum, period))
    .filter((sum) => {
      const addends = addendsOf(sum, catalogue);
      return addends.length > 0 && addends.every((each) => isReportedBy(each.indicator, department, period));
    });
}

/** An indicator that has a row on a form: it is typed there, or is a sum of what is. */
export type FormIndicator = ReportedIndicator | SumIndicator;

/** The rows of a department's form for a period, in catalogue order, each by the name that it has in the period. */
export function formIndicators(catalogue: Catalogue, department: string, period: Period): FormIndicator[] {
  const sums = sumsOnForm(catalogue, department, period);
  if (sums.length === 0) return indicatorsOnForm(catalogue, department, period);
  const rows = new Map<string, FormIndicator>(
    [...indicatorsOnForm(catalogue, department, period), ...sums].map((each) => [each.id, each]),
  );
  return indicatorsOf(catalogue).flatMap(({ id }) => rows.get(id) ?? []);
}

/** The tables that a department fills in for a period. */
export function tablesOnForm(
  catalogue: Indicators,
  { department, period }: { department: string; period: Period },
): Grid[] {
  return gridsOf(catalogue).filter((grid) =>
    cellsOf(grid).some(({ indicator }) => isReportedBy(indicator, department, period)),
  );
}

/** What is known of an indicator in a return: its number, that it was left blank or does not apply, or nothing. */
export type Known = Decimal | 'blank' | undefined;

/**
 * Adds up, with their signs, numbers of which some were left blank: those count as nothing where there are others.
 * Blank where all are; undefined where one is not known.
 */
export function addUp(terms: readonly { sign: 1 | -1; value: Known }[]): Known {
  let total: Decimal | undefined;
  for (const { sign, value } of terms) {
    if (value === undefined) return undefined;
    if (value === 'blank') continue;
    total = sign === 1 ? add(total ?? '0', value) : subtract(total ?? '0', value);
  }
  return total ?? 'blank';
}

/** What an indicator is by what is known of the reported ones. */
export function knownOf(indicator: Indicator, catalogue: Indicators, numberOf: (id: string) => Known): Known {
  const addends = addendsOf(indicator, catalogue);
  if (addends.length === 0) return undefined;
  return addUp(addends.map(({ sign, indicator: { id } }) => ({ sign, value: numberOf(id) })));
}
