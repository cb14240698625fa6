import { describe, expect, it } from 'vitest';
import { indicator } from '../small-year.ts';
import { totalOf, totalsOf, type Year } from './totals-of.ts';

const merged = [
  { id: 'jia', name: '甲局', to: '2023-02', successor: 'yi' },
  { id: 'yi', name: '乙局' },
];

describe('a stock', () => {
  const stock = indicator('x', 'stock');

  it('of an earlier month stands in for the last one, and says so', () => {
    const total = totalOf(stock, { jia: ['1', '2', '3'], yi: ['10', '4', undefined] });
    expect(total).toMatchObject({ value: '7', status: 'provisional', asOf: '2023-03' });
    expect(total.reasons).toEqual([
      '缺少 1 份月报（应报 6 份）',
      '1 个部门没有2023年3月的期末数，暂用其最近一期的数',
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

  const relayed = [
    { department: 'jia', to: '2023-02' },
    { department: 'yi', from: '2023-03' },
  ];
  it.each<[sentence: string, parts: object, year: Year, value: string, taken: (string | null)[]]>([
    ['with it, while no month after it has come', {}, { jia: ['7', '8'], yi: ['1', '2'] }, '10', ['8', '2']],
    ['with it, if its own last is an earlier one', {}, { jia: ['7'], yi: ['1', '2'] }, '9', ['7', '2']],
    [
      'without it, once one has, though blank',
      {},
      { jia: ['7', '8'], yi: ['1', '2', null] },
      '2',
      [null, '2'],
    ],
    [
      'its own, until another reports in its place',
      { reporters: relayed },
      { jia: ['7', '8'] },
      '8',
      ['8', null],
    ],
    [
      'that of the other, once it has reported',
      { reporters: relayed },
      { jia: ['7', '8'], yi: [undefined, undefined, '9'] },
      '9',
      [null, '9'],
    ],
  ])('of a department that does not report it to the end is %s', (_, more, year, value, taken) => {
    const about = indicator('x', 'stock', { required: false, ...more });
    const total = totalOf(about, year, 'reporters' in more ? {} : { departments: merged });
    expect([total.value, total.byDepartment.map((each) => each.value)]).toEqual([value, taken]);
    expect(total.reasons.join().includes('期末数，暂用其最近一期的数')).toBe(total.asOf !== '2023-03');
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
