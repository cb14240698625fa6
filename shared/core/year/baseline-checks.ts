import type { Catalogue } from '../catalogue/catalogue.ts';
import { isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { combined } from '../catalogue/kinds.ts';
import { frequencyOf, type Period } from '../catalogue/period.ts';
import { addendsOf } from '../catalogue/sums.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import { type Decimal, subtract } from '../values/decimal.ts';
import { type BaselineRow, baselinePeriods, reportersThen } from './baseline.ts';
import { knownOf } from './baseline-year.ts';
import { isComputable } from './known-alike.ts';

/** Two sources of a baseline that disagree: what was said, and what the figures come to that it should be made of. */
export interface Disagreement {
  kind: 'city-and-departments' | 'year-and-periods';
  /** Where the period is not among its figures, what was said of it follows from them. */
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
  const period: Period = `${year - 1}`;
  const said = row.values[period];
  if (said === undefined || indicator.frequency === 'year') return [];
  return differing({ kind: 'year-and-periods', row, period, said }, fromPeriods(row, indicator, year));
}

/** What the periods of a year come to, where all are known that it takes. */
function fromPeriods({ values }: BaselineRow, indicator: ReportedIndicator, year: number): Decimal | null {
  const periods = baselinePeriods(indicator, year - 1).filter((period) => frequencyOf(period) !== 'year');
  const needed = ['last', 'cumulative'].includes(indicator.overTime) ? periods.slice(-1) : periods;
  const known = needed.flatMap((period) => values[period] ?? []);
  if (known.length < needed.length) return null;
  return combined(
    indicator.overTime,
    known.map((value) => ({ value })),
  );
}

/**
 * The rows with the whole year, whether it was said or follows from periods. The city's follows from its own only where
 * it does not matter whether periods or departments are taken together first.
 */
function withWholeYear(
  rows: readonly BaselineRow[],
  indicator: ReportedIndicator,
  year: number,
): BaselineRow[] {
  const whole: Period = `${year - 1}`;
  if (rows.every(({ values }) => values[whole] === undefined)) return [...rows];
  const { kind, overTime, overDepartments } = indicator;
  return rows.map((row) => {
    const isOfCity = row.department === null;
    if (isOfCity && kind === 'extreme' && overTime !== overDepartments) return row;
    const value = row.values[whole] ?? fromPeriods(row, indicator, year);
    return value === null ? row : { ...row, values: { ...row.values, [whole]: value } };
  });
}

function cityAndDepartments(
  said: readonly BaselineRow[],
  indicator: ReportedIndicator,
  catalogue: Catalogue,
): Disagreement[] {
  const rows = withWholeYear(said, indicator, catalogue.year);
  const isCity = ({ department }: BaselineRow) => department === null;
  const [row, city] = [said.find(isCity), rows.find(isCity)];
  if (row === undefined || city === undefined || indicator.overDepartments === 'none') return [];
  const operator = indicator.overDepartments;
  return (Object.entries(city.values) as [Period, Decimal][]).flatMap(([period, ofCity]) => {
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
    return differing({ kind: 'city-and-departments', row, period, said: ofCity }, comesTo);
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
