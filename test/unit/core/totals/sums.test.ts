import { describe, expect, it } from 'vitest';
import { indicator } from '../small-year.ts';
import { totalsOf, type Year } from './totals-of.ts';

const parts = [{ indicator: 'a' }, { indicator: 'b', sign: '-' }];
const indicators = [
  indicator('all', 'sum', { parts: [{ indicator: 'net' }, { indicator: 'b' }] }),
  indicator('a'),
  indicator('b', 'flow', { required: false }),
  indicator('net', 'sum', { parts }),
  indicator('share', 'ratio', { numerator: 'b', denominator: 'all' }),
];
const months = [1, 2];

describe('a sum', () => {
  const year: Year = {
    jia: [
      { a: '5', b: '2' },
      { a: '1', b: null },
    ],
    yi: [
      { a: '7', b: '3' },
      { a: '0', b: '0' },
    ],
  };
  const of = (id: string) => totalsOf({ indicators, months }, year).find((total) => total.indicator === id)!;

  it('adds up its parts with their signs: of the city, each department and each period', () => {
    expect(of('net')).toMatchObject({
      value: '8',
      status: 'final',
      byDepartment: [
        { department: 'jia', value: '4' },
        { department: 'yi', value: '4' },
      ],
      byPeriod: [
        { period: '2023-01', value: '7' },
        { period: '2023-02', value: '1' },
      ],
    });
  });

  it('says of which parts it is', () => {
    expect(of('net').parts).toEqual([
      { indicator: 'a', sign: '+', value: '13' },
      { indicator: 'b', sign: '-', value: '5' },
    ]);
  });

  it('may be made of sums, whichever of them the catalogue names first', () => {
    expect(of('all').value).toBe('13');
  });

  it('may be divided by', () => {
    expect(of('share').value).toBe('38.46');
  });

  it('lacks what its parts lack, and has no figure where none has', () => {
    const [all] = totalsOf(
      { indicators, months },
      { jia: [{ a: '5', b: '2' }, undefined], yi: [undefined, undefined] },
    );
    expect(all).toMatchObject({
      value: '5',
      status: 'provisional',
      coverage: { returns: { expected: 4, reported: 1 } },
    });
    const none = totalsOf({ indicators, months }, {});
    expect(none.map(({ value }) => value)).toEqual([null, null, null, null, null]);
  });

  it('of stocks is of their last period', () => {
    const stocks = [indicator('a', 'stock'), indicator('b', 'stock'), indicator('net', 'sum', { parts })];
    const net = totalsOf(
      { indicators: stocks, months },
      {
        jia: [
          { a: '5', b: '2' },
          { a: '9', b: '3' },
        ],
      },
    );
    expect(net.at(-1)).toMatchObject({ value: '6', asOf: '2023-02' });
  });

  it('is rounded once, in its own output unit', () => {
    const output = { unit: '万件', factor: '0.0001', decimals: 1 };
    const scaled = [
      indicator('a', 'flow', { output }),
      indicator('b', 'flow', { output }),
      indicator('net', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }], output }),
    ];
    const values = totalsOf({ indicators: scaled, months: [1] }, { jia: [{ a: '400', b: '400' }] });
    expect(values.map(({ value }) => value)).toEqual(['0', '0', '0.1']);
  });
});
