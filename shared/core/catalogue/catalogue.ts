import { z } from 'zod';
import { digestOf, type Sha256 } from '../values/digest.ts';
import { onceForEach } from '../values/once-for-each.ts';
import {
  departmentIdSchema,
  idSchema,
  indicatorSchema,
  isAskedOf,
  isReportedBy,
  type ReportedIndicator,
} from './indicator.ts';
import { narrativeSchema } from './narratives.ts';
import {
  calendarSpan,
  dayInWords,
  daySchema,
  type Period,
  periodSchema,
  type Span,
  usualOffset,
  yearSchema,
} from './period.ts';
import { ruleExpressionSchema } from './rule-expression.ts';
import { sectionSchema } from './sections.ts';
import { formSchema, signingSchema } from './signing.ts';
import { indicatorsOf, lineSchema, tableSchema } from './tables.ts';
import { formerNamesSchema, isValidIn, nameIn, nameSchema, validity } from './validity.ts';

/** A reporting unit (部门). `to` is its last month; after a merger `successor` carries its figures on. */
export const departmentSchema = z.strictObject({
  id: departmentIdSchema,
  name: nameSchema.max(30),
  formerNames: formerNamesSchema,
  group: nameSchema.max(30).optional(),
  ...validity,
  successor: departmentIdSchema.optional(),
});
export type Department = z.infer<typeof departmentSchema>;

/**
 * A two-sided rule over the indicators of one department, such as
 * `voice-received - voice-resolved = voice-pending` or `visits >= 12`, or over the totals of all departments. Over a
 * period it refuses a return; over the year to date (flows summed from January, stocks as they stand), where it looks at
 * last year (`pending-before = last-year-end(pending)`), and over totals to date it warns. `message` says in Chinese what
 * must hold.
 */
export const ruleSchema = z.strictObject({
  id: idSchema,
  over: z.enum(['period', 'year-to-date', 'all-departments']),
  expression: ruleExpressionSchema,
  message: z.string().trim().min(1).max(120),
});
export type Rule = z.infer<typeof ruleSchema>;

/** Over what a rule holds, as people read it. */
export const overWords: Record<Rule['over'], string> = {
  period: '当期',
  'year-to-date': '本年累计',
  'all-departments': '全市汇总',
};

/**
 * When a period's returns are due, and the day after which they are held until the legal office lets them in.
 * `starts` and `ends` are its first and last day where it counts by other days than the calendar's.
 */
export const deadlineSchema = z.strictObject({
  period: periodSchema,
  starts: daySchema.optional(),
  ends: daySchema.optional(),
  due: daySchema,
  cutOff: daySchema,
});
export type Deadline = z.infer<typeof deadlineSchema>;

/** The days that a period counts by: the catalogue's, else the calendar's. */
export function spanOf({ period, starts, ends }: Pick<Deadline, 'period' | 'starts' | 'ends'>): Span {
  const calendar = calendarSpan(period);
  return { starts: starts ?? calendar.starts, ends: ends ?? calendar.ends };
}

/** Whether a period counts by other days than the calendar's. */
export function hasOwnSpan({ starts, ends }: Pick<Deadline, 'starts' | 'ends'>): boolean {
  return starts !== undefined || ends !== undefined;
}

/** By which days a period counts, where they are not the calendar's: `2022年12月11日至2023年6月10日`. */
export function ownSpanInWords(deadline: Pick<Deadline, 'period' | 'starts' | 'ends'>): string | undefined {
  if (!hasOwnSpan(deadline)) return undefined;
  const { starts, ends } = spanOf(deadline);
  return `${dayInWords(starts)}至${dayInWords(ends)}`;
}

/** All months, quarters, half-years and the year. */
export const maxPeriods = 19;

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
    .default(usualOffset),
  sections: z.array(sectionSchema).max(200).default([]),
  form: formSchema.prefault({}),
  signing: signingSchema.prefault({}),
  departments: z.array(departmentSchema).min(1).max(500),
  indicators: z.array(indicatorSchema).max(2000),
  tables: z.array(tableSchema).max(100).default([]),
  lines: z.array(lineSchema).max(2000).default([]),
  narratives: z.array(narrativeSchema).max(50).default([]),
  rules: z.array(ruleSchema).max(2000).default([]),
  periods: z.array(deadlineSchema).min(1).max(maxPeriods),
});
export type Catalogue = z.infer<typeof catalogueShape>;

const hashes = new WeakMap<Catalogue, Sha256>();

/** The content address of a catalogue, which events and publications pin. Catalogues are never changed in place. */
export function catalogueHash(catalogue: Catalogue): Sha256 {
  const hash = hashes.get(catalogue) ?? digestOf(catalogue);
  hashes.set(catalogue, hash);
  return hash;
}

/** The groups of departments, in the order in which the catalogue first names them. */
export function groupsOf({ departments }: Pick<Catalogue, 'departments'>): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { id, group } of departments) {
    if (group !== undefined) groups.set(group, (groups.get(group) ?? new Set()).add(id));
  }
  return groups;
}

export function departmentOf(
  { departments }: Pick<Catalogue, 'departments'>,
  id: string,
): Department | undefined {
  return departments.find((department) => department.id === id);
}

export function deadlineOf(catalogue: Catalogue, period: Period): Deadline | undefined {
  return catalogue.periods.find((deadline) => deadline.period === period);
}

/** The indicators on a department's form for a period, in catalogue order, each by the name that it has in the period. */
export function indicatorsOnForm(
  catalogue: Catalogue,
  department: string,
  period: Period,
): ReportedIndicator[] {
  return indicatorsOf(catalogue)
    .filter((indicator) => isReportedBy(indicator, department, period))
    .map((indicator) =>
      indicator.formerNames.length === 0 ? indicator : { ...indicator, name: nameIn(indicator, period) },
    );
}

/** A return that the catalogue expects, and when. */
export interface ExpectedReturn {
  department: Department;
  period: Period;
  deadline: Deadline;
}

/** Every return that the catalogue expects: a department in force that has something to report in the period. */
export const expectedReturns = onceForEach((catalogue: Catalogue): readonly ExpectedReturn[] =>
  catalogue.periods.flatMap((deadline) =>
    catalogue.departments
      .filter((department) => isValidIn(department, deadline.period))
      .filter(({ id }) => isAnythingAsked(catalogue, id, deadline.period))
      .map((department) => ({ department, period: deadline.period, deadline })),
  ),
);

function isAnythingAsked(catalogue: Catalogue, department: string, period: Period): boolean {
  return (
    indicatorsOf(catalogue).some((indicator) => isReportedBy(indicator, department, period)) ||
    catalogue.narratives.some((narrative) => isAskedOf(narrative, department, period))
  );
}
