import { excerpt } from '../values/text.ts';
import { type Catalogue, type Department, overWords, type Rule } from './catalogue.ts';
import type { Indicator } from './indicator.ts';
import { kinds } from './kinds.ts';
import { frequencies } from './period.ts';
import type { Check } from './problem.ts';
import {
  figuresOfRule,
  indicatorsOfRule,
  looksAtLastYear,
  ofLastYear,
  parseRule,
} from './rule-expression.ts';
import { unitsOfRule } from './rule-units.ts';
import { addendsOf, isEverKnownOf } from './sums.ts';
import { type Indicators, indicatorOf } from './tables.ts';

/** What is wrong with a rule beside its shape, where all that it names is there. */
export const ruleFaults: Check<'rules'> = (rule, catalogue, unread) => {
  const field = 'expression';
  const ids = indicatorsOfRule(rule.expression);
  const indicators = ids.map((id) => indicatorOf(catalogue, id));
  const unknown = ids.filter((id, index) => indicators[index] === undefined && !unread.indicators.has(id));
  if (unknown.length > 0) {
    return unknown.map((id) => ({
      field,
      text: `规则中的“${id}”不是本目录的指标；请改用目录中的指标，或先把它列为指标。`,
    }));
  }
  const known = indicators.filter((indicator) => indicator !== undefined);
  const about = { rule, known, catalogue };
  const unsuited = unsuitedFaults(about);
  const isWhole = known.length === ids.length && unsuited.length === 0 && unread.departments.size === 0;
  const units = unitsOfRule(parseRule(rule.expression), catalogue);
  return [
    ...(units.kind === 'unfit' && known.length > 0 ? [units.why] : []),
    ...periodFaults(about),
    ...unsuited,
    ...lastYearFaults(about),
    ...(isWhole && !isEverAsked(rule, known, { departments: catalogue.departments, indicators: catalogue })
      ? [
          '没有一个部门报送其中全部的指标，这条规则永远不会核对；请换用同一个部门报送的指标，改为全市汇总的规则，或删去这条规则。',
        ]
      : []),
  ].map((text) => ({ field, text }));
};

interface KnownRule {
  rule: Rule;
  /** The indicators that it names, each once. */
  known: readonly Indicator[];
  catalogue: Catalogue;
}

/** Whether somebody reports what it takes to check the rule: one department all of it, or together, where it is over totals. */
export function isEverAsked(
  { over }: Pick<Rule, 'over'>,
  known: readonly Indicator[],
  { departments, indicators }: { departments: readonly Pick<Department, 'id'>[]; indicators: Indicators },
): boolean {
  if (over === 'all-departments') return known.every((each) => addendsOf(each, indicators).length > 0);
  return departments.some(({ id }) => known.every((each) => isEverKnownOf(each, id, indicators)));
}

/** Figures that no return, or no end of a period, has beside each other. */
function periodFaults({ rule, known, catalogue }: KnownRule): string[] {
  const addends = known.flatMap((each) => addendsOf(each, catalogue)).map(({ indicator }) => indicator);
  const often = new Set(addends.map(({ frequency }) => frequency));
  const toDate = new Set(addends.map(({ overTime }) => overTime === 'cumulative'));
  const words = [...often].map((each) => frequencies[each].words).join('、');
  return [
    ...(often.size > 1
      ? [`各指标的报送频率不同（${words}），没有同一份报表可以核对；请只用报送频率相同的指标。`]
      : []),
    ...(rule.over === 'period' && toDate.size > 1
      ? ['各指标有的填当期数，有的填本年累计数，当期的规则不能比较；请改为本年累计的规则。']
      : []),
  ];
}

/** Indicators that have no figure over what the rule is over. */
function unsuitedFaults({ rule, known }: KnownRule): string[] {
  const over = overWords[rule.over];
  return known.flatMap(({ name, kind, overDepartments }) => {
    if (!(kinds[kind].rulesOver as readonly string[]).includes(rule.over)) {
      return [`“${name}”是${kinds[kind].words}，${over}的规则不能用它；请换一个指标，或改范围。`];
    }
    return rule.over === 'all-departments' && overDepartments === 'none'
      ? [`“${name}”各部门分别计，没有全市的数，${over}的规则不能用它；请换一个指标，或改它的“跨部门汇总”。`]
      : [];
  });
}

/** Figures of last year that there are none of, or that nothing of this year stands beside. */
function lastYearFaults({ rule, catalogue }: KnownRule): string[] {
  const figures = figuresOfRule(rule.expression);
  if (rule.over === 'all-departments' && looksAtLastYear(rule.expression)) {
    return ['全市汇总的规则只能用本年的数；请去掉“上年同期”“上年末”，或改为当期、本年累计的规则。'];
  }
  if (figures.every(({ when }) => when !== 'now')) {
    return ['规则中只有上年的数，本年报什么都不会改变它；请至少用一个本年的数。'];
  }
  return figures
    .filter(({ when }) => when === 'last-year-end')
    .flatMap(({ indicator: id }) => {
      const indicator = indicatorOf(catalogue, id);
      if (indicator === undefined) return [];
      const other = addendsOf(indicator, catalogue).find((each) => each.indicator.kind !== 'stock');
      if (other === undefined) return [];
      const { name, kind } = other.indicator;
      return [
        `“${name}”是${kinds[kind].words}，没有上年末的数；请改用“上年同期”，或换一个${kinds.stock.words}的指标。`,
      ];
    });
}

const term = '[a-z][a-z0-9-]*|[0-9.]+';
const constantPattern = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,5}[1-9])?$/;

/** Why a text is no expression of a rule: the first thing that is wrong with it, and how to mend it. */
export function whyNoExpression(written: string): string {
  // A figure of last year stands where an indicator may, so that only what else is wrong is looked for.
  const expression = written.replace(new RegExp(ofLastYear, 'g'), 'a');
  const how = '请写成 a - b <= c 的样子：指标代码之间用 +、- 相连，两边之间用 <=、= 或 >=，符号两边各空一格';
  const comparisons = expression.match(/<=|>=|<|>|=/g) ?? [];
  if (comparisons.length === 0) return `规则中没有 <=、= 或 >=，看不出要比较什么；${how}。`;
  if (comparisons.length > 1) {
    return `规则中有 ${comparisons.length} 个比较的符号，只能有一个；请拆成几条规则。`;
  }
  if (comparisons[0] === '<' || comparisons[0] === '>') {
    return `规则中的“${comparisons[0]}”不能用；请改为 ${comparisons[0]}=，或 =。`;
  }
  const words = expression.split(/<=|>=|=|\s[+-]\s|[*/×÷()（）]/).map((each) => each.trim());
  const number = words.find((each) => /^[+-]?[0-9][0-9.,%]*$/.test(each) && !constantPattern.test(each));
  if (number !== undefined) {
    return `规则中的数“${excerpt(number)}”写法不对；请写成 12 或 0.5 的样子，不带正负号、逗号、百分号和多余的 0，小数最多 6 位。`;
  }
  if (/last-?year/.test(expression)) {
    return `规则中上年的数写法不对；上年同期请写成 last-year(a)，上年末请写成 last-year-end(a)，括号里是指标代码。`;
  }
  if (/[*/×÷()（）]/.test(expression)) return `规则中只能相加、相减，不能乘除，也不能用括号；${how}。`;
  if (words.every((each) => constantPattern.test(each))) return `规则中没有指标，只有数；${how}。`;
  if (words.includes('')) return `规则中有一处缺了指标代码；${how}。`;
  const strange = words.find((each) => !new RegExp(`^(?:${term})$`).test(each));
  return strange === undefined
    ? `规则的写法不对；${how}。`
    : `规则中的“${excerpt(strange)}”不是指标代码；${how}。`;
}
