import { describe, expect, it } from 'vitest';
import { outcomeOf, rulesFor } from '../../../../shared/core/catalogue/rules.ts';
import type { Known } from '../../../../shared/core/catalogue/sums.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const ids = ['a', 'b-c', 'd', 'e1', 'zero', 'blank', 'unread'];
const numbers: Record<string, Known> = {
  ...{ a: '0.1', 'b-c': '0.2', d: '0.3', e1: '-5', zero: '0', blank: 'blank', unread: undefined },
};
const minus = { indicator: 'b-c', sign: '-' };
const sums = [
  indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b-c' }] }),
  indicator('nested', 'sum', { parts: [{ indicator: 'both' }, minus, { indicator: 'blank' }] }),
];

function outcome(expression: string) {
  const rules = [{ id: 'rule', over: 'period', expression, message: '应当如此。' }];
  const catalogue = catalogueOf({ indicators: [...ids.map((id) => indicator(id)), ...sums], rules });
  const [rule] = rulesFor(catalogue, 'jia', 'period');
  return rule && outcomeOf(rule, catalogue, (id) => numbers[id]);
}

describe('a rule', () => {
  it.each([
    ['a + b-c = d', 'holds', 'sums are exact'],
    ['a + b-c <= d', 'holds', 'equal is not more'],
    ['a + b-c >= d', 'holds', 'equal is not less'],
    ['d - b-c = a', 'holds', 'an id with a hyphen is no subtraction'],
    ['d <= a', 'broken', 'more is not at most'],
    ['a >= d', 'broken', 'less is not at least'],
    ['e1 <= zero', 'holds', 'a negative number is below zero'],
    ['a - a - a <= e1', 'broken', 'signs apply to each term'],
    ['zero = zero', 'holds', 'zero is a number'],
    ['a + 0.2 = d', 'holds', 'a number stands for itself'],
    ['a >= 1', 'broken', 'less than the number is not at least it'],
    ['both = d', 'holds', 'a sum is what its parts come to'],
    ['nested = a', 'holds', 'a sum of sums is what their parts come to, with their signs'],
    ['a + blank = a', 'holds', 'a blank among numbers counts as nothing'],
    ['unread >= d', 'off', 'what could not be read is said elsewhere, and breaks nothing'],
    ['a + unread >= d', 'off', 'nor does what it is added to'],
    ['blank >= d', 'off', 'a side that is all blank says nothing'],
  ])('%s: %s, since %s', (expression, kind) => {
    expect(outcome(expression)?.kind).toBe(kind);
  });

  it('gives both sides with their terms, and by how much they differ, for the finding', () => {
    expect(outcome('a + b-c - e1 + blank = nested + 1')).toEqual({
      kind: 'broken',
      left: {
        value: '5.3',
        terms: [
          { sign: 1, name: '指标a', value: '0.1', from: [] },
          { sign: 1, name: '指标b-c', value: '0.2', from: [] },
          { sign: -1, name: '指标e1', value: '-5', from: [] },
        ],
      },
      right: {
        value: '1.1',
        terms: [
          {
            sign: 1,
            name: '指标nested',
            value: '0.1',
            from: [
              { sign: 1, name: '指标a', value: '0.1', from: [] },
              { sign: 1, name: '指标b-c', value: '0.2', from: [] },
              { sign: -1, name: '指标b-c', value: '0.2', from: [] },
            ],
          },
          { sign: 1, name: '', value: '1', from: [] },
        ],
      },
      difference: '4.2',
    });
  });
});
