import { z } from 'zod';
import { conversionSchema } from '../catalogue/adoption.ts';
import { instantSchema, periodSchema, yearSchema } from '../catalogue/period.ts';
import { sectionSchema } from '../catalogue/sections.ts';
import { cellId } from '../catalogue/tables.ts';
import { chainHeadSchema, questionEffectSchema } from '../ledger/event.ts';
import { actSchema } from '../ledger/people.ts';
import { uploadIdSchema } from '../ledger/upload.ts';
import { openMattersSchema } from '../totals/open-matters.ts';
import { periodComparisonSchema } from '../totals/period-comparison.ts';
import {
  type Lineage,
  lineageSchema,
  sourceSchema,
  totalSchema,
  totalStatusSchema,
} from '../totals/total.ts';
import { decimalSchema } from '../values/decimal.ts';
import { sha256Schema } from '../values/digest.ts';
import { warningSchema } from '../year/warning.ts';
import { lastYearSourceSchema } from '../year/year-state.ts';

const handedInSchema = instantSchema.describe(
  'when it was handed in, as the legal office says of one that came on paper or by mail; decides whether it was late',
);

/** What the legal office last decided about a version that came after the cut-off (同意计入, 不同意计入). */
export const admissionSchema = actSchema.extend({ kind: z.enum(['admitted', 'declined']) });

/** Who put off until when a return is in time, and why (延期). */
export const extensionSchema = actSchema.extend({ until: instantSchema });

/** Where one expected return stands. */
export const returnStandingSchema = z.strictObject({
  department: z.string(),
  period: periodSchema,
  standing: z
    .enum(['counting', 'held', 'sent-back', 'declined', 'refused', 'not-reported', 'not-due'])
    .describe('`not-due` of a return that has not come, whose period was not over when this was published'),
  late: z.boolean(),
  revision: z.int().nullable(),
  revisions: z.int(),
  uploadedAt: instantSchema.nullable(),
  claimedAt: handedInSchema.nullable(),
  uploader: z.string().nullable(),
  admission: admissionSchema
    .nullable()
    .describe(
      'of the version that counts, or of the last if none does; null if nothing was decided about it',
    ),
  extension: extensionSchema.nullable().describe('the one that goes furthest; null if there is none'),
  counted: sourceSchema
    .pick({ upload: true, file: true, ledger: true })
    .nullable()
    .describe('the upload of the version that counts, and the event that accepted it; null if none does'),
  scan: sha256Schema
    .nullable()
    .describe('of the signed and stamped scan of the version that counts; null if none was filed'),
  awaitsScan: z.boolean().describe('whether it counts, and a scan is asked for and was not filed'),
});
export type ReturnStanding = z.infer<typeof returnStandingSchema>;

/** An accepted revision that does not count yet. */
export const heldSchema = z.strictObject({
  department: z.string(),
  period: periodSchema,
  revision: z.int(),
  upload: uploadIdSchema,
  because: z.array(z.enum(['after-cut-off', 'changes-issued', 'awaits-agreement', 'sent-back'])).min(1),
  uploadedAt: instantSchema,
  claimedAt: handedInSchema.nullable(),
  uploader: z.string(),
});
export type Held = z.infer<typeof heldSchema>;

/** What the legal office asks about a return, as far as it is not closed (核实, 退回). */
export const publishedQuestionSchema = z.strictObject({
  id: sha256Schema.describe('the hash of the event that asked'),
  department: z.string(),
  period: periodSchema,
  about: z.string().nullable().describe('an indicator or narrative; null for the return as a whole'),
  effect: questionEffectSchema,
  stage: z.enum(['open', 'answered']).describe('waits for the department, or for the legal office'),
  asked: actSchema,
  steps: z.array(actSchema.extend({ kind: z.enum(['answered', 'insisted', 'closed']) })),
});
export type PublishedQuestion = z.infer<typeof publishedQuestionSchema>;

/** An annual figure as a publication has it, in the unit in which it does. */
const figureSchema = z.strictObject({
  value: decimalSchema.nullable(),
  unit: z.string(),
  status: totalStatusSchema,
});

/** What a revision says, in the unit that it says it in. */
const recordedSchema = z.strictObject({
  value: decimalSchema.nullable(),
  unit: z.string(),
  revision: z.int(),
});

/** A catalogue that was adopted for the year, in order of adoption; the last is the one that the totals are made under. */
export const adoptedSchema = z.strictObject({
  catalogue: sha256Schema,
  at: instantSchema,
  by: z.string(),
  reason: z.string(),
  conversions: z.array(conversionSchema),
});
export type Adopted = z.infer<typeof adoptedSchema>;

/**
 * A table as it is published: its rows and columns in order. The total of a cell is that of the indicator
 * `<table>-<row>-<column>`; `isSum` is true of what is added up from others.
 */
export const publishedTableSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  section: z.string(),
  unit: z.string(),
  definition: z.string(),
  rows: z.array(z.strictObject({ id: z.string(), name: z.string(), isSum: z.boolean() })),
  columns: z.array(z.strictObject({ id: z.string(), name: z.string(), isSum: z.boolean() })),
});
export type PublishedTable = z.infer<typeof publishedTableSchema>;

/** A narrative as it is published: what departments were asked to write. */
export const publishedNarrativeSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  section: z.string(),
  definition: z.string(),
});

/** What a department wrote for a narrative in a period, word for word, a paragraph a line, with where it comes from. */
export const textSchema = z.strictObject({
  narrative: z.string(),
  department: z.string(),
  period: periodSchema,
  text: z.string(),
  ...sourceSchema.shape,
});
export type PublishedText = z.infer<typeof textSchema>;

/** The indicators that are cells of tables, which are shown as grids. */
export function cellsOfTables({ tables }: { tables: readonly PublishedTable[] }): ReadonlySet<string> {
  return new Set(
    tables.flatMap((table) =>
      table.rows.flatMap((row) => table.columns.map((column) => cellId(table.id, row.id, column.id))),
    ),
  );
}

/** Into which template the report of a publication is written, and why not into the one that was adopted. */
export const reportTemplateSchema = z.strictObject({
  template: sha256Schema.nullable().describe('of a Word file; null for the one to begin with (起始模板)'),
  refused: z
    .strictObject({
      template: sha256Schema,
      because: z.enum(['does-not-fit', 'gone']),
      findings: z.array(z.string()).describe('what has to be mended in it, by paragraph, in Chinese'),
    })
    .nullable()
    .describe('the one that was adopted, where the report could not be written into it'),
});
export type ReportTemplate = z.infer<typeof reportTemplateSchema>;

/** A figure that differs from the publication before, with the revisions that changed it and their reasons. */
export const changeSchema = z.strictObject({
  indicator: z.string(),
  before: figureSchema.nullable(),
  after: figureSchema.nullable(),
  because: z.array(
    z.strictObject({
      department: z.string(),
      period: periodSchema,
      before: recordedSchema.nullable(),
      after: recordedSchema.nullable(),
      upload: uploadIdSchema.nullable(),
      uploader: z.string().nullable(),
      uploadedAt: instantSchema.nullable(),
      reason: z.string(),
    }),
  ),
});
export type Change = z.infer<typeof changeSchema>;

const wordingSchema = z.strictObject({ text: z.string(), revision: z.int() });

/** A text that differs from the publication before; null where there was none, or is none any more. */
export const textChangeSchema = z.strictObject({
  narrative: z.string(),
  department: z.string(),
  period: periodSchema,
  before: wordingSchema.nullable(),
  after: wordingSchema.nullable(),
  uploader: z.string().nullable(),
  uploadedAt: instantSchema.nullable(),
  reason: z.string(),
});
export type TextChange = z.infer<typeof textChangeSchema>;

/** An observation as a publication has it: what its upload and the ledger say of the return stands with the return. */
export const publishedObservationSchema = lineageSchema.omit({
  file: true,
  uploadedAt: true,
  uploader: true,
  revision: true,
  ledger: true,
});
export type PublishedObservation = z.infer<typeof publishedObservationSchema>;

/** What a publication says, with its number and time, and what it was made from; its observations are a table beside it. */
export const summarySchema = z.strictObject({
  format: z.literal('indicators-publication/1'),
  year: yearSchema,
  number: z.int().min(1),
  publishedAt: instantSchema,
  publishedBy: z.string(),
  digest: sha256Schema.describe(
    'of all that the publication says, save number, time, ledger positions, comparedWith and report',
  ),
  status: z.enum(['final', 'provisional']),
  title: z.string(),
  authority: z.string(),
  notice: z.string(),
  catalogue: sha256Schema,
  adoptions: z.array(adoptedSchema).min(1),
  software: z.string(),
  utcOffset: z.string(),
  sections: z
    .array(sectionSchema)
    .describe('the titles of the sections that totals, tables and narratives name'),
  departments: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  tables: z.array(publishedTableSchema),
  totals: z.array(totalSchema),
  comparisons: z
    .array(periodComparisonSchema)
    .describe('each indicator in each period so far, by catalogue order and period'),
  narratives: z.array(publishedNarrativeSchema),
  texts: z.array(textSchema).describe('by narrative, then as returns are expected'),
  returns: z.array(returnStandingSchema),
  warnings: z.array(warningSchema),
  held: z.array(heldSchema),
  questions: z.array(publishedQuestionSchema),
  open: z
    .array(openMattersSchema)
    .describe('what is open below totals, by catalogue order; a total with nothing open is left out'),
  comparedWith: lastYearSourceSchema
    .nullable()
    .describe(
      'the publication or baseline of last year that figures are compared with, also for warnings; null if there was none',
    ),
  report: reportTemplateSchema,
  changes: z.strictObject({
    since: z.int().nullable(),
    figures: z.array(changeSchema),
    texts: z.array(textChangeSchema),
    adoptions: z.array(adoptedSchema),
  }),
  chains: z.array(chainHeadSchema),
});
export type Summary = z.infer<typeof summarySchema>;

/** A publication with every observation that counts, and where it comes from. */
export type Publication = Summary & { observations: Lineage[] };

/** What a publication has of one return. */
export type ReturnPublished = readonly [Lineage, ...Lineage[]];

/** Its observations return by return, as they follow each other. */
export function returnsIn(observations: readonly Lineage[]): ReturnPublished[] {
  const returns: [Lineage, ...Lineage[]][] = [];
  for (const row of observations) {
    const own = returns.at(-1);
    if (own?.[0].upload === row.upload) own.push(row);
    else returns.push([row]);
  }
  return returns;
}
