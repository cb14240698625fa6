import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Catalogue, Indicator } from '../../shared/core/catalogue.ts';
import { decimalOf } from '../../shared/core/decimal.ts';
import { casesWithPersons, hotline, reconsideration, voice } from './sample-cases.ts';
import { flow, marketFairs, onlineExam, stock } from './sample-counts.ts';
import { artWorks, crimeCategories, type MonthlyItems } from './sample-lists.ts';
import { type Counts, isNotApplicable, reporterOf, type SampleWork, sampleWork } from './sample-work.ts';

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
