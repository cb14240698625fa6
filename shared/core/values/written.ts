import type { z } from 'zod';

/**
 * A schema of texts that are written in one way, with that way as their type: a literal in the code has it as it
 * stands, any other text only once it was parsed.
 */
export function written<T extends string>(schema: z.ZodType<string, string>): z.ZodType<T, T> {
  return schema as z.ZodType<T, T>;
}
