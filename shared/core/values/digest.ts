import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';

/** SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256Schema>;

export function sha256(bytes: Uint8Array | string): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

/** The same of bytes that come in pieces. */
export function sha256OfPieces(pieces: Iterable<Uint8Array>): Sha256 {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex') as Sha256;
}

/** RFC 8785 canonical JSON: one text for one value, whatever the order of its keys. */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  const text = ordered === undefined ? canonicalize(value) : JSON.stringify(ordered);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** Values that are nested deeper are left to the library, which does not call itself. */
const deepest = 64;

/** Keys that an object does not keep in the order in which they are set, or not at all. */
const keptElsewhere = /^(?:[0-9]|__proto__$)/;

/**
 * The same value with its keys in order, which `JSON.stringify` writes as the RFC asks, in a third of the time that the
 * library takes; undefined where it would not, or the value is none that JSON has.
 */
function inOrder(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth === deepest) return undefined;
  if (Array.isArray(value)) return eachInOrder(value, depth);
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return undefined;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key];
    if (field === undefined) continue;
    ordered[key] = inOrder(field, depth + 1);
    if (ordered[key] === undefined || keptElsewhere.test(key) || !key.isWellFormed()) return undefined;
  }
  return ordered;
}

function eachInOrder(values: readonly unknown[], depth: number): unknown[] | undefined {
  const ordered: unknown[] = [];
  for (const value of values) {
    const item = inOrder(value, depth + 1);
    if (item === undefined) return undefined;
    ordered.push(item);
  }
  return ordered;
}

export function digestOf(value: unknown): Sha256 {
  return sha256(canonicalJson(value));
}

/** The digest of a list as canonical JSON, each item a line that a line feed ends. */
export function digestOfEach(values: Iterable<unknown>): Sha256 {
  const hash = createHash('sha256');
  for (const value of values) hash.update(`${canonicalJson(value)}\n`);
  return hash.digest('hex') as Sha256;
}
