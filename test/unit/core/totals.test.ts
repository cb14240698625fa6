import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../shared/core/event.ts';
import { countingObservations } from '../../../shared/core/evidence.ts';
import { totalSchema } from '../../../shared/core/publication.ts';
import { annualTotals } from '../../../shared/core/totals.ts';
import { accepted, catalogueOf, indicator, refused, type Said, stateOf } from './small-year.ts';

type Parts = Parameters<typeof catalogueOf>[0];
/** What each department said of indicator x (or of several) in each month; a month left out was not reported. */
type Year = Record<string, (Said | Record<string, Said> | undefined)[]>;

function totalsOf(parts: Parts, year: Year, more: Happening[] = []) {
  const returns = Object.entries(year).flatMap(([department, months]) =>
    months.flatMap((said, index) => {
      if (said === undefined) return [];
      const figures = said !== null && typeof said === 'object' && !Array.isArray(said) ? said : { x: said };
      return [accepted(department, `2023-0${index + 1}`, figures)];
    }),
  );
  const totals = annualTotals(stateOf(catalogueOf(parts), [...returns, ...more]));
  for (const total of totals) totalSchema.parse(total);
  return totals;
}

function totalOf(about: object, year: Year, parts: Partial<Parts> = {}, more: Happening[] = []) {
  return totalsOf({ indicators: [about], ...parts }, year, more)[0]!;
}

const full: Year = { jia: ['1', '2', '3'], yi: ['10', '0', '5'] };
const merged = [
  { id: 'jia', name: '甲局', to: '2023-02', successor: 'yi' },
  { id: 'yi', name: '乙局' },
];

describe('a total over time and over departments', () => {
  it.each([
    ['flow', {}, full, '21', 'a flow is summed over both'],
    ['flow', { decimals: 2 }, { jia: ['0.1', '0.2', '0'], yi: ['0', '0', '0'] }, '0.3', 'sums are exact'],
    ['stock', {}, full, '8', 'a stock is the last month, summed'],
    ['stock', { overDepartments: 'max' }, full, '5', 'or the largest'],
    ['stock', { overDepartments: 'min' }, full, '3', 'or the smallest'],
    ['extreme', {}, full, '10', 'an extreme is the largest'],
    ['extreme', { overTime: 'min', overDepartments: 'min' }, full, '0', 'or the smallest, zero included'],
    ['extreme', { overTime: 'max', overDepartments: 'min' }, full, '3', 'or the smallest of the largest'],
    [
      'list',
      {},
      { jia: [['甲', '乙'], [], ['甲']], yi: [['乙'], ['丙'], []] },
      '3',
      'a list is a union of names',
    ],
  ] as [Parameters<typeof indicator>[1], object, Year, string, string][])(
    '%s %j of %j is %s: %s',
    (kind, more, year, value) => {
      expect(totalOf(indicator('x', kind, more as Record<string, unknown>), year)).toMatchObject({
        value,
        prose: value,
        status: 'final',
        reasons: [],
      });
    },
  );

  it('keeps what each department and each month had', () => {
    const flow = totalOf(indicator('x'), full);
    expect(flow.byDepartment).toEqual([
      { department: 'jia', value: '6' },
      { department: 'yi', value: '15' },
    ]);
    expect(flow.byMonth.map(({ value }) => value)).toEqual(['11', '2', '8']);
    const stock = totalOf(indicator('x', 'stock'), full);
    expect(stock.byDepartment.map(({ value }) => value)).toEqual(['3', '5']);
    expect(stock.byMonth.map(({ value }) => value)).toEqual(['11', '2', '8']);
    expect(stock.asOf).toBe('2023-03');
    const list = totalOf(indicator('x', 'list'), { jia: [['甲'], ['甲'], []], yi: [['甲'], ['乙'], []] });
    expect(list.byDepartment.map(({ value }) => value)).toEqual(['1', '2']);
    expect(list.byMonth.map(({ value }) => value)).toEqual(['1', '2', '0']);
    expect(list.items).toEqual(['甲', '乙']);
  });

  it('a joint action is counted once for the city, under its lead, and each participant keeps its own count', () => {
    const indicators = [indicator('led'), indicator('joined', 'flow', { overDepartments: 'none' })];
    const month = (led: string, joined: string) => ({ led, joined });
    const [led, joined] = totalsOf(
      { indicators, months: [1] },
      { jia: [month('1', '1')], yi: [month('0', '1')] },
    );
    expect(led).toMatchObject({ value: '1', status: 'final' });
    expect(joined).toMatchObject({ value: null, prose: '', status: 'per-department' });
    expect(joined?.byDepartment.map(({ value }) => value)).toEqual(['1', '1']);
    expect(joined?.byMonth).toEqual([{ period: '2023-01', value: null }]);
  });

  it('has names only where it is a list, and only where the city has a figure', () => {
    const year: Year = { jia: [['甲']], yi: [['乙']] };
    const of = (kind: Parameters<typeof indicator>[1], more: object, said: Year) =>
      totalOf(indicator('x', kind, { ...more }), said, { months: [1] });
    expect(of('list', {}, year).items).toEqual(['甲', '乙']);
    expect(of('list', { overDepartments: 'none' }, year)).not.toHaveProperty('items');
    expect(of('flow', {}, { jia: ['1'], yi: ['2'] })).not.toHaveProperty('items');
  });

  it('lists the departments that report it, and no others', () => {
    const indicators = [indicator('x', 'flow', { reporters: ['yi'] }), indicator('y')];
    const year: Year = { jia: [{ y: '1' }], yi: [{ x: '5', y: '1' }] };
    expect(totalsOf({ indicators, months: [1] }, year)[0]?.byDepartment).toEqual([
      { department: 'yi', value: '5' },
    ]);
  });

  it('is rounded once, by the indicator, and prose is cut from the rounded value', () => {
    const prose = { style: 'at-least', step: '10' };
    expect(totalOf(indicator('x', 'flow', { prose }), full).prose).toBe('20余');
  });
});

describe('what lacks', () => {
  it.each([
    [{ jia: ['1', '2', '3'], yi: ['10', undefined, '5'] }, '21', 2, 5, 'a month of one department'],
    [{ jia: ['1', undefined, '3'], yi: ['10', undefined, '5'] }, '19', 2, 4, 'a month of both'],
    [{ jia: [undefined, '2', '3'], yi: ['10', '0', undefined] }, '15', 1, 4, 'one month each'],
    [{}, null, 0, 0, 'everything'],
  ] as [Year, string | null, number, number, string][])(
    '%j: %s, %i months whole, %i returns: %s',
    (year, value, complete, reported) => {
      const total = totalOf(indicator('x'), year);
      expect(total).toMatchObject({
        value,
        status: 'provisional',
        coverage: { months: { expected: 3, complete } },
      });
      expect(total.coverage.returns).toMatchObject({ expected: 6, reported });
      expect(total.coverage.missing).toHaveLength(6 - reported);
      expect(total.reasons).toEqual([`缺少 ${6 - reported} 份月报（应报 6 份）`]);
    },
  );

  it('is also an indicator that a return does not have, being older than it', () => {
    const without = accepted('jia', '2023-01', { other: '1' });
    const upload = { at: '2023-01-26T02:00:00.000Z' };
    const parts = { indicators: [indicator('x'), indicator('other')], months: [1] };
    const [x] = totalsOf(parts, {}, [without, refused('jia', '2023-01', upload), refused('yi', '2023-01')]);
    expect(x?.coverage).toMatchObject({
      returns: { expected: 2, reported: 0 },
      missing: [
        { department: 'jia', period: '2023-01', because: 'not-reported' },
        { department: 'yi', period: '2023-01', because: 'refused' },
      ],
    });
  });

  it('is named with the reason', () => {
    const late = accepted('yi', '2023-01', { x: '5' }, { at: '2023-12-01T00:00:00.000Z' });
    const total = totalOf(indicator('x'), { jia: ['1', '2', '3'] }, {}, [late, refused('yi', '2023-02')]);
    expect(total.coverage.missing).toEqual([
      { department: 'yi', period: '2023-01', because: 'held' },
      { department: 'yi', period: '2023-02', because: 'refused' },
      { department: 'yi', period: '2023-03', because: 'not-reported' },
    ]);
  });

  it('is not a 不适用 or an optional blank: with them a total is final, and they are no zeros', () => {
    const about = indicator('x', 'extreme', { overTime: 'min', overDepartments: 'min' });
    const total = totalOf(about, { jia: ['4', '不适用', null], yi: ['不适用', '不适用', '不适用'] });
    expect(total).toMatchObject({ value: '4', status: 'final' });
    expect(total.coverage.returns).toEqual({ expected: 6, reported: 1, notApplicable: 4, blank: 1 });
    expect(total.byDepartment[1]).toEqual({ department: 'yi', value: null });
  });

  it('where nobody has a number there is none, which is not zero', () => {
    expect(totalOf(indicator('x'), { jia: ['不适用'], yi: [null] }, { months: [1] })).toMatchObject({
      value: null,
      status: 'final',
    });
  });

  it('only the months count in which the indicator is asked for', () => {
    const total = totalsOf(
      { indicators: [indicator('x', 'flow', { months: [2] }), indicator('every')] },
      {
        jia: [{ every: '1' }, { x: '4', every: '1' }, { every: '1' }],
        yi: [{ every: '1' }, { x: '5', every: '1' }, { every: '1' }],
      },
    )[0];
    expect(total).toMatchObject({
      value: '9',
      status: 'final',
      coverage: { months: { expected: 1, complete: 1 } },
    });
  });

  it('an indicator that nobody was there to report is not final', () => {
    const departments = [
      { id: 'jia', name: '甲局', from: '2024-01' },
      { id: 'yi', name: '乙局' },
    ];
    const [x] = totalsOf(
      {
        indicators: [indicator('x', 'flow', { reporters: ['jia'] }), indicator('y')],
        departments,
        months: [1],
      },
      { yi: [{ y: '1' }] },
    );
    expect(x).toMatchObject({ value: null, status: 'provisional', reasons: ['本年没有部门需要报送本指标'] });
  });
});

describe('a stock', () => {
  const stock = indicator('x', 'stock');

  it('of an earlier month stands in for the last one, and says so', () => {
    const total = totalOf(stock, { jia: ['1', '2', '3'], yi: ['10', '4', undefined] });
    expect(total).toMatchObject({ value: '7', status: 'provisional', asOf: '2023-03' });
    expect(total.reasons).toEqual([
      '缺少 1 份月报（应报 6 份）',
      '1 个部门没有2023年3月的期末数，暂用其最近一个月的数',
    ]);
  });

  it('that is blank in the last month is the one before, with the flag; not applicable is not applicable', () => {
    expect(totalOf(stock, { jia: ['1', '2', null], yi: ['10', '4', '5'] })).toMatchObject({
      value: '7',
      status: 'provisional',
    });
    expect(totalOf(stock, { jia: ['1', '2', '不适用'], yi: ['10', '4', '5'] })).toMatchObject({
      value: '5',
      status: 'final',
    });
  });

  it('of a department that ended is with its successor, and not counted twice', () => {
    const total = totalOf(stock, { jia: ['7', '8'], yi: ['1', '1', '9'] }, { departments: merged });
    expect(total).toMatchObject({ value: '9', status: 'final' });
    expect(total.byDepartment).toEqual([
      { department: 'jia', value: null },
      { department: 'yi', value: '9' },
    ]);
  });

  it('is as of the last month that anybody was asked for', () => {
    const about = indicator('x', 'stock', { months: [1, 2] });
    const total = totalsOf(
      { indicators: [about, indicator('y')] },
      {
        jia: [
          { x: '1', y: '0' },
          { x: '2', y: '0' },
        ],
        yi: [
          { x: '3', y: '0' },
          { x: '4', y: '0' },
        ],
      },
    )[0];
    expect(total).toMatchObject({ value: '6', status: 'final', asOf: '2023-02' });
  });
});

describe('a flow of a department that ended', () => {
  it('keeps what it reported, and expects no more of it', () => {
    const total = totalOf(indicator('x'), { jia: ['7', '8'], yi: ['1', '1', '9'] }, { departments: merged });
    expect(total).toMatchObject({ value: '26', status: 'final' });
    expect(total.coverage.returns.expected).toBe(5);
    expect(total.byDepartment[0]).toEqual({ department: 'jia', value: '15' });
  });
});

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
    expect(rate.byMonth.map(({ value }) => value)).toEqual(['66.67', '0']);
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

  it.each<[status: string, n: string | undefined, d: string | undefined, why: string]>([
    ['provisional', undefined, '4', 'its numerator lacks a return'],
    ['provisional', '1', undefined, 'its denominator lacks one'],
    ['final', '1', '4', 'neither lacks any'],
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

  it('lacks whatever either of its parts lacks', () => {
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
      months: { expected: 3, complete: 1 },
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

  it('does not count a return that has one part and lacks the other', () => {
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
    expect(coverage.months).toEqual({ expected: 2, complete: 1 });
  });
});

describe('lineage', () => {
  it('leads from a total to cells, files and people', () => {
    const { contributions } = totalOf(indicator('x', 'list'), { jia: [['甲']] }, { months: [1] });
    expect(contributions).toMatchObject([
      {
        indicator: 'x',
        department: 'jia',
        period: '2023-01',
        status: 'reported',
        value: '1',
        items: ['甲'],
        cell: { sheet: '月报', cell: 'E6' },
        file: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        uploader: '经办人',
        revision: 1,
      },
    ]);
  });

  it('has no unit where the catalogue has the indicator no more', () => {
    const catalogue = catalogueOf({ indicators: [indicator('x')], months: [1] });
    const state = stateOf(catalogue, [accepted('jia', '2023-01', { x: '1', gone: '2' })]);
    expect(countingObservations(state).map(({ indicator: id, unit }) => [id, unit])).toEqual([
      ['x', '件'],
      ['gone', ''],
    ]);
  });

  it('has every observation that counts and none that does not', () => {
    const state = stateOf(catalogueOf({ indicators: [indicator('x')], months: [1] }), [
      accepted('jia', '2023-01', { x: '1' }, { name: 'old', at: '2023-01-26T00:00:00.000Z' }),
      accepted('jia', '2023-01', { x: '2' }, { name: 'new', at: '2023-01-27T00:00:00.000Z' }),
      accepted('yi', '2023-01', { x: '9' }, { at: '2023-12-27T00:00:00.000Z' }),
    ]);
    expect(countingObservations(state)).toMatchObject([
      {
        value: '2',
        unit: '件',
        file: { name: 'new.xlsx' },
        revision: 2,
        ledger: { chain: '2023/jia', sequence: 2 },
      },
    ]);
  });
});
