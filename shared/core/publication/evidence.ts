import { type CheckCode, checkCode } from '../ledger/check-code.ts';
import type { Total } from '../totals/total.ts';
import { digestOf } from '../values/digest.ts';
import type { Publication } from './publication.ts';

/**
 * The check code of a published figure and of all that it cites: values, cells, files by their hashes, who uploaded them
 * and when. Anything of it otherwise gives another code.
 */
export function evidenceCode({ indicator, value, unit, contributions }: Total): CheckCode {
  return checkCode({ hash: digestOf({ indicator, value, unit, contributions }) });
}

/** The check code of all that a publication says, from its digest. */
export function publicationCode({ digest }: Pick<Publication, 'digest'>): CheckCode {
  return checkCode({ hash: digest });
}
