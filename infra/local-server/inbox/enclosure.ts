import { feedbackFileNames, type IngestResult } from '../../../functions/ingest/ingest.ts';
import type { Finding } from '../../../shared/core/finding.ts';
import type { Documents } from '../../../shared/core/ports.ts';
import { noteFile } from './note-file.ts';
import type { Enclosure } from './put-away.ts';

/**
 * What is laid beside a file in which something was found: the marked workbook, or, of a file that named no return,
 * the findings as a text.
 */
export async function enclosureFor(
  { feedback, feedbackFolder }: IngestResult,
  documents: Documents,
): Promise<Enclosure | undefined> {
  const findings = [...feedback.findings, ...feedback.warnings];
  if (findings.length === 0) return undefined;
  const workbook = await documents.get(feedbackFolder + feedbackFileNames.workbook);
  if (workbook !== undefined) return { ending: '.xlsx', bytes: workbook };
  const outcome = feedback.outcome === 'refused' ? '没有接收。' : '已接收。';
  const lines = [`${feedback.upload.fileName}：${outcome}`, '', ...findings.map(inWords)];
  return { ending: '.txt', bytes: noteFile(lines) };
}

function inWords({ message, found }: Finding): string {
  return found === undefined ? `· ${message}` : `· ${message}（填写的是“${found}”）`;
}
