import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { narrativeSchema } from '../../shared/core/catalogue/narratives.ts';
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

/** What departments are asked to write at the end of each quarter. */
const practice = {
  id: 'practice',
  name: '典型做法',
  section: '一(一)',
  definition: '本季度推进法治政府建设的一项做法和成效，一段，写明做了什么、解决了什么；没有的留空。',
  reporters: 'all',
  months: [3, 6, 9, 12],
  required: false,
  maxLength: 300,
};

/** Made-up examples, by department and month. */
const practices = {
  'sfj 3': '把法律援助窗口设到赶场天的集市上，当场受理、当场指派，群众不用再跑县城。',
  'sfj 9': '行政复议案件先行调解，能当场化解的不立案；立了案的，听证开到当事人所在的乡镇。',
  'gaj 6': '执法办案管理中心实行“一案一评”，每月把退回补充侦查的原因讲给办案民警听。',
  'spj 6': '把许可、备案、变更合成一张表，开店的人填一次，几个科室分头办。',
  'xfj 9': '来访事项当日分流，属于复议、诉讼的当面讲清途径，三日内回访是否已经受理。',
};

/** The catalogue of the sample's second year: something to write is asked for, and a notice says that all is made up. */
export function secondCatalogue(first: Catalogue): Catalogue {
  const reading = nextYear(first);
  if (reading.kind !== 'catalogue') throw new Error('the sample has no second year');
  return { ...reading.catalogue, notice, narratives: [narrativeSchema.parse(practice)] };
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
    practices,
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
