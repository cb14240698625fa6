import type { Element } from '@xmldom/xmldom';
import { escapeXml } from '../core/values/text.ts';
import { type Linked, linkedBy, tagOf } from './control.ts';
import { mostControls, type Parts } from './docx.ts';
import { parseXml, serializeXml } from './xml.ts';

/** A figure as it was put into a report, in the order of the document. */
export interface Placed {
  linked: Linked;
  text: string;
}

/** A part of its own, which other programs carry along: by it is known what people took away or moved. */
const part = 'customXml/item9501.xml';
const namespace = 'urn:indicators:report:1';
const relationships = 'word/_rels/document.xml.rels';
const relationType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml';

/**
 * The document with a list of what was put into it, in place of the one that is there: programs number parts of their own
 * accord, so that it is known by what is in it.
 */
export function withPlaced(parts: Parts, figures: readonly Placed[]): Parts {
  const rows = figures.map(
    ({ linked, text }) => `<figure tag="${tagOf(linked)}" text="${escapeXml(text)}"/>`,
  );
  const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><report xmlns="${namespace}">${rows.join('')}</report>`;
  const written = new TextEncoder().encode(xml);
  const there = listsIn(parts);
  if (there.length > 0) return new Map([...parts, ...there.map(({ name }) => [name, written] as const)]);
  const known = parts.get(relationships);
  const related = known === undefined ? undefined : withRelation(known);
  return new Map([
    ...parts,
    [part, written],
    ...(related === undefined ? [] : [[relationships, related] as const]),
  ]);
}

/** The lists of a document; more than one if it was put together from several. */
function listsIn(parts: Parts): { name: string; root: Element }[] {
  return [...parts].flatMap(([name, bytes]) => {
    const root = /^customXml\/item\d+\.xml$/.test(name) ? parseXml(bytes)?.documentElement : undefined;
    return root?.namespaceURI === namespace ? [{ name, root }] : [];
  });
}

function withRelation(bytes: Uint8Array): Uint8Array | undefined {
  const document = parseXml(bytes)!;
  const root = document.documentElement!;
  const all = [...root.getElementsByTagName('Relationship')];
  if (all.some((each) => each.getAttribute('Target') === `../${part}`)) return undefined;
  const relation = document.createElementNS(root.namespaceURI, 'Relationship');
  relation.setAttribute('Id', 'rIdIndicators');
  relation.setAttribute('Type', relationType);
  relation.setAttribute('Target', `../${part}`);
  root.appendChild(relation);
  return serializeXml(document);
}

/**
 * What was put into a document when it was made, or last brought up to date; undefined where no program kept the list, or
 * it is longer than one of ours.
 */
export function placedIn(parts: Parts): Placed[] | undefined {
  const [list] = listsIn(parts);
  if (list === undefined) return undefined;
  const figures = [...list.root.getElementsByTagNameNS(namespace, 'figure')];
  if (figures.length > mostControls) return undefined;
  return figures.flatMap((each) => {
    const linked = linkedBy(each.getAttribute('tag') ?? '');
    return linked === undefined ? [] : [{ linked, text: each.getAttribute('text') ?? '' }];
  });
}
