import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import {
  type Indicator,
  isEverReportedBy,
  isReported,
  type ListIndicator,
} from '../../shared/core/catalogue/indicator.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';
import type { Decimal } from '../../shared/core/values/decimal.ts';
import { type Habit, habits } from './sample-habits.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import { type Monthly, monthNumbers, usualSeason, varied } from './spreading.ts';

/** The plan of a sample year: all that it is made from. */
export interface SampleWork {
  catalogue: Catalogue;
  /** What each indicator comes to over the whole year. */
  totals: ReadonlyMap<string, Decimal>;
  /** The months from which there are returns: January to this one. */
  lastMonth: number;
  /** The kinds of cases that occur. */
  crimeCategories: readonly string[];
  /** The titles of works, by the department that made them. */
  artWorks: Readonly<Record<string, readonly string[]>>;
  /** What departments are proud of, by department and month: `sfj 3`. */
  practices: Readonly<Record<string, string>>;
  /** Last year, at whose end stocks stood where this year's begin; without it they grow from less. */
  before: Counts | undefined;
  isBlemished: boolean;
  random(subject: string): Random;
}

/** Whole numbers of an indicator's smallest unit: by indicator, by department, by month. */
export type Counts = Record<string, Record<string, Monthly>>;

/** The year of a published report, whose figures it comes to. */
export function reportedYear(catalogue: Catalogue, figures: ReportFigures, seed: number): SampleWork {
  const totals = sampleTotals(catalogue, figures);
  const { options } = (indicatorOf(catalogue, 'crime-categories') as ListIndicator).list;
  return {
    catalogue,
    totals,
    lastMonth: 12,
    crimeCategories: (options ?? []).slice(0, Number(totals.get('crime-categories'))),
    artWorks: figures.artWorks,
    practices: {},
    before: undefined,
    isBlemished: true,
    random: (subject) => seededRandom(seed, subject),
  };
}

/** The year's total of a count. */
export function countOf(work: SampleWork, indicator: string): number {
  return Number(work.totals.get(indicator));
}

export function habitOf(indicator: string): Habit {
  return habits[indicator] ?? {};
}

/** The ids of the departments that report the indicator. */
export function reportersOf({ catalogue }: SampleWork, indicator: string): string[] {
  const reported = known(catalogue, indicator);
  return catalogue.departments.map(({ id }) => id).filter((id) => isEverReportedBy(reported, id));
}

/** The one department that reports the indicator. */
export function reporterOf(work: SampleWork, indicator: string): string {
  const [reporter, ...others] = reportersOf(work, indicator);
  if (reporter === undefined || others.length > 0) throw new Error(`${indicator} needs one reporter`);
  return reporter;
}

/** The weights of the months for an indicator: its season, varied, and nothing where it is not asked for. */
export function seasonOf({ catalogue }: SampleWork, indicator: string, random: Random): Monthly {
  const { season = usualSeason, only } = habitOf(indicator);
  const asked = monthsOf(catalogue, indicator);
  const chosen = only === undefined ? monthNumbers : random.shuffled(only.among).slice(0, only.months);
  return varied(random, season).map((weight, index) =>
    asked.includes(index + 1) && chosen.includes(index + 1) ? weight : 0,
  );
}

/** Whether the department has nothing to report on in the month. */
export function isNotApplicable(indicator: string, department: string, month: number): boolean {
  return habitOf(indicator).notApplicable?.[department]?.includes(month) ?? false;
}

/** The months in which the indicator is asked for. */
export function monthsOf(catalogue: Catalogue, indicator: string): readonly number[] {
  const found = known(catalogue, indicator);
  return (isReported(found) ? found.months : undefined) ?? monthNumbers;
}

export function known(catalogue: Catalogue, indicator: string): Indicator {
  const found = indicatorOf(catalogue, indicator);
  if (found === undefined) throw new Error(`the catalogue has no ${indicator}`);
  return found;
}

/**
 * Made-up exact figures for what the report gives only roughly (200余, 超90%) or not at all (the parts of its
 * rates). Each is written in prose just as the report writes it.
 */
export const madeUpTotals: Readonly<Record<string, Decimal>> = {
  'learning-sessions': '237',
  'review-major-decisions': '23',
  'review-project-contracts': '274',
  'legal-aid-losses-recovered': '189.5934',
  'legal-opinions': '46',
  'service-beneficiaries': '2085',
  'hotline-due': '13918',
  'hotline-on-time': '13918',
  'voice-surveyed': '1360',
  'voice-satisfied': '1292',
  'enforcement-personnel': '1264',
  'businesses-inspected': '1337',
  'online-exam-eligible': '2846',
  'online-exam-taken': '2791',
  'online-exam-excellent': '2604',
  'market-law-fairs': '108',
  'official-accounts': '53',
  'contracts-filed': '528',
};

/** What each reported indicator of the city must come to over the year: the published figure where it is exact. */
export function sampleTotals(catalogue: Catalogue, figures: ReportFigures): Map<string, Decimal> {
  const published = new Map(figures.figures.map((figure) => [figure.indicator, figure]));
  const counted = catalogue.indicators.filter(
    ({ kind, overDepartments }) => kind !== 'ratio' && overDepartments !== 'none',
  );
  return new Map(
    counted.map(({ id }) => {
      const figure = published.get(id);
      const total = figure?.exactness === 'exact' ? figure.published : madeUpTotals[id];
      if (total === undefined) throw new Error(`no sample total for ${id}`);
      return [id, total];
    }),
  );
}
