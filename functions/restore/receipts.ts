import type { Catalogue } from '../../shared/core/catalogue.ts';
import { type Feedback, feedbackSchema } from '../../shared/core/feedback.ts';
import type { Documents } from '../../shared/core/ports.ts';
import { chainsOfYear } from '../year/read-year.ts';

/** The receipts of a year's uploads, in the order of the chains and of the events that they name. */
export async function receiptsOf(documents: Documents, catalogue: Catalogue): Promise<Feedback[]> {
  const chains = chainsOfYear(catalogue);
  const receipts: Feedback[] = [];
  for (const { key } of await documents.list('feedback/')) {
    if (!key.endsWith('/feedback.json')) continue;
    const receipt = parsed((await documents.get(key)) ?? new Uint8Array());
    if (receipt !== undefined && chains.includes(receipt.receipt.chain)) receipts.push(receipt);
  }
  const place = ({ receipt }: Feedback) => chains.indexOf(receipt.chain) * 1e9 + receipt.sequence;
  return receipts.sort((a, b) => place(a) - place(b));
}

/** One that cannot be read is as good as lost: its upload is listed as having none. */
function parsed(bytes: Uint8Array): Feedback | undefined {
  try {
    return feedbackSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
