import pMap from 'p-map';
import { type ChainHead, type EventOf, isEvent, isUploadEvent } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import type { Upload } from '../../../shared/core/ledger/upload.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { scanAsFiled, scanKey } from '../stores/scan-store.ts';
import { verifyFeedback } from './feedback.ts';
import { type Fault, fetching, legibleEvents } from './verify.ts';

/**
 * Checks the files around a ledger: every upload and scan it records is there, unedited; every upload that is there is
 * recorded; every upload has its feedback, whose receipt names an event that the ledger still has.
 */
export async function verifyDocuments(
  documents: DocumentsReader,
  chains: ReadonlyMap<string, readonly unknown[]>,
): Promise<{ faults: Fault[]; heads: ChainHead[] }> {
  const events = legibleEvents(chains);
  const uploads = events.filter(isUploadEvent);
  const feedback = await verifyFeedback(documents, chains);
  const perUpload = await pMap(
    uploads,
    ({ happening }) => uploadFaults(happening.upload, documents),
    fetching,
  );
  const scans = events.filter((event) => isEvent(event, 'scan-filed'));
  const perScan = await pMap(scans, ({ happening }) => scanFaults(happening, documents), fetching);
  const faults = [...perUpload.flat(), ...perScan.flat(), ...feedback.faults];
  const recorded = new Set(uploads.map(({ happening }) => happening.upload.key));
  const elsewhere = new Set(
    [...feedback.given.values()].flatMap((one) =>
      one === undefined || chains.has(one.receipt.chain) ? [] : [one.upload.key],
    ),
  );
  for (const { key } of await documents.list('uploads/')) {
    if (!recorded.has(key) && !elsewhere.has(key)) {
      faults.push({ where: key, explanation: 'is there but not recorded in the ledger' });
    }
  }
  return { faults, heads: feedback.heads };
}

async function uploadFaults(
  { key, version, sha256: expected }: Upload,
  documents: DocumentsReader,
): Promise<Fault[]> {
  const bytes = await documents.get(key, version);
  if (bytes === undefined) return [{ where: key, explanation: 'is recorded but missing' }];
  if (expected === null || sha256(bytes) === expected) return [];
  return [{ where: key, explanation: 'does not have the hash in the ledger: it was edited' }];
}

async function scanFaults(
  { scan, ...key }: EventOf<'scan-filed'>['happening'],
  documents: DocumentsReader,
): Promise<Fault[]> {
  const found = await scanAsFiled(key, scan, documents);
  if (found === 'there') return [];
  const explanation =
    found === 'missing' ? 'is recorded but missing' : 'does not have the hash in the ledger: it was edited';
  return [{ where: scanKey(key, scan), explanation }];
}
