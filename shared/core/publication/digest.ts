import { digestOf, digestOfEach, type Sha256 } from '../values/digest.ts';
import { type Publication, publishedObservation } from './publication.ts';

/** What a publication says as the year is then: whenever, by whom and by which number, and where in the ledger. */
export type Content = Omit<
  Publication,
  | 'number'
  | 'publishedAt'
  | 'publishedBy'
  | 'digest'
  | 'software'
  | 'comparedWith'
  | 'report'
  | 'changes'
  | 'chains'
>;

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
  const {
    number: _number,
    publishedAt: _publishedAt,
    publishedBy: _publishedBy,
    digest: _digest,
    software: _software,
    comparedWith: _comparedWith,
    report: _report,
    changes: _changes,
    chains: _chains,
    ...content
  } = publication;
  return digestOfContent(content);
}
