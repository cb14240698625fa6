import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { type Instant, yearOf } from '../../shared/core/catalogue/period.ts';
import {
  type Chain,
  chainOf,
  type EventOf,
  isEvent,
  type LedgerEvent,
  maxFindingsKept,
  nextEvent,
} from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import {
  type Feedback,
  feedbackFileNames,
  feedbackFolder,
  feedbackOn,
} from '../../shared/core/ledger/receipt.ts';
import { type ReadUpload, type Upload, uploadId } from '../../shared/core/ledger/upload.ts';
import { type Address, type ReturnAddress, resolveAddress } from '../../shared/core/returns/address.ts';
import { bySeverity, type Finding, hasErrors } from '../../shared/core/returns/finding.ts';
import { emptySubmission, type Submission } from '../../shared/core/returns/submission.ts';
import { validateReturn } from '../../shared/core/returns/validation.ts';
import { warningsOn } from '../../shared/core/year/warnings.ts';
import { foldYear } from '../../shared/core/year/year-state.ts';
import { readForm } from '../../shared/workbook/form-reader.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import type { WorkbookReading } from '../../shared/workbook/reading/model.ts';
import { fileTooLarge, readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';

/** An upload that is kept among the documents, whose return it claims to be, and its bytes. */
export interface IngestRequest {
  address: Address;
  upload: ReadUpload;
  bytes: Uint8Array;
  /** When and by whom the upload is being recorded. */
  recordedAt: Instant;
  recordedBy: string;
}

export interface IngestServices {
  ledger: Ledger;
  documents: Documents;
  catalogue: Catalogue;
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
  feedback: Feedback;
  feedbackFolder: string;
}

type UploadEvent = EventOf<'return-accepted'> | EventOf<'return-refused'>;

/**
 * Takes in one upload: decides from the file, the catalogue and the address alone whether it is accepted, records
 * that as one event, and writes the feedback. Every step may be repeated without harm.
 */
export async function ingest(request: IngestRequest, services: IngestServices): Promise<IngestResult> {
  const examined = await examine(request, services.catalogue, services.workbooks);
  return conclude(examined, request, services);
}

/** Refuses an upload that is too large to be read at all, on record and with feedback. */
export async function refuseUnread(
  request: Omit<IngestRequest, 'bytes' | 'upload'> & { upload: Upload },
  services: IngestServices,
): Promise<IngestResult> {
  const { address, upload } = request;
  const resolved = resolveAddress(address, services.catalogue);
  const finding = 'rule' in resolved ? resolved : fileTooLarge().finding;
  const examined =
    'rule' in resolved
      ? unaddressed(upload, finding, services.catalogue)
      : addressed(resolved, {
          happening: { kind: 'return-refused', ...resolved, upload, findings: [finding] },
          submission: emptySubmission(),
        });
  return conclude(examined, request, services);
}

async function conclude(
  examined: Examined,
  request: Pick<IngestRequest, 'recordedAt' | 'recordedBy'>,
  services: IngestServices,
): Promise<IngestResult> {
  const { recorded, event, events } = await record(examined, request, services);
  const warnings = isEvent(event, 'return-accepted') ? warningsAfter(event, events, services.catalogue) : [];
  const feedback = feedbackOn(event, services.catalogue, warnings);
  await writeFeedback(feedback, examined, services);
  return { recorded, event, feedback, feedbackFolder: feedbackFolder(feedback.upload) };
}

/** What a file turned out to be. */
export interface Examined {
  chain: Chain;
  happening: UploadEvent['happening'];
  /** The return it is for, and what was typed, where the address is known. */
  form: { address: ReturnAddress; submission: Submission } | undefined;
}

/** Decides on an upload, writing nothing. */
export async function examine(
  { address, upload, bytes }: Pick<IngestRequest, 'address' | 'upload' | 'bytes'>,
  catalogue: Catalogue,
  workbooks: Pick<Workbooks, 'read'> = realWorkbooks,
): Promise<Examined> {
  const resolved = resolveAddress(address, catalogue);
  if ('rule' in resolved) return unaddressed(upload, resolved, catalogue);
  const reading = await workbooks.read(bytes);
  throwIfOurFault(reading);
  const submission = readForm(reading, catalogue, resolved);
  const legible = !hasErrors(submission.findings) || submission.figures.size > 0;
  const validated = legible
    ? validateReturn(submission, catalogue, resolved.department, resolved.period)
    : { observations: [], findings: submission.findings };
  const findings = kept(validated.findings);
  const happening: UploadEvent['happening'] =
    hasErrors(findings) || !('signature' in validated)
      ? { kind: 'return-refused', ...resolved, upload, findings }
      : { kind: 'return-accepted', ...resolved, upload, ...validated, findings };
  return addressed(resolved, { happening, submission });
}

/**
 * A fault of the reader is the program's, not the sender's: recorded as a refusal it would stand for ever, while
 * thrown it is tried again after the program is mended.
 */
function throwIfOurFault({ findings }: WorkbookReading): void {
  const fault = findings.find(({ rule }) => rule === 'file-unreadable');
  if (fault !== undefined) throw new Error(`the reader failed on a file: ${fault.found}`);
}

function unaddressed(upload: Upload, finding: Finding, catalogue: Catalogue): Examined {
  return {
    chain: chainOf(catalogue.year, 'unaddressed'),
    happening: { kind: 'return-refused', department: null, period: null, upload, findings: [finding] },
    form: undefined,
  };
}

function addressed(
  address: ReturnAddress,
  { happening, submission }: { happening: UploadEvent['happening']; submission: Submission },
): Examined {
  return {
    chain: chainOf(yearOf(address.period), address.department),
    happening,
    form: { address, submission },
  };
}

/** What findings may take of a ledger item, beside the observations (see `maxObservationBytes`). */
const maxFindingBytes = 150_000;

/** Findings as they are recorded: the worst first, and beyond a number or size only how many there were. */
function kept(findings: Finding[]): Finding[] {
  const worstFirst = findings.toSorted(bySeverity);
  let bytes = 0;
  const fits = worstFirst.findIndex((finding, index) => {
    bytes += Buffer.byteLength(JSON.stringify(finding)) + 1;
    return index >= maxFindingsKept || bytes > maxFindingBytes;
  });
  if (fits < 0) return findings;
  const more = worstFirst.length - fits;
  const message = `另有 ${more} 条同类问题没有逐条列出；改正以上各条后重新上传，会列出余下的。`;
  return [
    ...worstFirst.slice(0, fits),
    { rule: 'more-findings', severity: 'info', found: `${more} 条`, message },
  ];
}

/** More conflicts in a row than this means that something else is wrong. */
const maxAttempts = 1000;

async function record(
  { chain, happening }: Examined,
  request: Pick<IngestRequest, 'recordedAt' | 'recordedBy'>,
  { ledger, catalogue }: IngestServices,
): Promise<Pick<IngestResult, 'recorded' | 'event'> & { events: LedgerEvent[] }> {
  const id = uploadId(happening.upload);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const events = await ledger.read(chain);
    const known = events.find((event) => isUploadEvent(event) && uploadId(event.happening.upload) === id);
    if (known !== undefined && isUploadEvent(known)) return { recorded: 'already', event: known, events };
    const event = nextEvent(chain, events, {
      at: request.recordedAt,
      by: request.recordedBy,
      catalogue: catalogueHash(catalogue),
      happening,
    });
    if ((await ledger.append(event)) === 'appended' && isUploadEvent(event)) {
      return { recorded: 'now', event, events: [...events, event] };
    }
  }
  throw new Error(`${chain}: ${maxAttempts} conflicts in a row while recording an upload`);
}

function isUploadEvent(event: LedgerEvent): event is UploadEvent {
  return isEvent(event, 'return-accepted') || isEvent(event, 'return-refused');
}

/** The warnings on a return as the department's own chain alone tells them, so that one read is enough. */
function warningsAfter(
  event: EventOf<'return-accepted'>,
  events: LedgerEvent[],
  catalogue: Catalogue,
): Finding[] {
  const { department, period } = event.happening;
  return warningsOn(foldYear(catalogue, events), department, period).map(({ finding }) => finding);
}

async function writeFeedback(
  feedback: Feedback,
  { form }: Examined,
  { documents, catalogue, workbooks = realWorkbooks }: IngestServices,
): Promise<void> {
  const folder = feedbackFolder(feedback.upload);
  if (form !== undefined) {
    const { address, submission } = form;
    const layout = formLayout(catalogue, address.department, address.period);
    const findings = [...feedback.findings, ...feedback.warnings].sort(bySeverity);
    const workbook = await workbooks.write(layout, { ...submission, findings });
    await documents.put(folder + feedbackFileNames.workbook, workbook, { ifAbsent: true });
  }
  const report = new TextEncoder().encode(`${JSON.stringify(feedback, null, 2)}\n`);
  await documents.put(folder + feedbackFileNames.report, report, { ifAbsent: true });
}
