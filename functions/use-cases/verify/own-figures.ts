import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { isReported, type ReportedIndicator } from '../../../shared/core/catalogue/indicator.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import { byEnd } from './period-ends.ts';
import { scaled, unit, unscaled } from './whole-numbers.ts';

export type Conversions = Publication['adoptions'][number]['conversions'];

/**
 * A figure in the unit of the catalogue: through every conversion since its own unit was last the indicator's; null if
 * they do not lead there.
 */
export function inUnitOf(
  indicator: ReportedIndicator,
  row: Pick<Lineage, 'value' | 'unit'>,
  conversions: Conversions,
): bigint | null {
  const own = conversions.filter((one) => one.indicator === indicator.id);
  let [value, reached] = [scaled(row.value ?? '0'), row.unit];
  if (reached === indicator.unit) return value;
  const start = own.map(({ from }) => from).lastIndexOf(row.unit);
  for (const { from, to, factor } of start < 0 ? [] : own.slice(start)) {
    if (from !== reached) return null;
    [value, reached] = [(value * scaled(factor)) / unit, to];
  }
  return reached === indicator.unit ? value : null;
}

/**
 * Observations in which what is reported as the year to date is each period's own figure: less what its department
 * reported last before, in the unit of the catalogue. All else stays as it is.
 */
export function ownFiguresOf(
  observations: readonly Lineage[],
  catalogue: Catalogue,
  conversions: Conversions,
): Lineage[] {
  const before = new Map<string, bigint>();
  return observations
    .toSorted((a, b) => byEnd(a.period, b.period))
    .map((row) => {
      const indicator = indicatorOf(catalogue, row.indicator);
      const isToDate =
        indicator !== undefined && isReported(indicator) && indicator.overTime === 'cumulative';
      const value = isToDate && row.status === 'reported' ? inUnitOf(indicator, row, conversions) : null;
      if (!isToDate || value === null) return row;
      const key = `${row.indicator} ${row.department}`;
      const own = value - (before.get(key) ?? 0n);
      before.set(key, value);
      return { ...row, unit: indicator.unit, value: unscaled(own) as NonNullable<Lineage['value']> };
    });
}
