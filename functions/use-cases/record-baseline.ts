import type { Instant } from '../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger, LedgerReader } from '../../shared/core/ledger/ports.ts';
import { type Baseline, baselineEvents, baselineHash } from '../../shared/core/year/baseline.ts';
import { newestPublication } from '../../shared/core/year/last-year.ts';
import { completeAdoptions } from './adopt.ts';
import { NoCatalogueError, type OfficeYear, readOfficeYear } from './adopted.ts';
import { append } from './append.ts';
import { refuseBroken } from './read-year.ts';
import { hasWorkbookOf, keptBaseline } from './stores/baseline-store.ts';

/** A baseline that somebody would record. */
export interface BaselineRequest {
  baseline: Baseline;
  reason: string;
  at: Instant;
  by: string;
}

/** A baseline that cannot be recorded as the ledger stands, with why, in Chinese. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

/** Why no baseline is recorded for a year; undefined if one may be. */
export async function whyNoBaseline(year: number, ledger: LedgerReader): Promise<string | undefined> {
  const published = newestPublication(await ledger.read(chainOf(year - 1, 'office')));
  if (published === undefined) return undefined;
  const { number } = published.happening;
  return `${year - 1}年已由本系统发布（第 ${number} 次），本年一律与发布的数比较，不再录入基数；上年的数有误的，请更正上年的报表后重新发布。`;
}

/**
 * Records a baseline that is kept among the documents, with its workbook: from now on the year is looked at beside it.
 * Throws `BaselineError` where it may not be, and `BrokenLedgerError` where the office's chain is broken; that an earlier
 * baseline is gone forbids nothing, since this one takes its place.
 */
export async function recordBaseline(
  { baseline, reason, at, by }: BaselineRequest,
  store: { ledger: Ledger; documents: Documents },
): Promise<LedgerEvent> {
  const year = baseline.year + 1;
  const hash = baselineHash(baseline);
  await keptBaseline(year, hash, store.documents);
  if (!(await hasWorkbookOf(baseline, store.documents))) {
    throw new BaselineError('没有保存过这份基数的工作簿，请重新上传。');
  }
  const recorded = await append(store.ledger, async () => {
    const found = await readOfficeYear(year, store);
    if (found === undefined) throw new NoCatalogueError(`no catalogue has been adopted for ${year}`);
    const { office, adopted } = found;
    refuseBroken([{ chain: chainOf(year, 'office'), events: office }]);
    const problem = (await whyNoBaseline(year, store.ledger)) ?? problemWith(baseline, found);
    if (problem !== undefined) throw new BaselineError(problem);
    const event = nextEvent(chainOf(year, 'office'), office, {
      ...{ at, by, catalogue: adopted.inForce.hash },
      happening: { kind: 'baseline-recorded', baseline: hash, reason },
    });
    return { kind: 'append', event, result: event };
  });
  await completeAdoptions(year, store);
  return recorded;
}

function problemWith(baseline: Baseline, { office, adopted }: OfficeYear): string | undefined {
  if (baseline.catalogue !== adopted.inForce.hash) {
    return '这份基数读取以后，已采用了另一份指标目录；请重新上传，按现行目录读取后再录入。';
  }
  const standing = baselineEvents(office).at(-1);
  return standing?.happening.baseline === baselineHash(baseline)
    ? '与现行的上年基数完全相同，不需要再录入。'
    : undefined;
}
