import { z } from 'zod';
import { type Catalogue, departmentOf } from '../catalogue/catalogue.ts';
import { returnInWords } from '../catalogue/period.ts';
import { findingSchema } from '../returns/finding.ts';
import { sha256Schema } from '../values/digest.ts';
import { chainHeadSchema, ledgerEventSchema, type Misdirection, type UploadEvent } from './event.ts';
import { addressOfKey, folderOf, type Upload, uploadId, uploadSchema } from './upload.ts';

/**
 * What a department gets back for an upload. The receipt names the ledger event that recorded it, when and by whom,
 * so that an event that goes missing later shows, and can be made again. `warnings` are open, `answered` were by remarks in the
 * file itself. Those and `summary` come and go with corrections to other months and acts
 * of the office; `asOf` says from which chains they were derived, each as far as it was read, under which catalogue and
 * by which program, so that they can be derived again. `workbook` is the hash of the marked workbook; null where nothing is
 * marked.
 */
export const feedbackSchema = z.strictObject({
  format: z.literal('indicators-feedback/1'),
  outcome: z.enum(['accepted', 'refused']),
  department: z.string().nullable(),
  period: z.string().nullable(),
  summary: z.string(),
  upload: uploadSchema,
  receipt: ledgerEventSchema.pick({ chain: true, sequence: true, at: true, by: true, hash: true }),
  findings: z.array(findingSchema),
  warnings: z.array(findingSchema),
  answered: z.array(findingSchema),
  asOf: z.strictObject({
    catalogue: sha256Schema,
    software: z.string().min(1),
    chains: z.array(chainHeadSchema).min(1),
  }),
  workbook: sha256Schema.nullable(),
});
export type Feedback = z.infer<typeof feedbackSchema>;

/** Feedback that does not name its marked workbook yet, which is made from it. */
const unsealedFeedbackSchema = feedbackSchema.omit({ workbook: true });
export type UnsealedFeedback = z.infer<typeof unsealedFeedbackSchema>;

/** What tells where an upload's feedback lies: the upload, and for which return it was recorded. */
export interface FeedbackPlace {
  department: string | null;
  period: string | null;
  upload: Pick<Upload, 'key' | 'version'>;
}

/**
 * The folder of an upload's feedback: one for each upload, also where one key is uploaded to again. It is the
 * department's for which the upload was recorded, wherever the upload lies, so that this department may read it; of
 * one that is for no return, with whoever put it there.
 */
export function feedbackFolder({ department, period, upload }: FeedbackPlace): string {
  const place = addressOfKey(upload.key);
  const folders = [department ?? place.department, period ?? place.period].map(folderOf);
  return `feedback/${folders.join('/')}/${uploadId(upload)}/`;
}

/** The files of an upload's feedback: the receipt for programs, and the marked workbook. */
export const feedbackFileNames = { report: 'feedback.json', workbook: '校验结果.xlsx' } as const;

/** What is known of a recorded upload when its feedback is written. */
export interface Aftermath {
  /** What is said of an accepted upload: that it repeats a version, if it does, and why that is held, if it is. */
  accepted: { repeats: string | undefined; held: string | undefined } | undefined;
  warnings: Feedback['warnings'];
  answered: Feedback['answered'];
  asOf: Feedback['asOf'];
}

/** The feedback on a recorded upload. */
export function feedbackOn(event: UploadEvent, catalogue: Catalogue, aftermath: Aftermath): UnsealedFeedback {
  return unsealedFeedbackSchema.parse({
    ...recordedFeedback(event),
    summary: summaryOf(event.happening, catalogue, aftermath),
    warnings: aftermath.warnings,
    answered: aftermath.answered,
    asOf: aftermath.asOf,
  });
}

/** What feedback says that stands in the event itself, word for word. */
export function recordedFeedback({ chain, sequence, at, by, hash, happening }: UploadEvent) {
  const { kind, department, period, upload, findings } = happening;
  return {
    format: 'indicators-feedback/1',
    outcome: kind === 'return-accepted' ? 'accepted' : 'refused',
    department,
    period,
    upload,
    receipt: { chain, sequence, at, by, hash },
    findings,
  };
}

function summaryOf(
  happening: UploadEvent['happening'],
  catalogue: Catalogue,
  { accepted, warnings, answered }: Aftermath,
): string {
  if (happening.kind === 'return-refused' && happening.misdirected !== undefined) {
    return misdirectedInWords(happening.upload.fileName, happening.misdirected, catalogue);
  }
  const { kind, department, period, upload, findings } = happening;
  const name = department === null ? '' : (departmentOf(catalogue, department)?.name ?? department);
  const what = period === null ? `“${upload.fileName}”` : `${name}${returnInWords(period)}`;
  if (kind === 'return-refused') {
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    return `${what}没有被接收：有 ${errors} 处必须改正。请按下面逐条的说明改好后重新上传；改正之前，以前接收过的数不变。`;
  }
  const repeatNote = accepted?.repeats === undefined ? '' : `${accepted.repeats}。`;
  const heldNote = accepted?.held === undefined ? '' : `${accepted.held}，在此之前暂存。`;
  const warningNote =
    warnings.length > 0 ? `有 ${warnings.length} 处请核对：有误的改正后重新上传，无误的请说明原因。` : '';
  const answeredNote =
    answered.length > 0 ? `另有 ${answered.length} 处与往常不同，已由表中的“说明”答复，不用再做什么。` : '';
  return `${what}已接收。${repeatNote}${heldNote}${warningNote}${answeredNote}`;
}

function misdirectedInWords(
  fileName: string,
  { sentFor, formOf }: Misdirection,
  catalogue: Catalogue,
): string {
  const whose = departmentOf(catalogue, formOf.department)?.name ?? formOf.department;
  const report = returnInWords(sentFor);
  return `“${fileName}”是${whose}${returnInWords(formOf.period)}的表，没有作为${report}收下，${report}的报送情况不变。`;
}
