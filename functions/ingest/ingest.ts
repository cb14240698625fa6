import {
  type Address,
  feedbackFolder,
  type ReturnAddress,
  resolveAddress,
  uploadKey,
} from '../../shared/core/address.ts';
import { type Catalogue, catalogueHash } from '../../shared/core/catalogue.ts';
import { sha256 } from '../../shared/core/digest.ts';
import {
  type Chain,
  chainOf,
  type EventOf,
  type Happening,
  isEvent,
  type LedgerEvent,
  maxFindingsKept,
  nextEvent,
  type Upload,
  uploadId,
} from '../../shared/core/event.ts';
import { type Feedback, feedbackOn } from '../../shared/core/feedback.ts';
import { bySeverity, type Finding, hasErrors } from '../../shared/core/finding.ts';
import { type Instant, yearOf } from '../../shared/core/period.ts';
import type { Documents, Ledger } from '../../shared/core/ports.ts';
import type { Submission } from '../../shared/core/submission.ts';
import { validateReturn } from '../../shared/core/validate.ts';
import { warningsOn } from '../../shared/core/warnings.ts';
import { foldYear } from '../../shared/core/year-state.ts';
import { readForm } from '../../shared/workbook/form-reader.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';

/** A file that somebody sends in, and what is known of it beside its contents. */
export interface IngestRequest {
  address: Address;
  fileName: string;
  bytes: Uint8Array;
  uploadedAt: Instant;
  uploader: string;
  /** When and by whom the upload is being recorded. */
  recordedAt: Instant;
  recordedBy: string;
}

export interface IngestServices {
  ledger: Ledger;
  documents: Documents;
  catalogue: Catalogue;
}

export interface IngestResult {
  /** `already` if this very upload was recorded before, in which case nothing was written. */
  recorded: 'now' | 'already';
  event: UploadEvent;
  feedback: Feedback;
  feedbackFolder: string;
}

type UploadEvent = EventOf<'return-accepted'> | EventOf<'return-refused'>;

/**
 * Takes in one upload: keeps its bytes, decides from the file, the catalogue and the address alone whether it is
 * accepted, records that as one event, and writes the feedback. Every step may be repeated without harm.
 */
export async function ingest(request: IngestRequest, services: IngestServices): Promise<IngestResult> {
  const { documents, catalogue } = services;
  const hash = sha256(request.bytes);
  const key = uploadKey(request.address, hash, request.fileName);
  await documents.put(key, request.bytes, { ifAbsent: true });
  const upload: Upload = {
    key,
    version: null,
    fileName: request.fileName.toWellFormed().slice(0, 255),
    sha256: hash,
    size: request.bytes.length,
    uploadedAt: request.uploadedAt,
    uploader: request.uploader,
  };
  const examined = await examine(request, upload, catalogue);
  const { recorded, event, events } = await record(examined, request, services);
  const warnings = isEvent(event, 'return-accepted') ? warningsAfter(event, events, catalogue) : [];
  const feedback = feedbackOn(event, catalogue, warnings);
  await writeFeedback(feedback, examined, services);
  return { recorded, event, feedback, feedbackFolder: feedbackFolder(key) };
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
  { address, bytes }: Pick<IngestRequest, 'address' | 'bytes'>,
  upload: Upload,
  catalogue: Catalogue,
): Promise<Examined> {
  const resolved = resolveAddress(address, catalogue);
  if ('rule' in resolved) {
    return {
      chain: chainOf(catalogue.year, 'unaddressed'),
      happening: { kind: 'return-refused', department: null, period: null, upload, findings: [resolved] },
      form: undefined,
    };
  }
  const { department, period } = resolved;
  const submission = readForm(await readWorkbook(bytes), catalogue, resolved);
  const legible = !hasErrors(submission.findings) || submission.figures.size > 0;
  const validated = legible
    ? validateReturn(submission, catalogue, department, period)
    : { observations: [], findings: submission.findings };
  const findings = kept(validated.findings);
  const happening: Happening =
    hasErrors(findings) || !('signature' in validated)
      ? { kind: 'return-refused', department, period, upload, findings }
      : { kind: 'return-accepted', department, period, upload, ...validated, findings };
  return { chain: chainOf(yearOf(period), department), happening, form: { address: resolved, submission } };
}

/** Findings as they are recorded: the worst first, and beyond a number only how many there were. */
function kept(findings: Finding[]): Finding[] {
  if (findings.length <= maxFindingsKept) return findings;
  const more = findings.length - maxFindingsKept;
  return [
    ...findings.toSorted(bySeverity).slice(0, maxFindingsKept),
    {
      rule: 'more-findings',
      severity: 'info',
      found: `${more} 条`,
      message: `另有 ${more} 条同类问题没有逐条列出。`,
    },
  ];
}

/** More conflicts in a row than this means that something else is wrong. */
const maxAttempts = 1000;

async function record(
  { chain, happening }: Examined,
  request: IngestRequest,
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

export const feedbackFileNames = { report: 'feedback.json', workbook: '校验结果.xlsx' } as const;

async function writeFeedback(
  feedback: Feedback,
  { form }: Examined,
  { documents, catalogue }: IngestServices,
): Promise<void> {
  const folder = feedbackFolder(feedback.upload.key);
  if (form !== undefined) {
    const { address, submission } = form;
    const layout = formLayout(catalogue, address.department, address.period);
    const findings = [...feedback.findings, ...feedback.warnings].sort(bySeverity);
    const workbook = await writeForm(layout, { ...submission, findings });
    await documents.put(folder + feedbackFileNames.workbook, workbook, { ifAbsent: true });
  }
  const report = new TextEncoder().encode(`${JSON.stringify(feedback, null, 2)}\n`);
  await documents.put(folder + feedbackFileNames.report, report, { ifAbsent: true });
}
