import { z } from 'zod';
import { yearSchema } from '../../shared/core/period.ts';

/** What the schedule, or a person, asks of the function. */
export const publishInputSchema = z.union([
  z.object({ kind: z.literal('daily') }),
  z.object({ year: yearSchema }),
]);
export type PublishInput = z.infer<typeof publishInputSchema>;
