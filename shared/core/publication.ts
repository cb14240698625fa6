import { z } from 'zod';
import { kindSchema, overDepartmentsSchema, overTimeSchema } from './catalogue.ts';
import { decimalSchema, roundingSchema } from './decimal.ts';
import { sha256Schema } from './digest.ts';
import { chainHeadSchema, chainSchema, uploadIdSchema } from './event.ts';
import { findingSchema, placeSchema } from './finding.ts';
import { instantSchema, periodSchema, yearSchema } from './period.ts';

/** `final` only when nothing is missing; `per-department` for indicators that have no figure for the city. */
export const totalStatusSchema = z.enum(['final', 'provisional', 'per-department']);
export type TotalStatus = z.infer<typeof totalStatusSchema>;

/** A return that a total lacks, and why. */
export const gapSchema = z.strictObject({
  department: z.string(),
  period: periodSchema,
  because: z.enum(['not-reported', 'refused', 'held']),
});
export type Gap = z.infer<typeof gapSchema>;

/** How much of the year a total covers: whole months, and returns that carry the indicator. */
export const coverageSchema = z.strictObject({
  months: z.strictObject({ expected: z.int(), complete: z.int() }),
  returns: z.strictObject({
    expected: z.int(),
    reported: z.int(),
    notApplicable: z.int(),
    blank: z.int(),
  }),
  missing: z.array(gapSchema),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** One observation with its lineage (溯源): the cell, the file, who uploaded it when, and the ledger event. */
export const lineageSchema = z.strictObject({
  indicator: z.string(),
  department: z.string(),
  period: periodSchema,
  status: z.enum(['reported', 'not-applicable', 'missing']),
  value: decimalSchema.nullable(),
  items: z.array(z.string()).optional(),
  unit: z.string(),
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
export type Lineage = z.infer<typeof lineageSchema>;

/** An observation as part of a total; `observations` has it with the file's key and the ledger position. */
export const contributionSchema = lineageSchema
  .omit({ unit: true, ledger: true })
  .extend({ file: lineageSchema.shape.file.omit({ key: true, version: true }) });
export type Contribution = z.infer<typeof contributionSchema>;

const departmentFigureSchema = z.strictObject({
  department: z.string(),
  value: decimalSchema.nullable(),
});
const monthFigureSchema = z.strictObject({ period: periodSchema, value: decimalSchema.nullable() });

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
  asOf: periodSchema.nullable().describe('the month whose stock was taken, for stocks'),
  numerator: z.strictObject({ indicator: z.string(), value: decimalSchema.nullable() }).optional(),
  denominator: z.strictObject({ indicator: z.string(), value: decimalSchema.nullable() }).optional(),
  items: z.array(z.string()).optional(),
  byDepartment: z.array(departmentFigureSchema),
  byMonth: z.array(monthFigureSchema),
  contributions: z.array(contributionSchema),
});
export type Total = z.infer<typeof totalSchema>;

/** Where one expected return stands. */
export const returnStandingSchema = z.strictObject({
  department: z.string(),
  period: periodSchema,
  standing: z.enum(['counting', 'held', 'refused', 'not-reported']),
  late: z.boolean(),
  revision: z.int().nullable(),
  revisions: z.int(),
  uploadedAt: instantSchema.nullable(),
  uploader: z.string().nullable(),
});
export type ReturnStanding = z.infer<typeof returnStandingSchema>;

/** A warning on a return, settled once somebody has acknowledged it with a reason. */
export const warningSchema = z.strictObject({
  id: sha256Schema,
  department: z.string(),
  period: periodSchema,
  finding: findingSchema,
  acknowledged: z.strictObject({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
});
export type Warning = z.infer<typeof warningSchema>;

/** An accepted revision that does not count yet. */
export const heldSchema = z.strictObject({
  department: z.string(),
  period: periodSchema,
  revision: z.int(),
  upload: uploadIdSchema,
  because: z.enum(['after-cut-off', 'changes-published-figures']),
  uploadedAt: instantSchema,
  uploader: z.string(),
});
export type Held = z.infer<typeof heldSchema>;

/** A figure that differs from the publication before, with the revisions that changed it and their reasons. */
export const changeSchema = z.strictObject({
  indicator: z.string(),
  before: z.strictObject({ value: decimalSchema.nullable(), status: totalStatusSchema }).nullable(),
  after: z.strictObject({ value: decimalSchema.nullable(), status: totalStatusSchema }).nullable(),
  because: z.array(
    z.strictObject({
      department: z.string(),
      period: periodSchema,
      before: z.strictObject({ value: decimalSchema.nullable(), revision: z.int() }).nullable(),
      after: z.strictObject({ value: decimalSchema.nullable(), revision: z.int() }).nullable(),
      upload: uploadIdSchema.nullable(),
      uploader: z.string().nullable(),
      uploadedAt: instantSchema.nullable(),
      reason: z.string(),
    }),
  ),
});
export type Change = z.infer<typeof changeSchema>;

/** What a publication says: everything but its number, its time and the ledger positions that it cites. */
export const publicationSchema = z.strictObject({
  format: z.literal('indicators-publication/1'),
  year: yearSchema,
  number: z.int().min(1),
  publishedAt: instantSchema,
  publishedBy: z.string(),
  digest: sha256Schema.describe('of all that the publication says, save number, time and ledger positions'),
  status: z.enum(['final', 'provisional']),
  title: z.string(),
  authority: z.string(),
  notice: z.string(),
  catalogue: sha256Schema,
  software: z.string(),
  utcOffset: z.string(),
  departments: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  totals: z.array(totalSchema),
  observations: z.array(lineageSchema),
  returns: z.array(returnStandingSchema),
  warnings: z.array(warningSchema),
  held: z.array(heldSchema),
  changes: z.strictObject({ since: z.int().nullable(), figures: z.array(changeSchema) }),
  chains: z.array(chainHeadSchema),
});
export type Publication = z.infer<typeof publicationSchema>;
