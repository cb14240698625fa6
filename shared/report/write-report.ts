import type { Document, Element } from '@xmldom/xmldom';
import type { Total } from '../core/totals/total.ts';
import { openList, sourcesAnnex } from './annex.ts';
import { documentPart, type Parts, writeDocx } from './docx.ts';
import { fillTemplate } from './fill.ts';
import { type LinkedFigure, linkedFigures, placeholdersOfSource, tagIn } from './linked.ts';
import { withPlaced } from './placed.ts';
import type { FigurePlaceholder } from './placeholder.ts';
import type { Source } from './said.ts';
import { openParts } from './written-parts.ts';
import { childOf, parseXml, serializeXml, wordElements, wordNamespace } from './xml.ts';

/**
 * The report of a publication: the template filled in, before it what may still change, behind it where its figures come
 * from. The same template and publication give the same bytes.
 */
export function writeReport(template: Parts, source: Source): Uint8Array {
  const parts = new Map(fillTemplate(template, source));
  const opened = openParts(parts);
  for (const document of opened.values()) dropEmptyRuns(document);
  const figures = linkedFigures(opened);
  putSections(opened.get(documentPart)!, figures, source);
  for (const [name, document] of opened) parts.set(name, serializeXml(document));
  return writeDocx(withPlaced(parts, figures));
}

/** Filling leaves runs without text around what it puts in. */
function dropEmptyRuns(document: Document): void {
  for (const run of wordElements(document, 'r')) {
    const content = [...run.childNodes].filter((child) => child.nodeName !== 'w:rPr');
    const isEmpty =
      content.length > 0 && content.every((child) => child.nodeName === 'w:t' && child.textContent === '');
    if (isEmpty) run.parentNode?.removeChild(run);
  }
}

/** The two sections that are made and not written by people, by the tags of their controls. */
const sections = { open: 'report.open', sources: 'report.sources' } as const;

/** Puts the lists of what is open and of sources where they belong, in place of those that are there. */
export function putSections(document: Document, figures: readonly LinkedFigure[], source: Source): void {
  const body = wordElements(document, 'body')[0]!;
  const placed = placedOf(figures, source);
  const totals = totalsOf(placed, source);
  const compared = new Set(placed.filter(({ form }) => form === 'change').map(({ indicator }) => indicator));
  const { publication } = source;
  const replace = (tag: string, xml: string, where: Element | null) => {
    const there = wordElements(document, 'sdt').find((each) => tagIn(each) === tag);
    if (xml === '') there?.parentNode?.removeChild(there);
    else if (there === undefined) body.insertBefore(sectionElement(tag, xml), where);
    else there.parentNode?.replaceChild(sectionElement(tag, xml), there);
  };
  replace(sections.open, openList(totals, { publication, compared }), body.firstChild as Element | null);
  const last = childOf(body, 'sectPr') ?? null;
  replace(sections.sources, sourcesAnnex(totals, publication), last);
}

/** Of a document of its own: whoever puts it in takes it over as it is, for copying takes longer than parsing. */
function sectionElement(tag: string, xml: string): Element {
  const written = `<w:sdt xmlns:w="${wordNamespace}"><w:sdtPr><w:tag w:val="${tag}"/></w:sdtPr><w:sdtContent>${xml}</w:sdtContent></w:sdt>`;
  return parseXml(new TextEncoder().encode(written))!.documentElement!;
}

/** What the figures of a report stand for; those of another year have other sources. */
function placedOf(figures: readonly LinkedFigure[], source: Source): FigurePlaceholder[] {
  const placeholderOf = placeholdersOfSource(source);
  return figures
    .filter(({ linked }) => linked.year === source.publication.year)
    .flatMap(({ linked }) => placeholderOf(linked) ?? []);
}

/** The totals that the figures of a report are of, in the order of the publication. */
function totalsOf(placed: readonly FigurePlaceholder[], source: Source): Total[] {
  const used = new Set(placed.map(({ indicator }) => indicator));
  return source.publication.totals.filter(({ indicator }) => used.has(indicator));
}
