import { describe, expect, it } from 'vitest';
import { endOfDay, localTime, periodInWords } from '../../../../shared/core/catalogue/period.ts';

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

it('a period is said without leading zeros', () => {
  expect([periodInWords('2023-03'), periodInWords('2023-12')]).toEqual(['2023年3月', '2023年12月']);
});
