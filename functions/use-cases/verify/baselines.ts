import { chainOf, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Baseline, baselineEvents, baselineHash } from '../../../shared/core/year/baseline.ts';
import {
  baselineKey,
  baselineWorkbookKey,
  hasWorkbookOf,
  readBaselineAnew,
} from '../stores/baseline-store.ts';
import type { Fault } from './verify.ts';

/** Where a baseline is had from by its hash: the documents, or a file that carries it. */
export type BaselineOfHash = (hash: string) => Promise<Baseline | undefined>;

/** Baselines that were recorded, by their hashes, as far as they can be read. */
export type Baselines = ReadonlyMap<string, Baseline>;

/** The baselines that the office's chain records, as far as they are as they were; and what is wrong with them. */
export async function verifyBaselines(
  year: number,
  events: readonly LedgerEvent[],
  baselineOfHash: BaselineOfHash,
): Promise<{ baselines: Baselines; faults: Fault[] }> {
  const office = chainOf(year, 'office');
  const baselines = new Map<string, Baseline>();
  const faults: Fault[] = [];
  for (const event of baselineEvents(events).filter(({ chain }) => chain === office)) {
    const hash = event.happening.baseline;
    const baseline = await baselineOfHash(hash);
    if (baseline === undefined) {
      faults.push({ where: baselineKey(year, hash), explanation: 'was recorded, and is gone or was edited' });
    } else if (baseline.year !== year - 1 || baseline.catalogue !== event.catalogue) {
      const explanation = 'records a baseline of another year, or that was read by another catalogue';
      faults.push({ where: `${office}#${event.sequence}`, explanation });
    } else baselines.set(hash, baseline);
  }
  return { baselines, faults };
}

/** The workbooks that baselines were read from are there, as they were handed in. */
export async function verifyBaselineWorkbooks(
  baselines: Baselines,
  documents: DocumentsReader,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const baseline of baselines.values()) {
    if (await hasWorkbookOf(baseline, documents)) continue;
    const where = baselineWorkbookKey(baseline);
    faults.push({ where, explanation: 'is not the workbook that the baseline was read from' });
  }
  return faults;
}

export function baselinesAmong(year: number, documents: DocumentsReader): BaselineOfHash {
  return (hash) => readBaselineAnew(year, hash, documents);
}

/** The one of these with a hash. */
export function baselineIn(baselines: readonly Baseline[], hash: string): Baseline | undefined {
  return baselines.find((each) => baselineHash(each) === hash);
}
