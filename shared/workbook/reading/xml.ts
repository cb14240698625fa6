import { sendTheOriginal } from './advice.ts';
import { AlternateContents } from './alternate-content.ts';
import { detached } from './detached.ts';
import { fault, type Reading } from './fault.ts';
import { Tag } from './tag.ts';
import { wrongEncoding, xmlText } from './text.ts';
import type { Chunk, Codes, XmlDocument, XmlElement } from './xml-document.ts';
import { badXml, isBlank } from './xml-fault.ts';

export type { Chunk, Codes, XmlDocument, XmlElement } from './xml-document.ts';

const maximalDepth = 200;
const maximalPrefixes = 100;
/** Into how many pieces comments and the like may cut a text. */
const maximalPieces = 1000;
const slack = 64;

/** Reads a document pushed to it in chunks, cut anywhere. Well-formedness is checked as far as it is read. */
export class XmlScanner {
  readonly #document: XmlDocument;
  readonly #reading: Reading;
  readonly #tag: Tag;
  readonly #names: string[] = [];
  readonly #elements: (XmlElement | undefined)[] = [];
  /** Prefixes bound to a namespace of the document. */
  readonly #prefixes = new Set<string>();
  readonly #alternates: AlternateContents;
  /** Whether names without a prefix are the document's: the quick readers know no others. */
  #unprefixed = false;
  #memory = Buffer.alloc(0);
  #current: XmlElement | undefined;
  #text = '';
  #pieces = 0;
  #rest = '';
  #restIsAscii = true;
  #ended = false;

  constructor(document: XmlDocument, reading: Reading) {
    this.#document = document;
    this.#reading = reading;
    this.#tag = new Tag(reading);
    this.#alternates = new AlternateContents(reading);
  }

  /** `ascii` says that the chunk is known to be nothing else, which is quicker. */
  push(chunk: string, ascii = false): void {
    // `+` would make a rope, and every look at a character would go through it.
    const source = this.#rest === '' ? chunk : [this.#rest, chunk].join('');
    this.#reading.countWork(this.#rest.length >> 3);
    let piece: Chunk | undefined;
    let at = 0;
    for (;;) {
      const markup = source.indexOf('<', at);
      if (markup < 0) break;
      if (markup > at) this.#characters(source, at, markup);
      at = markup;
      if (this.#current?.quick && this.#unprefixed) {
        piece ??= { source, codes: this.#codesOf(source, ascii && this.#restIsAscii) };
        at = this.#current.quick(piece, markup);
      }
      if (at === source.length) break;
      if (source.charCodeAt(at) !== 60) continue;
      const next = this.#markup(source, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = source.slice(at);
    this.#restIsAscii = at === source.length || (ascii && this.#restIsAscii);
    if (this.#rest.length > this.#reading.limits.tokenLength) {
      throw tokenTooLong();
    }
  }

  #codesOf(source: string, ascii: boolean): Codes {
    const size = (source.length + slack) * 2;
    if (this.#memory.length < size) this.#memory = Buffer.from(new ArrayBuffer(size + (size >> 1)));
    this.#memory.write(source, ascii ? 'latin1' : 'utf16le');
    const { buffer } = this.#memory;
    const codes = ascii ? new Uint8Array(buffer) : new Uint16Array(buffer, 0, size / 2);
    return codes.fill(0, source.length, source.length + slack);
  }

  end(): void {
    if (!this.#ended || !isBlank(this.#rest)) throw badXml('不完整');
  }

  #characters(source: string, from: number, to: number): void {
    if (this.#current?.text) {
      this.#addText(source.slice(from, to));
    } else if (this.#names.length === 0 && !isBlank(source.slice(from, to))) throw badXml('根元素之外有内容');
  }

  #addText(raw: string): void {
    this.#reading.countWork(raw.length >> 3);
    this.#text += xmlText(raw, this.#reading);
    this.#pieces++;
    if (this.#text.length > this.#reading.limits.tokenLength || this.#pieces > maximalPieces) {
      throw tokenTooLong();
    }
  }

  /** Reads the markup at `at` and returns where it ends, or -1 if it is not all there yet. */
  #markup(source: string, at: number): number {
    if (at + 1 === source.length) return -1;
    this.#reading.countWork(1);
    switch (source.charCodeAt(at + 1)) {
      case 47:
        return this.#closing(source, at);
      case 33:
        return this.#declaration(source, at);
      case 63:
        return this.#instruction(source, at);
      default:
        return this.#opening(source, at);
    }
  }

  /** An encoding that is not the one we decode by would give other characters in silence. */
  #instruction(source: string, at: number): number {
    const end = after(source, '?>', at + 2);
    if (end < 0 || !source.startsWith('<?xml ', at)) return end;
    const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(source.slice(at, end))?.[1] ?? 'utf-8';
    if (!/^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(encoding)) throw wrongEncoding();
    return end;
  }

  #declaration(source: string, at: number): number {
    if (source.startsWith('<!--', at)) return after(source, '-->', at + 4);
    if (source.startsWith('<![CDATA[', at)) {
      const end = after(source, ']]>', at + 9);
      if (end >= 0 && this.#current?.text) {
        this.#addText(source.slice(at + 9, end - 3).replaceAll('&', '&amp;'));
      }
      return end;
    }
    if (source.length - at < 9) return -1;
    if (!source.startsWith('<!DOCTYPE', at)) throw badXml('含有未知的声明');
    throw fault('file-doctype', `文件内部含有不允许的文档类型声明，系统不予读取；${sendTheOriginal}`);
  }

  #opening(source: string, at: number): number {
    const end = tagEnd(source, at + 1);
    if (end < 0) return -1;
    if (this.#ended) throw badXml('根元素之外有内容');
    const empty = source.charCodeAt(end - 1) === 47;
    const nameEnd = nameEndOf(source, at + 1, empty ? end - 1 : end);
    const name = source.slice(at + 1, nameEnd);
    const element = this.#elementFor(source, name, nameEnd, empty ? end - 1 : end);
    element?.open?.(this.#tag);
    if (empty) {
      element?.text?.('');
      element?.close?.();
      this.#leave();
      return end + 1;
    }
    if (this.#names.length >= maximalDepth) throw badXml('层次过深');
    this.#names.push(detached(name));
    this.#elements.push(this.#current);
    this.#current = element;
    if (element?.text) {
      this.#text = '';
      this.#pieces = 0;
    }
    return end + 1;
  }

  #elementFor(source: string, name: string, from: number, to: number): XmlElement | undefined {
    const children = this.#names.length === 0 ? this.#document.roots : this.#current?.children;
    if (!children) return undefined;
    this.#reading.countWork(4 + ((to - from) >> 3));
    this.#tag.set(source, from, to);
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const local = colon < 0 ? name : name.slice(colon + 1);
    this.#bindPrefixes();
    if (this.#names.length === 0) this.#checkRoot(prefix, local);
    if (this.#prefixes.has(prefix)) return Object.hasOwn(children, local) ? children[local] : undefined;
    return this.#current && this.#alternates.elementFor(prefix, local, this.#current, this.#tag);
  }

  #bindPrefixes(): void {
    for (const [prefix, namespace] of this.#tag.namespaces()) {
      this.#reading.countWork(2);
      this.#alternates.bind(prefix, namespace, this.#names.length);
      const known = this.#prefixes.has(prefix);
      const ours = this.#document.namespaces.includes(namespace);
      if (ours && !known) this.#bind(prefix);
      if (!ours && known) throw badXml('改变了命名空间');
    }
  }

  #bind(prefix: string): void {
    if (this.#prefixes.size >= maximalPrefixes) throw badXml('命名空间的前缀过多');
    this.#prefixes.add(detached(prefix));
    if (prefix === '') this.#unprefixed = true;
  }

  #checkRoot(prefix: string, local: string): void {
    const declared = this.#tag.get(prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
    if (declared === undefined && prefix === '') this.#bind('');
    if (this.#prefixes.has(prefix) && Object.hasOwn(this.#document.roots, local)) return;
    this.#document.otherRoot?.(local, declared ?? '');
    throw badXml(`根元素为“${local.slice(0, 40)}”`);
  }

  #closing(source: string, at: number): number {
    const end = source.indexOf('>', at + 2);
    if (end < 0) return -1;
    const name = this.#names.pop();
    const written = at + 2 + (name?.length ?? 0);
    if (name === undefined || !source.startsWith(name, at + 2) || written > end) throw badXml('标签不配对');
    if (written < end && !isBlank(source.slice(written, end))) throw badXml('标签不配对');
    const element = this.#current;
    this.#current = this.#elements.pop();
    element?.text?.(this.#text);
    element?.close?.();
    this.#leave();
    return end + 1;
  }

  #leave(): void {
    this.#alternates.leave(this.#names.length);
    if (this.#names.length === 0) this.#ended = true;
  }
}

function tokenTooLong() {
  return fault(
    'file-token-too-long',
    '文件内部有一段过长的内容，系统不能读取；请用 Excel 或 WPS 另存后再上传。',
  );
}

function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** Where the tag's `>` stands; one inside quotes does not count. */
function tagEnd(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 62) return at;
    if (code === 60) throw badXml('标签未结束');
    if (code === 34 || code === 39) {
      at = source.indexOf(code === 34 ? '"' : "'", at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function nameEndOf(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && source.charCodeAt(at) > 32) at++;
  if (at === from) throw badXml('标签没有名称');
  return at;
}
