import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { nextYear } from '../../shared/core/catalogue/next-year.ts';
import { parseRule } from '../../shared/core/catalogue/rule-expression.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';
import { type Decimal, decimalSchema, quotient, smallest } from '../../shared/core/values/decimal.ts';
import { sampleCounts } from './sample-values.ts';
import { known, type SampleWork } from './sample-work.ts';
import type { Random } from './seeded-random.ts';

/**
 * By how many per cent a total of the second year differs from the first's: at least and at most; what is a part of
 * another changes with it, and by so many points more or less.
 */
export const changes = { least: 3, most: 12, besideWhole: 2 } as const;

/** Up to which month the second year has been reported. */
const lastMonth = 10;

const notice =
  '样例数据，均为虚构：2024年没有任何数字来自公开发布的报告，哪个部门报送哪项指标、报送时限、指标口径和各月数字都是为演示编造的。';

/** Made-up titles, by department. */
const artWorks = {
  fy: ['《老街法庭》', '《一纸调解书》'],
  zfw: ['《红叶树下话平安》'],
  gaj: ['《来电请挂断》'],
  sfj: ['《赶场天里说民法》', '《邻里一堵墙》', '《普法大篷车进山来》'],
};

/** The catalogue of the sample's second year, with a notice that all of it is made up. */
export function secondCatalogue(first: Catalogue): Catalogue {
  const reading = nextYear(first);
  if (reading.kind !== 'catalogue') throw new Error('the sample has no second year');
  return { ...reading.catalogue, notice };
}

/**
 * The year after a sample year, reported to October: totals change by some per cent, stocks go on from where they
 * stood, lists have other items. No report is behind it.
 */
export function secondYear(first: SampleWork): SampleWork {
  const catalogue = secondCatalogue(first.catalogue);
  const random = (subject: string) => first.random(`${catalogue.year} ${subject}`);
  const totals = changedTotals(first, random);
  const categories = indicatorOf(catalogue, 'crime-categories');
  const options = categories?.kind === 'list' ? (categories.list.options ?? []) : [];
  return {
    catalogue,
    totals,
    lastMonth,
    crimeCategories: options.slice(-Number(totals.get('crime-categories'))),
    artWorks,
    before: sampleCounts(first),
    isBlemished: false,
    random,
  };
}

/** The totals after their changes, in which no part exceeds its whole. */
function changedTotals({ catalogue, totals }: SampleWork, random: (subject: string) => Random) {
  const wholes = wholesOf(catalogue, totals);
  const percentOf = (id: string): number => {
    const draws = random(`change of ${id}`);
    const whole = wholes.get(id);
    return whole === undefined
      ? draws.between(changes.least, changes.most) * draws.pick([-1, 1, 1])
      : percentOf(whole) + draws.between(-changes.besideWhole, changes.besideWhole);
  };
  const totalOf = (id: string): Decimal => {
    const factor = decimalSchema.parse(`${100 + percentOf(id)}`);
    const { decimals } = known(catalogue, id);
    const own = quotient(totals.get(id)!, hundred, { factor, decimals, rounding: 'half-up' });
    const whole = wholes.get(id);
    return whole === undefined ? own : smallest([own, totalOf(whole)])!;
  };
  return new Map([...totals.keys()].map((id) => [id, totalOf(id)]));
}

const hundred = decimalSchema.parse('100');

/** What each total that a rule bounds by another one alone is a part of. */
function wholesOf({ rules }: Catalogue, totals: SampleWork['totals']): Map<string, string> {
  return new Map(
    rules.flatMap(({ expression }) => {
      const { left, comparison, right } = parseRule(expression);
      const [part, ...others] = [...left, ...right].map((term) =>
        term.kind === 'indicator' && totals.has(term.indicator) ? term.indicator : undefined,
      );
      const [whole] = others;
      const isBound = comparison === '<=' && others.length === 1;
      return isBound && part !== undefined && whole !== undefined ? [[part, whole] as const] : [];
    }),
  );
}
