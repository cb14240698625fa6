import { z } from 'zod';
import { asked, idSchema, isAskedOf, wording } from './indicator.ts';
import type { Period } from './period.ts';
import { type Indicators, indicatorOf } from './tables.ts';
import { nameIn } from './validity.ts';

/** The most characters that a narrative may be allowed: what still is a paragraph of a report. */
const mostCharacters = 2000;

/**
 * The longest remark (characters) that may stand beside a figure, or at the end of a row of a table (说明): a sentence or
 * two. Every form has room for them, so that a catalogue says nothing of them.
 */
export const maxRemarkLength = 200;

/**
 * What a department writes beside its figures (文字说明): how the period went, an example worth telling. Text for the
 * report, never added up. `definition` says what to write. A catalogue's own word for it is narrative, since a text is
 * whatever stands in a cell.
 */
export const narrativeSchema = z.strictObject({
  id: idSchema,
  ...wording,
  ...asked,
  required: z.boolean().default(true),
  maxLength: z.int().min(1).max(mostCharacters).default(500),
});
export type Narrative = z.infer<typeof narrativeSchema>;

/** What people call an indicator or narrative; its id where the catalogue has none such. */
export function nameOfAsked(
  id: string,
  catalogue: Indicators & { narratives: readonly Narrative[] },
): string {
  const narrative = () => catalogue.narratives.find((each) => each.id === id);
  return (indicatorOf(catalogue, id) ?? narrative())?.name ?? id;
}

/** The narratives on a department's form for a period, in catalogue order, each by the name that it has in the period. */
export function narrativesOnForm(
  { narratives }: { narratives: readonly Narrative[] },
  { department, period }: { department: string; period: Period },
): Narrative[] {
  return narratives
    .filter((narrative) => isAskedOf(narrative, department, period))
    .map((narrative) => ({ ...narrative, name: nameIn(narrative, period) }));
}
