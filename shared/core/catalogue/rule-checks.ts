import { excerpt } from '../values/text.ts';
import { overWords } from './catalogue.ts';
import { kinds } from './kinds.ts';
import { frequencies } from './period.ts';
import type { Check } from './problem.ts';
import { indicatorsOfRule } from './rule-expression.ts';
import { addendsOf, isEverKnownOf } from './sums.ts';
import { indicatorOf } from './tables.ts';

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
  const units = [...new Set(known.map(({ unit }) => unit))];
  const unsuited = known.filter(
    ({ kind }) => !(kinds[kind].rulesOver as readonly string[]).includes(rule.over),
  );
  const isWhole = known.length === ids.length && unsuited.length === 0 && unread.departments.size === 0;
  const isReportedTogether = catalogue.departments.some(({ id }) =>
    known.every((indicator) => isEverKnownOf(indicator, id, catalogue)),
  );
  const faults: string[] = [];
  if (units.length > 1) {
    faults.push(`各指标的单位不同（${units.join('、')}），不能相比；请只用单位相同的指标。`);
  }
  const often = new Set(
    known.flatMap((each) => addendsOf(each, catalogue)).map((each) => each.indicator.frequency),
  );
  if (often.size > 1) {
    const words = [...often].map((each) => frequencies[each].words).join('、');
    faults.push(`各指标的报送频率不同（${words}），没有同一份报表可以核对；请只用报送频率相同的指标。`);
  }
  const toDate = new Set(
    known
      .flatMap((each) => addendsOf(each, catalogue))
      .map((each) => each.indicator.overTime === 'cumulative'),
  );
  if (rule.over === 'period' && toDate.size > 1) {
    faults.push('各指标有的填当期数，有的填本年累计数，当期的规则不能比较；请改为本年累计的规则。');
  }
  for (const { name, kind } of unsuited) {
    const over = overWords[rule.over];
    faults.push(`“${name}”是${kinds[kind].words}，${over}的规则不能用它；请换一个指标，或改范围。`);
  }
  if (isWhole && !isReportedTogether) {
    faults.push(
      '没有一个部门报送其中全部的指标，这条规则永远不会核对；请换用同一个部门报送的指标，或删去这条规则。',
    );
  }
  return faults.map((text) => ({ field, text }));
};

const term = '[a-z][a-z0-9-]*|[0-9.]+';
const constantPattern = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,5}[1-9])?$/;

/** Why a text is no expression of a rule: the first thing that is wrong with it, and how to mend it. */
export function whyNoExpression(expression: string): string {
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
  if (/[*/×÷()（）]/.test(expression)) return `规则中只能相加、相减，不能乘除，也不能用括号；${how}。`;
  if (words.every((each) => constantPattern.test(each))) return `规则中没有指标，只有数；${how}。`;
  if (words.includes('')) return `规则中有一处缺了指标代码；${how}。`;
  const strange = words.find((each) => !new RegExp(`^(?:${term})$`).test(each));
  return strange === undefined
    ? `规则的写法不对；${how}。`
    : `规则中的“${excerpt(strange)}”不是指标代码；${how}。`;
}
