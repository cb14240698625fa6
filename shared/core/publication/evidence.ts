import { type CheckCode, checkCode } from '../ledger/check-code.ts';
import type { Total } from '../totals/total.ts';
import { digestOf, digestOfEach, type Sha256 } from '../values/digest.ts';
import { onceForEach } from '../values/once-for-each.ts';
import type { Publication } from './publication.ts';

/**
 * The check codes of published figures, each of the figure and of all that it rests on: values, cells, files by their
 * hashes, who uploaded them and when, and where the ledger has them. Anything of it otherwise gives another code.
 */
export function evidenceCodes({
  totals,
  observations,
}: Pick<Publication, 'totals' | 'observations'>): (total: Total) => CheckCode {
  const byIndicator = Map.groupBy(observations, ({ indicator }) => indicator);
  const digestOnce = onceForEach<object, Sha256>(digestOf);
  return (total) => {
    const { indicator, value, unit } = total;
    const cited = reportedUnder(total, totals).flatMap((id) => byIndicator.get(id) ?? []);
    const lines = cited.map(({ file, ledger, ...said }) => {
      return { ...said, file: digestOnce(file), ledger: digestOnce(ledger) };
    });
    return checkCode({ hash: digestOf({ indicator, value, unit, observations: digestOfEach(lines) }) });
  };
}

/** The indicators whose observations make a figure: its own, those that it adds up, or both parts of a share. */
export function reportedUnder(
  { indicator, numerator, denominator, parts = [] }: Total,
  totals: readonly Total[],
): string[] {
  const own = [numerator, denominator, ...parts].flatMap((part) => part?.indicator ?? []);
  if (own.length === 0) return [indicator];
  const below = totals.filter((total) => own.includes(total.indicator));
  return [...new Set(below.flatMap((total) => reportedUnder(total, totals)))];
}

/** The check code of all that a publication says, from its digest. */
export function publicationCode({ digest }: Pick<Publication, 'digest'>): CheckCode {
  return checkCode({ hash: digest });
}
