import type { Tag } from './tag.ts';

/** What is being read: the text, and the code of each of its characters, followed by some zeros. */
export interface Chunk {
  readonly source: string;
  /** Several times quicker to look at than the characters of a string. */
  readonly codes: Codes;
}

export type Codes = Uint8Array | Uint16Array;

/**
 * What to do with an element at one place of a document. Elements that are not named as children are skipped
 * with all they contain, so an element counts only where it belongs.
 */
export interface XmlElement {
  readonly open?: (tag: Tag) => void;
  /** Given the text that stands directly in the element, when it ends. */
  readonly text?: (text: string) => void;
  readonly close?: () => void;
  /**
   * Offered each `<` directly in the element; it may read on by itself and returns where it stopped, always
   * at the start of markup or text that it did not touch. For the few shapes that make up most of a file.
   */
  readonly quick?: (chunk: Chunk, at: number) => number;
  readonly children?: Readonly<Record<string, XmlElement>>;
}

/** How a document must begin: one of the roots, in one of the namespaces. */
export interface XmlDocument {
  readonly namespaces: readonly string[];
  readonly roots: Readonly<Record<string, XmlElement>>;
  /** Called for any other root, before it is refused; may throw a more telling fault. */
  readonly otherRoot?: (name: string, namespace: string) => void;
}
