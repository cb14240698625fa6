import type { Catalogue } from '../catalogue/catalogue.ts';
import { isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { combined } from '../catalogue/kinds.ts';
import type { Period } from '../catalogue/period.ts';
import { addendsOf } from '../catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import { type Decimal, subtract } from '../values/decimal.ts';
import { type BaselineRow, baselinePeriods, reportersThen } from './baseline.ts';
import { isComputable, knownOf } from './baseline-year.ts';

/** Two sources of a baseline that disagree: what was said, and what the figures come to that it should be made of. */
export interface Disagreement {
  kind: 'city-and-departments' | 'year-and-periods';
  row: BaselineRow;
  period: Period;
  said: Decimal;
  comesTo: Decimal;
  /** By how much what was said is more. */
  difference: Decimal;
}

/**
 * The figures of a baseline that contradict each other: the city's and those of all of its departments, the whole year's
 * and those of all of its periods. Lists are counts of different items, which do not add up.
 */
export function disagreements(rows: readonly BaselineRow[], catalogue: Catalogue): Disagreement[] {
  const byIndicator = Map.groupBy(rows, ({ indicator }) => indicator);
  return [...byIndicator].flatMap(([id, own]) => {
    const indicator = indicatorOf(catalogue, id);
    if (indicator === undefined || !isReported(indicator) || indicator.kind === 'list') return [];
    return [
      ...own.flatMap((row) => yearAndPeriods(row, indicator, catalogue)),
      ...cityAndDepartments(own, indicator, catalogue),
    ];
  });
}

function yearAndPeriods(
  row: BaselineRow,
  indicator: ReportedIndicator,
  { year }: Pick<Catalogue, 'year'>,
): Disagreement[] {
  const whole: Period = `${year - 1}`;
  const said = row.values[whole];
  if (said === undefined || indicator.frequency === 'year') return [];
  const periods = baselinePeriods(indicator, year - 1).filter((period) => period !== whole);
  const needed = ['last', 'cumulative'].includes(indicator.overTime) ? periods.slice(-1) : periods;
  const values = needed.flatMap((period) => row.values[period] ?? []);
  if (values.length < needed.length) return [];
  const comesTo = combined(
    indicator.overTime,
    values.map((value) => ({ value })),
  );
  return differing({ kind: 'year-and-periods', row, period: whole, said }, comesTo);
}

function cityAndDepartments(
  rows: readonly BaselineRow[],
  indicator: ReportedIndicator,
  catalogue: Catalogue,
): Disagreement[] {
  const city = rows.find(({ department }) => department === null);
  if (city === undefined || indicator.overDepartments === 'none') return [];
  const operator = indicator.overDepartments;
  return (Object.entries(city.values) as [Period, Decimal][]).flatMap(([period, said]) => {
    const byDepartment = new Map(
      rows.flatMap(({ department, values }) => {
        const value = values[period];
        return department === null || value === undefined ? [] : [[department, value] as const];
      }),
    );
    const expected = reportersThen(indicator, period, catalogue);
    // Where the catalogue knows nobody who reported it then, nobody can tell whether those who are here are all.
    if (expected.length === 0 || expected.some((id) => !byDepartment.has(id))) return [];
    const comesTo = combined(
      operator,
      [...byDepartment.values()].map((value) => ({ value })),
    );
    return differing({ kind: 'city-and-departments', row: city, period, said }, comesTo);
  });
}

function differing(
  about: Omit<Disagreement, 'comesTo' | 'difference'>,
  comesTo: Decimal | null,
): Disagreement[] {
  if (comesTo === null || comesTo === about.said) return [];
  return [{ ...about, comesTo, difference: subtract(about.said, comesTo) }];
}

/** The sums of which some parts were entered, and which cannot be made of them: to be told before somebody wonders. */
export function sumsNotKnown(rows: readonly BaselineRow[], catalogue: Catalogue): string[] {
  const byIndicator = Map.groupBy(rows, ({ indicator }) => indicator);
  const reported = indicatorsOf(catalogue).filter(isReported);
  const [periods, whole] = (['periods', 'whole'] as const).map(
    (part) =>
      new Map(
        reported.map((indicator) => [
          indicator.id,
          knownOf(indicator, byIndicator.get(indicator.id) ?? [], { catalogue, part }),
        ]),
      ),
  );
  return indicatorsOf(catalogue)
    .filter((indicator) => indicator.kind === 'sum')
    .filter((sum) => addendsOf(sum, catalogue).some((each) => byIndicator.has(each.indicator.id)))
    .filter((sum) => [periods!, whole!].every((known) => !isComputable(sum, catalogue, known)))
    .map(({ id }) => id);
}
