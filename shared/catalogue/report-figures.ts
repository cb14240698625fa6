import { z } from 'zod';
import { decimalSchema } from '../core/values/decimal.ts';

/**
 * A figure as a published report gives it: the passage it stands in, its value, whether the passage gives it
 * exactly, as at least so many (200余) or as more than so many (超90%), and how just the number is written.
 */
export const reportFigureSchema = z.strictObject({
  indicator: z.string().min(1),
  section: z.string().min(1),
  quote: z.string().min(1),
  published: decimalSchema,
  exactness: z.enum(['exact', 'at-least', 'more-than']),
  prose: z.string().min(1),
});
export type ReportFigure = z.infer<typeof reportFigureSchema>;

/** The figures of a published report, and the titles of the works it names, by the department that made them. */
export const reportFiguresSchema = z.strictObject({
  source: z.string().min(1),
  figures: z.array(reportFigureSchema).min(1),
  artWorks: z.record(z.string(), z.array(z.string().min(1)).min(1)),
});
export type ReportFigures = z.infer<typeof reportFiguresSchema>;

/** Reads the text of a file of report figures; throws when it is none, as such a file is part of the program. */
export function readReportFigures(text: string): ReportFigures {
  return reportFiguresSchema.parse(JSON.parse(text));
}
