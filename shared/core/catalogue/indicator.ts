import { z } from 'zod';
import { decimalSchema, roundingSchema } from '../values/decimal.ts';
import { isComputed, type Kind, kinds } from './kinds.ts';
import { frequencyOf, frequencySchema, numberInYear, type Period } from './period.ts';
import { sectionNumberSchema } from './sections.ts';
import { formerNamesSchema, isValidIn, nameSchema, type Validity, validity } from './validity.ts';

const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Ids of departments, indicators and rules: lower-case words joined by hyphens. */
export const idSchema = z.string().regex(idPattern).max(64);
/** A department's id, as the catalogue, ledgers, addresses and claims name it. */
export const departmentIdSchema = idSchema.max(24);

/**
 * How a figure is written in the prose of the annual report: `exact` (48), `at-least` (270余: cut to a multiple
 * of `step`, 余 only if something was cut), `more-than` (超90%). With a `scale` it is written in ten thousands or hundred
 * millions (1.3万, 103.9亿); the step stays one of the figure itself.
 */
export const proseSchema = z.strictObject({
  style: z.enum(['exact', 'at-least', 'more-than']).default('exact'),
  step: decimalSchema.optional(),
  numerals: z.enum(['arabic', 'chinese']).default('arabic'),
  scale: z.enum(['万', '亿']).optional(),
});

/** What a figure is counted in (单位). */
export const unitSchema = z.string().trim().min(1).max(12);

/** How people know what is asked: its names, when it is in force, where in the report it belongs, what is meant. */
export const wording = {
  name: nameSchema,
  formerNames: formerNamesSchema,
  ...validity,
  section: sectionNumberSchema.default(''),
  definition: z.string().trim().min(1).max(300),
};

const what = { id: idSchema, was: idSchema.optional(), ...wording, unit: unitSchema };

/** How the year's figure is rounded, to `decimals` places; of an indicator that is reported, `decimals` bounds what may be entered. */
const figure = {
  decimals: z.int().min(0).max(6).default(0),
  rounding: roundingSchema.default('half-up'),
};

const entry = {
  required: z.boolean().default(true),
  notApplicable: z.boolean().default(false),
  range: z
    .strictObject({ min: decimalSchema.default('0'), max: decimalSchema.optional() })
    .default({ min: '0' }),
  alsoIn: z
    .array(z.strictObject({ unit: unitSchema, factor: decimalSchema }))
    .max(5)
    .default([]),
};

/**
 * How a figure is published, where that is otherwise than it is entered: `factor` times what was entered, in another
 * unit, to so many places.
 */
export const outputSchema = z.strictObject({
  unit: unitSchema,
  factor: decimalSchema,
  decimals: z.int().min(0).max(6),
});
export type Output = z.infer<typeof outputSchema>;
const published = { output: outputSchema.optional() };

/** A department that reports an indicator in some periods of the year only. */
const reporterSchema = z
  .strictObject({ department: departmentIdSchema, ...validity })
  .refine(
    ({ from, to }) => from !== undefined || to !== undefined,
    '一直报送的部门，只写部门代码；请写上起始期或结束期，或只写代码。',
  );

/** Who is asked for something, all departments or those that are listed, and how often. */
export const asked = {
  reporters: z.union([
    z.literal('all'),
    z
      .array(z.union([departmentIdSchema, reporterSchema]))
      .min(1)
      .max(500),
  ]),
  frequency: frequencySchema.default('month'),
  months: z.array(z.int().min(1).max(12)).min(1).max(12).optional(),
};

const items = {
  list: z.strictObject({
    itemName: z.string().min(1).max(20),
    maxItems: z.int().min(1).max(500),
    maxLength: z.int().min(1).max(200).default(60),
    options: z.array(z.string().trim().min(1).max(200)).min(1).max(200).optional(),
  }),
};

const divided = { numerator: idSchema, denominator: idSchema };

const added = {
  parts: z
    .array(z.strictObject({ indicator: idSchema, sign: z.enum(['+', '-']).default('+') }))
    .min(1)
    .max(200),
};

/** The shape of the indicators of a kind: what all have, its own operators, and what it alone has. */
function ofKind<K extends Kind, R extends z.ZodRawShape, O extends z.ZodRawShape>(kind: K, by: R, own: O) {
  const { overTime, overDepartments } = kinds[kind];
  return z.strictObject({
    ...what,
    kind: z.literal(kind),
    overTime: z.enum(overTime as (typeof kinds)[K]['overTime']),
    overDepartments: z.enum(overDepartments as (typeof kinds)[K]['overDepartments']),
    ...figure,
    ...by,
    ...own,
    prose: proseSchema.default({ style: 'exact', numerals: 'arabic' }),
  });
}

/**
 * One thing that is counted (指标), by kind. Ratios and sums are computed from other indicators: of a ratio the totals of
 * its parts are divided, a sum adds up its parts with their signs, in each return, period and total. All else is
 * reported.
 */
export const indicatorSchema = z.discriminatedUnion('kind', [
  ofKind('flow', { ...asked, ...entry }, published),
  ofKind('stock', { ...asked, ...entry }, published),
  ofKind('extreme', { ...asked, ...entry }, published),
  ofKind('list', { ...asked, ...entry }, items),
  ofKind('sum', {}, { ...published, ...added }),
  ofKind('ratio', {}, divided),
]);
export type Indicator = z.infer<typeof indicatorSchema>;
export type IndicatorOf<K extends Kind> = Extract<Indicator, { kind: K }>;
export type ListIndicator = IndicatorOf<'list'>;
export type SumIndicator = IndicatorOf<'sum'>;
export type RatioIndicator = IndicatorOf<'ratio'>;
/** An indicator that departments report, rather than one that is computed from others. */
export type ReportedIndicator = Exclude<Indicator, SumIndicator | RatioIndicator>;

/** By what id the year before knows the indicator: its own, or what `was` says. */
export function idLastYear({ id, was = id }: Pick<Indicator, 'id' | 'was'>): string {
  return was;
}

/** Whether departments report the indicator. */
export function isReported(indicator: Indicator): indicator is ReportedIndicator {
  return !isComputed(indicator.kind);
}

/** A department that reports an indicator, and when. */
export interface Reporter extends Validity {
  department: string;
}

/** Who reports the indicator; undefined if all departments do. */
export function reportersOf({ reporters }: Pick<ReportedIndicator, 'reporters'>): Reporter[] | undefined {
  if (reporters === 'all') return undefined;
  return reporters.map((each) => (typeof each === 'string' ? { department: each } : each));
}

/** Whether the department reports the indicator in some period; what is computed is reported by nobody. */
export function isEverReportedBy(indicator: Indicator, department: string): indicator is ReportedIndicator {
  if (!isReported(indicator)) return false;
  return reportersOf(indicator)?.some((each) => each.department === department) ?? true;
}

/** Whether the department is to report the indicator for the period, as far as the indicator says. */
export function isReportedBy(
  indicator: Indicator,
  department: string,
  period: Period,
): indicator is ReportedIndicator {
  return isReported(indicator) && isAskedOf(indicator, department, period);
}

/** Whether the indicator is counted in the period, and asked for as often as that. */
export function isAskedIn(indicator: Indicator, period: Period): boolean {
  return isReported(indicator) ? isPeriodOf(indicator, period) : isValidIn(indicator, period);
}

/** What departments are asked for: who is, when, and how often. */
export type Asked = Validity & Pick<ReportedIndicator, 'reporters' | 'frequency' | 'months'>;

/** Whether the department is asked for it in the period. */
export function isAskedOf(what: Asked, department: string, period: Period): boolean {
  if (!isPeriodOf(what, period)) return false;
  const reporters = reportersOf(what);
  return reporters?.some((each) => each.department === department && isValidIn(each, period)) ?? true;
}

function isPeriodOf(what: Validity & Pick<Asked, 'frequency' | 'months'>, period: Period): boolean {
  const { frequency, months } = what;
  return (
    isValidIn(what, period) &&
    frequency === frequencyOf(period) &&
    (months?.includes(numberInYear(period)) ?? true)
  );
}

/** In what unit, and to how many places, the indicator is published. */
export function outputOf(indicator: Indicator): Output {
  const { unit, decimals } = indicator;
  const asEntered: Output = { unit, factor: '1', decimals };
  return ('output' in indicator ? indicator.output : undefined) ?? asEntered;
}
