import { type CheckCode, checkCode } from '../ledger/check-code.ts';
import type { Lineage, Total } from '../totals/total.ts';
import { digestOf, digestOfEach, type Sha256 } from '../values/digest.ts';
import { onceForSame } from '../values/once-for-each.ts';
import { type Publication, type ReturnPublished, returnsIn } from './publication.ts';

/**
 * The check codes of published figures, each of the figure and of the returns that it rests on: of all that they say and where,
 * as it is published, and by the hashes of the events that accepted them of the files, who uploaded them and when, and where the
 * ledger has them. Anything of it otherwise gives another code.
 */
export function evidenceCodes({
  totals,
  observations,
}: Pick<Publication, 'totals' | 'observations'>): (total: Total) => CheckCode {
  const digestsOf = new Map<string, string[]>();
  for (const own of returnsIn(observations)) {
    const digest = digestOfReturn(own);
    for (const { indicator } of own) {
      const digests = digestsOf.get(indicator);
      if (digests === undefined) digestsOf.set(indicator, [digest]);
      else digests.push(digest);
    }
  }
  return (total) => {
    const { indicator, value, unit } = total;
    const returns = reportedUnder(total, totals).flatMap((id) => digestsOf.get(id) ?? []);
    return checkCode({ hash: digestOf({ indicator, value, unit, returns }) });
  };
}

const digestOfReturn = onceForSame(
  (own: ReturnPublished) => own,
  (own): Sha256 => digestOfEach(own.map(citation)),
);

/** What a code is made of, of each observation of a return. */
function citation({
  indicator,
  department,
  period,
  status,
  value,
  items,
  unit,
  remark,
  cell,
  ledger,
}: Lineage) {
  const said = [status, value, items ?? null, unit, remark ?? null, cell.sheet ?? null, cell.cell ?? null];
  return [indicator, department, period, ...said, ledger.hash];
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
