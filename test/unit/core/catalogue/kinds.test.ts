import { describe, expect, it } from 'vitest';
import { combined, distinctItems, type Operator } from '../../../../shared/core/catalogue/kinds.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';

const values = (...all: Decimal[]) => all.map((value) => ({ value }));
const lists = (...all: string[][]) => all.map((items) => ({ value: `${items.length}` as const, items }));

describe('several figures', () => {
  it.each<[operator: Operator, value: string]>([
    ['sum', '14'],
    ['cumulative', '14'],
    ['last', '3'],
    ['max', '10'],
    ['min', '1'],
  ])('by %s are %s', (operator, value) => {
    expect(combined(operator, values('10', '1', '3'))).toBe(value);
  });

  it.each<Operator>(['sum', 'cumulative', 'last', 'max', 'min', 'distinct'])(
    'that are none are no figure by %s',
    (operator) => {
      expect(combined(operator, [])).toBeNull();
    },
  );
});

describe('several lists', () => {
  it('have as many items as are different, each as it was first written', () => {
    const reported = lists(['《条例》', '办法'], [], ['条例', '规定', '办 法']);
    expect(distinctItems(reported)).toEqual(['《条例》', '办法', '规定']);
    expect(combined('distinct', reported)).toBe('3');
  });

  it('of which one does not say its items have those of the others', () => {
    expect(distinctItems([...values('2'), ...lists(['甲'])])).toEqual(['甲']);
    expect(combined('distinct', lists([]))).toBe('0');
  });
});
