import { uploadId } from '../../shared/core/event.ts';
import type { Instant } from '../../shared/core/period.ts';
import type { Documents, Ledger } from '../../shared/core/ports.ts';
import { ingest } from '../ingest/ingest.ts';
import { keepUpload } from '../ingest/keep-upload.ts';
import type { UploadIntake } from './intake.ts';

/** By whom the events of uploads through the page are recorded. */
const recordedBy = 'portal';

/** Takes uploads in where the portal itself runs: keeps the original, decides, records, writes the feedback. */
export function intakeHere({
  ledger,
  documents,
  now,
}: {
  ledger: Ledger;
  documents: Documents;
  now: () => Instant;
}): UploadIntake {
  return {
    kind: 'here',
    async take({ address, fileName, bytes, uploader }, catalogue) {
      const uploadedAt = now();
      const upload = await keepUpload({ address, fileName, bytes, uploadedAt, uploader }, documents);
      const request = { address, upload, bytes, recordedAt: uploadedAt, recordedBy };
      await ingest(request, { ledger, documents, catalogue });
      return uploadId(upload);
    },
  };
}
