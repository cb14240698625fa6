import { describe, expect, it } from 'vitest';
import { parseRule } from '../../../../shared/core/catalogue/rule-expression.ts';
import { type RuleUnits, unitsOfRule } from '../../../../shared/core/catalogue/rule-units.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const counted = (id: string, unit: string, alsoIn: Record<string, string> = {}) =>
  indicator(id, 'flow', {
    unit,
    alsoIn: Object.entries(alsoIn).map(([other, factor]) => ({ unit: other, factor })),
  });

function unitsOf(expression: string, ...indicators: object[]): RuleUnits {
  return unitsOfRule(parseRule(expression), catalogueOf({ indicators }));
}
const whyNot = (expression: string, ...indicators: object[]) => {
  const units = unitsOf(expression, ...indicators);
  return units.kind === 'unfit' ? units.why : 'it fits';
};

describe('the units of a rule', () => {
  const wan = counted('wan', '万元', { 元: '0.0001' });
  const yuan = counted('yuan', '元');
  const cases = counted('cases', '件');

  it('are those of its first indicator, with what figures of others are multiplied by', () => {
    const units = unitsOf('yuan + 5 = wan', yuan, wan);
    const side = {
      unit: '元',
      factors: new Map([
        ['元', '1'],
        ['万元', '10000'],
      ]),
    };
    expect(units).toEqual({ kind: 'fit', left: side, right: side, isMixed: true });
    expect(unitsOf('yuan = 5', yuan)).toMatchObject({ kind: 'fit', isMixed: false });
  });

  it('are each side’s own where they have nothing to do with each other', () => {
    expect(unitsOf('yuan >= cases', yuan, cases)).toMatchObject({
      ...{ kind: 'fit', left: { unit: '元' }, right: { unit: '件' }, isMixed: true },
    });
    expect(unitsOf('5 <= cases', cases)).toMatchObject({ left: { unit: '件' }, right: { unit: '件' } });
  });

  it.each([
    ['none = 5', [yuan], '规则中没有指标。'],
    [
      'yuan + cases = 5',
      [yuan, cases],
      '“指标cases”的单位是件，与元不能换算，不能相加减；请只把单位相同的指标放在一边，或在其中一个指标的“可用单位”中写明怎样换算。',
    ],
    [
      'wan = yuan + cases',
      [wan, yuan, cases],
      '“指标cases”的单位是件，与万元不能换算，不能相加减；请只把单位相同的指标放在一边，或在其中一个指标的“可用单位”中写明怎样换算。',
    ],
    [
      'yuan = many',
      [yuan, counted('many', '百万元')],
      '左边的单位是元，右边是百万元，没有写明怎样换算；请在其中一个指标的“可用单位”中写明，例如单位为万元的，写 元=0.0001。',
    ],
    [
      'week = day',
      [counted('week', '周'), counted('day', '天', { 周: '7' })],
      '“指标day”的单位（天）不能精确换算成周；请改用能精确换算的单位。',
    ],
    [
      'wan = yuan + other',
      [wan, yuan, counted('other', '元', { 万元: '1000' })],
      '规则中的指标所写的元与万元的换算不一致；请在“可用单位”或“发布单位”中改成一致的。',
    ],
  ])('do not fit in %s, and why is said', (expression, indicators, why) => {
    expect(whyNot(expression, ...indicators)).toBe(why);
  });

  it('fit by a way that is exact, where another is not', () => {
    const often = { 周: '7', 旬: '10' };
    const units = unitsOf('day = date', counted('day', '天', often), counted('date', '日', often));
    expect(units.kind === 'fit' && units.left.factors.get('日')).toBe('1');
  });
});
