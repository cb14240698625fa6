import { z } from 'zod';

export const severitySchema = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof severitySchema>;

/** Where in a workbook: the sheet as it is named in the file, and a cell such as `F12`. */
export const placeSchema = z.strictObject({
  sheet: z.string().max(64).optional(),
  cell: z
    .string()
    .regex(/^[A-Z]{1,3}[1-9][0-9]{0,6}$/)
    .optional(),
});
export type Place = z.infer<typeof placeSchema>;

/**
 * One result of checking a submission (校验结果): what is wrong, where, and how to mend it.
 * `rule` is stable and in English; `message` is one sentence in Chinese for the person who sent the file.
 * An `error` refuses the return, a `warning` wants an acknowledgement, an `info` tells what was normalised.
 */
export const findingSchema = z.strictObject({
  rule: z.string().regex(/^[a-z][a-z0-9-]{0,79}$/),
  severity: severitySchema,
  place: placeSchema.optional(),
  indicator: z.string().optional(),
  found: z.string().max(200).optional(),
  expected: z.string().max(200).optional(),
  breakdown: z
    .array(z.string().max(120))
    .max(400)
    .optional()
    .describe('what the two sides of a rule come from, line by line, where that is too long for a sentence'),
  message: z.string().min(1).max(600),
});
export type Finding = z.infer<typeof findingSchema>;

const severityOrder: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Compares findings for display: worst first, then as given by `placeOrder` (usually the order on the form). */
export function bySeverity(a: Finding, b: Finding): number {
  return severityOrder[a.severity] - severityOrder[b.severity];
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
