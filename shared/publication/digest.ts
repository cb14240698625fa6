import type { Publication } from '../core/publication/publication.ts';
import { digestOf, type Sha256, sha256OfPieces } from '../core/values/digest.ts';
import { observationLines } from './observations-table.ts';

/** What a publication says of itself: when, by whom and by which number it was made, from what and beside what. */
const besides = [
  'number',
  'publishedAt',
  'publishedBy',
  'digest',
  'software',
  'comparedWith',
  'report',
  'changes',
  'chains',
] as const satisfies (keyof Publication)[];

/** What a publication says of the year. */
export type Content = Omit<Publication, (typeof besides)[number]>;

/**
 * The digest of what a publication says: ledger positions are none of it, and the observations are in it by the digest
 * of their table's lines.
 */
export function digestOfContent(content: Content): Sha256 {
  const texts = content.texts.map(({ ledger: _ledger, ...row }) => row);
  const returns = content.returns.map(({ counted, ...row }) => {
    const { ledger: _ledger, ...upload } = counted ?? { ledger: null };
    return { ...row, counted: counted && upload };
  });
  const observations = sha256OfPieces(observationLines(content.observations));
  return digestOf({ ...content, observations, returns, texts });
}

/** The digest of what a publication that was read says. */
export function digestOfPublication(publication: Publication): Sha256 {
  const content: Partial<Publication> = { ...publication };
  for (const key of besides) delete content[key];
  return digestOfContent(content as Content);
}
