import { z } from 'zod';
import { endsBy, type Period, periodBefore, periodSchema, yearOf } from '../catalogue/period.ts';
import { compare, type Decimal, decimalSchema, quotient, subtract } from '../values/decimal.ts';

/** A figure in the unit in which its indicator is published, and how many returns are missing from it. */
export const partialFigureSchema = z.strictObject({
  value: decimalSchema.nullable(),
  missing: z
    .int()
    .min(0)
    .describe(
      'returns that are missing from the figure: while there are any it may change. Of what is reported as the year to date also those that left it blank last, and, of a period alone, those whose figure has some before it in it',
    ),
});
export type PartialFigure = z.infer<typeof partialFigureSchema>;

/** An earlier figure, with what has changed since. */
export const baseFigureSchema = partialFigureSchema.extend({
  change: decimalSchema.nullable().describe('by how much the figure is more; of percentages, in points'),
  rate: decimalSchema
    .nullable()
    .describe(
      'the change as a percentage of the earlier figure, to one place; null where that is not above zero',
    ),
});
export type BaseFigure = z.infer<typeof baseFigureSchema>;

/**
 * An indicator in a period, and in the year to its end (本年累计), beside the period before (环比) and the year before
 * (同比). What is null is not known: nothing is compared with it.
 */
export const periodComparisonSchema = z.strictObject({
  indicator: z.string(),
  period: periodSchema,
  ...partialFigureSchema.shape,
  before: baseFigureSchema.nullable().describe('the period before'),
  lastYear: baseFigureSchema.nullable().describe('the same period of last year'),
  toDate: partialFigureSchema.extend({
    lastYear: baseFigureSchema.nullable().describe('last year to the end of the same period'),
  }),
});
export type PeriodComparison = z.infer<typeof periodComparisonSchema>;

/** What comparisons say as of a period: of each indicator the last that ends by then, in their order. */
export function comparisonsTo(comparisons: readonly PeriodComparison[], period: Period): PeriodComparison[] {
  const soFar = comparisons.filter((each) => endsBy(each.period, period));
  return [...new Map(soFar.map((each) => [each.indicator, each])).values()];
}

/** How many returns are missing from the figures of a comparison, of this year and of last. */
export function missingFrom(row: PeriodComparison): { now: number; lastYear: number } {
  const { period, missing, toDate, lastYear, before } = row;
  const lastYears = [
    lastYear,
    toDate.lastYear,
    yearOf(periodBefore(period)) < yearOf(period) ? before : null,
  ];
  return {
    now: Math.max(missing, toDate.missing),
    lastYear: Math.max(...lastYears.map((base) => base?.missing ?? 0)),
  };
}

/** Whether what a figure is beside another may still change: a return is missing from either. */
export function isOpenBeside(
  now: Pick<PartialFigure, 'missing'>,
  base: Pick<BaseFigure, 'missing'>,
): boolean {
  return now.missing + base.missing > 0;
}

/** Whether figures of the unit are shares, which differ by points (百分点), and not by a share of themselves. */
export function isInPoints(unit: string): boolean {
  return unit === '%' || unit === '‰';
}

/** A base with the change from it to a figure, both as they are published, so that whoever subtracts finds the same. */
export function baseFor(now: Decimal | null, base: PartialFigure, unit: string): BaseFigure {
  const { value } = base;
  if (now === null || value === null) return { ...base, change: null, rate: null };
  const change = subtract(now, value);
  const hasRate = !isInPoints(unit) && compare(value, '0') > 0;
  const rate = hasRate ? quotient(change, value, { factor: '100', decimals: 1, rounding: 'half-up' }) : null;
  return { ...base, change, rate };
}
