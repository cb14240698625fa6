import { type Indicator, indicatorsOnForm } from '../catalogue/catalogue.ts';
import type { Period } from '../catalogue/period.ts';
import { type Decimal, largest, smallest, sum } from '../values/decimal.ts';
import type { YearState } from './year-state.ts';

/** The figures that a form shows beside its inputs. */
export interface ReferenceFigures {
  lastMonth: Decimal | undefined;
  yearToDate: Decimal | undefined;
}

/** A department's own figures before a period: its last month's, and the year to date by each indicator's operator. */
export function referenceFigures(
  state: YearState,
  department: string,
  period: Period,
): Map<string, ReferenceFigures> {
  const earlier = state.returns.filter(
    (candidate) => candidate.department.id === department && candidate.period < period,
  );
  return new Map(
    indicatorsOnForm(state.catalogue, department, period).map((indicator) => {
      const observed = earlier.map(({ counting }) =>
        counting?.observations.find((observation) => observation.indicator === indicator.id),
      );
      const reported = observed.filter((observation) => observation?.status === 'reported');
      const last = observed.at(-1);
      return [
        indicator.id,
        {
          lastMonth: last?.status === 'reported' ? last.value : undefined,
          yearToDate: soFar(
            indicator,
            reported.map(({ value }) => value),
            reported.flatMap(({ items }) => items ?? []),
          ),
        },
      ];
    }),
  );
}

function soFar(indicator: Indicator, values: Decimal[], items: string[]): Decimal | undefined {
  if (values.length === 0) return undefined;
  switch (indicator.overTime) {
    case 'sum':
      return sum(values);
    case 'last':
      return values.at(-1);
    case 'max':
      return largest(values);
    case 'min':
      return smallest(values);
    case 'distinct':
      return String(new Set(items).size);
    case 'recompute':
      return undefined;
  }
}
