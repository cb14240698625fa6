import { describe, expect, it } from 'vitest';
import {
  absolute,
  cutToStep,
  decimalOf,
  decimalPlaces,
  decimalSchema,
  exactInverse,
  largest,
  quotient,
  round,
  shift,
  smallest,
  storedNumber,
  sum,
} from '../../../../shared/core/values/decimal.ts';

const digits = (count: number) => '9'.repeat(count);

describe('a canonical decimal', () => {
  it.each([
    ['007', '7', 'drops leading zeros'],
    ['1.50', '1.5', 'drops trailing zeros'],
    ['1.4E2', '140', 'writes out an exponent'],
    ['1.4e-2', '0.014', 'writes out a negative exponent'],
    ['-0', '0', 'knows no negative zero'],
    ['-0.000', '0', 'knows no negative zero with places'],
    ['+5', '5', 'takes a plus sign'],
    ['+.5', '0.5', 'takes a plus sign before a point'],
    ['.5', '0.5', 'takes a number that begins with its point'],
    ['5.', '5', 'takes a number that ends with its point'],
    ['1e-12', '0.000000000001', 'keeps twelve places'],
    [digits(24), digits(24), 'keeps 24 digits'],
    ['5.e2', '500', 'takes an exponent behind a point'],
    [`${'0'.repeat(399)}1`, '1', 'takes as many zeros as a cell may hold'],
    ['-12.30', '-12.3', 'keeps the sign'],
    ['+1.5E+3', '1500', 'takes a plus sign before the number and its exponent'],
  ])('of %s is %s: it %s', (text, canonical) => {
    expect(decimalOf(text)).toBe(canonical);
  });

  it.each([
    ['1e-13', 'more than twelve places'],
    [digits(25), 'more than 24 digits'],
    ['1e999', 'an absurd exponent'],
    ['0'.repeat(401), 'zeros without end'],
    ['1'.repeat(401), 'too long a text'],
    ['', 'nothing'],
    ['.', 'only a point'],
    ['1,000', 'separators'],
    ['0x10', 'hexadecimal'],
    ['NaN', 'no number'],
    ['Infinity', 'no finite number'],
    ['１', 'full-width digits'],
    [' 1', 'a space'],
    ['1\n', 'a line break'],
  ])('is not made of %j: %s', (text) => {
    expect(decimalOf(text)).toBeUndefined();
  });
});

describe('a number as a workbook stores it', () => {
  it.each([
    ['189.59000000000001', '189.59'],
    ['0.30000000000000004', '0.3'],
    ['1895.9339999999999', '1895.934'],
    ['0.99999999999999989', '1'],
    ['-4.4000000000000004', '-4.4'],
    ['123456789012345', '123456789012345'],
    ['1.2E+3', '1200'],
    ['12.50', '12.5'],
    ['123456.78900000001', '123456.789'],
    ['-1234567.1200000001', '-1234567.12'],
    ['0.123456789012', '0.123456789012'],
    ['0', '0'],
    ['0.000001', '0.000001'],
  ])('%s was typed as %s', (stored, typed) => {
    expect(storedNumber(stored)).toEqual({ value: typed, isExact: true });
  });

  it('is the same number that its double would show, for every cent up to 10,000', () => {
    for (let cents = 0; cents <= 1_000_000; cents += 37) {
      const typed = decimalOf(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`)!;
      expect(storedNumber((cents / 100).toPrecision(17))?.value).toBe(typed);
    }
  });

  it.each([
    ['0.01000000000931323', '0.010000000009'],
    ['1.5E-13', '0'],
  ])('%s has more places than a decimal holds, and says so', (stored, value) => {
    expect(storedNumber(stored)).toEqual({ value, isExact: false });
  });

  it.each(['', 'abc', '1e999', '1'.repeat(401)])('%j is refused', (stored) => {
    expect(storedNumber(stored)).toBeUndefined();
  });
});

describe('powers of ten', () => {
  it.each([
    ['12.5', 3, '12500'],
    ['-12.5', -4, '-0.00125'],
    ['1', -30, `0.${'0'.repeat(29)}1`],
    ['0', 5, '0'],
  ] as const)('%s times ten to %i is %s, to the last digit', (value, power, expected) => {
    expect(shift(value, power)).toBe(expected);
  });
});

describe('rounding', () => {
  it.each([
    ['2.5', 0, 'half-up', '3'],
    ['2.4999', 0, 'half-up', '2'],
    ['1.005', 2, 'half-up', '1.01'],
    ['-2.5', 0, 'half-up', '-3'],
    ['-0.4', 0, 'half-up', '0'],
    ['2.99', 0, 'truncate', '2'],
    ['-2.99', 0, 'truncate', '-2'],
    ['-0.99', 0, 'truncate', '0'],
    ['189.5934', 2, 'truncate', '189.59'],
    ['99.995', 2, 'half-up', '100'],
    ['7', 2, 'half-up', '7'],
  ] as const)('%s to %i places by %s is %s', (value, decimals, mode, rounded) => {
    expect(round(value, decimals, mode)).toBe(rounded);
  });
});

describe('a quotient', () => {
  const nines = decimalSchema.parse('9'.repeat(24));
  const beyondTen = decimalSchema.parse(`1${'0'.repeat(22)}9`);
  it.each([
    ['2', '3', '100', 2, 'half-up', '66.67'],
    ['2', '3', '100', 2, 'truncate', '66.66'],
    ['1', '3', '1', 0, 'half-up', '0'],
    ['1', '2', '1', 0, 'half-up', '1'],
    ['999999', '1000000', '100', 2, 'half-up', '100'],
    ['999999', '1000000', '100', 2, 'truncate', '99.99'],
    ['999949', '1000000', '100', 2, 'half-up', '99.99'],
    ['99995', '100000', '100', 2, 'half-up', '100'],
    [nines, beyondTen, '1', 6, 'half-up', '10'],
    [nines, beyondTen, '1', 6, 'truncate', '9.999999'],
    ['-2', '3', '100', 2, 'half-up', '-66.67'],
    ['-2', '3', '100', 2, 'truncate', '-66.66'],
    ['0', '7', '100', 2, 'half-up', '0'],
    ['3', '4', '1000', 0, 'half-up', '750'],
    ['1', '0.3', '1', 3, 'half-up', '3.333'],
  ] as const)(
    'of %s and %s times %s to %i places by %s is %s',
    (above, below, factor, decimals, rounding, result) => {
      expect(quotient(above, below, { factor, decimals, rounding })).toBe(result);
    },
  );

  it('just under a half is not rounded up, however many nines there are', () => {
    const almostHalf = decimalSchema.parse(`0.4${'9'.repeat(11)}`);
    expect(quotient(almostHalf, '1', { factor: '1', decimals: 0, rounding: 'half-up' })).toBe('0');
  });
});

describe('cutting to a step', () => {
  it.each([
    ['273', '10', '270'],
    ['270', '10', '270'],
    ['189.5934', '0.01', '189.59'],
    ['9', '10', '0'],
    ['-273', '10', '-270'],
    ['0.3', '0.1', '0.3'],
  ] as const)('%s in steps of %s is %s', (value, step, cut) => {
    expect(cutToStep(value, step)).toBe(cut);
  });
});

describe('the rest of the arithmetic', () => {
  it('adds what a double cannot add', () => {
    expect(sum(['0.1', '0.2'])).toBe('0.3');
    expect(sum(['9007199254740993', '0.000001', '-9007199254740992'])).toBe('1.000001');
    expect(sum([])).toBe('0');
  });

  it('finds the largest and the smallest by number, not by text', () => {
    expect(largest(['9', '10', '-11'])).toBe('10');
    expect(smallest(['9', '10', '-11'])).toBe('-11');
    expect(largest([])).toBeUndefined();
    expect(smallest([])).toBeUndefined();
  });

  it('tells how far a number is from zero', () => {
    expect(absolute('-1.5')).toBe('1.5');
    expect(absolute('1.5')).toBe('1.5');
    expect(absolute('0')).toBe('0');
  });

  it.each([
    ['0.0001', 8, '10000'],
    ['8', 3, '0.125'],
    ['8', 2, undefined],
    ['3', 12, undefined],
  ] as const)('what %s is multiplied by to be 1 is, in %i places, exactly %s', (value, places, inverse) => {
    expect(exactInverse(value, places)).toBe(inverse);
  });

  it('counts places', () => {
    expect(decimalPlaces('189.5934')).toBe(4);
    expect(decimalPlaces('100')).toBe(0);
  });
});
