import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { annualTotals } from '../../../../shared/core/totals/totals.ts';
import { accepted, catalogueFile, indicator, stateOf } from '../small-year.ts';
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

/** When a part is asked for. */
type Asked = { to?: string; months?: number[] };

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

  it.each<[sentence: string, a: Asked, b: Asked, of: object]>([
    ['of one time are final', {}, {}, { value: '3', status: 'final', reasons: [], asOf: '2023-02' }],
    [
      'of different times are never final, and say so',
      { to: '2023-01' },
      {},
      {
        value: '-1',
        status: 'provisional',
        reasons: ['各组成项的时点不同（2023年1月、2023年2月）'],
        asOf: null,
      },
    ],
    [
      'of which one is asked for in some months alone are not, either',
      {},
      { months: [1] },
      {
        value: '5',
        status: 'provisional',
        reasons: ['各组成项的时点不同（2023年1月、2023年2月）'],
        asOf: null,
      },
    ],
  ])('of stocks %s', (_, a, b, expected) => {
    const stocks = [
      indicator('a', 'stock', a),
      indicator('b', 'stock', b),
      indicator('net', 'sum', { parts }),
      indicator('all', 'sum', { parts: [{ indicator: 'net' }, { indicator: 'c' }] }),
      indicator('c', 'stock'),
    ];
    const asked = (id: string, more: Asked, month: number, value: string) =>
      (more.to === undefined || month === 1) && (more.months?.includes(month) ?? true) ? { [id]: value } : {};
    const year: Year = {
      jia: [1, 2].map((month) => ({
        c: '0',
        ...asked('a', a, month, month === 1 ? '3' : '7'),
        ...asked('b', b, month, month === 1 ? '2' : '4'),
      })),
    };
    const [, , net, all] = totalsOf(
      { indicators: stocks, months, departments: [{ id: 'jia', name: '甲局' }] },
      year,
    );
    expect(net).toMatchObject(expected);
    const { status, reasons } = net!;
    expect(all).toMatchObject({ status, reasons });
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

  it('has a figure of whoever reports a part of it, and of no others', () => {
    const some = [
      indicator('a', 'flow', { reporters: ['jia'] }),
      indicator('b', 'flow', { reporters: ['yi'], months: [2] }),
      indicator('both', 'sum', { parts: [{ indicator: 'b' }, { indicator: 'a' }] }),
      indicator('c'),
    ];
    const departments = [
      { id: 'jia', name: '甲局', group: '一组' },
      { id: 'yi', name: '乙局', group: '二组' },
      { id: 'bing', name: '丙局', group: '三组' },
    ];
    const both = totalsOf(
      { indicators: some, months, departments },
      {
        jia: [
          { a: '5', c: '1' },
          { a: '1', c: '1' },
        ],
        yi: [{ c: '1' }, { b: '7', c: '1' }],
        bing: [{ c: '1' }, { c: '1' }],
      },
    )[2];
    expect(both).toMatchObject({
      byDepartment: [
        { department: 'jia', value: '6' },
        { department: 'yi', value: '7' },
      ],
      byGroup: [
        { group: '一组', value: '6' },
        { group: '二组', value: '7' },
      ],
      byPeriod: [
        { period: '2023-01', value: '5' },
        { period: '2023-02', value: '8' },
      ],
    });
    expect([both?.byDepartment.length, both?.byGroup.length]).toEqual([2, 2]);
  });

  it('and a ratio say each reason of their parts once', () => {
    const stock = (id: string) => indicator(id, 'stock');
    const late = '1 个部门没有2023年2月的期末数，暂用其最近一期的数';
    const made = totalsOf(
      {
        indicators: [
          stock('a'),
          stock('b'),
          indicator('net', 'sum', { parts }),
          indicator('rate', 'ratio', { numerator: 'a', denominator: 'b' }),
        ],
        months,
        departments: [{ id: 'jia', name: '甲局' }],
      },
      { jia: [{ a: '5', b: '2' }, undefined] },
    );
    expect(made.map(({ reasons }) => reasons)).toEqual(made.map(() => ['缺少 1 份月报（应报 2 份）', late]));
  });

  it('with a part of each quarter and one of each month has no common periods', () => {
    const file = catalogueFile({
      indicators: [
        indicator('a'),
        indicator('b', 'flow', { frequency: 'quarter' }),
        indicator('rate', 'ratio', { numerator: 'a', denominator: 'b' }),
      ],
    });
    const quarter = { period: '2023-Q1', due: '2023-04-10', cutOff: '2023-04-20' };
    const catalogue = catalogueSchema.parse({ ...file, periods: [...file.periods, quarter] });
    const state = stateOf(catalogue, [
      ...['2023-01', '2023-02', '2023-03'].map((period) => accepted('jia', period, { a: '1' })),
      accepted('jia', '2023-Q1', { b: '6' }, { at: '2023-04-05T00:00:00.000Z' }),
    ]);
    const rate = annualTotals(state)[2];
    expect(rate).toMatchObject({ value: '50', byPeriod: [] });
    expect(rate?.reasons).toEqual(['缺少 4 份报表（应报 8 份）']);
  });
});
