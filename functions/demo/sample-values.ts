import type { Indicator } from '../../shared/core/catalogue/indicator.ts';
import { decimalOf } from '../../shared/core/values/decimal.ts';
import { casesWithPersons, hotline, reconsideration, voice } from './sample-cases.ts';
import { flow, marketFairs, onlineExam, stock } from './sample-counts.ts';
import { type Counts, isNotApplicable, reporterOf, reportersOf, type SampleWork } from './sample-work.ts';
import { type Monthly, monthNumbers } from './spreading.ts';

/** What every department has to report in every month of a sample year. */
export interface SampleValues {
  /** What belongs into the indicator's cell: a decimal, or 不适用. */
  figure(indicator: Indicator, department: string, month: number): string;
  items(indicator: Indicator, department: string, month: number): string[];
}

/** Makes up a year that comes to its totals and keeps the catalogue's rules. */
export function sampleValues(work: SampleWork): SampleValues {
  const counts = sampleCounts(work);
  const lists: Record<string, MonthlyItems> = {
    'crime-categories': crimeCategories(
      work,
      counts['crime-cases-filed']![reporterOf(work, 'crime-cases-filed')]!,
    ),
    'legal-art-works': artWorks(work),
  };
  return {
    figure: (indicator, department, month) =>
      isNotApplicable(indicator.id, department, month)
        ? '不适用'
        : inUnits(found(counts[indicator.id]?.[department]?.[month - 1], indicator), indicator.decimals),
    items: (indicator, department, month) => found(lists[indicator.id]?.[department]?.[month - 1], indicator),
  };
}

/** Every count of the whole year, beyond the months from which there are returns too. */
export function sampleCounts(work: SampleWork): Counts {
  const counts: Counts = {
    ...reconsideration(work),
    ...hotline(work),
    ...voice(work),
    ...casesWithPersons(work),
    ...marketFairs(work),
    ...onlineExam(work),
  };
  for (const { id, kind } of work.catalogue.indicators) {
    if (counts[id] !== undefined) continue;
    if (kind === 'flow') Object.assign(counts, flow(work, id));
    if (kind === 'stock') Object.assign(counts, stock(work, id));
  }
  return counts;
}

function found<T>(value: T | undefined, { id }: Indicator): T {
  if (value === undefined) throw new Error(`the sample has nothing for ${id}`);
  return value;
}

/** A whole number of smallest units as a decimal of the indicator's unit. */
function inUnits(count: number, decimals: number): string {
  const digits = String(count).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const text = decimalOf(decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`);
  if (text === undefined) throw new Error(`${count} is no count`);
  return text;
}

/** The items of a list, by department and month. */
export type MonthlyItems = Record<string, string[][]>;

/**
 * The categories of the cases filed in each month. They are dealt like packs of cards, one to a case, so that
 * all of them occur and come again in other months.
 */
export function crimeCategories(work: SampleWork, casesFiled: Monthly): MonthlyItems {
  const random = work.random('crime-categories');
  const dealt: string[] = [];
  const months = casesFiled.map((cases) => {
    while (dealt.length < cases) dealt.push(...random.shuffled(work.crimeCategories));
    return [...new Set(dealt.splice(0, cases))];
  });
  return { [reporterOf(work, 'crime-categories')]: months };
}

/** The works of the year, each released in some month; each department shows its first one again later. */
export function artWorks(work: SampleWork): MonthlyItems {
  const random = work.random('legal-art-works');
  return Object.fromEntries(
    reportersOf(work, 'legal-art-works').map((department) => {
      const months = monthNumbers.map((): string[] => []);
      (work.artWorks[department] ?? []).forEach((title, index) => {
        const released = random.between(2, 9);
        months[released]!.push(title);
        if (index === 0) months[random.between(released + 1, 11)]!.push(title);
      });
      return [department, months];
    }),
  );
}
