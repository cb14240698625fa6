import { digestOf, digestOfEach, type Sha256 } from '../values/digest.ts';
import { type Publication, publishedObservation } from './publication.ts';

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
 * The digest of what a publication says: ledger positions are none of it, and the observations are in it by a digest of
 * their own, since a large city's would be longer than any text may be.
 */
export function digestOfContent(content: Content): Sha256 {
  const texts = content.texts.map(({ ledger: _ledger, ...row }) => row);
  const returns = content.returns.map(({ counted, ...row }) => {
    const { ledger: _ledger, ...upload } = counted ?? { ledger: null };
    return { ...row, counted: counted && upload };
  });
  const observations = digestOfEach(content.observations.values().map(publishedObservation));
  return digestOf({ ...content, observations, returns, texts });
}

/** The digest of what a publication that was read says. */
export function digestOfPublication(publication: Publication): Sha256 {
  const content: Partial<Publication> = { ...publication };
  for (const key of besides) delete content[key];
  return digestOfContent(content as Content);
}
