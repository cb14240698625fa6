import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import type { Indicator } from '../../core/catalogue/indicator.ts';
import { lookupOf } from '../../core/catalogue/lookup.ts';
import { indicatorsOf } from '../../core/catalogue/tables.ts';
import { allNames } from '../../core/catalogue/validity.ts';
import { nameKey } from '../../core/values/text.ts';

/** What stands in the column of departments for the whole city. */
export const wholeCity = '全市';

/** Other words for it. */
const alsoWhole = ['全县', '全区', '全州', '全旗', '全域', '合计', '总计'];

/** What a name in a baseline's workbook may mean: nothing, one thing, or several. */
export interface Named {
  /** Ids; null for the whole city. */
  departments: (typed: string) => (string | null)[];
  indicators: (typed: string) => Indicator[];
  /** What an indicator is called so that nothing else is: its code is added where others have its name. */
  labelOf: (indicator: Indicator) => string;
  /** What may have been meant, as a question. */
  guess: Record<'departments' | 'indicators', (typed: string) => string>;
}

/** The names that departments and indicators of a catalogue, cells of tables among them, may be written by. */
export function baselineNames(catalogue: Catalogue): Named {
  const indicators = indicatorsOf(catalogue);
  const byName = new Map<string, Indicator[]>();
  for (const indicator of indicators) {
    for (const key of new Set(allNames(indicator).map(nameKey))) {
      byName.set(key, [...(byName.get(key) ?? []), indicator]);
    }
  }
  const labelled = (indicator: Indicator) => `${indicator.name}（${indicator.id}）`;
  const byCode = new Map(
    indicators.flatMap((each) => [
      [nameKey(each.id), each] as const,
      [nameKey(labelled(each)), each] as const,
    ]),
  );
  const departments = lookupOf(catalogue.departments);
  const whole = new Set([wholeCity, ...alsoWhole, catalogue.authority].map(nameKey));
  return {
    departments: (typed) => {
      const id = departments.idOf(typed);
      if (id !== undefined) return [id];
      return whole.has(nameKey(typed)) ? [null] : [];
    },
    indicators: (typed) => {
      const code = byCode.get(nameKey(typed));
      return code === undefined ? (byName.get(nameKey(typed)) ?? []) : [code];
    },
    labelOf: (indicator) =>
      (byName.get(nameKey(indicator.name)) ?? []).length === 1 ? indicator.name : labelled(indicator),
    guess: {
      departments: departments.guess,
      indicators: lookupOf(indicators).guess,
    },
  };
}
