import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFigure } from '../../shared/core/returns/figure.ts';
import {
  add,
  compare,
  type Decimal,
  decimalOf,
  decimalSchema,
  multiply,
  quotient,
  round,
  subtract,
  sum,
} from '../../shared/core/values/decimal.ts';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { reported } from '../unit/core/small-year.ts';

const seeded = (numRuns: number) => ({ seed: 20_230_101, numRuns });
const check = <T>(property: fc.IProperty<T>, numRuns = 300) => fc.assert(property, seeded(numRuns));

/** A decimal as an integer of units of 10⁻⁶. */
const scale = 6;
const units = (digits: number) => fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) });
function decimal(value: bigint, places = scale): Decimal {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  return decimalOf(`${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`)!;
}
/** Integer division towards zero, or with halves away from zero. */
function divided(above: bigint, below: bigint, mode: 'half-up' | 'truncate'): bigint {
  const sign = above < 0n === below < 0n ? 1n : -1n;
  const [a, b] = [above < 0n ? -above : above, below < 0n ? -below : below];
  return sign * (mode === 'truncate' ? a / b : (2n * a + b) / (2n * b));
}
const rounding = fc.constantFrom('half-up' as const, 'truncate' as const);

describe('exact decimals', () => {
  it('add, subtract, multiply and compare as integers of a small unit do', () => {
    check(
      fc.property(units(17), units(17), (a, b) => {
        expect(add(decimal(a), decimal(b))).toBe(decimal(a + b));
        expect(subtract(decimal(a), decimal(b))).toBe(decimal(a - b));
        expect(multiply(decimal(a / 10n ** 8n), decimal(b / 10n ** 8n))).toBe(
          decimal((a / 10n ** 8n) * (b / 10n ** 8n), 2 * scale),
        );
        expect(Math.sign(compare(decimal(a), decimal(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('sum to the same, whatever the order', () => {
    const shuffled = fc
      .array(units(17), { maxLength: 40 })
      .chain((values) =>
        fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
      );
    check(
      fc.property(shuffled, ([values, other]) => {
        const total = decimal(values.reduce((a, b) => a + b, 0n));
        expect(sum(values.map((value) => decimal(value)))).toBe(total);
        expect(sum(other.map((value) => decimal(value)))).toBe(total);
      }),
    );
  });

  it('round as integers divide, and stay canonical', () => {
    check(
      fc.property(units(17), fc.integer({ min: 0, max: 6 }), rounding, (value, places, mode) => {
        const step = 10n ** BigInt(scale - places);
        const rounded = round(decimal(value), places, mode);
        expect(rounded).toBe(decimal(divided(value, step, mode) * step));
        expect(decimalSchema.parse(rounded)).toBe(rounded);
        expect(round(rounded, places, mode)).toBe(rounded);
      }),
    );
  });

  it('divide with one rounding, as integers do', () => {
    const below = units(15).filter((value) => value !== 0n);
    check(
      fc.property(units(15), below, fc.integer({ min: 0, max: 6 }), rounding, (a, b, decimals, mode) => {
        const result = quotient(decimal(a), decimal(b), { factor: '100', decimals, rounding: mode });
        const whole = divided(a * 100n * 10n ** BigInt(decimals), b, mode);
        expect(result).toBe(decimalOf(decimals === 0 ? String(whole) : decimal(whole, decimals)));
      }),
      1000,
    );
  });

  it('read any notation of a number as the same number', () => {
    const notation = fc.tuple(units(12), fc.integer({ min: 0, max: 5 }), fc.constantFrom('', '0', '000'));
    check(
      fc.property(notation, ([value, exponent, zeros]) => {
        const plain = decimal(value * 10n ** BigInt(exponent));
        const [sign, digits] = value < 0n ? ['-', String(-value)] : ['', String(value)];
        expect(decimalOf(`${sign}${zeros}${digits}E${exponent - scale}`)).toBe(plain);
      }),
    );
  });
});

describe('a figure as typed', () => {
  const decorations = fc.record({
    separators: fc.constantFrom('', ',', '，', ' ', '\u00a0'),
    unit: fc.constantFrom('', '件', ' 件', '(件)', '（件）', '千件', '人', '件次', '余', '%', '万'),
    before: fc.constantFrom('', ' ', '　', '\u200b', '约', '+', '-', '０'),
    after: fc.constantFrom('', ' ', '　', '\n'),
    fullWidth: fc.boolean(),
    places: fc.constantFrom('', '.0', '.00', '.5', '。'),
  });
  const about = reported('flow', {
    alsoIn: [{ unit: '千件', factor: '1000' }],
    range: { min: '-1000000' },
  });
  const factors: Record<string, bigint> = { 千件: 1000n };
  const plainUnits = ['', '件', ' 件', '(件)', '（件）', '千件'];

  it('is read as a person reads it, or not at all', () => {
    check(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), decorations, (number, how) => {
        const grouped = number.toString().replace(/\B(?=(\d{3})+$)/g, how.separators);
        const digits = how.fullWidth
          ? grouped.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
          : grouped;
        const text = `${how.before}${digits}${how.places}${how.unit}${how.after}`;
        const place = { sheet: '月报', cell: 'E6' };
        const { reading } = readFigure(about, { content: { kind: 'text', text }, computed: false, place });
        if (reading === undefined) return;
        expect(reading.status).toBe('reported');
        const value = reading.status === 'reported' ? reading.value : '';
        const meant = (how.before === '-' ? -number : number) * (factors[how.unit] ?? 1n);
        const halves = how.places === '.5' ? 500n : 0n;
        expect(value).toBe(String(how.before === '-' ? meant - halves : meant + halves));
        expect(plainUnits).toContain(how.unit);
        if (how.places === '.5') expect(how.unit).toBe('千件');
        expect(how.places).not.toBe('。');
        expect(how.before).not.toBe('约');
      }),
      5000,
    );
  });

  it('is read where nothing is doubtful about it', () => {
    check(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.constantFrom('', ',', '，', ' '),
        (number, separator) => {
          const text = ` ${number.toString().replace(/\B(?=(\d{3})+$)/g, separator)}件`;
          const entry = { content: { kind: 'text', text } as const, computed: false, place: {} };
          expect(readFigure(about, entry).reading).toEqual({ status: 'reported', value: String(number) });
        },
      ),
    );
  });

  it('never throws and never gives anything but a canonical decimal, whatever is typed', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,+-eE%件 （）余约') }),
    );
    check(
      fc.property(
        text,
        fc.constantFrom('text' as const, 'number' as const),
        fc.boolean(),
        (typed, kind, computed) => {
          const { reading, findings } = readFigure(about, {
            content: { kind, text: typed },
            computed,
            place: {},
          });
          if (reading?.status === 'reported') expect(decimalSchema.parse(reading.value)).toBe(reading.value);
          if (reading === undefined) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
          expect(() => canonicalJson(findings)).not.toThrow();
        },
      ),
      2000,
    );
  });
});
