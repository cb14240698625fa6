import { describe, expect, it } from 'vitest';
import { indicator } from '../small-year.ts';
import { totalsOf, type Year } from './totals-of.ts';

const departments = [
  { id: 'jia', name: '甲局', group: '县政府部门' },
  { id: 'yi', name: '乙镇', group: '乡镇街道' },
  { id: 'bing', name: '丙镇', group: '乡镇街道' },
  { id: 'ding', name: '丁院' },
];
const indicators = [
  indicator('n'),
  indicator('d', 'flow', { reporters: ['jia', 'yi', 'bing'] }),
  indicator('peak', 'extreme'),
  indicator('works', 'list'),
  indicator('net', 'sum', { parts: [{ indicator: 'n' }, { indicator: 'd', sign: '-' }] }),
  indicator('rate', 'ratio', { numerator: 'd', denominator: 'n' }),
  indicator('own', 'flow', { overDepartments: 'none' }),
];

describe('a group of departments', () => {
  const said = (n: string, d: string | undefined, works: string[]) => ({
    ...{ n, peak: n, works, own: '1' },
    ...(d === undefined ? {} : { d }),
  });
  const year: Year = {
    jia: [said('4', '1', ['甲'])],
    yi: [said('6', '2', ['甲', '乙'])],
    bing: [said('10', '2', ['乙'])],
    ding: [said('7', undefined, ['丁'])],
  };
  const groupsOf = (id: string) =>
    Object.fromEntries(
      totalsOf({ departments, indicators, months: [1] }, year)
        .find((total) => total.indicator === id)!
        .byGroup.map(({ group, value }) => [group, value]),
    );

  it.each([
    ['n', '4', '16', 'adds up what its departments report'],
    ['peak', '4', '10', 'takes the largest of them'],
    ['works', '1', '2', 'counts a name once that two of them have'],
    ['net', '3', '12', 'has the sum of the subtotals'],
    ['rate', '25', '25', 'divides the subtotals'],
  ])('of %s is %s and %s: it %s', (id, county, towns) => {
    expect(groupsOf(id)).toEqual({ 县政府部门: county, 乡镇街道: towns });
  });

  it('has no subtotal of what each department keeps for itself', () => {
    expect(groupsOf('own')).toEqual({});
  });
});
