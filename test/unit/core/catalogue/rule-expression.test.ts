import { describe, expect, it } from 'vitest';
import {
  evaluateRule,
  indicatorsOfRule,
  ruleExpressionSchema,
} from '../../../../shared/core/catalogue/rule-expression.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';

const numbers: Record<string, Decimal> = { a: '0.1', 'b-c': '0.2', d: '0.3', e1: '-5', zero: '0' };
const numberOf = (id: string) => numbers[id];

describe('a rule expression', () => {
  it.each([
    ['a + b-c = d', true, 'sums are exact'],
    ['a + b-c <= d', true, 'equal is not more'],
    ['a + b-c >= d', true, 'equal is not less'],
    ['d - b-c = a', true, 'an id with a hyphen is no subtraction'],
    ['d <= a', false, 'more is not at most'],
    ['a >= d', false, 'less is not at least'],
    ['e1 <= zero', true, 'a negative number is below zero'],
    ['a - a - a <= e1', false, 'signs apply to each term'],
    ['zero = zero', true, 'zero is a number'],
  ])('%s: %s, since %s', (expression, holds) => {
    expect(ruleExpressionSchema.parse(expression)).toBe(expression);
    expect(evaluateRule(expression, numberOf)?.holds).toBe(holds);
  });

  it('gives both sides, for the finding', () => {
    expect(evaluateRule('a + b-c - e1 = d', numberOf)).toEqual({ holds: false, left: '5.3', right: '0.3' });
  });

  it.each(['a = missing', 'missing - a = d', 'missing = missing'])(
    '%s says nothing without a number',
    (expression) => {
      expect(evaluateRule(expression, numberOf)).toBeUndefined();
    },
  );

  it('names each indicator once, in order of appearance', () => {
    expect(indicatorsOfRule('b-c + a = a - d')).toEqual(['b-c', 'a', 'd']);
  });

  it.each([
    ['a', 'one side'],
    ['a < b', 'a strict comparison'],
    ['a == b', 'two equals signs'],
    ['a+b = c', 'no spaces around an operator, so that it could be a name'],
    ['a  + b = c', 'two spaces'],
    [' a = b', 'a space in front'],
    ['a = b ', 'a space behind'],
    ['a = b = c', 'two comparisons'],
    ['a * b = c', 'a product'],
    ['a = 5', 'a constant'],
    ['- a = b', 'a sign in front'],
    ['a = ', 'an empty side'],
    ['A = b', 'a capital letter'],
    ['a = b\n', 'a line break'],
  ])('refuses %j: %s', (expression) => {
    expect(ruleExpressionSchema.safeParse(expression).success).toBe(false);
    expect(() => evaluateRule(expression, numberOf)).toThrow('not a rule');
  });
});
