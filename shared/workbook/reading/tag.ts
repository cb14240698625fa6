import type { Reading } from './fault.ts';
import { attributeText } from './text.ts';
import { badXml } from './xml-fault.ts';

const maximalAttributes = 200;
const few = 16;

/**
 * The attributes of the start tag being read: where they stand, cut out only when asked for. One object serves
 * all tags: read it at once, do not keep it.
 */
export class Tag {
  readonly #reading: Reading;
  #source = '';
  #count = 0;
  #declares = false;
  #known = new Set<string>();
  /** For each attribute: where its name starts and ends, and where its value starts and ends. */
  readonly #places: number[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** The value of an attribute by its name as written, prefix included. */
  get(name: string): string | undefined {
    for (let index = 0; index < this.#count; index++) {
      if (this.#isNamed(index, name)) return this.#value(index);
    }
    return undefined;
  }

  /** The value of the one attribute of that local name which has a prefix (`r:id`, whatever `r` is called). */
  getPrefixed(local: string): string | undefined {
    const named = this.#names().filter((name) => name.endsWith(`:${local}`) && !name.startsWith('xmlns:'));
    if (named.length > 1) throw badXml('属性有歧义');
    return named[0] === undefined ? undefined : this.get(named[0]);
  }

  isTrue(name: string): boolean {
    const value = this.get(name);
    return value === '1' || value === 'true' || value === 'on';
  }

  /** Whether it says so itself; where it is absent, neither this nor `isTrue` is. */
  isFalse(name: string): boolean {
    const value = this.get(name);
    return value === '0' || value === 'false' || value === 'off';
  }

  /** Namespaces declared here, as [prefix, namespace]. */
  namespaces(): readonly (readonly [string, string])[] {
    if (!this.#declares) return none;
    const found: [string, string][] = [];
    for (let index = 0; index < this.#count; index++) {
      const name = this.#name(index);
      if (name === 'xmlns' || name.startsWith('xmlns:')) found.push([name.slice(6), this.#value(index)]);
    }
    return found;
  }

  /** Takes the attributes between a tag's name and its end, which are the tag's own. */
  set(source: string, from: number, to: number): void {
    this.#source = source;
    this.#count = 0;
    this.#declares = false;
    let at = skipSpace(source, from, to);
    while (at < to) {
      const nameEnd = skipName(source, at, to);
      const equals = skipSpace(source, nameEnd, to);
      const opening = skipSpace(source, equals + 1, to);
      const quote = source.charCodeAt(opening);
      if (nameEnd === at || opening >= to || source.charCodeAt(equals) !== 61) throw badXml('属性有误');
      if (quote !== 34 && quote !== 39) throw badXml('属性有误');
      const closing = source.indexOf(quote === 34 ? '"' : "'", opening + 1);
      if (closing < 0 || closing >= to) throw badXml('属性有误');
      this.#add(at, nameEnd, opening + 1, closing);
      at = skipSpace(source, closing + 1, to);
      if (at === closing + 1 && at < to) throw badXml('属性有误');
    }
  }

  #add(nameStart: number, nameEnd: number, start: number, end: number): void {
    if (this.#isRepeated(nameStart, nameEnd)) throw badXml('属性重复');
    if (this.#count >= maximalAttributes) throw badXml('属性过多');
    if (this.#source.charCodeAt(nameStart) === 120 && this.#source.startsWith('xmlns', nameStart)) {
      this.#declares = true;
    }
    const at = this.#count * 4;
    this.#places[at] = nameStart;
    this.#places[at + 1] = nameEnd;
    this.#places[at + 2] = start;
    this.#places[at + 3] = end;
    this.#count++;
  }

  /** Whether there is one of that name already: few are compared, of many a set is kept. */
  #isRepeated(start: number, end: number): boolean {
    if (this.#count < few) {
      for (let index = 0; index < this.#count; index++) {
        const length = (this.#places[index * 4 + 1] ?? 0) - (this.#places[index * 4] ?? 0);
        if (length === end - start && this.#isNamed(index, this.#source.slice(start, end))) return true;
      }
      return false;
    }
    this.#reading.countWork(1);
    if (this.#count === few) this.#known = new Set(this.#names());
    const name = this.#source.slice(start, end);
    const isKnown = this.#known.has(name);
    this.#known.add(name);
    return isKnown;
  }

  #isNamed(index: number, name: string): boolean {
    const start = this.#places[index * 4] ?? 0;
    const end = this.#places[index * 4 + 1] ?? 0;
    return end - start === name.length && this.#source.startsWith(name, start);
  }

  #value(index: number): string {
    const [start, end] = [this.#places[index * 4 + 2], this.#places[index * 4 + 3]];
    return attributeText(this.#source.slice(start, end), this.#reading);
  }

  #names(): string[] {
    const names: string[] = [];
    for (let index = 0; index < this.#count; index++) names.push(this.#name(index));
    return names;
  }

  #name(index: number): string {
    return this.#source.slice(this.#places[index * 4], this.#places[index * 4 + 1]);
  }
}

const none: readonly (readonly [string, string])[] = [];

function skipSpace(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(source.charCodeAt(at))) at++;
  return at;
}

/** A name ends at a space, a quote, `=`, or anything else that can be in none. */
function skipName(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && isNameCode(source.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function isNameCode(code: number): boolean {
  if (code < 58) return code > 44 && code !== 47;
  return (code < 60 && code !== 59) || code > 63;
}
