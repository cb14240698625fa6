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

/** The key of the receipt for an upload. */
export function receiptKey(place: FeedbackPlace): string {
  return feedbackFolder(place) + feedbackFileNames.report;
}

/** Feedback, and the marked workbook that it names. */
export interface GivenFeedback {
  feedback: Feedback;
  marked: Uint8Array | undefined;
}

/**
 * Writes an upload's feedback, and then the workbook; what is there already stays. Feedback that another run wrote
 * may say other things, as the ledger was then, and names another workbook: that one is made anew where it is missing.
 */
export async function writeFeedback(
  { feedback, marked }: GivenFeedback,
  documents: Pick<Documents, 'get' | 'put'>,
  markAnew: (standing: Feedback) => Promise<Uint8Array | undefined>,
): Promise<void> {
  const report = new TextEncoder().encode(`${JSON.stringify(feedback, null, 2)}\n`);
  const outcome = await documents.put(receiptKey(feedback), report, { ifAbsent: true });
  const standing = (outcome === 'stored' ? undefined : await readReceipt(feedback, documents)) ?? feedback;
  const workbook = standing.workbook === feedback.workbook ? marked : await markAnew(standing);
  if (workbook === undefined || standing.workbook === null) return;
  await documents.put(markedWorkbookKey(feedback), workbook, { ifAbsent: true });
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
