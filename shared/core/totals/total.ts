import { z } from 'zod';
import { kindSchema, overDepartmentsSchema, overTimeSchema } from '../catalogue/kinds.ts';
import { frequencies, frequencyOf, instantSchema, periodSchema } from '../catalogue/period.ts';
import { chainSchema } from '../ledger/event.ts';
import { uploadIdSchema } from '../ledger/upload.ts';
import { placeSchema } from '../returns/finding.ts';
import { type Decimal, decimalSchema, round, roundingSchema } from '../values/decimal.ts';
import { sha256Schema } from '../values/digest.ts';

/**
 * `final` only when nothing is missing, and all stocks in it are of the same time; `per-department` for indicators that
 * have no figure for the city.
 */
export const totalStatusSchema = z.enum(['final', 'provisional', 'per-department']);
export type TotalStatus = z.infer<typeof totalStatusSchema>;

/**
 * A return that is missing from a total, and why: `not-due` by the moment at which it is said, since its period is not over;
 * `not-on-form` counts, but was made before the indicator was asked for.
 */
export const gapSchema = z.strictObject({
  department: z.string(),
  period: periodSchema,
  because: z.enum(['not-reported', 'not-due', 'refused', 'held', 'sent-back', 'declined', 'not-on-form']),
});
export type Gap = z.infer<typeof gapSchema>;

/** How much of the year a total covers: whole periods, and returns that carry the indicator. */
export const coverageSchema = z.strictObject({
  periods: z.strictObject({ expected: z.int(), complete: z.int() }),
  returns: z.strictObject({
    expected: z.int(),
    reported: z.int(),
    notApplicable: z.int(),
    blank: z.int(),
  }),
  missing: z.array(gapSchema),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** Where what a return says comes from (溯源): the cell, the file, who uploaded it when, and the ledger event. */
export const sourceSchema = z.strictObject({
  cell: placeSchema,
  file: z.strictObject({
    name: z.string(),
    key: z.string(),
    version: z.string().nullable(),
    sha256: sha256Schema,
  }),
  uploadedAt: instantSchema,
  uploader: z.string(),
  revision: z.int().min(1),
  upload: uploadIdSchema,
  ledger: z.strictObject({ chain: chainSchema, sequence: z.int().min(1), hash: sha256Schema }),
});

export type Source = z.infer<typeof sourceSchema>;

/** One observation with where it comes from. */
export const lineageSchema = z.strictObject({
  indicator: z.string(),
  department: z.string(),
  period: periodSchema,
  status: z.enum(['reported', 'not-applicable', 'missing']),
  value: decimalSchema.nullable(),
  items: z.array(z.string()).optional(),
  unit: z.string(),
  remark: z.string().optional().describe('what was written beside it, or at the end of its row of a table'),
  ...sourceSchema.shape,
});
export type Lineage = z.infer<typeof lineageSchema>;

const groupFigureSchema = z.strictObject({ group: z.string(), value: decimalSchema.nullable() });
const departmentFigureSchema = z.strictObject({
  department: z.string(),
  value: decimalSchema.nullable(),
});
const periodFigureSchema = z.strictObject({ period: periodSchema, value: decimalSchema.nullable() });

/** One indicator over the year (年度汇总). `value` is rounded once, in `unit`; null when there is nothing to add up. */
export const totalSchema = z.strictObject({
  indicator: z.string(),
  name: z.string(),
  section: z.string(),
  definition: z.string(),
  value: decimalSchema.nullable(),
  unit: z.string(),
  prose: z.string(),
  kind: kindSchema,
  overTime: overTimeSchema,
  overDepartments: overDepartmentsSchema,
  decimals: z.int(),
  rounding: roundingSchema,
  status: totalStatusSchema,
  reasons: z.array(z.string()),
  coverage: coverageSchema,
  asOf: periodSchema
    .nullable()
    .describe(
      'the period whose stock was taken, for stocks; none where those in a sum are of different ones',
    ),
  numerator: z.strictObject({ indicator: z.string(), value: decimalSchema.nullable() }).optional(),
  denominator: z.strictObject({ indicator: z.string(), value: decimalSchema.nullable() }).optional(),
  parts: z
    .array(
      z.strictObject({ indicator: z.string(), sign: z.enum(['+', '-']), value: decimalSchema.nullable() }),
    )
    .optional()
    .describe('of a sum: the totals that it adds up'),
  items: z.array(z.string()).optional(),
  byDepartment: z.array(departmentFigureSchema),
  byGroup: z
    .array(groupFigureSchema)
    .describe('subtotals of groups of departments, for those that report it'),
  byPeriod: z.array(periodFigureSchema),
});
export type Total = z.infer<typeof totalSchema>;

/** A figure as the publication rounds it: those of departments, groups and periods are kept as they add up. */
export function asPublished(
  value: Decimal | null,
  { decimals, rounding }: Pick<Total, 'decimals' | 'rounding'>,
): Decimal | null {
  return value === null ? null : round(value, decimals, rounding);
}

/** What the periods of a total are counted in: 月; 期 where its parts are reported otherwise than each other. */
export function periodUnit({ byPeriod }: Pick<Total, 'byPeriod'>): string {
  const [first] = byPeriod;
  return first === undefined ? '期' : frequencies[frequencyOf(first.period)].unit;
}

/** All its periods, as people say it: 各月. */
export function eachPeriod({ byPeriod }: Pick<Total, 'byPeriod'>): string {
  const [first] = byPeriod;
  return first === undefined ? '各期' : frequencies[frequencyOf(first.period)].each;
}

/** That returns are missing, in words, apart from those that are not due. */
export function gapReasons({
  coverage: { missing, returns },
  byPeriod: [first],
}: Pick<Total, 'coverage' | 'byPeriod'>): string[] {
  if (missing.length === 0) return [];
  const name = first === undefined ? '报表' : frequencies[frequencyOf(first.period)].report;
  const early = missing.filter(({ because }) => because === 'not-due').length;
  const owed = missing.length - early;
  const all = `（应报 ${returns.expected} 份）`;
  if (owed === 0) return [`${early} 份${name}未到报送期${all}`];
  return [`缺少 ${owed} 份${name}${early === 0 ? '' : `，另有 ${early} 份未到报送期`}${all}`];
}
