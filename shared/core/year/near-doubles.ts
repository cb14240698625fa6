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

/**
 * Names that differ from an earlier one by a single character that is added, left out or another, unless that character
 * is one by which things are numbered. Names that are the same by `nameKey` are one, and none of these.
 */
export class NearDoubles {
  private readonly whole = new Map<string, string>();
  /** By a name's key without one character, and where that was: who has it so. */
  private readonly without = new Map<string, { item: string; key: string }>();

  /** The earlier name that this is a near double of, if there is one; the name is known from then on. */
  add(item: string): NearDouble | undefined {
    const key = nameKey(item);
    if (this.whole.has(key) || key.length < shortestName) return undefined;
    const earlier = this.differingInOne(key);
    this.whole.set(key, item);
    for (const [place, shorter] of shortened(key)) this.without.set(`${place} ${shorter}`, { item, key });
    return earlier === undefined ? undefined : { item, earlier };
  }

  private differingInOne(key: string): string | undefined {
    const characters = [...key];
    for (const [place, shorter] of shortened(key)) {
      const character = characters[place] ?? '';
      if (tellsApart.test(character)) continue;
      const longer = this.whole.get(shorter);
      if (longer !== undefined) return longer;
      const other = this.without.get(`${place} ${shorter}`);
      if (other !== undefined && !tellsApart.test([...other.key][place] ?? '')) return other.item;
    }
    for (let place = 0; place <= characters.length; place++) {
      const other = this.without.get(`${place} ${key}`);
      if (other !== undefined && !tellsApart.test([...other.key][place] ?? '')) return other.item;
    }
    return undefined;
  }
}

/** A text without each of its characters in turn, with where that stood. */
function shortened(text: string): [place: number, shorter: string][] {
  const characters = [...text];
  return characters.map((_, place) => [place, characters.toSpliced(place, 1).join('')]);
}
