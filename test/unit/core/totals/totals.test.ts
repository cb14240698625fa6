import { describe, expect, it } from 'vitest';
import { countingObservations } from '../../../../shared/core/totals/observations-by-indicator.ts';
import { accepted, catalogueOf, indicator, refused, stateOf } from '../small-year.ts';
import { totalOf, totalsOf, type Year } from './totals-of.ts';

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
    expect(flow.byPeriod.map(({ value }) => value)).toEqual(['11', '2', '8']);
    const stock = totalOf(indicator('x', 'stock'), full);
    expect(stock.byDepartment.map(({ value }) => value)).toEqual(['3', '5']);
    expect(stock.byPeriod.map(({ value }) => value)).toEqual(['11', '2', '8']);
    expect(stock.asOf).toBe('2023-03');
    const list = totalOf(indicator('x', 'list'), { jia: [['甲'], ['甲'], []], yi: [['甲'], ['乙'], []] });
    expect(list.byDepartment.map(({ value }) => value)).toEqual(['1', '2']);
    expect(list.byPeriod.map(({ value }) => value)).toEqual(['1', '2', '0']);
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
    expect(joined?.byPeriod).toEqual([{ period: '2023-01', value: null }]);
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

describe('what is missing', () => {
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
        coverage: { periods: { expected: 3, complete } },
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
        { department: 'jia', period: '2023-01', because: 'not-on-form' },
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
      coverage: { periods: { expected: 1, complete: 1 } },
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

describe('a flow of a department that ended', () => {
  it('keeps what it reported, and expects no more of it', () => {
    const total = totalOf(indicator('x'), { jia: ['7', '8'], yi: ['1', '1', '9'] }, { departments: merged });
    expect(total).toMatchObject({ value: '26', status: 'final' });
    expect(total.coverage.returns.expected).toBe(5);
    expect(total.byDepartment[0]).toEqual({ department: 'jia', value: '15' });
  });
});
describe('lineage', () => {
  it('leads from a figure to cells, files and people', () => {
    const catalogue = catalogueOf({ indicators: [indicator('x', 'list')], months: [1] });
    const state = stateOf(catalogue, [accepted('jia', '2023-01', { x: ['甲'] })]);
    expect(countingObservations(state)).toMatchObject([
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

  it('has the unit in which it was recorded', () => {
    const catalogue = catalogueOf({ indicators: [indicator('x')], months: [1] });
    const state = stateOf(catalogue, [accepted('jia', '2023-01', { x: '1' }, { unit: '份' })]);
    expect(countingObservations(state)).toMatchObject([{ indicator: 'x', unit: '份' }]);
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
