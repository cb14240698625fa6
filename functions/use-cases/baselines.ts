import { adoptedWith } from '../../shared/core/catalogue/adoption.ts';
import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../shared/core/ledger/ports.ts';
import { type Baseline, baselineEvents } from '../../shared/core/year/baseline.ts';
import type { RecordedBaseline } from '../../shared/core/year/baseline-year.ts';
import type { OfficeYear } from './adopted.ts';
import { keptBaseline } from './stores/baseline-store.ts';

/** The baseline that stands by the office's chain of a year; undefined where none was recorded. */
export async function recordedBaseline(
  { year, office, adopted }: OfficeYear,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<RecordedBaseline | undefined> {
  const event = baselineEvents(office).at(-1);
  const catalogue = adoptedWith(event?.catalogue, adopted)?.catalogue;
  if (event === undefined || catalogue === undefined) return undefined;
  return { event, catalogue, baseline: await keptBaseline(year, event.happening.baseline, documents) };
}

/** Every baseline that the office's chain of a year records, for whoever takes the ledger away. */
export async function baselinesOf(
  year: number,
  office: readonly LedgerEvent[],
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Baseline[]> {
  const hashes = new Set(baselineEvents(office).map(({ happening }) => happening.baseline));
  return Promise.all([...hashes].map((hash) => keptBaseline(year, hash, documents)));
}
