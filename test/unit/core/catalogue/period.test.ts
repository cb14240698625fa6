import { describe, expect, it } from 'vitest';
import {
  calendarSpan,
  compareColumns,
  comparePeriods,
  daysAfter,
  daysBetween,
  endOfDay,
  endsBy,
  firstMonthOf,
  frequencyOf,
  lastMonthOf,
  lastPeriodOf,
  localDay,
  localTime,
  monthsOf,
  numberInYear,
  type Period,
  periodAt,
  periodBefore,
  periodInWords,
  periodInYear,
  periodSchema,
  periodsOf,
  returnInWords,
  returnInYear,
  yearBefore,
  yearOf,
} from '../../../../shared/core/catalogue/period.ts';

describe('a moment', () => {
  it.each([
    ['2023-04-03T01:15:00.000Z', '+08:00', '2023-04-03 09:15'],
    ['2023-04-03T16:00:59.999Z', '+08:00', '2023-04-04 00:00'],
    ['2023-04-03T01:15:00.000Z', '+00:00', '2023-04-03 01:15'],
    ['2023-04-03T01:15:00.000Z', '-03:30', '2023-04-02 21:45'],
    ['2023-12-31T20:00:00.000Z', '+05:30', '2024-01-01 01:30'],
  ] as const)('%s is, at %s, %s', (instant, utcOffset, local) => {
    expect(localTime(instant, utcOffset)).toBe(local);
  });

  it.each([
    ['2023-02-10', '+08:00', '2023-02-10T15:59:59.999Z'],
    ['2023-02-10', '-03:30', '2023-02-11T03:29:59.999Z'],
  ] as const)('ends the day %s at %s', (day, utcOffset, instant) => {
    expect(endOfDay(day, utcOffset)).toBe(instant);
  });
});

describe('a period', () => {
  it.each([
    ['2023-03', 'month', '2023-03', '2023-03', '2023年3月', '3月', '2023年3月月报', '3月月报'],
    ['2023-12', 'month', '2023-12', '2023-12', '2023年12月', '12月', '2023年12月月报', '12月月报'],
    [
      '2023-Q1',
      'quarter',
      '2023-01',
      '2023-03',
      '2023年第一季度',
      '一季度',
      '2023年第一季度季报',
      '一季度季报',
    ],
    [
      '2023-Q4',
      'quarter',
      '2023-10',
      '2023-12',
      '2023年第四季度',
      '四季度',
      '2023年第四季度季报',
      '四季度季报',
    ],
    ['2023-H1', 'half-year', '2023-01', '2023-06', '2023年上半年', '上半年', '2023年上半年报', '上半年报'],
    ['2023-H2', 'half-year', '2023-07', '2023-12', '2023年下半年', '下半年', '2023年下半年报', '下半年报'],
    ['2023', 'year', '2023-01', '2023-12', '2023年', '全年', '2023年年报', '年报'],
  ] as const)(
    '%s is a %s from %s to %s, called %s, %s, %s and %s',
    (period, frequency, first, last, ...words) => {
      expect(periodSchema.parse(period)).toBe(period);
      expect(frequencyOf(period)).toBe(frequency);
      expect([firstMonthOf(period), lastMonthOf(period)]).toEqual([first, last]);
      const said = [periodInWords, periodInYear, returnInWords, returnInYear].map((say) => say(period));
      expect(said).toEqual(words);
      expect(periodAt(2023, frequency, numberInYear(period))).toBe(period);
      expect(periodsOf(2023, frequency)).toContain(period);
    },
  );

  it.each([
    '2023-00',
    '2023-13',
    '2023-Q0',
    '2023-Q5',
    '2023-H3',
    '2023-q1',
    '23',
    '1999',
    '2023-1',
    '2023Q1',
    '',
  ])('is not %j', (text) => {
    expect(periodSchema.safeParse(text).success).toBe(false);
  });

  const inOrder = [
    ...[
      '2022',
      '2023-01',
      '2023-02',
      '2023-03',
      '2023-Q1',
      '2023-04',
      '2023-05',
      '2023-06',
      '2023-Q2',
      '2023-H1',
    ],
    ...['2023-09', '2023-Q3', '2023-12', '2023-Q4', '2023-H2', '2023', '2024-01', '2024-Q1'],
  ] as Period[];

  it('comes after those that end before, and after shorter ones that end with it', () => {
    expect(inOrder.toReversed().sort(comparePeriods)).toEqual(inOrder);
    expect(lastPeriodOf(inOrder.toReversed())).toBe('2024-Q1');
    expect(lastPeriodOf([])).toBeUndefined();
  });

  it('stands in a table with others of its length', () => {
    const columns = inOrder.filter((period) => yearOf(period) === 2023).toSorted(compareColumns);
    expect(columns.slice(6)).toEqual([
      ...['2023-09', '2023-12', '2023-Q1', '2023-Q2', '2023-Q3', '2023-Q4', '2023-H1', '2023-H2', '2023'],
    ]);
  });

  it.each([
    ['2023-03', '2023-02', '2022-03'],
    ['2023-01', '2022-12', '2022-01'],
    ['2023-Q1', '2022-Q4', '2022-Q1'],
    ['2023-H2', '2023-H1', '2022-H2'],
    ['2023', '2022', '2022'],
  ] as const)('%s follows %s, and %s of the year before', (period, before, then) => {
    expect(periodBefore(period)).toBe(before);
    expect(yearBefore(period)).toBe(then);
  });

  it.each([
    ['2023-Q1', '2023-03', true],
    ['2023-H1', '2023-06', true],
    ['2023-H1', '2023-Q2', true],
    ['2023-Q1', '2023-02', false],
    ['2023-12', '2023-Q3', false],
  ] as const)('%s is over when %s is: %s', (period, other, is) => {
    expect(endsBy(period, other)).toBe(is);
  });

  it.each([
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2024-Q1', '2024-01-01', '2024-03-31'],
    ['2023-H2', '2023-07-01', '2023-12-31'],
    ['2023', '2023-01-01', '2023-12-31'],
  ] as const)('%s has the days from %s to %s', (period, starts, ends) => {
    expect(calendarSpan(period)).toEqual({ starts, ends });
  });
});

it.each([
  ['2023-06-10', 1, '2023-06-11'],
  ['2023-12-31', 1, '2024-01-01'],
  ['2024-03-01', -1, '2024-02-29'],
] as const)('%s and %i days is %s', (day, days, other) => {
  expect(daysAfter(day, days)).toBe(other);
});

describe('the periods of a year', () => {
  it.each([
    ['quarter', ['2023-Q1', '2023-Q2', '2023-Q3', '2023-Q4']],
    ['half-year', ['2023-H1', '2023-H2']],
    ['year', ['2023']],
  ] as const)('by %s are %j', (frequency, periods) => {
    expect(periodsOf(2023, frequency)).toEqual(periods);
  });

  it('by month are twelve', () => {
    expect(periodsOf(2023, 'month')).toHaveLength(12);
  });

  it.each<[period: Period, months: number[]]>([
    ['2023-03', [3]],
    ['2023-Q2', [4, 5, 6]],
    ['2023-H2', [7, 8, 9, 10, 11, 12]],
    ['2023', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ])('%s has the months %j', (period, months) => {
    expect(monthsOf(period)).toEqual(months);
  });
});

describe('days', () => {
  it.each([
    ['2023-02-27', '2023-03-02', 3],
    ['2024-02-27', '2024-03-02', 4],
    ['2023-12-31', '2024-01-01', 1],
    ['2023-03-02', '2023-03-02', 0],
    ['2023-03-02', '2023-02-27', -3],
  ] as const)('from %s to %s are %i', (day, later, days) => {
    expect(daysBetween(day, later)).toBe(days);
    expect(daysAfter(day, days)).toBe(later);
  });

  it('are told by the clocks of the city', () => {
    expect(localDay('2023-04-03T16:00:00.000Z', '+08:00')).toBe('2023-04-04');
    expect(localDay('2023-04-03T16:00:00.000Z', '+00:00')).toBe('2023-04-03');
  });
});
