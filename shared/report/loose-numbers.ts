import type { Total } from '../core/totals/total.ts';
import { nameKey } from '../core/values/text.ts';
import type { Source } from './said.ts';
import type { Paragraph } from './template.ts';

/** So many digits are no coincidence, whatever the sentence is about. */
const tellingDigits = 3;

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
