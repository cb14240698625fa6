import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Announce, Announcement } from '../../../shared/adapters/eventbridge-announcer.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { isEvent } from '../../../shared/core/ledger/event.ts';
import { recorders } from '../../../shared/core/ledger/people.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import { type Upload, uploadId } from '../../../shared/core/ledger/upload.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { defaultLimits } from '../../../shared/workbook/reading/limits.ts';
import { type IngestResult, ingest, refuseUnread } from '../../use-cases/ingest.ts';
import type { Notice, UploadReference } from './s3-notification.ts';
import type { FetchUpload } from './upload-storage.ts';

/** All that the function uses, made outside the handler. */
export interface IngestDependencies {
  bucket: string;
  ledger: Ledger;
  documents: Documents;
  fetchUpload: FetchUpload;
  announce: Announce;
  now: () => Instant;
  logger: Logger;
  metrics: Metrics;
}

/** Where it is written down of which uploads was told. */
const announcedFolder = 'announced/';

/** Of a message that is dropped, as much is logged; a notice of S3 has about a kilobyte. */
const loggedOfBody = 8192;

/** Takes in what one notice tells of, which stands in a message. Throws only for a fault of the machine or the program. */
export async function processNotification(
  notice: Notice,
  body: string,
  dependencies: IngestDependencies,
): Promise<void> {
  const { logger, metrics } = dependencies;
  if (notice.kind === 'ignored') {
    logger.info('ignored', { reason: notice.reason });
  } else if (notice.kind === 'unusable') {
    logger.error('unusable record: acknowledged, nothing was taken in', {
      reason: notice.reason,
      body: loggedBody(body),
    });
    metrics.addMetric('UnusableRecords', MetricUnit.Count, 1);
  } else {
    await processUpload(notice, body, dependencies);
  }
}

/** What was dropped is nowhere else any more. */
function loggedBody(body: string): string {
  return body.toWellFormed().slice(0, loggedOfBody);
}

async function processUpload(
  reference: UploadReference,
  body: string,
  dependencies: IngestDependencies,
): Promise<void> {
  const { logger, metrics } = dependencies;
  const started = performance.now();
  const result = await record(reference, dependencies);
  if (result === undefined) {
    logger.error('the upload is gone: acknowledged, nothing was taken in', {
      upload: uploadId(reference),
      body: loggedBody(body),
    });
    metrics.addMetric('UploadsGone', MetricUnit.Count, 1);
    return;
  }
  const { feedback, feedbackFolder, recorded } = result;
  const { outcome, department, period, findings } = feedback;
  const detail = { upload: uploadId(feedback.upload), department, period, findings: findings.length };
  await announceOnce(
    { type: `return ${outcome}`, detail: { ...detail, feedback: feedbackFolder } },
    dependencies,
  );
  const duration = Math.round(performance.now() - started);
  logger.info(`return ${outcome}`, { ...detail, recorded, receipt: feedback.receipt, duration });
  measure(result, duration, dependencies);
}

/**
 * Announces what became of an upload unless that stands written: its notice may be delivered again, redriven, or sent anew
 * with those of every original, after the ledger itself was lost too. Told twice is only what ended in between.
 */
async function announceOnce(
  announcement: Announcement & { detail: { upload: string } },
  { announce, documents }: IngestDependencies,
): Promise<void> {
  const key = `${announcedFolder}${announcement.detail.upload}`;
  if ((await documents.get(key)) !== undefined) return;
  await announce([announcement]);
  await documents.put(key, new Uint8Array());
}

/** Decides on the upload and records it; undefined if it is no longer there. */
async function record(
  reference: UploadReference,
  { fetchUpload, ledger, documents, now }: IngestDependencies,
): Promise<IngestResult | undefined> {
  const services = { ledger, documents };
  const recording = { recordedAt: now(), recordedBy: recorders.ingest };
  const unread: Upload = {
    key: reference.key,
    version: reference.version,
    fileName: reference.fileName,
    sha256: null,
    size: reference.size,
    uploadedAt: reference.uploadedAt,
    claimedAt: null,
    uploader: reference.principal,
  };
  if (!reference.decoded || reference.size > defaultLimits.bytes) {
    return refuseUnread({ ...recording, upload: unread }, services);
  }
  const fetched = await fetchUpload(reference, defaultLimits.bytes);
  if (fetched.kind === 'gone') return undefined;
  const upload = { ...unread, uploader: fetched.uploader ?? reference.principal };
  if (fetched.kind === 'too-large') {
    return refuseUnread({ ...recording, upload: { ...upload, size: fetched.size } }, services);
  }
  const { bytes } = fetched;
  const read = { ...upload, sha256: sha256(bytes), size: bytes.length };
  return ingest({ ...recording, upload: read, bytes }, services);
}

function measure(
  { event, recorded, revision }: IngestResult,
  duration: number,
  { metrics }: IngestDependencies,
): void {
  metrics.addMetric('UploadDuration', MetricUnit.Milliseconds, duration);
  if (recorded === 'already') {
    metrics.addMetric('UploadsRepeated', MetricUnit.Count, 1);
    return;
  }
  if (!isEvent(event, 'return-accepted')) {
    metrics.addMetric('UploadsRefused', MetricUnit.Count, 1);
    return;
  }
  metrics.addMetric('UploadsAccepted', MetricUnit.Count, 1);
  if (revision?.late) metrics.addMetric('UploadsLate', MetricUnit.Count, 1);
}
