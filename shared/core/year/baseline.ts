import { z } from 'zod';
import { type Catalogue, departmentOf } from '../catalogue/catalogue.ts';
import {
  departmentIdSchema,
  idSchema,
  isAskedIn,
  type ReportedIndicator,
  reportersOf,
} from '../catalogue/indicator.ts';
import {
  allFrequencies,
  frequencyOf,
  type Period,
  periodSchema,
  periodsOf,
  yearSchema,
} from '../catalogue/period.ts';
import { isValidIn } from '../catalogue/validity.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../ledger/event.ts';
import { type Decimal, decimalSchema } from '../values/decimal.ts';
import { digestOf, type Sha256, sha256Schema } from '../values/digest.ts';
import { onceForEach } from '../values/once-for-each.ts';

/** The most rows of a baseline: departments and the city times indicators, of which no office has as many. */
export const maxBaselineRows = 15_000;

/** The largest count of a list: as many names have to be kept apart. */
export const maxListCount = 10_000;

/**
 * What is known of an indicator last year, by period: of a department, or of the whole city where `department` is null. In
 * the unit in which this year's indicator is entered; of a list how many different items there were.
 */
export const baselineRowSchema = z.strictObject({
  department: departmentIdSchema.nullable(),
  indicator: idSchema,
  values: z.record(periodSchema, decimalSchema),
});
export type BaselineRow = z.infer<typeof baselineRowSchema>;

/**
 * Last year's figures (上年基数) where nothing of that year was published by this program, as the legal office entered them.
 * `year` is the one that they are of; `catalogue` is that of the year after, by which they are named and counted; `workbook`
 * the hash of the file that they were read from.
 */
export const baselineSchema = z.strictObject({
  format: z.literal('indicators-baseline/1'),
  year: yearSchema,
  catalogue: sha256Schema,
  workbook: sha256Schema,
  rows: z.array(baselineRowSchema).min(1).max(maxBaselineRows),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** The content address of a baseline, which its event and publications name. */
export const baselineHash = onceForEach<Baseline, Sha256>(digestOf);

/** The baselines among events, in the order of the chain; the last one stands. */
export function baselineEvents(events: readonly LedgerEvent[]): EventOf<'baseline-recorded'>[] {
  return events.filter((event) => isEvent(event, 'baseline-recorded'));
}

/** The figures of a row, in order of period; of two periods that end together the shorter comes first. */
export function valuesOf({ values }: Pick<BaselineRow, 'values'>): [Period, Decimal][] {
  const entries = Object.entries(values) as [Period, Decimal][];
  const order = ([period]: [Period, Decimal]) =>
    [allFrequencies.indexOf(frequencyOf(period)), period] as const;
  return entries.sort((a, b) => {
    const [[size, one], [other, two]] = [order(a), order(b)];
    return size - other || (one < two ? -1 : 1);
  });
}

/** In which periods of a year a baseline may have an indicator: as often as it is asked for, and of the whole year. */
export function baselinePeriods(indicator: ReportedIndicator, year: number): Period[] {
  const always = { ...indicator, from: undefined, to: undefined };
  const asked = periodsOf(year, indicator.frequency).filter((period) => isAskedIn(always, period));
  return indicator.frequency === 'year' ? asked : [...asked, `${year}`];
}

/** Who reported the indicator in a period of last year, as far as this year's catalogue knows; only real departments. */
export function reportersThen(
  indicator: Pick<ReportedIndicator, 'reporters'>,
  period: Period,
  catalogue: Catalogue,
): string[] {
  const listed = reportersOf(indicator)?.filter((each) => isValidIn(each, period));
  const ids = listed?.map(({ department }) => department) ?? catalogue.departments.map(({ id }) => id);
  return [...new Set(ids)].filter((id) => {
    const department = departmentOf(catalogue, id);
    return department !== undefined && isValidIn(department, period);
  });
}
