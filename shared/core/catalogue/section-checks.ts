import type { Catalogue } from './catalogue.ts';
import type { Check, Fault, Unread } from './problem.ts';
import { sectionNumbered } from './sections.ts';

/** Of what belongs to a section that has no title, where sections have titles at all: a slip of the pen. */
export function sectionFaults(
  { section }: { section: string },
  { sections }: Pick<Catalogue, 'sections'>,
  unread: Unread,
): Fault[] {
  const known = [...sections, ...[...unread.sections].map((id) => ({ id }))];
  if (section === '' || known.length === 0 || sectionNumbered(section, known) !== undefined) return [];
  const text = `章节“${section}”不在“章节”表中；请改成表中的章节，或在那张表中加上它和它的标题。`;
  return [{ field: 'section', text }];
}

export const repeatedSection: Check<'sections'> = (section, { sections }) => {
  const first = sectionNumbered(section.id, sections);
  if (first === section || first === undefined) return [];
  return [{ field: 'id', text: `这个章节已经有标题“${first.name}”；请删去其中一个。` }];
};
