import { describe, expect, it } from 'vitest';
import { indicatorSchema } from '../../../../shared/core/catalogue/indicator.ts';
import { proseOf } from '../../../../shared/core/totals/prose.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';
import { indicator } from '../small-year.ts';

describe('a figure in prose', () => {
  it.each([
    ['exact', '10', '件', 'arabic', '48', '48', 'an exact figure stays as it is'],
    ['at-least', '10', '件', 'arabic', '273', '270余', 'what is cut off is 余'],
    ['at-least', '10', '件', 'arabic', '23', '20余', 'small ones too'],
    ['at-least', '10', '件', 'arabic', '270', '270', 'a round figure is exact'],
    ['at-least', '10', '件', 'arabic', '9', '9', 'nothing is left of it, so it is said exactly'],
    ['at-least', '10', '件', 'arabic', '0', '0', 'zero is zero'],
    ['at-least', '10', '件', 'arabic', '-15', '-15', 'a negative figure is said exactly'],
    ['at-least', '0.01', '万元', 'arabic', '189.5934', '189.59余', 'places are cut, not rounded'],
    ['at-least', '0.01', '万元', 'arabic', '189.599', '189.59余', 'places are cut even just below the next'],
    ['more-than', '10', '%', 'arabic', '98.72', '超90%', 'a share beyond a round one'],
    ['more-than', '10', '%', 'arabic', '90', '90%', 'a round share is no more than itself'],
    ['at-least', '10', '%', 'arabic', '98.72', '90%余', 'the sign stands by the number'],
    ['exact', undefined, '‰', 'arabic', '6.2', '6.2‰', 'per mille too'],
    ['exact', undefined, '辆', 'chinese', '3', '三', 'a small count in characters'],
    ['exact', undefined, '辆', 'chinese', '0', '零', 'zero in characters'],
    ['exact', undefined, '辆', 'chinese', '10', '十', 'ten'],
    ['exact', undefined, '辆', 'chinese', '12', '十二', 'the teens'],
    ['exact', undefined, '辆', 'chinese', '20', '二十', 'round tens'],
    ['exact', undefined, '辆', 'chinese', '99', '九十九', 'the largest in characters'],
    ['exact', undefined, '辆', 'chinese', '100', '100', 'larger ones stay in digits'],
    ['exact', undefined, '辆', 'chinese', '2.5', '2.5', 'fractions stay in digits'],
  ] as [string, string | undefined, string, string, Decimal, string, string][])(
    '%s, step %s, %s, %s: %s is written %s: %s',
    (style, step, unit, numerals, value, written) => {
      const about = indicator('x', 'flow', { unit, decimals: 4, prose: { style, step, numerals } });
      expect(proseOf(indicatorSchema.parse(about), value)).toBe(written);
    },
  );

  it.each([
    ['exact', undefined, '万', '13456', '1.3456万', 'exactly'],
    ['at-least', '1000', '万', '13456', '1.3万余', 'cut to a thousand'],
    ['at-least', '10000000', '亿', '10394000000', '103.9亿余', 'cut to ten millions'],
    ['more-than', '10000', '万', '315001', '超31万', 'beyond a round one'],
  ] as [string, string | undefined, string, Decimal, string, string][])(
    '%s, step %s, in %s: %s is written %s: %s',
    (style, step, scale, value, written) => {
      const about = indicator('x', 'flow', { prose: { style, step, scale } });
      expect(proseOf(indicatorSchema.parse(about), value)).toBe(written);
    },
  );

  it('says nothing where there is no figure', () => {
    expect(proseOf(indicatorSchema.parse(indicator('x')), null)).toBe('');
  });
});
