import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import { readScan, type ScanFault } from '../../shared/core/ledger/scan.ts';
import type { UploadId } from '../../shared/core/ledger/upload.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import type { Store } from './adopted.ts';
import { type Decided, recordDecision } from './office.ts';
import { keepScan } from './stores/scan-store.ts';

/** A file that somebody files as the scan of the signed and stamped sheet of an upload. */
export interface ScanToFile extends ReturnKey {
  upload: UploadId;
  bytes: Uint8Array;
  fileName?: string | undefined;
}

export type FiledOrNot = { kind: 'filed'; event: LedgerEvent } | { kind: 'fault'; fault: ScanFault };

/**
 * Keeps a scan and records whose it is. Nothing is kept of what is none. Throws `DecisionError` where the upload made no
 * version, or the scan is filed already.
 */
export async function fileScan(
  { department, period, upload, bytes, fileName }: ScanToFile,
  decided: Decided,
  store: Store & { ledger: Ledger; documents: Documents },
): Promise<FiledOrNot> {
  const reading = readScan(bytes, fileName);
  if (reading.kind === 'fault') return reading;
  const { scan } = reading;
  await keepScan({ department, period }, { scan, bytes }, store.documents);
  const event = await recordDecision(
    { kind: 'scan-filed', department, period, upload, scan },
    decided,
    store,
  );
  return { kind: 'filed', event };
}
