import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Scan, scanKinds } from '../../../shared/core/ledger/scan.ts';
import type { ReturnKey } from '../../../shared/core/returns/address.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { keepOnce } from './put-once.ts';

/** Where a scan is kept: by what it is, so that one that is filed twice is kept once. */
export function scanKey({ department, period }: ReturnKey, { sha256, kind }: Scan): string {
  return `scans/${department}/${period}/${sha256}.${scanKinds[kind].ending}`;
}

/** Keeps a scan among the documents, before an event names it. Throws where other bytes lie. */
export async function keepScan(
  key: ReturnKey,
  { scan, bytes }: { scan: Scan; bytes: Uint8Array },
  documents: Documents,
): Promise<void> {
  await keepOnce(scanKey(key, scan), bytes, documents);
}

/** Whether a scan that an event names is there as it was filed. */
export async function scanAsFiled(
  key: ReturnKey,
  scan: Scan,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<'there' | 'missing' | 'edited'> {
  const bytes = await documents.get(scanKey(key, scan));
  if (bytes === undefined) return 'missing';
  return sha256(bytes) === scan.sha256 ? 'there' : 'edited';
}
