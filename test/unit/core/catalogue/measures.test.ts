import { describe, expect, it } from 'vitest';
import { type Measure, measuresOf, unitIn } from '../../../../shared/core/catalogue/measures.ts';
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

describe('the unit of a figure', () => {
  it('is that of the first measure that names it, and empty where none does', () => {
    const measures = [
      ...measuresOf(indicators),
      { kind: 'flow', unit: '人', indicators: ['cases'] } as const,
    ];
    const of = (id: string) => unitIn(measures as Measure[], id);
    expect(['cases', 'money', 'buses', 'none'].map(of)).toEqual(['件', '万元', '辆', '']);
  });
});

describe('the measures of a form', () => {
  it('are none where it has no figures', () => {
    expect(measuresOf([])).toEqual([]);
  });

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
