import { z } from 'zod';
import { nameKey } from '../values/text.ts';
import { nameSchema } from './validity.ts';

/** Where in the report something belongs, as people number its sections: `一(二)`. */
export const sectionNumberSchema = z.string().trim().max(40);

/** A section of the report (章节): its number, and what it is headed. Array order is that of the report. */
export const sectionSchema = z.strictObject({ id: sectionNumberSchema.min(1), name: nameSchema });
export type Section = z.infer<typeof sectionSchema>;

/** How a section is headed: `一(二) 健全完善制度体系`; of one that has no title by its number alone. */
export function sectionInWords(number: string, { sections }: { sections: readonly Section[] }): string {
  const section = sectionNumbered(number, sections);
  return section === undefined ? number : `${number} ${section.name}`;
}

/** The section of a number, in whichever width its brackets are written. */
export function sectionNumbered<S extends Pick<Section, 'id'>>(
  number: string,
  sections: readonly S[],
): S | undefined {
  return sections.find(({ id }) => sectionKey(id) === sectionKey(number));
}

/** Whether an entry is the first of its section in a list that has them in order. */
export function opensSection(entry: { section: string }, above: { section: string } | undefined): boolean {
  return entry.section !== '' && sectionKey(entry.section) !== sectionKey(above?.section ?? '');
}

/** What numbers of sections are compared by, however their brackets and blanks are written: `一(二)`. */
export function sectionKey(number: string): string {
  return nameKey(number);
}
