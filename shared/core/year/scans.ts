import type { Instant } from '../catalogue/period.ts';
import { isEvent, type LedgerEvent } from '../ledger/event.ts';
import type { Scan } from '../ledger/scan.ts';
import type { UploadId } from '../ledger/upload.ts';
import type { ReturnKey } from '../returns/address.ts';

/** A scan of the signed and stamped sheet of an upload, by whom it was filed and when. */
export interface FiledScan extends Scan {
  by: string;
  at: Instant;
}

/** What was said of an upload of a return. */
export interface OfUpload<T> extends ReturnKey {
  upload: UploadId;
  said: T;
}

/** The scans that were filed, in the order in which they were recorded: of those of a version the last one is meant. */
export function scansIn(events: readonly LedgerEvent[]): OfUpload<FiledScan>[] {
  return events
    .filter((event) => isEvent(event, 'scan-filed'))
    .map(({ by, at, happening: { department, period, upload, scan } }) => ({
      ...{ department, period, upload },
      said: { ...scan, by, at },
    }));
}
