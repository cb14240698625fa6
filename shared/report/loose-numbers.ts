import type { Total } from '../core/totals/total.ts';
import { nameKey } from '../core/values/text.ts';
import type { Source } from './said.ts';
import type { Paragraph } from './template.ts';

/** So many digits are no coincidence, whatever the sentence is about. */
const tellingDigits = 3;

/** Whether a text begins with a number as it is written, and not with a longer one. */
export function beginsWithNumber(text: string, number: string): boolean {
  return text.startsWith(number) && isOver(text, number.length);
}

/** Finds the first paragraph in which a number stands; the same number is looked for once. */
export function findNumbers(paragraphs: readonly Paragraph[]): (number: string) => Paragraph | undefined {
  return memoized((number) => paragraphs.find(({ loose }) => hasNumber(loose, number)));
}

/** Whether a number stands in a text as it is written, and not as a piece of another. */
function hasNumber(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    if (!/[0-9][.,]?$/.test(text.slice(Math.max(0, at - 2), at)) && isOver(text, at + number.length))
      return true;
  }
  return false;
}

/** Whether a number that was read as far as that is over: 270余 is another than 270. */
function isOver(text: string, at: number): boolean {
  const isNumber = /[0-9]/.test(text.charAt(at - 1));
  return !isNumber || !/^(?:[.,]?[0-9]|余)/.test(text.slice(at, at + 2));
}

/** A number that looks like a figure, and where it stands. */
export interface LooseNumber {
  name: string;
  place: string;
  written: string;
}

/** Numbers outside of controls that look like figures of the catalogue: named in their clause, or exactly as one is written. */
export function looseNumbers(paragraphs: readonly Paragraph[], { publication }: Source): LooseNumber[] {
  const byUnit = new Map(
    [...Map.groupBy(publication.totals, ({ unit }) => unit)]
      .filter(([unit]) => unit !== '')
      .map(([unit, totals]) => [unit, new Likenesses(totals)] as const),
  );
  const units = [...byUnit.keys()].map(RegExp.escape);
  if (units.length === 0) return [];
  const number = new RegExp(
    `(超?(?<![0-9.])[0-9][0-9,.]{0,40}余?)(${units.sort((a, b) => b.length - a.length).join('|')})`,
    'g',
  );
  return paragraphs.flatMap(({ loose, place }) =>
    loose.split(/[。；，;]/).flatMap((clause) => {
      const inClause = memoized((unit: string) => byUnit.get(unit)!.in(clause));
      return [...clause.matchAll(number)].flatMap(([written, digits = '', unit = '']): LooseNumber[] => {
        const like = inClause(unit)({ written, digits });
        return like === undefined ? [] : [{ name: like.name, place, written }];
      });
    }),
  );
}

function memoized<Result>(work: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key)!;
  };
}

/** The totals of a unit, by what a number in that unit may look like: worked out once, since there may be very many numbers. */
class Likenesses {
  readonly #totals: readonly Total[];
  readonly #keys: readonly string[];
  /** The first total that is written so. */
  readonly #asWritten = new Map<string, number>();

  constructor(totals: readonly Total[]) {
    this.#totals = totals;
    this.#keys = totals.map(({ name }) => nameKey(name));
    for (const [index, { prose, value, unit }] of totals.entries()) {
      const ways = [prose.endsWith(unit) ? prose : prose + unit, `${value}${unit}`];
      for (const way of ways) if (!this.#asWritten.has(way)) this.#asWritten.set(way, index);
    }
  }

  /** What a number in a clause looks like: the first total of which it is true. */
  in(clause: string): (number: { written: string; digits: string }) => Total | undefined {
    const key = nameKey(clause);
    const named = this.#keys.findIndex((each) => key.includes(each));
    return ({ written, digits }) => {
      const isTelling = digits.replace(/[^0-9]/g, '').length >= tellingDigits;
      const found = [named, isTelling ? (this.#asWritten.get(written) ?? -1) : -1].filter((at) => at >= 0);
      return this.#totals[Math.min(...found)];
    };
  }
}
