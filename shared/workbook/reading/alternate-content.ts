import { detached } from './detached.ts';
import type { Reading } from './fault.ts';
import type { Tag } from './tag.ts';
import type { XmlElement } from './xml-document.ts';
import { badXml } from './xml-fault.ts';

const compatibility = 'http://schemas.openxmlformats.org/markup-compatibility/2006';
/** What present Excel takes: the standard's namespaces in both its forms, and those of Microsoft's programs. */
const understood =
  /^http:\/\/(schemas\.microsoft\.com\/office|schemas\.openxmlformats\.org|purl\.oclc\.org\/ooxml)\//;
const maximalBindings = 100;

interface Binding {
  readonly prefix: string;
  readonly means: 'compatibility' | 'understood' | 'other';
  /** How many elements enclose the one that declares it. */
  readonly depth: number;
}

/**
 * `mc:AlternateContent` holds one content in several forms for programs of different age. It is as if the first
 * form that Excel understands stood in its place, and nothing of the others.
 */
export class AlternateContents {
  readonly #reading: Reading;
  /** Those in scope, the innermost last. Of a namespace only what it means is kept, since it may be of any length. */
  readonly #bindings: Binding[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  bind(prefix: string, namespace: string, depth: number): void {
    const means =
      namespace === compatibility ? 'compatibility' : understood.test(namespace) ? 'understood' : 'other';
    // A prefix that nobody has bound is no better understood.
    if (means === 'other' && this.#meaning(prefix) === 'other') return;
    if (this.#bindings.length >= maximalBindings) throw badXml('命名空间的前缀过多');
    this.#bindings.push({ prefix: detached(prefix), means, depth });
  }

  /** Forgets what elements declared that so many or more others enclose. */
  leave(depth: number): void {
    while ((this.#bindings.at(-1)?.depth ?? -1) >= depth) this.#bindings.pop();
  }

  /** What to do with an element that is none of the document's own, in a parent whose children are looked at. */
  elementFor(prefix: string, local: string, parent: XmlElement, tag: Tag): XmlElement | undefined {
    if (local !== 'AlternateContent' && local !== 'Choice' && local !== 'Fallback') return undefined;
    if (this.#meaning(prefix) !== 'compatibility') return undefined;
    if (local === 'AlternateContent') return new Alternatives(parent);
    if (!(parent instanceof Alternatives)) return undefined;
    return local === 'Fallback' ? parent.fallback() : parent.choice(this.#understands(tag.get('Requires')));
  }

  /** Prefixes, separated by spaces, all of which must be understood. */
  #understands(requires = ''): boolean {
    const prefixes = requires.split(' ').filter((prefix) => prefix !== '');
    return prefixes.length > 0 && prefixes.every((prefix) => this.#meaning(prefix) !== 'other');
  }

  #meaning(prefix: string): Binding['means'] {
    this.#reading.countWork(1 + (this.#bindings.length >> 3));
    return this.#bindings.findLast((each) => each.prefix === prefix)?.means ?? 'other';
  }
}

/** One `mc:AlternateContent`: what stands directly in it is nothing, what stands in the form taken is its parent's. */
class Alternatives implements XmlElement {
  readonly children = {};
  readonly #content: XmlElement;
  #taken = false;
  #closed = false;

  constructor({ children, quick }: XmlElement) {
    this.#content = { ...(children && { children }), ...(quick && { quick }) };
  }

  choice(understood: boolean): XmlElement | undefined {
    if (this.#closed) throw badXml('AlternateContent 有误');
    return understood ? this.#take() : undefined;
  }

  fallback(): XmlElement | undefined {
    if (this.#closed) throw badXml('AlternateContent 有误');
    this.#closed = true;
    return this.#take();
  }

  #take(): XmlElement | undefined {
    if (this.#taken) return undefined;
    this.#taken = true;
    return this.#content;
  }
}
