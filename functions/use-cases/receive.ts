import type { Instant } from '../../shared/core/catalogue/period.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { ReadUpload } from '../../shared/core/ledger/upload.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { NoCatalogueError } from './adopted.ts';
import { type IngestResult, ingest } from './ingest.ts';
import { type HandedOver, keepUpload, uploadOf } from './stores/upload-store.ts';

/** An upload that is being taken in, and by whom it will be recorded. */
export interface PendingUpload {
  upload: ReadUpload;
  recordedBy: string;
}

/** What is being taken in, written down before anything is kept, so that a start after a crash can finish it. */
export interface PendingUploads {
  begin(pending: PendingUpload): Promise<void>;
  end(upload: ReadUpload): Promise<void>;
  all(): Promise<PendingUpload[]>;
}

/** Where files are received: a store on one machine. */
export interface ReceivingStore {
  ledger: Ledger & LastRecorded;
  documents: Documents;
  pending: PendingUploads;
}

/** A ledger that knows when it was last written to. */
export interface LastRecorded {
  /** The latest time at which anything in it was recorded; undefined if nothing was. */
  lastRecordedAt(): Promise<Instant | undefined>;
}

/**
 * When what comes now is received: by the clock, but later than anything that the ledger has. A clock that was put back
 * would place a correction before what it corrects.
 */
export async function timeOfReceipt(now: Instant, ledger: LastRecorded): Promise<Instant> {
  const last = await ledger.lastRecordedAt();
  return last === undefined || now > last ? now : later(last, 1);
}

/** The times at which what comes in is received: each later than those that were given out and are not recorded yet. */
export class ReceiptClock {
  private readonly now: () => Instant;
  private readonly ledger: LastRecorded;
  private given: Instant | undefined;

  constructor(now: () => Instant, ledger: LastRecorded) {
    this.now = now;
    this.ledger = ledger;
  }

  async next(): Promise<Instant> {
    const free = await timeOfReceipt(this.now(), this.ledger);
    this.given = this.given === undefined || free > this.given ? free : later(this.given, 1);
    return this.given;
  }
}

/** Takes in a file, wherever that is done, and records it in somebody's name. */
export type Receive = (file: HandedOver, recordedBy: string) => Promise<IngestResult>;

/** A moment so many milliseconds after another. */
export function later(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString() as Instant;
}

/**
 * Takes in a file where the ledger is: writes down that it came, keeps the original, decides, records, and writes the
 * feedback. Stopped in between, `finishPending` does the rest.
 */
export async function receive(
  file: HandedOver,
  recordedBy: string,
  { ledger, documents, pending }: ReceivingStore,
): Promise<IngestResult> {
  const upload = uploadOf(file);
  await pending.begin({ upload, recordedBy });
  await keepUpload(file, documents);
  const request = { upload, bytes: file.bytes, recordedAt: upload.uploadedAt, recordedBy };
  const result = await ingest(request, { ledger, documents });
  await pending.end(upload);
  return result;
}

/**
 * What became of an upload that was begun before a crash: recorded now, or it had been; never kept, so that nobody was
 * told that it was received; kept as other bytes; or still to be taken in, when a catalogue has been adopted.
 */
export interface FinishedUpload {
  upload: ReadUpload;
  outcome: 'recorded' | 'was-recorded' | 'never-kept' | 'other-bytes' | 'waits-for-catalogue';
}

/**
 * Finishes what was begun when the program was stopped, each as it was received then. What is not kept is forgotten
 * only by whoever `isAlone`: another process may be about to keep it.
 */
export async function finishPending(
  store: ReceivingStore,
  { isAlone }: { isAlone: boolean },
): Promise<FinishedUpload[]> {
  const begun = await store.pending.all();
  const inOrder = begun.toSorted((a, b) => (a.upload.uploadedAt < b.upload.uploadedAt ? -1 : 1));
  const finished: FinishedUpload[] = [];
  for (const each of inOrder) {
    const { upload } = each;
    const outcome = await finish(each, store);
    const isOpen = outcome === 'waits-for-catalogue' || (outcome === 'never-kept' && !isAlone);
    if (!isOpen) await store.pending.end(upload);
    finished.push({ upload, outcome });
  }
  return finished;
}

async function finish(
  { upload, recordedBy }: PendingUpload,
  { ledger, documents }: ReceivingStore,
): Promise<FinishedUpload['outcome']> {
  const bytes = await documents.get(upload.key);
  if (bytes === undefined) return 'never-kept';
  if (sha256(bytes) !== upload.sha256) return 'other-bytes';
  try {
    const request = { upload, bytes, recordedAt: upload.uploadedAt, recordedBy };
    const { recorded } = await ingest(request, { ledger, documents });
    return recorded === 'now' ? 'recorded' : 'was-recorded';
  } catch (error) {
    if (error instanceof NoCatalogueError) return 'waits-for-catalogue';
    throw error;
  }
}
