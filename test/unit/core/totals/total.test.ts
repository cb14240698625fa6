import { describe, expect, it } from 'vitest';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import {
  asPublished,
  eachPeriod,
  type Gap,
  gapReasons,
  periodUnit,
} from '../../../../shared/core/totals/total.ts';

const periods = (...all: Period[]) => ({ byPeriod: all.map((period) => ({ period, value: null })) });

describe('the periods of a total', () => {
  it.each([
    ['月', '各月', periods('2023-01', '2023-02')],
    ['季', '各季', periods('2023-Q1')],
    ['期', '各期', periods()],
  ])('are called %s and %s', (unit, each, total) => {
    expect([periodUnit(total), eachPeriod(total)]).toEqual([unit, each]);
  });
});

describe('why a total is not final', () => {
  const gaps = (owed: number, early: number): Gap[] => [
    ...Array.from(
      { length: owed },
      () => ({ department: 'jia', period: '2023-01', because: 'held' }) as const,
    ),
    ...Array.from(
      { length: early },
      () => ({ department: 'jia', period: '2023-02', because: 'not-due' }) as const,
    ),
  ];
  const reasons = (missing: Gap[], byPeriod = periods('2023-01').byPeriod) =>
    gapReasons({
      coverage: {
        periods: { expected: 2, complete: 0 },
        returns: { expected: 9, reported: 0, notApplicable: 0, blank: 0 },
        missing,
      },
      byPeriod,
    });

  it.each([
    [gaps(0, 0), []],
    [gaps(2, 0), ['缺少 2 份月报（应报 9 份）']],
    [gaps(0, 3), ['3 份月报未到报送期（应报 9 份）']],
    [gaps(2, 3), ['缺少 2 份月报，另有 3 份未到报送期（应报 9 份）']],
  ])('tells what is owed from what is not due: %#', (missing, expected) => {
    expect(reasons(missing)).toEqual(expected);
  });

  it('calls what is missing by how often it is reported, if that is one', () => {
    expect(reasons(gaps(1, 0), periods('2023-Q1').byPeriod)).toEqual(['缺少 1 份季报（应报 9 份）']);
    expect(reasons(gaps(1, 0), [])).toEqual(['缺少 1 份报表（应报 9 份）']);
  });
});

it('is rounded as the publication rounds it, and nothing stays nothing', () => {
  expect(asPublished('2.345', { decimals: 2, rounding: 'half-up' })).toBe('2.35');
  expect(asPublished('2.345', { decimals: 2, rounding: 'truncate' })).toBe('2.34');
  expect(asPublished(null, { decimals: 2, rounding: 'half-up' })).toBeNull();
});
