import { decimalPlaces } from '../../shared/core/values/decimal.ts';
import { countByMonth, incomingDays } from './case-days.ts';
import {
  type Counts,
  countOf,
  habitOf,
  isNotApplicable,
  known,
  monthsOf,
  reportersOf,
  type SampleWork,
  seasonOf,
} from './sample-work.ts';
import type { Random } from './seeded-random.ts';
import { drawFrom, type Monthly, monthNumbers, spread } from './spreading.ts';

/** A flow spread over its departments and the months. */
export function flow(work: SampleWork, indicator: string): Counts {
  const random = work.random(indicator);
  const season = seasonOf(work, indicator, random);
  const reporters = reportersOf(work, indicator);
  const weights = reporters.flatMap((department) =>
    season.map((weight, index) =>
      isNotApplicable(indicator, department, index + 1) ? 0 : weight * shareOf(indicator, department),
    ),
  );
  const parts = spread(random, smallestUnits(work, indicator), weights);
  return {
    [indicator]: Object.fromEntries(
      reporters.map((department, index) => [department, parts.slice(index * 12, index * 12 + 12)]),
    ),
  };
}

/** A stock that grows over the year to its December figure, or moves to it from where it stood the year before. */
export function stock(work: SampleWork, indicator: string): Counts {
  const random = work.random(indicator);
  const reporters = reportersOf(work, indicator);
  const having = reporters.filter((department) => !isNotApplicable(indicator, department, 12));
  const total = smallestUnits(work, indicator);
  const before = work.before?.[indicator];
  const decemberBefore = before && having.map((department) => before[department]!.at(-1)!);
  const december =
    decemberBefore === undefined
      ? shared(
          random,
          total,
          having.map((department) => shareOf(indicator, department)),
        )
      : moved(random, decemberBefore, total);
  return {
    [indicator]: Object.fromEntries(
      reporters.map((department) => {
        const place = having.indexOf(department);
        return [department, path(random, december[place] ?? 0, decemberBefore?.[place])];
      }),
    ),
  };
}

/** One for everybody as far as they go, the others by shares. */
function shared(random: Random, total: number, shares: readonly number[]): number[] {
  const each = total < shares.length ? 0 : 1;
  return spread(random, total - each * shares.length, shares).map((more) => more + each);
}

/** What comes on top of the counts, or goes off them, until they come to the total. */
function moved(random: Random, counts: number[], total: number): number[] {
  const more = total - counts.reduce((sum, count) => sum + count, 0);
  if (more < 0) return without(counts, drawFrom(random, -more, counts));
  const added = spread(random, more, counts);
  return counts.map((count, index) => count + added[index]!);
}

/** A year of a stock, month by month in one direction to December. */
function path(random: Random, december: number, decemberBefore: number | undefined): Monthly {
  const begin = decemberBefore ?? (december < 10 ? 0 : Math.floor((december * random.between(40, 75)) / 100));
  const [low, high] = [Math.min(begin, december), Math.max(begin, december)];
  const between = Array.from({ length: 10 }, () => random.between(low, high)).sort((a, b) => a - b);
  return [begin, ...(begin <= december ? between : between.reverse()), december];
}

/** Fairs in market towns, one at a time: one department leads, others join it; a joint fair has one lead. */
export function marketFairs(work: SampleWork): Counts {
  const [fairs, joined] = ['market-law-fairs', 'market-law-fairs-joined'] as const;
  const random = work.random(fairs);
  const { year } = work.catalogue;
  const departments = reportersOf(work, fairs);
  const leads = spread(
    random,
    countOf(work, fairs),
    departments.map((department) => shareOf(fairs, department)),
  );
  const led = departments.map((_, index) =>
    incomingDays(random, year, leads[index]!, seasonOf(work, fairs, random)),
  );
  const attended = departments.map((_, index) =>
    led.flatMap((days, lead) => (lead === index ? days : days.filter(() => random.chance(45)))),
  );
  const monthly = (days: number[][]) =>
    Object.fromEntries(departments.map((id, index) => [id, countByMonth(year, days[index]!)]));
  return { [fairs]: monthly(led), [joined]: monthly(attended) };
}

/** The online examination: each department sits it in one month; some stay away, most of the others do well. */
export function onlineExam(work: SampleWork): Counts {
  const ids = ['online-exam-eligible', 'online-exam-taken', 'online-exam-excellent'] as const;
  const random = work.random('online-exam');
  const reporters = reportersOf(work, ids[0]);
  const months = monthsOf(work.catalogue, ids[0]);
  const sitting = reporters.filter((department) => !isNotApplicable(ids[0], department, 12));
  const weights = sitting.map((department) => shareOf(ids[0], department));
  const [eligibleTotal, takenTotal, excellentTotal] = ids.map((id) => countOf(work, id)) as [
    number,
    number,
    number,
  ];
  const eligible = spread(random, eligibleTotal, weights);
  const taken = without(eligible, drawFrom(random, eligibleTotal - takenTotal, eligible));
  const excellent = without(taken, drawFrom(random, takenTotal - excellentTotal, taken));
  const sessions = reporters.map(() => random.pick(months));
  const monthly = (counts: number[]) =>
    Object.fromEntries(
      reporters.map((department, index) => [
        department,
        inMonth(sessions[index]!, counts[sitting.indexOf(department)] ?? 0),
      ]),
    );
  return { [ids[0]]: monthly(eligible), [ids[1]]: monthly(taken), [ids[2]]: monthly(excellent) };
}

function without(counts: number[], fewer: number[]): number[] {
  return counts.map((count, index) => count - fewer[index]!);
}

function inMonth(month: number, count: number): Monthly {
  return monthNumbers.map((candidate) => (candidate === month ? count : 0));
}

function shareOf(indicator: string, department: string): number {
  return habitOf(indicator).shares?.[department] ?? 1;
}

/** The year's total as a whole number of the smallest unit that the indicator's decimals allow. */
function smallestUnits(work: SampleWork, indicator: string): number {
  const { decimals } = known(work.catalogue, indicator);
  const total = work.totals.get(indicator)!;
  if (decimalPlaces(total) > decimals) throw new Error(`${indicator} cannot come to ${total}`);
  const [whole = '0', fraction = ''] = total.split('.');
  return Number(whole + fraction.padEnd(decimals, '0'));
}
