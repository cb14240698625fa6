import { basename } from 'node:path';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { recorders } from '../../../shared/core/ledger/people.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import { type IngestResult, ingest } from '../../use-cases/ingest.ts';
import type { KnownCatalogues } from '../../use-cases/known-catalogues.ts';
import { addressOfFile } from '../../use-cases/returned-files.ts';
import { keepUpload } from '../../use-cases/stores/upload-store.ts';
import type { InboxFile } from './inbox-folder.ts';

/** Where files from the inbox are recorded. */
export interface RecordingServices {
  ledger: Ledger;
  documents: Documents;
  catalogues: KnownCatalogues;
  now: () => Instant;
}

/** What the journal in the inbox says of a file, if it says anything. */
export interface Provenance {
  uploadedAt: Instant | undefined;
  uploader: string | undefined;
}

/**
 * Records a file as an upload; `path` is as it lies in the inbox. The same file put there again is the same upload.
 */
export async function recordFile(
  { path }: Pick<InboxFile, 'path'>,
  bytes: Uint8Array,
  { provenance, services }: { provenance: Provenance | undefined; services: RecordingServices },
): Promise<IngestResult> {
  const { ledger, documents, catalogues, now } = services;
  const recordedAt = now();
  const handedOver = {
    address: addressOfFile(path, [...catalogues.last.values()]),
    bytes,
    fileName: basename(path),
    uploadedAt: provenance?.uploadedAt ?? recordedAt,
    uploader: provenance?.uploader ?? recorders.inbox,
  };
  const upload = await keepUpload(handedOver, documents);
  const request = { upload, bytes, recordedAt, recordedBy: recorders.inbox };
  return ingest(request, { ledger, documents });
}
