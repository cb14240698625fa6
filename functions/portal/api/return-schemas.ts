import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { daySchema, instantSchema, periodSchema } from '../../../shared/core/catalogue/period.ts';
import { checkCodeSchema } from '../../../shared/core/ledger/check-code.ts';
import { actSchema, personSchema } from '../../../shared/core/ledger/people.ts';
import { scanSchema } from '../../../shared/core/ledger/scan.ts';
import { readUploadSchema, uploadSchema } from '../../../shared/core/ledger/upload.ts';
import {
  admissionSchema,
  extensionSchema,
  heldSchema,
  returnStandingSchema,
} from '../../../shared/core/publication/publication.ts';
import { returnKeySchema } from '../../../shared/core/returns/address.ts';
import { findingSchema } from '../../../shared/core/returns/finding.ts';
import { narrativeSaidSchema } from '../../../shared/core/returns/narrative.ts';
import { remarkSaidSchema } from '../../../shared/core/returns/remark.ts';
import { lineageSchema } from '../../../shared/core/totals/total.ts';
import { warningSchema } from '../../../shared/core/year/warning.ts';
import { revisionStateSchema } from '../../use-cases/records/search-records.ts';

/** What `standingOf` says of a return. */
export const standingKindSchema = z.enum([
  ...returnStandingSchema.shape.standing.exclude(['not-reported']).options,
  'overdue',
  'due',
  'not-due',
]);

/** A return as lists have it: where it stands, until when it was due, how many uploads there were. */
export const returnSchema = z.strictObject({
  department: departmentIdSchema,
  period: periodSchema,
  standing: standingKindSchema,
  late: z.boolean().describe('whether the first accepted upload came after the return was due'),
  openWarnings: z.int().min(0),
  heldRevisions: z.int().min(0),
  openQuestions: z.int().min(0).describe('questions of the legal office that are not closed'),
  lastRefused: z
    .boolean()
    .describe('whether the newest upload of all was refused although an earlier one counts'),
  awaitsScan: z
    .boolean()
    .describe('whether it counts, and its signed and stamped scan is asked for and was not filed'),
  due: daySchema,
  cutOff: daySchema,
  extendedUntil: instantSchema.nullable(),
  extension: extensionSchema.nullable().describe('who extended it to then, and why'),
  revisions: z.int().min(0),
  refusals: z.int().min(0),
  counting: z.int().min(1).nullable().describe('the number of the revision that counts'),
});

const { fileName, size, uploadedAt, uploader } = uploadSchema.shape;
const claimedAt = uploadSchema.shape.claimedAt.describe(
  'when it was handed in, as the legal office says of one that came on paper or by mail',
);
const fileOf = <S extends z.ZodType>(sha256: S) =>
  z.strictObject({
    name: fileName,
    key: uploadSchema.shape.key,
    version: uploadSchema.shape.version,
    sha256,
    size,
  });

/** An accepted upload, all but its figures, which are among the records. */
export const revisionSchema = z.strictObject({
  number: z.int().min(1),
  upload: lineageSchema.shape.upload,
  standing: revisionStateSchema,
  heldBecause: z
    .array(heldSchema.shape.because.element)
    .describe('every reason for which it is held; empty if it is not'),
  late: z.boolean(),
  admission: admissionSchema
    .nullable()
    .describe('what the legal office last decided about letting it in after the cut-off; null if nothing'),
  agreement: actSchema
    .extend({ kind: z.enum(['agreed', 'disagreed']) })
    .nullable()
    .describe("what the department's own reviewer last decided about it; null if nothing"),
  reason: z
    .string()
    .describe('why figures were changed, in the file or given afterwards; empty if nothing was said'),
  checkCode: checkCodeSchema.describe('what stands on the printed sheet of this version'),
  head: z.string().describe('who is in charge of the department, as the form says'),
  preparer: z.string(),
  reviewer: z.string(),
  scans: z
    .array(scanSchema.extend({ by: personSchema, at: instantSchema }))
    .describe('of the signed and stamped sheet, as they were filed; the last one is meant'),
  file: fileOf(readUploadSchema.shape.sha256),
  uploadedAt,
  claimedAt,
  uploader,
  repeats: z
    .array(z.strictObject({ upload: lineageSchema.shape.upload, uploadedAt, uploader }))
    .describe('when the same file was sent again, with nothing else in between'),
  narratives: z.array(narrativeSaidSchema).describe('what it says in words'),
  remarks: z.array(remarkSaidSchema).describe('what it says beside its figures'),
  findings: z.array(findingSchema),
  ledger: lineageSchema.shape.ledger,
});

/** An upload that was refused, with why. */
export const refusalSchema = z.strictObject({
  upload: lineageSchema.shape.upload,
  file: fileOf(uploadSchema.shape.sha256),
  uploadedAt,
  claimedAt,
  uploader,
  findings: z.array(findingSchema),
});

/** An upload that was sent for the return and is the form of another. */
export const misdirectedUploadSchema = refusalSchema.extend({
  formOf: returnKeySchema.strict().describe('the return whose form it is'),
});

/** A return with every upload of it and the warnings on it. */
export const wholeReturnSchema = returnSchema.omit({ revisions: true, refusals: true }).extend({
  revisions: z.array(revisionSchema),
  refusals: z.array(refusalSchema),
  misdirected: z
    .array(misdirectedUploadSchema)
    .describe('forms of other returns that were sent for this one, which they are no refusals of'),
  warnings: z.array(warningSchema),
});
