import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Indicator, isReported } from '../catalogue/indicator.ts';
import { monthsOf, type Period } from '../catalogue/period.ts';
import { sourcesOf } from '../catalogue/sums.ts';
import { indicatorOf } from '../catalogue/tables.ts';
import type { Decimal } from '../values/decimal.ts';

/** What is known of an indicator: in each period the figure of each reporter, undefined where it is not known. */
export type Known = ReadonlyMap<Period, ReadonlyMap<string, Decimal | undefined>>;

/**
 * Whether what an indicator is computed from is known alike: of the parts of a sum the very same periods, of those of a
 * ratio the same months, and where a figure is missing of somebody, all of the very same departments. A blank is unknown,
 * and a sum without it would be another.
 */
export function isComputable(
  indicator: Indicator,
  catalogue: Catalogue,
  known: ReadonlyMap<string, Known>,
): boolean {
  const periodsOf = (id: string) => [...(known.get(id)?.keys() ?? [])];
  const sources = sourcesOf(indicator.id, catalogue);
  if (!areOfTheSame(sources.map((id) => known.get(id) ?? new Map()))) return false;
  if (indicator.kind === 'ratio') {
    const covered = [indicator.numerator, indicator.denominator].map((part) =>
      sourcesOf(part, catalogue).flatMap(periodsOf).flatMap(monthsOf),
    );
    const parts = [indicator.numerator, indicator.denominator].map((id) => indicatorOf(catalogue, id));
    const areComputable = parts.every(
      (part) => part && (isReported(part) || isComputable(part, catalogue, known)),
    );
    return areComputable && areSame(covered.map((months) => [...new Set(months)].sort().join()));
  }
  return areSame(sources.map((id) => periodsOf(id).join()));
}

/** Whether nothing is missing of any of these, or all have figures of the same reporters in the same periods. */
function areOfTheSame(parts: readonly Known[]): boolean {
  const isWhole = parts.every((own) =>
    [...own.values()].every((said) => ![...said.values()].includes(undefined)),
  );
  if (isWhole) return true;
  const whose = (said: ReadonlyMap<string, Decimal | undefined>) =>
    [...said].flatMap(([name, value]) => (value === undefined ? [] : [name])).sort();
  return areSame(parts.map((own) => [...own].map(([period, said]) => `${period} ${whose(said)}`).join(';')));
}

function areSame(texts: readonly string[]): boolean {
  return texts.length > 0 && texts[0] !== '' && texts.every((text) => text === texts[0]);
}
