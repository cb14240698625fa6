import type { Element } from '@xmldom/xmldom';
import type { Publication } from '../core/publication/publication.ts';
import { onceForEach } from '../core/values/once-for-each.ts';
import { type Linked, linkedBy, placeholdersByLink } from './control.ts';
import type { FigurePlaceholder } from './placeholder.ts';
import type { Source } from './said.ts';
import type { OpenedParts } from './written-parts.ts';
import { childOf, childValue, wordElements } from './xml.ts';

/** A figure in a document: the control that it stands in, and what stands there. */
export interface LinkedFigure {
  linked: Linked;
  text: string;
  element: Element;
  part: string;
}

/** The figures of a document, in its order. */
export function linkedFigures(opened: OpenedParts): LinkedFigure[] {
  return [...opened].flatMap(([part, document]) =>
    wordElements(document, 'sdt').flatMap((element): LinkedFigure[] => {
      const tag = tagIn(element);
      const linked = tag === undefined ? undefined : linkedBy(tag);
      return linked === undefined ? [] : [{ linked, element, part, text: textIn(element) }];
    }),
  );
}

export function tagIn(control: Element): string | undefined {
  const properties = childOf(control, 'sdtPr');
  return properties === undefined ? undefined : childValue(properties, 'tag');
}

/** What stands in an element as people see it; what was deleted with its changes tracked is in other elements. */
export function textIn(element: Element): string {
  return wordElements(element, 't')
    .map((text) => text.textContent ?? '')
    .join('');
}

type FindPlaceholder = (linked: Linked) => FigurePlaceholder | undefined;
/** Finds what a control stands for by what a publication has. */
export function placeholdersOfSource({ publication }: Pick<Source, 'publication'>): FindPlaceholder {
  return placeholdersOf(publication);
}

const placeholdersOf = onceForEach(
  ({ totals, departments }: Publication): FindPlaceholder =>
    placeholdersByLink({
      indicators: totals.map(({ indicator }) => indicator),
      departments: departments.map(({ id }) => id),
      groups: [...new Set(totals.flatMap(({ byGroup }) => byGroup.map(({ group }) => group)))],
    }),
);
