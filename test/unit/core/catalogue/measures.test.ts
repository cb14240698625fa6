import { describe, expect, it } from 'vitest';
import { measuresOf } from '../../../../shared/core/catalogue/measures.ts';
import { catalogueOf, indicator, reported } from '../small-year.ts';

const { indicators } = catalogueOf({
  indicators: [
    indicator('cases'),
    indicator('money', 'flow', { unit: '万元' }),
    indicator('closed'),
    indicator('buses', 'stock', { unit: '辆' }),
    indicator('pending', 'stock'),
  ],
});

describe('the measures of a form', () => {
  it('name each kind and unit once, with what is counted so, in the order of the form', () => {
    expect(measuresOf(indicators)).toEqual([
      { kind: 'flow', unit: '件', indicators: ['cases', 'closed'] },
      { kind: 'flow', unit: '万元', indicators: ['money'] },
      { kind: 'stock', unit: '辆', indicators: ['buses'] },
      { kind: 'stock', unit: '件', indicators: ['pending'] },
    ]);
  });

  it('tell flows that are reported as the year to date from others, which look alike', () => {
    const flows = [reported('flow', { id: 'a' }), reported('flow', { id: 'b', overTime: 'cumulative' })];
    expect(measuresOf(flows)).toEqual([
      { kind: 'flow', unit: '件', indicators: ['a'] },
      { kind: 'flow', unit: '件', isToDate: true, indicators: ['b'] },
    ]);
  });
});
