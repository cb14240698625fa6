import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import {
  isUploadEvent,
  type LedgerEvent,
  nextEvent,
  type UploadEvent,
} from '../../shared/core/ledger/event.ts';
import type { Documents, DocumentsReader, Ledger } from '../../shared/core/ledger/ports.ts';
import { type Feedback, feedbackFolder, type UnsealedFeedback } from '../../shared/core/ledger/receipt.ts';
import { addressOfKey, type ReadUpload, type Upload, uploadId } from '../../shared/core/ledger/upload.ts';
import { type Address, nobody, type ReturnKey, yearsSaid } from '../../shared/core/returns/address.ts';
import { say } from '../../shared/core/returns/findings/findings.ts';
import { emptySubmission } from '../../shared/core/returns/submission.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import type { Revision } from '../../shared/core/year/revision.ts';
import { identityOf } from '../../shared/workbook/form-identity.ts';
import { readForm } from '../../shared/workbook/form-reader.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { fileTooLarge } from '../../shared/workbook/reading/fault.ts';
import { defaultLimits } from '../../shared/workbook/reading/limits.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import {
  cataloguesInForce,
  NoCatalogueError,
  type OfficeYear,
  officeYear,
  readOfficeYear,
  type Store,
} from './adopted.ts';
import { append } from './append.ts';
import { type Examined, examineReading, examineUnread } from './examine.ts';
import {
  type FilledForm,
  feedbackAfter,
  hasMarks,
  type Reference,
  referenceAsOf,
  writeMarked,
} from './feedback.ts';
import { writeFeedback } from './stores/receipt-store.ts';

/** An upload that is kept among the documents, under a key that may say whose return it is, and its bytes. */
export interface IngestRequest {
  upload: ReadUpload;
  bytes: Uint8Array;
  /** When and by whom the upload is being recorded. */
  recordedAt: Instant;
  recordedBy: string;
}

export interface IngestServices {
  ledger: Ledger;
  documents: Documents;
  /** How workbooks are read and written; simulations, which run many thousand times, take shorter ways. */
  workbooks?: Workbooks;
}

/** The two things that are done with workbooks. */
export interface Workbooks {
  read: typeof readWorkbook;
  write: typeof writeForm;
}

const realWorkbooks: Workbooks = { read: readWorkbook, write: writeForm };

export interface IngestResult {
  /** `already` if this very upload was recorded before, in which case no event was written. */
  recorded: 'now' | 'already';
  event: UploadEvent;
  /** The revision that the upload made or repeated, as the ledger stands now; undefined for one that was refused. */
  revision: Revision | undefined;
  feedback: Feedback;
  feedbackFolder: string;
}

/**
 * Takes in one upload: decides from the file, the catalogue that its form was made from, and the upload's key and name
 * alone whether it is accepted, records that as one event, and writes the feedback. Every step may be repeated without
 * harm. Throws `NoCatalogueError` where none has been adopted for any year.
 */
export async function ingest(request: IngestRequest, services: IngestServices): Promise<IngestResult> {
  const { workbooks = realWorkbooks } = services;
  const reading = await workbooks.read(request.bytes);
  const office = await yearOfUpload(request.upload, services, identityOf(reading));
  return conclude(examineReading(reading, request.upload, office.adopted), request, { ...services, office });
}

/** Refuses an upload that was not read, since it is too large or cannot be fetched, on record and with feedback. */
export async function refuseUnread(
  request: Omit<IngestRequest, 'bytes' | 'upload'> & { upload: Upload },
  services: IngestServices,
): Promise<IngestResult> {
  const { upload } = request;
  const office = await yearOfUpload(upload, services);
  const { inForce } = office.adopted;
  const isTooLarge = upload.size > defaultLimits.bytes;
  const unread = isTooLarge ? fileTooLarge().finding : say('address-malformed');
  return conclude(examineUnread(upload, unread, inForce), request, { ...services, office });
}

/**
 * The year that an upload is of: the first that place, mark or name says and that has a catalogue; else the newest
 * that has, by which it is refused.
 */
export async function yearOfUpload(
  { key, fileName }: Pick<Upload, 'key' | 'fileName'>,
  store: Store & { documents: DocumentsReader },
  mark: Address = nobody,
): Promise<OfficeYear> {
  for (const year of new Set(yearsSaid(addressOfKey(key), { mark, fileName }))) {
    const office = await readOfficeYear(year, store);
    if (office !== undefined) return office;
  }
  const newest = [...(await cataloguesInForce(store)).keys()].at(-1);
  if (newest === undefined) throw new NoCatalogueError('no catalogue has been adopted for any year');
  return officeYear(newest, store);
}

/** The services, and the year that the upload is of as the office's chain has it. */
type ConcludeServices = IngestServices & { office: OfficeYear };

async function conclude(
  examined: Examined,
  request: Pick<IngestRequest, 'recordedAt' | 'recordedBy'>,
  services: ConcludeServices,
): Promise<IngestResult> {
  const { documents, workbooks } = services;
  const { recorded, event, events } = await record(examined, request, services);
  const derived = await feedbackAfter(event, events, services);
  const { feedback: unsealed, revision } = derived;
  const markedWith = (standing: UnsealedFeedback, reference: Reference | undefined) =>
    markedWorkbook(standing, examined, { reference, workbooks });
  const marked = await markedWith(unsealed, derived.reference);
  const feedback = { ...unsealed, workbook: marked === undefined ? null : sha256(marked) };
  await writeFeedback({ feedback, marked }, documents, async (standing) =>
    markedWith(standing, await referenceAsOf(event, standing, services)),
  );
  return { recorded, event, revision, feedback, feedbackFolder: feedbackFolder(feedback) };
}

type Recorded = Pick<IngestResult, 'recorded' | 'event'> & { events: LedgerEvent[] };

function record(
  { chain, happening, by }: Examined,
  request: Pick<IngestRequest, 'recordedAt' | 'recordedBy'>,
  { ledger }: IngestServices,
): Promise<Recorded> {
  const id = uploadId(happening.upload);
  return append<Recorded>(ledger, async () => {
    const events = await ledger.read(chain);
    const known = events.filter(isUploadEvent).find((event) => uploadId(event.happening.upload) === id);
    if (known !== undefined) {
      return { kind: 'settled', result: { recorded: 'already', event: known, events } };
    }
    const event = nextEvent(chain, events, {
      at: request.recordedAt,
      by: request.recordedBy,
      catalogue: by.hash,
      happening,
    }) as UploadEvent;
    return { kind: 'append', event, result: { recorded: 'now', event, events: [...events, event] } };
  });
}

/** What was typed, with every finding marked in it; undefined for a file that is nobody's, or in which nothing is marked. */
async function markedWorkbook(
  feedback: UnsealedFeedback,
  { form, by: { catalogue } }: Examined,
  {
    reference,
    workbooks = realWorkbooks,
  }: { reference: Reference | undefined; workbooks: Workbooks | undefined },
): Promise<Uint8Array | undefined> {
  if (form === undefined || !hasMarks(feedback)) return undefined;
  return writeMarked(feedback, form, { catalogue, reference, write: workbooks.write });
}

/** What was typed in a file for a return, as the marked workbook repeats it; nothing of one that was not read. */
export async function formOf(
  bytes: Uint8Array | undefined,
  key: ReturnKey,
  catalogue: Catalogue,
): Promise<FilledForm> {
  const submission =
    bytes === undefined ? emptySubmission() : readForm(await readWorkbook(bytes), catalogue, key);
  return { key, submission };
}
