import type { Catalogue } from '../../shared/core/catalogue.ts';
import { chainOf, isEvent } from '../../shared/core/event.ts';
import type { Documents, Ledger } from '../../shared/core/ports.ts';
import { readSummaryJson } from '../../shared/publication/summary-json.ts';
import { publicationFolder } from './publish.ts';

/** Whether the newest publication of the year is final. */
export async function isFinal(
  { year }: Catalogue,
  { ledger, documents }: { ledger: Ledger; documents: Documents },
): Promise<boolean> {
  const office = await ledger.read(chainOf(year, 'office'));
  const last = office.filter((event) => isEvent(event, 'published')).at(-1);
  if (last === undefined) return false;
  const summary = await documents.get(`${publicationFolder(year, last.happening.number)}summary.json`);
  return summary !== undefined && readSummaryJson(summary).status === 'final';
}
