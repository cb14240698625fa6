import { basename } from 'node:path';
import { catalogueFor } from '../../../shared/catalogue/load.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { recorders } from '../../../shared/core/ledger/people.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import { type IngestResult, ingest } from '../../use-cases/ingest.ts';
import { addressOfFile } from '../../use-cases/returned-files.ts';
import { keepUpload } from '../../use-cases/stores/upload-store.ts';
import type { InboxFile } from './inbox-folder.ts';

/** Where files from the inbox are recorded. */
export interface RecordingServices {
  ledger: Ledger;
  documents: Documents;
  catalogues: ReadonlyMap<number, Catalogue>;
  now: () => Instant;
}

/** What the journal in the inbox says of a file, if it says anything. */
export interface Provenance {
  uploadedAt: Instant | undefined;
  uploader: string | undefined;
}

/** Records a file as an upload. The same file put there again is the same upload. */
export async function recordFile(
  { path }: InboxFile,
  bytes: Uint8Array,
  { provenance, services }: { provenance: Provenance | undefined; services: RecordingServices },
): Promise<IngestResult> {
  const { ledger, documents, catalogues, now } = services;
  const recordedAt = now();
  const address = await addressOfFile(path, bytes, {});
  const handedOver = {
    address,
    bytes,
    fileName: basename(path),
    uploadedAt: provenance?.uploadedAt ?? recordedAt,
    uploader: provenance?.uploader ?? recorders.inbox,
  };
  const upload = await keepUpload(handedOver, documents);
  const request = { address, upload, bytes, recordedAt, recordedBy: recorders.inbox };
  return ingest(request, { ledger, documents, catalogue: catalogueFor(address, catalogues) });
}
