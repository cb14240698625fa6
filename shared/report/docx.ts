import type { Document } from '@xmldom/xmldom';
import { type Zippable, zipSync } from 'fflate';
import { openArchive } from '../workbook/reading/archive.ts';
import { Reading, ReadingFault } from '../workbook/reading/fault.ts';
import { readBytes } from '../workbook/reading/inflating.ts';
import { defaultLimits } from '../workbook/reading/limits.ts';
import { zipTime } from '../workbook/save.ts';
import { whyRefused } from './fetching.ts';
import { childOf, parseXml, wordElements } from './xml.ts';

/** The parts of a Word document by name, `word/document.xml` among them. */
export type Parts = ReadonlyMap<string, Uint8Array>;

/** A Word document, or why a file is none that may be read: a sentence for whoever gave it. */
export type DocxReading = { kind: 'docx'; parts: Parts } | { kind: 'problem'; message: string };

export const documentPart = 'word/document.xml';
const typesPart = '[Content_Types].xml';

const mebi = 1024 * 1024;
const limits = { ...defaultLimits, entries: 500, inflatedBytesPerEntry: 32 * mebi, inflatedBytes: 64 * mebi };

/** Some times what the longest reports have: every figure that was lost is looked for in all of the text. */
const mostCharacters = 500_000;
const mostTags = 400_000;
const mostParagraphs = 20_000;
export const mostControls = 5_000;

/** Reads a .docx within bounds; macros, and links by which opening it would fetch something, are refused. */
export function readDocx(bytes: Uint8Array): DocxReading {
  if (bytes.length > limits.bytes) return problem(`文件超过 ${limits.bytes / mebi} MB；请删去图片后再试。`);
  let parts: Parts;
  try {
    parts = partsOf(bytes);
  } catch (error) {
    if (error instanceof ReadingFault) return problem(notReadable);
    throw error;
  }
  const names = [...parts.keys()];
  if (!parts.has(typesPart) || !parts.has(documentPart)) return problem(notReadable);
  if (names.some((name) => /vbaproject|\.bin$|activex/i.test(name))) {
    return problem('文件中有宏或嵌入的程序，系统不予读取；请另存为不带宏的 .docx 后再试。');
  }
  if (tagsIn([parts.get(typesPart)!]) > mostTags) return problem(tooMuch);
  const types = parseXml(parts.get(typesPart)!);
  if (types === undefined) return problem(notReadable);
  const written = names.filter(isXml(types)).map((name) => parts.get(name)!);
  if (tagsIn(written) > mostTags) return problem(tooMuch);
  let [paragraphs, controls, characters] = [0, 0, 0];
  for (const part of written) {
    const document = parseXml(part);
    const isText = part === parts.get(documentPart);
    if (document === undefined || (isText && !hasBody(document))) return problem(notReadable);
    const refused = whyRefused(document);
    if (refused !== undefined) return problem(refused);
    paragraphs += wordElements(document, 'p').length;
    controls += wordElements(document, 'sdt').length;
    for (const text of wordElements(document, 't')) characters += text.textContent?.length ?? 0;
  }
  if (paragraphs > mostParagraphs || controls > mostControls || characters > mostCharacters) {
    return problem(tooMuch);
  }
  return { kind: 'docx', parts };
}

const notReadable =
  '这不是能读取的 Word 文档（.docx）：可能是旧的 .doc、设了打开密码，或者已经损坏；请用 Word 或 WPS 打开，去掉密码，另存为 .docx 后再试。';

const tooMuch =
  '文件里的文字、段落、内容控件或格式标记太多，不像一份报告；请用 Word 或 WPS 打开，删去无关的内容，另存后再试。';

function problem(message: string): DocxReading {
  return { kind: 'problem', message };
}

function hasBody({ documentElement: root }: Document): boolean {
  return root !== null && childOf(root, 'body') !== undefined;
}

/** How many tags there are at most. */
function tagsIn(written: readonly Uint8Array[]): number {
  let tags = 0;
  for (const part of written) for (const byte of part) if (byte === 0x3c) tags++;
  return tags;
}

function partsOf(bytes: Uint8Array): Parts {
  const reading = new Reading(limits);
  const archive = openArchive(Buffer.from(bytes), limits);
  return new Map(
    [...archive.entries.values()]
      .filter(({ name }) => !name.endsWith('/'))
      .map((entry) => [entry.name, readBytes(archive, entry, reading)]),
  );
}

/** Which parts are XML: by their name, or because the document says so of one of another name. */
function isXml(types: Document): (name: string) => boolean {
  const declared = (element: string, named: string) =>
    new Set(
      [...types.getElementsByTagNameNS('*', element)]
        .filter((each) => /[+/]xml$/i.test(each.getAttribute('ContentType')?.trim() ?? ''))
        .map((each) => each.getAttribute(named)?.toLowerCase()),
    );
  const [paths, extensions] = [declared('Override', 'PartName'), declared('Default', 'Extension')];
  return (name) => {
    const path = `/${name}`.toLowerCase();
    const extension = path.slice(path.lastIndexOf('.') + 1);
    return ['xml', 'rels'].includes(extension) || extensions.has(extension) || paths.has(path);
  };
}

/** The document as .docx: the same parts give the same bytes on any machine, on any day. */
export function writeDocx(parts: Parts): Uint8Array {
  const place = (name: string) => (name === typesPart ? 0 : name === '_rels/.rels' ? 1 : 2);
  const ordered = [...parts].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
  const files: Zippable = Object.fromEntries(ordered);
  return zipSync(files, { level: 6, mtime: zipTime });
}
