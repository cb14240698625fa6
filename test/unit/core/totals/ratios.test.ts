import { describe, expect, it } from 'vitest';
import { indicator, type Said } from '../small-year.ts';
import { comparisonsIn, type Figures, lastYear, yearBeside } from './compared-years.ts';
import { type Parts, totalsOf, type Year } from './totals-of.ts';

/** What a catalogue says of an indicator besides. */
type Asked = Record<string, unknown>;

describe('a ratio', () => {
  const indicators = [
    indicator('n'),
    indicator('d'),
    indicator('rate', 'ratio', { numerator: 'n', denominator: 'd' }),
  ];
  const month = (n: Said, d: Said) => ({ n, d });
  const rateOf = (year: Year, parts: Partial<Parts> = {}) => totalsOf({ indicators, ...parts }, year).at(-1)!;
  const two = { months: [1, 2] };

  it('is of totals, and never a mean of ratios', () => {
    const rate = rateOf(
      { jia: [month('1', '1'), month('0', '10')], yi: [month('1', '2'), month('0', '20')] },
      two,
    );
    expect(rate).toMatchObject({
      value: '6.06',
      status: 'final',
      numerator: { indicator: 'n', value: '2' },
      denominator: { indicator: 'd', value: '33' },
    });
    expect(rate.byDepartment.map(({ value }) => value)).toEqual(['9.09', '4.55']);
    expect(rate.byPeriod.map(({ value }) => value)).toEqual(['66.67', '0']);
  });

  it.each<[sentence: string, n: Asked, d: Asked, status: string, reasons: string[]]>([
    ['stocks of one time is final', {}, {}, 'final', []],
    [
      'stocks of different times is not, and says so',
      { months: [1] },
      {},
      'provisional',
      ['分子、分母的时点不同（2023年1月、2023年2月）'],
    ],
    ['a stock and a flow is final', { months: [1] }, { kind: 'flow', overTime: 'sum' }, 'final', []],
  ])('of %s', (_, n, d, status, reasons) => {
    const stocks = [
      indicator('n', 'stock', n),
      indicator('d', 'stock', { notApplicable: true, ...d }),
      indicators[2]!,
    ];
    const february = 'months' in n ? { d: '不适用' } : month('2', '不适用');
    const year: Year = { jia: [month('1', '2'), february], yi: [month('1', '2'), { ...february, d: '4' }] };
    expect(rateOf(year, { indicators: stocks, ...two })).toMatchObject({ status, reasons });
  });

  it.each([
    ['half-up', '66.67'],
    ['truncate', '66.66'],
  ])('is rounded once, by %s: %s', (rounding, value) => {
    const rounded = [...indicators.slice(0, 2), { ...indicators[2], rounding }];
    expect(
      rateOf({ jia: [month('1', '3')], yi: [month('1', '0')] }, { indicators: rounded, months: [1] }).value,
    ).toBe(value);
  });

  it.each([
    ['%', '50'],
    ['‰', '500'],
    ['件/人', '0.5'],
  ])('in %s is %s of the half', (unit, value) => {
    const inUnit = [...indicators.slice(0, 2), { ...indicators[2], unit }];
    const year: Year = { jia: [month('1', '3')], yi: [month('1', '1')] };
    expect(rateOf(year, { indicators: inUnit, months: [1] }).value).toBe(value);
  });

  describe('of parts that are published more coarsely than they are added up', () => {
    const coarse = { decimals: 2, unit: '元', output: { unit: '万元', factor: '0.0001', decimals: 0 } };
    const fine = { ...coarse, output: { ...coarse.output, decimals: 4 } };
    const departments = [
      { id: 'jia', name: '甲局', group: '政府部门' },
      { id: 'yi', name: '乙局', group: '政府部门' },
    ];
    const fifth = [month('3100', '15500'), month('3100', '15500')];

    it.each<
      [what: string, n: Record<string, unknown>, d: Record<string, unknown>, year: Year, value: string]
    >([
      ['both', coarse, coarse, { jia: fifth, yi: fifth }, '20'],
      ['the numerator alone', coarse, fine, { jia: fifth, yi: fifth }, '20'],
      ['the denominator alone', fine, coarse, { jia: fifth, yi: fifth }, '20'],
      [
        'whose denominator would be published as 0',
        coarse,
        coarse,
        { jia: [month('1000', '3000')] },
        '33.33',
      ],
      ['whose numerator is below zero', coarse, coarse, { jia: [month('-5000', '15000')] }, '-33.33'],
    ])('divides them before they are rounded: %s', (_, n, d, year, value) => {
      const parts = [indicator('n', 'flow', n), indicator('d', 'flow', d), indicators[2]!];
      const rate = rateOf(year, { indicators: parts, departments, months: [1, 2] });
      const known = ({ value: figure }: { value: string | null }) => figure !== null;
      expect(rate.value).toBe(value);
      expect(rate.byGroup).toEqual([{ group: '政府部门', value }]);
      for (const figures of [rate.byDepartment, rate.byPeriod]) {
        expect(new Set(figures.filter(known).map((each) => each.value))).toEqual(new Set([value]));
      }
    });
  });

  it.each<[status: string, n: string | undefined, d: string | undefined, why: string]>([
    ['provisional', undefined, '4', 'a return of its numerator is missing'],
    ['provisional', '1', undefined, 'one of its denominator is'],
    ['final', '1', '4', 'none of either is'],
  ])('is %s with %s over %s: %s', (status, n, d) => {
    const parts = [
      indicator('n', 'flow', { reporters: ['jia'] }),
      indicator('d', 'flow', { reporters: ['yi'] }),
      indicators[2]!,
    ];
    const year: Year = { jia: [n && { n }], yi: [d && { d }] };
    expect(rateOf(year, { indicators: parts, months: [1] }).status).toBe(status);
  });

  it('over nothing is no figure, and says why', () => {
    const rate = rateOf({ jia: [month('0', '0')], yi: [month('0', '0')] }, { months: [1] });
    expect(rate).toMatchObject({ value: null, prose: '' });
    expect(rate.reasons).toEqual(['“指标d”合计为 0，不能计算比率']);
  });

  it('where one part has no number is no figure', () => {
    const rate = rateOf({ jia: [month('不适用', '4')], yi: [month('不适用', '4')] }, { months: [1] });
    expect(rate).toMatchObject({ value: null, numerator: { value: null }, denominator: { value: '8' } });
  });

  it('misses whatever either of its parts misses', () => {
    const parts = [
      indicator('n', 'flow', { reporters: ['jia'] }),
      indicator('d', 'flow', { reporters: ['yi'] }),
      indicators[2]!,
    ];
    const rate = rateOf(
      { jia: [undefined, { n: '1' }, { n: '1' }], yi: [{ d: '4' }, undefined, { d: '4' }] },
      { indicators: parts },
    );
    expect(rate).toMatchObject({ value: '25', status: 'provisional' });
    expect(rate.coverage).toMatchObject({
      periods: { expected: 3, complete: 1 },
      returns: { expected: 6, reported: 4, notApplicable: 0, blank: 0 },
    });
    expect(rate.coverage.missing.map(({ department, period }) => `${department} ${period}`).sort()).toEqual([
      'jia 2023-01',
      'yi 2023-02',
    ]);
    expect(rate.reasons).toEqual(['缺少 2 份月报（应报 6 份）']);
  });

  it.each<[n: Said, d: Said, counted: object, why: string]>([
    ['1', '2', { reported: 1, notApplicable: 0, blank: 0 }, 'both parts are reported'],
    ['不适用', '2', { reported: 0, notApplicable: 1, blank: 0 }, 'the first is not applicable'],
    ['1', '不适用', { reported: 0, notApplicable: 1, blank: 0 }, 'the second is not applicable'],
    [null, '2', { reported: 0, notApplicable: 0, blank: 1 }, 'the first is blank'],
  ])('with %j over %j has a return that is counted as %j: %s', (n, d, counted) => {
    const one = [{ id: 'jia', name: '甲局' }];
    const rate = rateOf({ jia: [month(n, d)] }, { departments: one, months: [1] });
    expect(rate.coverage.returns).toEqual({ expected: 1, ...counted });
  });

  it('does not count a return that has one part without the other', () => {
    const rate = rateOf({ jia: [{ d: '4' }], yi: [month('1', '4')] }, { months: [1] });
    expect(rate.coverage.returns).toMatchObject({ expected: 2, reported: 1 });
    expect(rate.coverage.missing).toMatchObject([{ department: 'jia' }]);
  });

  it('counts a return once that carries both parts', () => {
    const { coverage } = rateOf(
      { jia: [month('1', '不适用'), undefined], yi: [month('1', '2'), month('1', null)] },
      two,
    );
    expect(coverage.returns).toEqual({ expected: 4, reported: 1, notApplicable: 1, blank: 1 });
    expect(coverage.missing).toHaveLength(1);
    expect(coverage.periods).toEqual({ expected: 2, complete: 1 });
  });
});

describe('a comparison of ratios whose parts are published more coarsely than they are added up', () => {
  const output = { unit: '万元', factor: '0.0001', decimals: 0 };
  const money = (id: string, more: object = {}) => indicator(id, 'flow', { unit: '元', output, ...more });
  const rate = indicator('x', 'ratio', { numerator: 'n', denominator: 'd' });
  const parts = (...of: object[]): Parts => ({ indicators: of, months: [1, 2] });
  const inYuan = parts(money('n'), money('d'), rate);
  const inTenThousands = { unit: '万元', output: undefined, decimals: 4 };
  const months = (n: string, d: string) => [1, 2].map(() => ({ n, d }));
  const now = { jia: months('4000', '15000'), yi: months('4000', '15000') };

  it.each<[what: string, then: Parts, figures: Figures]>([
    ['of last year in the same unit', inYuan, now],
    [
      'of last year in another unit',
      parts(money('n', inTenThousands), money('d', inTenThousands), rate),
      { jia: months('0.4', '1.5'), yi: months('0.4', '1.5') },
    ],
  ])('is divided before they are rounded, of a month, to date and %s', (_, then, figures) => {
    const alsoIn = [{ unit: '万元', factor: '10000' }];
    const converting = parts(money('n', { alsoIn }), money('d', { alsoIn }), rate);
    const [, february] = comparisonsIn(yearBeside(converting, now, lastYear(then, figures)));
    const same = { value: '26.67', change: '0' };
    expect(february).toMatchObject({
      value: '26.67',
      before: same,
      lastYear: same,
      toDate: { value: '26.67', lastYear: same },
    });
  });
});
