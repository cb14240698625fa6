import type { Random } from './seeded-random.ts';
import { type Monthly, monthNumbers, spread } from './spreading.ts';

const dayLength = 86_400_000;

/** Days are counted from 1 January of the year, which is day 0. */
export function lastDayOf(year: number): number {
  return (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / dayLength - 1;
}

/** The days on which so many cases come in, in order, in proportion to the months' weights. */
export function incomingDays(random: Random, year: number, count: number, weights: Monthly): number[] {
  const perMonth = spread(random, count, weights);
  return perMonth
    .flatMap((cases, index) => {
      const first = (Date.UTC(year, index, 1) - Date.UTC(year, 0, 1)) / dayLength;
      const next = (Date.UTC(year, index + 1, 1) - Date.UTC(year, 0, 1)) / dayLength;
      return Array.from({ length: cases }, () => random.between(first, next - 1));
    })
    .sort(ascending);
}

/**
 * The days on which `count` of the cases reach their next stage, each some days after its own: those that are
 * ready first go first, and whatever should have come after the year's end comes on its last day.
 */
export function laterDays(
  random: Random,
  days: readonly number[],
  { after, count, lastDay }: { after: [number, number]; count: number; lastDay: number },
): number[] {
  return days
    .map((day) => day + random.between(...after))
    .sort(ascending)
    .slice(0, count)
    .map((day) => Math.min(day, lastDay));
}

/** How many of the days fall into each month. */
export function countByMonth(year: number, days: readonly number[]): Monthly {
  const counts = monthNumbers.map(() => 0);
  for (const day of days) {
    const month = new Date(Date.UTC(year, 0, 1) + day * dayLength).getUTCMonth();
    counts[month] = counts[month]! + 1;
  }
  return counts;
}

function ascending(a: number, b: number): number {
  return a - b;
}
