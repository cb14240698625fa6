import { excerpt, nameKey } from '../values/text.ts';

interface Named {
  id: string;
  name: string;
  formerNames: readonly { name: string }[];
}

/** Entries by what people call them. */
export interface Lookup {
  /** As many parts as a name has that contains what separates names. */
  mostParts: number;
  /** By the name, a name of before, or the code; undefined if nothing is called so. */
  idOf: (typed: string) => string | undefined;
  /** The name, or the code where the name would be read as another entry. */
  nameOf: (id: string) => string;
  /** What may have been meant, as a question; empty if nothing is like it. */
  guess: (typed: string) => string;
}

/** What separates names in a cell. */
export const separators = /[、；;，,\n]/;

/** A name with more separators in it is found by its code alone. */
const mostParts = 12;

export function lookupOf(entries: readonly Named[]): Lookup {
  const byName = new Map<string, string>();
  const add = (key: string, id: string) => {
    if (key !== '' && !byName.has(key)) byName.set(key, id);
  };
  for (const { id, name } of entries) add(nameKey(name), id);
  for (const { id, formerNames } of entries) for (const { name } of formerNames) add(nameKey(name), id);
  for (const { id } of entries) add(id, id);
  const names = new Map(entries.map(({ id, name }) => [id, name]));
  const everyName = entries.flatMap(({ name, formerNames }) => [
    name,
    ...formerNames.map((each) => each.name),
  ]);
  return {
    mostParts: Math.min(mostParts, Math.max(1, ...everyName.map((name) => name.split(separators).length))),
    idOf: (typed) => byName.get(nameKey(typed)),
    nameOf: (id) => {
      const name = names.get(id);
      return name !== undefined && byName.get(nameKey(name)) === id ? name : id;
    },
    guess: (typed) => {
      const best = entries
        .map(({ name }) => ({ name, likeness: likeness(nameKey(name), nameKey(typed)) }))
        .reduce((a, b) => (b.likeness > a.likeness ? b : a), { name: '', likeness: 0.6 });
      return best.name === '' ? '' : `（是不是“${excerpt(best.name)}”？）`;
    },
  };
}

/** How much of two texts is the same, from 0 to 1: the pairs of characters that both have. */
function likeness(a: string, b: string): number {
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)));
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
