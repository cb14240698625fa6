import { describe, expect, it } from 'vitest';
import { PartsOfYear } from '../../../../shared/core/totals/parts-of-year.ts';
import { accepted, catalogueOf, indicator, stateOf } from '../small-year.ts';

const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('open', 'stock', { months: [1, 3], unit: '人' }),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }] }),
  ],
});
const year = () =>
  stateOf(catalogue, [
    accepted('jia', '2023-01', { a: '1', open: '5' }),
    accepted('yi', '2023-01', { a: '10', open: '7' }),
    accepted('jia', '2023-02', { a: '2' }),
    accepted('jia', '2023-03', { a: '3', open: '6' }),
    accepted('yi', '2023-03', { a: '30', open: '8' }),
  ]);

describe('parts of a year', () => {
  it.each([
    ['a', '2023-01', { value: '11', missing: 0 }, { value: '11', missing: 0 }],
    ['a', '2023-02', { value: '2', missing: 1 }, { value: '13', missing: 1 }],
    ['a', '2023-03', { value: '33', missing: 0 }, { value: '46', missing: 1 }],
    ['both', '2023-02', { value: '2', missing: 1 }, { value: '13', missing: 1 }],
    ['open', '2023-01', { value: '12', missing: 0 }, { value: '12', missing: 0 }],
    ['open', '2023-02', undefined, { value: '12', missing: 0 }],
    ['open', '2023-03', { value: '14', missing: 0 }, { value: '14', missing: 0 }],
  ] as const)('of %s are, in %s and to its end, %j and %j', (id, period, alone, toDate) => {
    const parts = new PartsOfYear(year());
    expect(parts.alone(id, period)).toEqual(alone);
    expect(parts.toDate(id, period)).toEqual(toDate);
    expect(parts.alone(id, period)).toEqual(alone);
  });

  it('say in which periods an indicator is asked for, in what and as what', () => {
    const parts = new PartsOfYear(year());
    expect(parts.periodsOf('open')).toEqual(['2023-01', '2023-03']);
    expect(parts.described('open')).toMatchObject({ unit: '人', kind: 'stock' });
  });

  it('know an indicator by what it was called in the year', () => {
    const parts = new PartsOfYear(year(), (id) => (id === 'now' ? 'a' : undefined));
    expect(parts.toDate('now', '2023-03').value).toBe('46');
    expect(parts.alone('now', '2023-01')).toEqual({ value: '11', missing: 0 });
  });

  it('have nothing of an indicator that the year does not have', () => {
    const parts = new PartsOfYear(year(), () => undefined);
    expect(parts.periodsOf('a')).toEqual([]);
    expect(parts.alone('a', '2023-01')).toBeUndefined();
    expect(parts.toDate('a', '2023-01')).toEqual({ value: null, missing: 0 });
    expect(() => parts.described('a')).toThrow('the year has no indicator a');
  });
});
