import { nameKey } from '../values/text.ts';

/** Two names that are counted as two, and may be one that was written in two ways. */
export interface NearDouble {
  item: string;
  earlier: string;
}

/** Shorter names differ by one character because they are short. */
const shortestName = 5;

/** What tells one thing from the next: 第一批 and 第二批 are two. */
const tellsApart = /[0-9零〇一二三四五六七八九十百千甲乙丙丁戊己庚辛上中下前后东南西北左右新旧]/;

interface Name {
  item: string;
  /** Of the name's key. */
  characters: readonly string[];
}

/**
 * Names that differ from an earlier one by a single character that is added, left out or another, unless that character
 * is one by which things are numbered. Names that are the same by `nameKey` are one, and none of these.
 *
 * One edit leaves either the first or the second half of a name as it was: names are looked for by their halves, since a
 * list has hundreds of them and every page of the department asks.
 */
export class NearDoubles {
  private readonly keys = new Set<string>();
  private readonly byHalf = new Map<string, Name[]>();

  /** The earlier name that this is a near double of, if there is one; the name is known from then on. */
  add(item: string): NearDouble | undefined {
    const key = nameKey(item);
    const characters = [...key];
    if (this.keys.has(key) || characters.length < shortestName) return undefined;
    const earlier = this.candidates(characters).find((name) => isNear(name.characters, characters));
    this.keys.add(key);
    for (const half of halves(characters, characters.length)) {
      const names = this.byHalf.get(half) ?? [];
      names.push({ item, characters });
      this.byHalf.set(half, names);
    }
    return earlier === undefined ? undefined : { item, earlier: earlier.item };
  }

  /** The names that share a half with this one, were it a character shorter or longer. */
  private candidates(characters: readonly string[]): Name[] {
    const { length } = characters;
    return [length, length - 1, length + 1]
      .flatMap((ofLength) => halves(characters, ofLength))
      .flatMap((half) => this.byHalf.get(half) ?? []);
  }
}

/** The halves of a name as one of that length has them, if an edit has left that half as it was. */
function halves(characters: readonly string[], length: number): string[] {
  const middle = Math.floor(length / 2);
  return [
    `${length}<${characters.slice(0, middle).join('')}`,
    `${length}>${characters.slice(-(length - middle)).join('')}`,
  ];
}

/** Whether one edit leads from the one to the other, of a character that does not number things. */
function isNear(one: readonly string[], other: readonly string[]): boolean {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const rests = [one, other].map((characters) => characters.slice(start, characters.length - end));
  return rests.every((rest) => rest.length <= 1 && !tellsApart.test(rest[0] ?? ''));
}
