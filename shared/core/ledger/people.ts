import { z } from 'zod';
import { instantSchema } from '../catalogue/period.ts';
import { isVisible } from '../values/text.ts';

/** A person or a role as given by whoever signed in; shown as text, never as markup. */
export const personSchema = z.string().trim().overwrite(wellFormed).min(1).max(80).refine(isVisible);
/** The longest reason that is kept (characters). */
export const maxReasonLength = 500;
/** Why a person decided as they did. */
export const reasonSchema = z
  .string()
  .trim()
  .overwrite(wellFormed)
  .min(1)
  .max(maxReasonLength)
  .refine(isVisible);

/** Who decided something, when and why, as it is kept with what they decided about. */
export const actSchema = z.strictObject({ by: z.string(), at: instantSchema, reason: z.string() });
export type Act = z.infer<typeof actSchema>;

/** Half a character has no digest. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

/**
 * By whom the programs record that take uploads in and publish while nobody in person does: from S3, through the
 * pages, from the inbox, by the clock. People read the last two on pages.
 */
export const recorders = {
  ingest: 'ingest',
  portal: 'portal',
  inbox: '收件箱',
  schedule: '系统自动',
} as const;
