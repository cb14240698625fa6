import { DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom';

export const wordNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** A part as XML; undefined where it is none, or has a document type, which no writer of Word documents gives it. */
export function parseXml(bytes: Uint8Array): Document | undefined {
  const text = new TextDecoder().decode(bytes);
  if (/<!DOCTYPE/i.test(text) || isUnlikeWord(text)) return undefined;
  try {
    return new DOMParser({ onError: refuse }).parseFromString(text, 'text/xml');
  } catch {
    return undefined;
  }
}

function refuse(level: string, message: string): void {
  if (level !== 'warning') throw new SyntaxError(message);
}

/** Deeper than any writer of documents goes: what walks the tree calls itself once a level. */
const mostLevels = 500;

/** More than any element of a document has: the parser looks through all for each. */
const mostAttributes = 200;

function isUnlikeWord(text: string): boolean {
  let level = 0;
  for (const [tag] of text.matchAll(/<[^!?][^<>]*>/g)) {
    if (tag.startsWith('</')) level--;
    else if (!tag.endsWith('/>')) level++;
    if (level > mostLevels || tag.split('=', mostAttributes + 2).length > mostAttributes + 1) return true;
  }
  return false;
}

export function serializeXml(document: Document): Uint8Array {
  return new TextEncoder().encode(new XMLSerializer().serializeToString(document));
}

/** All elements of WordprocessingML of a name below a node, in the order of the document. */
export function wordElements(below: Document | Element, name: string): Element[] {
  return [...below.getElementsByTagNameNS(wordNamespace, name)];
}

/** The attribute `w:val` of the one child of a name; undefined where it has none. */
export function childValue(parent: Element, name: string): string | undefined {
  const child = childOf(parent, name);
  return child?.getAttributeNS(wordNamespace, 'val') ?? undefined;
}

export function childOf(parent: Element, name: string): Element | undefined {
  return [...parent.childNodes].find(
    (child): child is Element =>
      isElement(child) && child.namespaceURI === wordNamespace && child.localName === name,
  );
}

export function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}
