/** A source of whole random numbers that a seed determines, so that the same seed makes the same sample. */
export interface Random {
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number;
  chance(percent: number): boolean;
  pick<T>(choices: readonly T[]): T;
  shuffled<T>(items: readonly T[]): T[];
}

/** The random numbers of one subject of a sample: other subjects' draws do not change them. */
export function seededRandom(seed: number, subject: string): Random {
  const next = mulberry32(mixed(seed, subject));
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (percent) => below(100) < percent,
    pick: (choices) => choices[below(choices.length)]!,
    shuffled: (items) => shuffle([...items], below),
  };
}

/** Mulberry32: small and good enough for made-up data, never for secrets. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixing = Math.imul(state ^ (state >>> 15), state | 1);
    mixing ^= mixing + Math.imul(mixing ^ (mixing >>> 7), mixing | 61);
    return (mixing ^ (mixing >>> 14)) >>> 0;
  };
}

/**
 * FNV-1a over the subject's name, started from the seed. A seed of one digit is in the text alone: its digit would
 * cancel it out, and all ten would make the same numbers.
 */
function mixed(seed: number, subject: string): number {
  let hash = (0x811c9dc5 ^ (seed < 10 ? 0 : seed)) | 0;
  for (const character of `${seed} ${subject}`)
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash | 0;
}

function shuffle<T>(items: T[], below: (limit: number) => number): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}
