import { z } from 'zod';
import { decimalSchema, roundingSchema } from '../values/decimal.ts';
import { digestOf, type Sha256 } from '../values/digest.ts';
import { daySchema, monthOf, type Period, periodSchema, yearSchema } from './period.ts';
import { ruleExpressionSchema } from './rule-expression.ts';

const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(64);
/** A department's id, as the catalogue, ledgers, addresses and claims name it. */
export const departmentIdSchema = idSchema.max(24);
const nameSchema = z.string().trim().min(1).max(60);

/** A reporting unit (部门). `to` is its last period; after a merger `successor` carries its figures on. */
export const departmentSchema = z.strictObject({
  id: departmentIdSchema,
  name: nameSchema.max(30),
  from: periodSchema.optional(),
  to: periodSchema.optional(),
  successor: departmentIdSchema.optional(),
});
export type Department = z.infer<typeof departmentSchema>;

/**
 * How a figure is written in the prose of the annual report: `exact` (48), `at-least` (270余: cut to a multiple
 * of `step`, 余 only if something was cut), `more-than` (超90%).
 */
export const proseSchema = z.strictObject({
  style: z.enum(['exact', 'at-least', 'more-than']).default('exact'),
  step: decimalSchema.optional(),
  numerals: z.enum(['arabic', 'chinese']).default('arabic'),
});

export const kindSchema = z.enum(['flow', 'stock', 'extreme', 'list', 'ratio']);
export type Kind = z.infer<typeof kindSchema>;
export const overTimeSchema = z.enum(['sum', 'last', 'max', 'min', 'distinct', 'recompute']);
export const overDepartmentsSchema = z.enum(['sum', 'max', 'min', 'distinct', 'recompute', 'none']);

/**
 * One thing that is counted (指标). `overDepartments: 'none'` keeps each department's own figure and gives the
 * city none, for counts of taking part, which would count a joint action several times.
 * `decimals` bounds what may be entered and is what the annual total is rounded to.
 */
export const indicatorSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  section: z.string().max(40).default(''),
  unit: z.string().trim().min(1).max(12),
  definition: z.string().trim().min(1).max(300),
  kind: kindSchema,
  overTime: overTimeSchema,
  overDepartments: overDepartmentsSchema,
  decimals: z.int().min(0).max(6).default(0),
  rounding: roundingSchema.default('half-up'),
  required: z.boolean().default(true),
  notApplicable: z.boolean().default(false),
  reporters: z.union([z.literal('all'), z.array(departmentIdSchema).min(1).max(500)]).optional(),
  months: z.array(z.int().min(1).max(12)).min(1).max(12).optional(),
  range: z
    .strictObject({ min: decimalSchema.default('0'), max: decimalSchema.optional() })
    .default({ min: '0' }),
  alsoIn: z
    .array(z.strictObject({ unit: z.string().trim().min(1).max(12), factor: decimalSchema }))
    .max(5)
    .default([]),
  list: z
    .strictObject({
      itemName: z.string().min(1).max(20),
      maxItems: z.int().min(1).max(500),
      maxLength: z.int().min(1).max(200).default(60),
      options: z.array(z.string().trim().min(1).max(200)).min(1).max(200).optional(),
    })
    .optional(),
  numerator: idSchema.optional(),
  denominator: idSchema.optional(),
  prose: proseSchema.default({ style: 'exact', numerals: 'arabic' }),
});
export type Indicator = z.infer<typeof indicatorSchema>;

/**
 * A two-sided rule over the indicators of one department, such as
 * `voice-received - voice-resolved = voice-pending`. Over a month it refuses a return; over the year to date
 * (flows summed from January, stocks as they stand) it warns. `message` says in Chinese what must hold.
 */
export const ruleSchema = z.strictObject({
  id: idSchema,
  over: z.enum(['month', 'year-to-date']),
  expression: ruleExpressionSchema,
  message: z.string().trim().min(1).max(120),
});
export type Rule = z.infer<typeof ruleSchema>;

/** When a period's returns are due, and the day after which they are held until the legal office lets them in. */
export const deadlineSchema = z.strictObject({ period: periodSchema, due: daySchema, cutOff: daySchema });
export type Deadline = z.infer<typeof deadlineSchema>;

/** The departments and indicators in force for a year (指标目录). Array order is the order of the report. */
export const catalogueShape = z.strictObject({
  format: z.literal('indicators-catalogue/1'),
  year: yearSchema,
  title: z.string().trim().min(1).max(80),
  authority: z.string().trim().min(1).max(40),
  notice: z.string().max(300).optional(),
  utcOffset: z
    .string()
    .regex(/^[+-](0[0-9]|1[0-4]):[0-5][0-9]$/)
    .default('+08:00'),
  departments: z.array(departmentSchema).min(1).max(500),
  indicators: z.array(indicatorSchema).min(1).max(2000),
  rules: z.array(ruleSchema).max(2000).default([]),
  periods: z.array(deadlineSchema).min(1).max(12),
});
export type Catalogue = z.infer<typeof catalogueShape>;

/** The content address of a catalogue, which events and publications pin. */
export function catalogueHash(catalogue: Catalogue): Sha256 {
  return digestOf(catalogue);
}

export function departmentOf(catalogue: Catalogue, id: string): Department | undefined {
  return catalogue.departments.find((department) => department.id === id);
}

export function indicatorOf(catalogue: Catalogue, id: string): Indicator | undefined {
  return catalogue.indicators.find((indicator) => indicator.id === id);
}

export function deadlineOf(catalogue: Catalogue, period: Period): Deadline | undefined {
  return catalogue.periods.find((deadline) => deadline.period === period);
}

/** Whether the department exists in the period. */
export function inForce(department: Department, period: Period): boolean {
  return (
    (department.from === undefined || department.from <= period) &&
    (department.to === undefined || period <= department.to)
  );
}

/** Whether the department reports the indicator itself; ratios are computed and reported by nobody. */
export function isReportedBy(indicator: Indicator, department: string): boolean {
  if (indicator.kind === 'ratio' || indicator.reporters === undefined) return false;
  return indicator.reporters === 'all' || indicator.reporters.includes(department);
}

/** Whether the indicator is asked for in the period's month. */
export function isAskedIn(indicator: Indicator, period: Period): boolean {
  return indicator.months === undefined || indicator.months.includes(monthOf(period));
}

/** The indicators on a department's form for a period, in catalogue order. */
export function indicatorsOnForm(catalogue: Catalogue, department: string, period: Period): Indicator[] {
  return catalogue.indicators.filter(
    (indicator) => isReportedBy(indicator, department) && isAskedIn(indicator, period),
  );
}

/** Every return that the catalogue expects: a department in force that has something to report in the period. */
export function expectedReturns(catalogue: Catalogue): { department: Department; period: Period }[] {
  return catalogue.periods.flatMap(({ period }) =>
    catalogue.departments
      .filter((department) => inForce(department, period))
      .filter((department) => indicatorsOnForm(catalogue, department.id, period).length > 0)
      .map((department) => ({ department, period })),
  );
}
