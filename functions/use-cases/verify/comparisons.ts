import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { ReportedIndicator } from '../../../shared/core/catalogue/indicator.ts';
import { indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { lastYearsIndicators } from '../../../shared/core/totals/last-years-indicators.ts';
import { countingObservations } from '../../../shared/core/totals/observations-by-indicator.ts';
import type { BaseFigure, PeriodComparison } from '../../../shared/core/totals/period-comparison.ts';
import { idIn } from '../../../shared/core/year/last-year.ts';
import type { LastYear } from '../../../shared/core/year/year-state.ts';
import { byEnd, endOf, endsBy } from './period-ends.ts';
import { askedPeriods, recomputeChange } from './recomputation.ts';
import { RecomputedYear } from './recomputed-year.ts';
import type { Fault } from './verify.ts';
import type { CitedLastYear, Outcome } from './warnings.ts';

/**
 * Recomputes every comparison of a publication: its own figures from its observations, those of last year from the
 * ledger of the publication that it cites, changes and rates in whole numbers. Where nobody brought last year's ledger,
 * its figures are taken as they are said.
 */
export function verifyComparisons(
  publication: Publication,
  catalogue: Catalogue,
  cited: CitedLastYear,
): Outcome {
  if (cited.kind === 'wrong') return { checked: [], faults: [] };
  const conversions = publication.adoptions.flatMap((adoption) => adoption.conversions);
  const now = new RecomputedYear(publication.observations, catalogue, conversions);
  const [before, whole] = (['state', 'wholeYear'] as const).map((part) =>
    cited.kind === 'here'
      ? lastYearAsNow(cited.lastYear, part, { catalogue, adoptions: publication.adoptions })
      : undefined,
  );
  const years = { now, before, whole, isTold: cited.kind === 'elsewhere' };
  const faults = [
    ...publication.comparisons.flatMap((row) => rowFaults(row, publication, years)),
    ...absentFaults(publication, catalogue),
  ];
  const beside = years.isTold ? `, beside figures of ${publication.year - 1} that were not recomputed` : '';
  return { checked: [`${publication.comparisons.length} comparisons recomputed${beside}`], faults };
}

interface Years {
  now: RecomputedYear;
  before: RecomputedYear | undefined;
  /** What was entered of last year as a whole. */
  whole: RecomputedYear | undefined;
  /** Whether last year's figures are taken as they are said. */
  isTold: boolean;
}

function lastYearAsNow(
  lastYear: LastYear,
  part: 'state' | 'wholeYear',
  { catalogue, adoptions }: Pick<Publication, 'adoptions'> & { catalogue: Catalogue },
): RecomputedYear | undefined {
  const state = lastYear[part];
  if (state === undefined) return undefined;
  const alike = lastYearsIndicators(catalogue, state.catalogue, {
    idThen: (indicator) => idIn(lastYear, indicator),
    adoptions,
  });
  const known = new Map([...alike.values()].map((indicator) => [indicator.id, indicator]));
  const indicators = indicatorsOf(state.catalogue).flatMap(({ id }) => known.get(id) ?? []);
  const conversions = state.adoptions.flatMap(({ happening }) => happening.conversions);
  return new RecomputedYear(
    countingObservations(state).filter(({ indicator }) => known.has(indicator)),
    { ...state.catalogue, indicators, tables: [], lines: [] },
    conversions,
    (id) => alike.get(id)?.id,
  );
}

function rowFaults(
  row: PeriodComparison,
  { totals }: Publication,
  { now, before, whole, isTold }: Years,
): Fault[] {
  const { indicator, period, toDate } = row;
  const total = totals.find((each) => each.indicator === indicator);
  const [previous, then] = [periodBefore(period), yearBefore(period)];
  const year = previous.slice(0, 4) === period.slice(0, 4) ? now : before;
  const part = (of: RecomputedYear | undefined, from: string, to: string): Expected | undefined =>
    of && { value: of.figure(indicator, from, to), missing: of.missing(indicator, from, to) };
  const sources = now.sourcesOf(indicator);
  const toDateIn = sources.filter(({ overTime }) => overTime === 'cumulative').map(({ id }) => id);
  const isOfMore = now.isOfMore(indicator, period);
  const alone = (of: RecomputedYear | undefined, at: string) =>
    of?.asked(indicator).includes(at) &&
    !isOfMore &&
    !of.isOfMore(indicator, at) &&
    sources.every(({ id }) => of.asked(id).includes(at) === now.asked(id).includes(period)) &&
    of.monthsAlone(toDateIn, at) === now.monthsAlone(toDateIn, period)
      ? part(of, at, at)
      : undefined;
  const isWhole = (year: RecomputedYear | undefined): boolean =>
    year !== undefined &&
    soFarIn(year, indicator, then).length > 0 &&
    sources.every((source) =>
      isSameSoFar(source, soFarIn(now, source.id, period), soFarIn(year, source.id, then)),
    );
  const told = (base: BaseFigure | null): Expected | undefined => base ?? undefined;
  const toldAlone = (base: BaseFigure | null) => (isOfMore ? undefined : told(base));
  const bases: [string, string | null, BaseFigure | null, Expected | undefined][] = [
    [
      'before',
      row.value,
      row.before,
      isTold && year === before ? toldAlone(row.before) : alone(year, previous),
    ],
    ['last year', row.value, row.lastYear, isTold ? toldAlone(row.lastYear) : alone(before, then)],
    [
      'last year to date',
      toDate.value,
      toDate.lastYear,
      isTold ? told(toDate.lastYear) : part([whole, before].find(isWhole), '', then),
    ],
  ];
  const said = [
    ['value', row.value, now.figure(indicator, period, period)],
    ['missing', row.missing, now.missing(indicator, period, period)],
    ['to date', toDate.value, now.figure(indicator, '', period)],
    ['missing to date', toDate.missing, now.missing(indicator, '', period)],
    ...bases.flatMap(([what, figure, base, expected]) =>
      baseSaid(what, { figure, base, expected }, total?.unit),
    ),
  ] as const;
  return said
    .filter(([, is, expected]) => is !== expected)
    .map(([what, is, expected]) => ({
      where: `comparison ${indicator} ${period}`,
      explanation: `says ${is} as ${what}, which comes to ${expected}`,
    }));
}

type Expected = Pick<BaseFigure, 'missing'> & { value: string | null };

interface Base {
  figure: string | null;
  base: BaseFigure | null;
  /** The base recomputed; undefined if there should be none. */
  expected: Expected | undefined;
}

type Said = readonly [what: string, is: string | number | null, expected: string | number | null];

/** What is said of an earlier figure, each beside what it should be. */
function baseSaid(what: string, { figure, base, expected }: Base, unit: string | undefined): Said[] {
  if (base === null || expected === undefined) {
    const [is, should] = [base !== null, expected !== undefined].map((known) =>
      known ? 'a figure' : 'none',
    );
    return [[what, is!, should!]];
  }
  const { value, missing } = expected;
  const changed = figure !== null && value !== null ? recomputeChange(figure, value) : undefined;
  const hasRate = unit !== '%' && unit !== '‰' && value !== null && Number(value) > 0;
  return [
    [what, base.value, value],
    [`missing from ${what}`, base.missing, missing],
    [`change from ${what}`, base.change, changed?.change ?? null],
    [`rate from ${what}`, base.rate, hasRate ? (changed?.rate ?? null) : null],
  ];
}

/** A comparison for each indicator of the city, in each period so far in which it is asked for. */
function absentFaults({ comparisons, observations }: Publication, catalogue: Catalogue): Fault[] {
  const periods = observations.map(({ period }) => period as string);
  const last = periods.toSorted(byEnd).at(-1);
  const expected = indicatorsOf(catalogue)
    .filter(({ overDepartments }) => overDepartments !== 'none')
    .flatMap((indicator) =>
      askedPeriods(indicator, catalogue)
        .filter((period) => last !== undefined && endsBy(period, last))
        .map((period) => `${indicator.id} ${period}`),
    );
  const said = comparisons.map(({ indicator, period }) => `${indicator} ${period}`);
  return said.join() === expected.join()
    ? []
    : [{ where: 'comparisons', explanation: 'are not of the indicators and periods that the catalogue has' }];
}

/** The periods of a year in which an indicator is asked for that are over with another. */
function soFarIn(year: RecomputedYear, indicator: string, period: string): string[] {
  return year.asked(indicator).filter((each) => endsBy(each, period));
}

/** Whether periods of last year are of the same months as this year's; of a stock, whether they end alike. */
function isSameSoFar(
  { kind, months }: ReportedIndicator,
  soFar: readonly string[],
  then: readonly string[],
): boolean {
  if (kind === 'stock') {
    const [end, endThen] = [soFar, then].map((periods) =>
      Math.max(0, ...periods.map((one) => endOf(one).month)),
    );
    return end === endThen;
  }
  const isYear = then.length === 1 && !then[0]!.includes('-');
  return monthsIn(soFar) === monthsIn(then) || (isYear && soFar.length === months?.length);
}

/** Which months of their year periods cover, as bits. */
function monthsIn(periods: readonly string[]): number {
  return periods
    .map(endOf)
    .reduce((bits, { month, months }) => bits | (((1 << months) - 1) << (month - months)), 0);
}

function yearBefore(period: string): string {
  return `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;
}

/** The period before, of the same length: its number less one, or the last of the year before. */
function periodBefore(period: string): string {
  const [year, part] = period.split('-');
  if (part === undefined) return yearBefore(period);
  const letter = part.replace(/[0-9]/g, '');
  const number = Number(part.slice(letter.length)) - 1;
  const count = { Q: 4, H: 2 }[letter] ?? 12;
  const written = String(number === 0 ? count : number).padStart(letter === '' ? 2 : 1, '0');
  return `${number === 0 ? Number(year) - 1 : year}-${letter}${written}`;
}
