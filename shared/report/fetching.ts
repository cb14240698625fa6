import type { Document, Element } from '@xmldom/xmldom';

/**
 * Fields by which opening or updating a document would read something from elsewhere, or start a program; `INCLUDE` and
 * `IMPORT` are what the second and third were called before.
 */
const fetchingFields = [
  ...['DDE', 'DDEAUTO', 'INCLUDEPICTURE', 'INCLUDETEXT', 'INCLUDE', 'IMPORT', 'LINK'],
  ...['DATABASE', 'RD'],
];

/** Why a part of a document is not to be read: what it would fetch, and how it is mended; undefined where it fetches nothing. */
export function whyRefused(document: Document): string | undefined {
  const relationships = elementsNamed(document, 'Relationship');
  if (elementsNamed(document, 'altChunk').length > 0 || relationships.some(isChunk)) {
    return '文件里嵌有另一份文档（altChunk），打开时才并入；请用 Word 或 WPS 打开，另存为 .docx 后再试。';
  }
  if (relationships.some(isFetched)) {
    return '文件链接了外部的模板或图片，打开时会去读取它们；请把图片嵌入文件、改用本机模板后另存再试。';
  }
  const fields = [...new Set(instructionsIn(document).flatMap((each) => fetchingFieldIn(each) ?? []))];
  if (fields.length === 0) return undefined;
  return `文件里有会读取外部内容或启动程序的域（${fields.join('、')}）；请选中它们，按 Ctrl+Shift+F9 变成普通内容，另存后再试。`;
}

/** Elements by their local name, whatever prefix or namespace a program wrote. */
function elementsNamed(document: Document, name: string): Element[] {
  return [...document.getElementsByTagNameNS('*', name)];
}

function isChunk(relationship: Element): boolean {
  return /\/aFChunk$/i.test(relationship.getAttribute('Type')?.trim() ?? '');
}

/** Links that a reader clicks on fetch nothing when the document is opened. */
function isFetched(relationship: Element): boolean {
  const [type, mode, target] = ['Type', 'TargetMode', 'Target'].map(
    (name) => relationship.getAttribute(name)?.trim() ?? '',
  );
  const isElsewhere = /^external$/i.test(mode!) || /^(?:[a-z][a-z0-9+.-]*:|\\\\|\/\/)/i.test(target!);
  return isElsewhere && !/\/hyperlink$/.test(type!);
}

/** What the fields of a part say, each put together from the runs that it is split over, without fields within it. */
function instructionsIn(document: Document): string[] {
  const simple = elementsNamed(document, 'fldSimple').map(
    (field) => [...field.attributes].find(({ localName }) => localName === 'instr')?.value ?? '',
  );
  const done: string[] = [];
  const open: string[] = [];
  for (const element of document.getElementsByTagNameNS('*', '*')) {
    if (element.localName === 'instrText') open.push(`${open.pop() ?? ''}${element.textContent ?? ''}`);
    if (element.localName !== 'fldChar') continue;
    const kind = [...element.attributes].find(({ localName }) => localName === 'fldCharType')?.value;
    if (kind === 'begin') open.push('');
    if (kind === 'end') done.push(open.pop() ?? '');
  }
  return [...simple, ...done, ...open];
}

function fetchingFieldIn(instruction: string): string | undefined {
  const name = /[A-Za-z]+/.exec(instruction)?.[0].toUpperCase() ?? '';
  return fetchingFields.includes(name) ? name : undefined;
}
