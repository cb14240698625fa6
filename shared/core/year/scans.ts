import type { Instant } from '../catalogue/period.ts';
import { isEvent, type LedgerEvent } from '../ledger/event.ts';
import type { Scan } from '../ledger/scan.ts';

/** A scan of the signed and stamped sheet of an upload, by whom it was filed and when. */
export interface FiledScan extends Scan {
  by: string;
  at: Instant;
}

/** The scans that were filed, by upload, in the order in which they were recorded: the last one is the one that is meant. */
export function scansIn(events: readonly LedgerEvent[]): ReadonlyMap<string, readonly FiledScan[]> {
  const filed = events.filter((event) => isEvent(event, 'scan-filed'));
  const byUpload = Map.groupBy(filed, ({ happening }) => happening.upload as string);
  return new Map(
    [...byUpload].map(([upload, own]) => [
      upload,
      own.map(({ by, at, happening }) => ({ ...happening.scan, by, at })),
    ]),
  );
}
