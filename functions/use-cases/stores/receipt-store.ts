import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import {
  type Feedback,
  type FeedbackPlace,
  feedbackFileNames,
  feedbackFolder,
  feedbackSchema,
} from '../../../shared/core/ledger/receipt.ts';
import { parseJson } from '../../../shared/core/values/json.ts';

/** The key of the workbook in which an upload's findings are marked. */
export function markedWorkbookKey(place: FeedbackPlace): string {
  return feedbackFolder(place) + feedbackFileNames.workbook;
}

function receiptKey(place: FeedbackPlace): string {
  return feedbackFolder(place) + feedbackFileNames.report;
}

/** Writes an upload's feedback, the receipt last; what is there already stays. */
export async function writeFeedback(
  feedback: Feedback,
  workbook: Uint8Array | undefined,
  documents: Documents,
): Promise<void> {
  if (workbook !== undefined) await documents.put(markedWorkbookKey(feedback), workbook, { ifAbsent: true });
  const report = new TextEncoder().encode(`${JSON.stringify(feedback, null, 2)}\n`);
  await documents.put(receiptKey(feedback), report, { ifAbsent: true });
}

/** The receipt of an upload; undefined while it is not written, or if it is none. */
export async function readReceipt(
  place: FeedbackPlace,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Feedback | undefined> {
  return parsed(await documents.get(receiptKey(place)));
}

/** The keys of all receipts that were given out. */
export async function receiptKeys(documents: Pick<DocumentsReader, 'list'>): Promise<string[]> {
  const kept = await documents.list('feedback/');
  return kept.map(({ key }) => key).filter((key) => key.endsWith(`/${feedbackFileNames.report}`));
}

/** The receipt under a key; one that cannot be read is as good as lost. */
export async function receiptAt(
  key: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Feedback | undefined> {
  return parsed(await documents.get(key));
}

function parsed(bytes: Uint8Array | undefined): Feedback | undefined {
  return bytes === undefined ? undefined : feedbackSchema.safeParse(parseJson(bytes)).data;
}
