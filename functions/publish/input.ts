import { z } from 'zod';
import { personSchema } from '../../shared/core/event.ts';
import { yearSchema } from '../../shared/core/period.ts';

/** What the schedule, or a person, asks of the function; `by` is in whose name the year is published. */
export const publishInputSchema = z.union([
  z.object({ kind: z.literal('daily') }),
  z.object({ year: yearSchema, by: personSchema.optional() }),
]);
export type PublishInput = z.infer<typeof publishInputSchema>;
