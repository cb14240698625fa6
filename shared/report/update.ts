import type { Element } from '@xmldom/xmldom';
import { judged, type Known, placesIn } from './check.ts';
import { behindHighlight, linkOf, tagOf } from './control.ts';
import { documentPart, type Parts, writeDocx } from './docx.ts';
import { type LinkedFigure, linkedFigures } from './linked.ts';
import { placedIn, withPlaced } from './placed.ts';
import { saidOf } from './said.ts';
import { paragraphsIn } from './template.ts';
import { putSections } from './write-report.ts';
import { openParts } from './written-parts.ts';
import { childOf, serializeXml, wordElements, wordNamespace } from './xml.ts';

/** A figure that was brought up to date. */
export interface UpdatedFigure {
  name: string;
  place: string;
  before: string;
  after: string;
}

export interface UpdatedReport {
  bytes: Uint8Array;
  updated: UpdatedFigure[];
}

/**
 * A report with every figure as the newest publication of its year says it, its lists of what is open and of sources made anew. What
 * people wrote stays as it is, and so does a figure that somebody altered, or that the newest publication does not have.
 */
export function updateReport(parts: Parts, known: Known): UpdatedReport {
  const opened = openParts(parts);
  const placeOf = placesIn(paragraphsIn(opened));
  const before = linkedFigures(opened);
  const updated = before.flatMap((figure): UpdatedFigure[] => {
    const found = judged(figure, known);
    if (found === undefined || found.now === undefined || found.said !== figure.text) return [];
    const { name, now, newest, placeholder } = found;
    const isOpen = (saidOf(placeholder, newest)?.open ?? []).length > 0;
    write(figure, { text: now, tag: tagOf(linkOf(placeholder, newest.publication)), isOpen });
    if (now === figure.text) return [];
    return [{ name, place: placeOf(figure.element), before: figure.text, after: now }];
  });
  const after = linkedFigures(opened);
  putSections(opened.get(documentPart)!, after, known.newest);
  const written = new Map(parts);
  for (const [name, document] of opened) written.set(name, serializeXml(document));
  return { bytes: writeDocx(withPlaced(written, stillPlaced(parts, before, after))), updated };
}

/** What was put in, as it is now; what people took away stays on the list, so that it is still missed. */
function stillPlaced(parts: Parts, before: readonly LinkedFigure[], after: readonly LinkedFigure[]) {
  const now = Map.groupBy(
    before.map(({ linked }, index) => ({ tag: tagOf(linked), figure: after[index]! })),
    ({ tag }) => tag,
  );
  return (placedIn(parts) ?? after).map((placed) => now.get(tagOf(placed.linked))?.shift()?.figure ?? placed);
}

function write(
  { element }: LinkedFigure,
  { text, tag, isOpen }: { text: string; tag: string; isOpen: boolean },
): void {
  childOf(childOf(element, 'sdtPr')!, 'tag')!.setAttributeNS(wordNamespace, 'w:val', tag);
  const [first, ...others] = wordElements(element, 't');
  if (first !== undefined) first.textContent = text;
  for (const other of others) other.textContent = '';
  for (const run of wordElements(element, 'r')) mark(run, isOpen);
}

/** Marks a run as with a highlighter, or takes the mark away. */
function mark(run: Element, isOpen: boolean): void {
  const document = run.ownerDocument!;
  let properties = childOf(run, 'rPr');
  const there = properties && childOf(properties, 'highlight');
  if (!isOpen) {
    if (there !== undefined) properties!.removeChild(there);
    return;
  }
  if (there !== undefined) return;
  if (properties === undefined) {
    properties = document.createElementNS(wordNamespace, 'w:rPr');
    run.insertBefore(properties, run.firstChild);
  }
  const highlight = document.createElementNS(wordNamespace, 'w:highlight');
  highlight.setAttributeNS(wordNamespace, 'w:val', 'yellow');
  const next = behindHighlight.map((name) => childOf(properties!, name)).find((each) => each !== undefined);
  properties.insertBefore(highlight, next ?? null);
}
