import type { Catalogue } from '../catalogue/catalogue.ts';
import { addendsOf } from '../catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import { onceForEach } from '../values/once-for-each.ts';
import type { YearState } from '../year/year-state.ts';
import { type Kept, keptFor } from './kept.ts';
import {
  type Made,
  type OfRatio,
  type OfReported,
  type OfSum,
  ratioTotal,
  reportedTotal,
  sumTotal,
} from './making-totals.ts';
import { type IndicatorObservations, observationsByIndicator } from './observations-by-indicator.ts';
import type { Total } from './total.ts';

/**
 * The year's totals, in catalogue order, whatever time it is (`annualTotalsAt` says them at a moment). Over time first, then over departments, each by the indicator's own
 * operator; sums and ratios from the totals of their parts; rounded once, at the end.
 */
export const annualTotals = onceForEach((state: YearState): Total[] => {
  const { catalogue } = state;
  const observed = observationsByIndicator(state);
  const totalOf = totalsFrom((id) => observed.get(id), catalogue, keptIn(keptFor(state)));
  return indicatorsOf(catalogue).map(({ id }) => totalOf(id)!);
});

/** How totals are made. */
interface Making {
  reported(of: OfReported): Made;
  sum(of: OfSum): Made;
  ratio(of: OfRatio): Total;
}

/** Each once, as long as what it is made of stays the same. */
function keptIn(kept: Kept): Making {
  return {
    reported: (of) => {
      const { observations, catalogue } = of;
      const name = `total of ${observations.indicator.id}`;
      return kept.once(name, [observations, catalogue], () => reportedTotal(of, 'all'));
    },
    sum: (of) => {
      const { indicator, catalogue, addends, parts } = of;
      const made = [...addends, ...parts].map((each) => each.made);
      return kept.once(`total of ${indicator.id}`, [indicator, catalogue, ...made], () => sumTotal(of));
    },
    ratio: (of) => {
      const { indicator, above, below } = of;
      return kept.once(`total of ${indicator.id}`, [indicator, above, below], () => ratioTotal(of));
    },
  };
}

/** Without where figures come from, for parts of a year, of which there are many. */
export const figuresAlone: Making = {
  reported: (of) => reportedTotal(of, 'figures'),
  sum: sumTotal,
  ratio: ratioTotal,
};

/** The totals that observations make, of the year or of a part of it, by id, each made when it is asked for. */
export function totalsFrom(
  observationsOf: (id: string) => IndicatorObservations | undefined,
  catalogue: Catalogue,
  making: Making,
): (id: string) => Total | undefined {
  const shared = new Map<string, Made>();
  const madeOf = (id: string): Made => {
    const made = shared.get(id) ?? make(id);
    if (partsIn(catalogue).has(id)) shared.set(id, made);
    return made;
  };
  const make = (id: string): Made => {
    const observations = observationsOf(id);
    if (observations !== undefined) return making.reported({ observations, catalogue });
    const indicator = indicatorOf(catalogue, id);
    if (indicator?.kind !== 'sum') throw new RangeError(`${id} is no indicator that has a total by itself`);
    const addends = addendsOf(indicator, catalogue).map(({ sign, indicator: of }) => ({
      sign,
      made: madeOf(of.id),
    }));
    const parts = indicator.parts.map(({ sign, indicator: of }) => ({ sign, made: madeOf(of) }));
    return making.sum({ indicator, catalogue, addends, parts });
  };
  return (id) => {
    const indicator = indicatorOf(catalogue, id);
    if (indicator?.kind !== 'ratio') return indicator && madeOf(id).total;
    const [above, below] = [madeOf(indicator.numerator), madeOf(indicator.denominator)];
    return making.ratio({ indicator, above, below });
  };
}

/** What others are made of, and need not be made for each of them. */
const partsIn = onceForEach((catalogue: Catalogue): ReadonlySet<string> => {
  const made = indicatorsOf(catalogue).flatMap((indicator) =>
    indicator.kind === 'sum'
      ? [
          ...indicator.parts.map((part) => part.indicator),
          ...addendsOf(indicator, catalogue).map(({ indicator: { id } }) => id),
        ]
      : indicator.kind === 'ratio'
        ? [indicator.numerator, indicator.denominator]
        : [],
  );
  return new Set(made);
});
