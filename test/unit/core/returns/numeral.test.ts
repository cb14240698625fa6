import { describe, expect, it } from 'vitest';
import type { ReportedIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import { asShown, numeralOf, withoutMagnitude } from '../../../../shared/core/returns/numeral.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';
import { reported } from '../small-year.ts';

describe('what a cell shows of a number', () => {
  it.each<[number: Decimal, shown: string, is: string | undefined, what: string]>([
    ['12.345', '12.35', '12.35', 'rounded'],
    ['12.345', '12.34', undefined, 'otherwise'],
    ['1234567', '1,234,567', '1234567', 'thousands apart'],
    ['1234567', "1'234'567", '1234567', 'by apostrophes'],
    ['1234567', '1 234 567', '1234567', 'by spaces'],
    ['12', ' 12 ', '12', 'blanks around'],
    ['-12', '- 12', '-12', 'a blank behind the sign'],
    ['-12', '(12)', '-12', 'in brackets, below zero'],
    ['-1234.5', '(1,234.50)', '-1234.5', 'more of it in brackets'],
    ['12', '(12)', undefined, 'in brackets, above zero'],
    ['-12', '(12', undefined, 'half a bracket'],
    ['-12', '12)', undefined, 'the other half'],
    ['-12', '(12)件', undefined, 'brackets and words'],
    ['-12', '净(12)', undefined, 'words and brackets'],
    ['0.5', '.5', '0.5', 'nothing before the point'],
    ['5', '5.', '5', 'nothing behind it'],
    ['125000', '1.25E+05', '125000', 'a power of ten'],
    ['125000', '1.25e5', '125000', 'in small letters, without a sign'],
    ['125000', '1.3E+5', '130000', 'rounded to its places'],
    ['0.00125', '1.25E-03', '0.00125', 'a negative power'],
    ['0.0000000001', '1E-010', '0.0000000001', 'in three figures'],
    ['125000', '1.25E+04', undefined, 'another power'],
    ['125000', '1.25E+05件', undefined, 'words behind it'],
    ['125000', '约1.25E+05', undefined, 'words before it'],
    ['0.25', '1/4', '0.25', 'a fraction'],
    ['1.25', '1 1/4', '1.25', 'a number and a fraction'],
    ['1.25', '1  1/4', '1.25', 'further apart'],
    ['10.25', '10 1/4', '10.25', 'a larger number'],
    ['-1.25', '-1 1/4', '-1.25', 'below zero'],
    ['2.75', '11/4', '2.75', 'more than one in a fraction'],
    ['0.3125', '5/16', '0.3125', 'smaller parts'],
    ['0.1', '1/10', '0.1', 'tenths'],
    ['0.26', '1/4', undefined, 'another fraction'],
    ['1.26', '1 1/4', undefined, 'a number and another'],
    ['0.25', '1/4件', undefined, 'a fraction and words'],
    ['0.25', '约1/4', undefined, 'words and a fraction'],
    ['12', '12件', undefined, 'a unit'],
    ['12', '', undefined, 'nothing'],
    ['0', '', undefined, 'nothing of nothing'],
  ])('%s as %j is %s: %s', (number, shown, is) => {
    expect(asShown(number, shown)).toBe(is);
  });
});

describe('a number with what stands beside it', () => {
  const yuan = reported('flow', { unit: '元' });
  const cases = reported('flow', { unit: '件' });

  it.each<[ReportedIndicator, text: string, digits: string, factor: string | undefined, what: string]>([
    [yuan, '¥12.5', '12.5', '1', 'the sign of money'],
    [yuan, '- ¥ 12.5', '-12.5', '1', 'a minus before it'],
    [yuan, '+￥5', '+5', '1', 'a plus before the wide one'],
    [yuan, '12.5元', '12.5', '1', 'the unit'],
    [yuan, '12.5(元)', '12.5', '1', 'the unit in brackets'],
    [yuan, '价¥5', '价¥5', undefined, 'words before the sign'],
    [yuan, '1-¥5', '1-¥5', undefined, 'a number before it'],
    [cases, '¥5', '¥5', undefined, 'the sign of money where no money is asked'],
    [cases, '5', '5', undefined, 'no unit'],
  ])('%#: of %s: %j', (indicator, text, digits, factor) => {
    expect(numeralOf(indicator, text)).toEqual({ digits, factor });
  });

  it.each<[unit: string, digits: string, power: number, expected: string | undefined, what: string]>([
    ['件', '1.3万', -4, '1.3', 'ten thousands'],
    ['件', '1.3 万', -4, '1.3', 'apart'],
    ['件', '2百万', -6, '2', 'millions'],
    ['件', '2千万', -7, '2', 'tens of millions'],
    ['件', '2亿', -8, '2', 'hundreds of millions'],
    ['件', '2千', -3, '2', 'thousands'],
    ['件', '2千', -4, undefined, 'another power'],
    ['件', '2', 0, undefined, 'no such word'],
    ['件', '万', -4, undefined, 'the word alone'],
    ['件', '1.3万多', -4, undefined, 'more words'],
    ['万元', '1.3万', -4, undefined, 'a unit that begins with such a word'],
    ['件（百）', '1.3万', -4, '1.3', 'a unit that has one elsewhere'],
  ])('in %s %j, times ten to %i, is %s without its magnitude: %s', (unit, digits, power, expected) => {
    expect(withoutMagnitude(reported('flow', { unit }), digits, power)).toBe(expected);
  });
});
