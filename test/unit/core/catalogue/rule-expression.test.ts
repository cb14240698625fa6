import { describe, expect, it } from 'vitest';
import {
  figuresOfRule,
  indicatorsOfRule,
  looksAtLastYear,
  parseRule,
  ruleExpressionSchema,
  termInExpression,
} from '../../../../shared/core/catalogue/rule-expression.ts';

describe('a rule expression', () => {
  it('names each indicator once, in order of appearance', () => {
    expect(indicatorsOfRule('b-c + a + 5 = a - d')).toEqual(['b-c', 'a', 'd']);
  });

  it('adds and takes away indicators and numbers', () => {
    expect(parseRule('a - 0.5 + b-c >= 12 - d')).toEqual({
      left: [
        { sign: 1, kind: 'indicator', indicator: 'a', when: 'now' },
        { sign: -1, kind: 'constant', constant: '0.5' },
        { sign: 1, kind: 'indicator', indicator: 'b-c', when: 'now' },
      ],
      comparison: '>=',
      right: [
        { sign: 1, kind: 'constant', constant: '12' },
        { sign: -1, kind: 'indicator', indicator: 'd', when: 'now' },
      ],
    });
  });

  it('names figures of last year, of the same period or of its end', () => {
    const expression = 'a - last-year(b-c) = last-year-end(last-year)';
    expect(parseRule(expression)).toEqual({
      left: [
        { sign: 1, kind: 'indicator', indicator: 'a', when: 'now' },
        { sign: -1, kind: 'indicator', indicator: 'b-c', when: 'last-year' },
      ],
      comparison: '=',
      right: [{ sign: 1, kind: 'indicator', indicator: 'last-year', when: 'last-year-end' }],
    });
    expect(indicatorsOfRule(expression)).toEqual(['a', 'b-c', 'last-year']);
    expect([expression, 'a = last-year'].map(looksAtLastYear)).toEqual([true, false]);
  });

  it('writes its terms as it reads them', () => {
    const terms = ['a', 'last-year(b)', 'last-year-end(c)'];
    const read = figuresOfRule(`${terms.join(' + ')} = 0`);
    expect(read.map(({ indicator, when }) => termInExpression(indicator, when))).toEqual(terms);
  });

  it('is none where it is not written as one', () => {
    expect(() => parseRule('a < b')).toThrow('not a rule: a < b');
  });

  it.each([
    ['a = last-year(b', 'a bracket that is not closed'],
    ['a = last-year(5)', 'a number of last year, which never changes'],
    ['a = last-year(b + c)', 'a sum of last year'],
    ['a = last-year (b)', 'a space in front of a bracket'],
    ['a = last-year(last-year(b))', 'the year before last'],
    ['a', 'one side'],
    ['a < b', 'a strict comparison'],
    ['a == b', 'two equals signs'],
    ['a+b = c', 'no spaces around an operator, so that it could be a name'],
    ['a  + b = c', 'two spaces'],
    [' a = b', 'a space in front'],
    ['a = b ', 'a space behind'],
    ['a = b = c', 'two comparisons'],
    ['a * b = c', 'a product'],
    ['5 = 5', 'nothing but numbers'],
    ['a = 05', 'a number with a zero in front'],
    ['a = 1.50', 'a number with a zero behind'],
    ['a = -5', 'a sign on a number'],
    ['- a = b', 'a sign in front'],
    ['a = ', 'an empty side'],
    ['A = b', 'a capital letter'],
    ['a = b\n', 'a line break'],
  ])('refuses %j: %s', (expression) => {
    expect(ruleExpressionSchema.safeParse(expression).success).toBe(false);
  });
});
