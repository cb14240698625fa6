import { type CheckCode, checkCode } from '../ledger/check-code.ts';
import type { Lineage, Total } from '../totals/total.ts';
import { digestOf, digestOfEach } from '../values/digest.ts';
import type { Publication } from './publication.ts';

/**
 * The check codes of published figures, each of the figure and of all that it rests on: values and cells as they are published,
 * and by the hashes of the events that accepted them the files, who uploaded them and when, and where the ledger has them.
 * Anything of it otherwise gives another code.
 */
export function evidenceCodes({
  totals,
  observations,
}: Pick<Publication, 'totals' | 'observations'>): (total: Total) => CheckCode {
  const byIndicator = Map.groupBy(observations, ({ indicator }) => indicator);
  return (total) => {
    const { indicator, value, unit } = total;
    const cited = reportedUnder(total, totals).flatMap((id) => byIndicator.get(id) ?? []);
    return checkCode({
      hash: digestOf({ indicator, value, unit, observations: digestOfEach(cited.map(citation)) }),
    });
  };
}

/** What a code is made of, of each observation. */
function citation({ department, period, status, value, items, unit, remark, cell, ledger }: Lineage) {
  const said = [status, value, items ?? null, unit, remark ?? null, cell.sheet ?? null, cell.cell ?? null];
  return [department, period, ...said, ledger.hash];
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
