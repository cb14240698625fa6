import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Indicator } from '../../shared/core/catalogue/indicator.ts';
import { decimalOf } from '../../shared/core/values/decimal.ts';
import { casesWithPersons, hotline, reconsideration, voice } from './sample-cases.ts';
import { flow, marketFairs, onlineExam, stock } from './sample-counts.ts';
import {
  type Counts,
  countOf,
  isNotApplicable,
  known,
  reporterOf,
  reportersOf,
  type SampleWork,
  sampleWork,
} from './sample-work.ts';
import { type Monthly, monthNumbers } from './spreading.ts';

/** What every department has to report in every month of a sample year. */
export interface SampleValues {
  /** What belongs into the indicator's cell: a decimal, or 不适用. */
  figure(indicator: Indicator, department: string, month: number): string;
  items(indicator: Indicator, department: string, month: number): string[];
}

/** Makes up a year that comes to the published figures and keeps the catalogue's rules. */
export function sampleValues(catalogue: Catalogue, figures: ReportFigures, seed: number): SampleValues {
  const work = sampleWork(catalogue, figures, seed);
  const counts = allCounts(work);
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

function allCounts(work: SampleWork): Counts {
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
  const count = countOf(work, 'crime-categories');
  const categories = known(work.catalogue, 'crime-categories');
  const options = categories.kind === 'list' ? (categories.list.options ?? []) : [];
  if (options.length < count) throw new Error('too few categories to choose from');
  const chosen = options.slice(0, count);
  const dealt: string[] = [];
  const months = casesFiled.map((cases) => {
    while (dealt.length < cases) dealt.push(...random.shuffled(chosen));
    return [...new Set(dealt.splice(0, cases))];
  });
  return { [reporterOf(work, 'crime-categories')]: months };
}

/** The works that the report names, each released in some month; each department shows its first one again later. */
export function artWorks(work: SampleWork): MonthlyItems {
  const random = work.random('legal-art-works');
  return Object.fromEntries(
    reportersOf(work, 'legal-art-works').map((department) => {
      const months = monthNumbers.map((): string[] => []);
      (work.figures.artWorks[department] ?? []).forEach((title, index) => {
        const released = random.between(2, 9);
        months[released]!.push(title);
        if (index === 0) months[random.between(released + 1, 11)]!.push(title);
      });
      return [department, months];
    }),
  );
}
