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

/** Whether a number stands in a text as it is written, and not as a piece of another. */
export function hasNumber(text: string, number: string): boolean {
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
  const byUnit = Map.groupBy(publication.totals, ({ unit }) => unit);
  const units = [...byUnit.keys()].filter((unit) => unit !== '').map(RegExp.escape);
  if (units.length === 0) return [];
  const number = new RegExp(
    `(超?(?<![0-9.])[0-9][0-9,.]{0,40}余?)(${units.sort((a, b) => b.length - a.length).join('|')})`,
    'g',
  );
  return paragraphs.flatMap(({ loose, place }) =>
    loose.split(/[。；，;]/).flatMap((clause) =>
      [...clause.matchAll(number)].flatMap(([written, digits = '', unit = '']): LooseNumber[] => {
        const like = (byUnit.get(unit) ?? []).find((total) => looksLike(total, { clause, written, digits }));
        return like === undefined ? [] : [{ name: like.name, place, written }];
      }),
    ),
  );
}

function looksLike(
  { name, prose, value, unit }: Total,
  { clause, written, digits }: { clause: string; written: string; digits: string },
): boolean {
  if (nameKey(clause).includes(nameKey(name))) return true;
  const isTelling = digits.replace(/[^0-9]/g, '').length >= tellingDigits;
  const asWritten = prose.endsWith(unit) ? prose : prose + unit;
  return isTelling && (written === asWritten || written === `${value}${unit}`);
}
