import { basename } from 'node:path';
import { addressOfFile } from '../../../functions/cli/returned-files.ts';
import { type IngestResult, ingest } from '../../../functions/ingest/ingest.ts';
import { keepUpload } from '../../../functions/ingest/keep-upload.ts';
import { catalogueFor } from '../../../shared/catalogue/load-catalogues.ts';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import type { Instant } from '../../../shared/core/period.ts';
import type { Documents, Ledger } from '../../../shared/core/ports.ts';
import type { InboxFile } from './inbox-files.ts';

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

/** By whom a file was uploaded and recorded of which nobody says who put it there. */
const inboxItself = '收件箱';

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
    uploader: provenance?.uploader ?? inboxItself,
  };
  const upload = await keepUpload(handedOver, documents);
  const request = { address, upload, bytes, recordedAt, recordedBy: inboxItself };
  return ingest(request, { ledger, documents, catalogue: catalogueFor(address, catalogues) });
}
