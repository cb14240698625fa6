import type { Document } from '@xmldom/xmldom';
import { documentPart, type Parts } from './docx.ts';
import { parseXml, wordNamespace } from './xml.ts';

/** The parts of a document in which people write, as they are looked at and changed. */
export type OpenedParts = ReadonlyMap<string, Document>;

/**
 * What people write in, in the order in which it is looked at: what placeholders and figures may stand in is examined, filled
 * in, checked and brought up to date in all of it, and nowhere else. Comments are talk about the text, and are left alone.
 */
const written = {
  document: '正文',
  hdr: '页眉',
  ftr: '页脚',
  footnotes: '脚注',
  endnotes: '尾注',
} as const;
type Written = keyof typeof written;

/** What a part is by its root element, whatever it is named; undefined for one that people do not write in. */
function writtenAs({ documentElement: root }: Document): Written | undefined {
  const name = root?.namespaceURI === wordNamespace ? root.localName : null;
  return name !== null && Object.hasOwn(written, name) ? (name as Written) : undefined;
}

/** What people call the part that a document is. */
export function partInWords(document: Document): string {
  return written[writtenAs(document) ?? 'document'];
}

/** The parts in which people write, by name, as they are looked at and changed. */
export function openParts(parts: Parts): OpenedParts {
  const opened = [...parts]
    .filter(([name]) => /^word\/[^/]+\.xml$/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, bytes]) => {
      const document = parseXml(bytes);
      const kind = document && writtenAs(document);
      // A document has one text, by this name.
      if (kind === undefined || (kind === 'document' && name !== documentPart)) return [];
      return [{ kind, entry: [name, document!] as const }];
    });
  const order = Object.keys(written);
  return new Map(
    opened.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).map(({ entry }) => entry),
  );
}
