import { nextEvent, type UploadEvent } from '../../shared/core/ledger/event.ts';
import { recorders } from '../../shared/core/ledger/people.ts';
import type { DocumentsReader } from '../../shared/core/ledger/ports.ts';
import { identityOf } from '../../shared/workbook/form-identity.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import type { Store } from './adopted.ts';
import { type Examined, examineReading } from './examine.ts';
import { type DerivedFeedback, feedbackAfter } from './feedback.ts';
import { yearOfUpload } from './ingest.ts';
import { type HandedOver, uploadOf } from './stores/upload-store.ts';

/** What a file that is handed over would come to, if it were recorded as the ledger stands. */
export interface Checked extends DerivedFeedback {
  examined: Examined;
}

/** Checks a file as a submission of it would. Nothing is recorded, and nothing kept. */
export async function checkFile(
  file: HandedOver,
  store: Store & { documents: DocumentsReader },
): Promise<Checked> {
  const upload = uploadOf(file);
  const reading = await readWorkbook(file.bytes);
  const office = await yearOfUpload(upload, store, identityOf(reading));
  const examined = examineReading(reading, upload, office.adopted);
  const { chain, happening, by } = examined;
  const events = await store.ledger.read(chain);
  const entry = { at: file.uploadedAt, by: recorders.portal, catalogue: by.hash, happening };
  const event = nextEvent(chain, events, entry) as UploadEvent;
  return { examined, ...(await feedbackAfter(event, [...events, event], { ...store, office })) };
}
