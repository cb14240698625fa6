import { describe, expect, it } from 'vitest';
import {
  deadlineOf,
  expectedReturns,
  groupsOf,
  indicatorsOnForm,
} from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const said = (parts: Parameters<typeof catalogueOf>[0]) =>
  expectedReturns(catalogueOf(parts)).map(({ department, period }) => `${department.id} ${period}`);

describe('the returns that a catalogue expects', () => {
  it('are those of all departments, period by period', () => {
    expect(said({ indicators: [indicator('a')], months: [1, 2] })).toEqual([
      ...['jia 2023-01', 'yi 2023-01', 'jia 2023-02', 'yi 2023-02'],
    ]);
  });

  it('are none of a department before it begins or after it ended', () => {
    const departments = [
      { id: 'jia', name: '甲局', to: '2023-01', successor: 'yi' },
      { id: 'yi', name: '乙局', from: '2023-02' },
    ];
    expect(said({ indicators: [indicator('a')], departments, months: [1, 2] })).toEqual([
      ...['jia 2023-01', 'yi 2023-02'],
    ]);
  });

  it('are none of a department that has nothing to report in the period', () => {
    const indicators = [
      indicator('a', 'flow', { reporters: ['jia'] }),
      indicator('b', 'flow', { reporters: ['yi'], months: [2] }),
    ];
    expect(said({ indicators, months: [1, 2] })).toEqual(['jia 2023-01', 'jia 2023-02', 'yi 2023-02']);
  });
});

describe('the deadline of a period', () => {
  it('is that of the period, where it has one', () => {
    const catalogue = catalogueOf({ indicators: [indicator('a')], months: [1, 2] });
    expect(deadlineOf(catalogue, '2023-02')).toMatchObject({ period: '2023-02', due: '2023-03-10' });
    expect(deadlineOf(catalogue, '2023-03')).toBeUndefined();
  });
});

describe('the indicators on a form', () => {
  it('are as the catalogue has them, but for a name that they had then', () => {
    const renamed = indicator('b', 'flow', { formerNames: [{ name: '旧名', to: '2023-01' }] });
    const catalogue = catalogueOf({ indicators: [indicator('a'), renamed] });
    const [first, second] = indicatorsOnForm(catalogue, 'jia', '2023-01');
    expect(first).toBe(catalogue.indicators[0]);
    expect(second).toEqual({ ...catalogue.indicators[1], name: '旧名' });
  });
});

describe('the groups of departments', () => {
  it('are in the order in which they are first named, and hold who is in one', () => {
    const departments = [
      { id: 'jia', name: '甲局', group: '市直' },
      { id: 'yi', name: '乙县', group: '县区' },
      { id: 'bing', name: '丙办' },
      { id: 'ding', name: '丁局', group: '市直' },
    ];
    const groups = groupsOf(catalogueOf({ indicators: [indicator('a')], departments }));
    expect([...groups].map(([group, ids]) => [group, [...ids].join(' ')])).toEqual([
      ['市直', 'jia ding'],
      ['县区', 'yi'],
    ]);
  });
});
