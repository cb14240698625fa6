import { type BasisEvent, isBasis } from '../../../shared/core/ledger/adoptions.ts';
import { chainOf, isUploadEvent, type LedgerEvent, nextEvent } from '../../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import type { Feedback } from '../../../shared/core/ledger/receipt.ts';
import { type ReadUpload, uploadId } from '../../../shared/core/ledger/upload.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { append } from '../append.ts';
import { type IngestResult, ingest, refuseUnread } from '../ingest.ts';
import { type ReadChain, readYear } from '../read-year.ts';
import { keptAdoptions } from '../stores/catalogue-store.ts';
import { receiptAt, receiptKeys } from '../stores/receipt-store.ts';
import { type Loss, lossesToPublications } from './losses.ts';

export interface RestoreServices {
  ledger: Ledger;
  documents: Documents;
}

/** What was rebuilt, and what could not be. */
export interface Restoration {
  uploads: number;
  /** Events that are hash for hash what they were. */
  identical: number;
  losses: Loss[];
}

/** A ledger that is not empty, and was not begun by a restoration that stopped. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/**
 * Rebuilds the adoptions of a year's catalogues and its baselines from their copies, and the departments' chains from the originals and
 * the receipts among the documents, in the order in which they were recorded: each event is the very same as it was, unless
 * the program now decides otherwise. Run again after a crash it goes on. What cannot be rebuilt is listed, never guessed.
 */
export async function restore(year: number, services: RestoreServices): Promise<Restoration> {
  const { documents } = services;
  const adoptions = await adoptionsOf(year, documents);
  const receipts = await receiptsOf(year, documents);
  await refuseUnlessEmpty(receipts, year, services);
  await restoreAdoptions(adoptions, services);
  const restoration: Restoration = { uploads: 0, identical: 0, losses: [] };
  for (const receipt of receipts) {
    const restored = await restoreUpload(receipt, services);
    if (restored.kind === 'lost') {
      restoration.losses.push(restored.loss);
      continue;
    }
    const { event, feedback } = restored.result;
    restoration.uploads += 1;
    if (event.hash === receipt.receipt.hash) restoration.identical += 1;
    if (feedback.outcome !== receipt.outcome) {
      const explanation = `was ${receipt.outcome}, and is ${feedback.outcome} under this catalogue`;
      restoration.losses.push({ what: 'outcome', where: receipt.upload.key, explanation });
    }
  }
  restoration.losses.push(...(await uploadsWithoutReceipt(receipts, documents)));
  restoration.losses.push(...(await scansOf(year, documents)));
  const { state, chains } = await readYear(services, year);
  restoration.losses.push(...receiptsThatChanged(receipts, chains));
  restoration.losses.push(...(await lossesToPublications(state, documents)));
  return restoration;
}

/** The adoptions and baselines of a year as their copies have them; without the first there is nothing to read a return by. */
async function adoptionsOf(year: number, documents: Documents): Promise<BasisEvent[]> {
  const kept = await keptAdoptions(year, documents);
  if (kept.length === 0) throw new RestoreError(`the documents have no adopted catalogue of ${year}`);
  return kept.map(({ key, event }) => {
    if (event === undefined) throw new RestoreError(`${key} cannot be read: put it back from a copy`);
    return event;
  });
}

/** Adopts and records again what was, by whom and when it was; other acts of the office between them are not known. */
async function restoreAdoptions(
  adoptions: readonly BasisEvent[],
  { ledger }: RestoreServices,
): Promise<void> {
  for (const [index, { chain, at, by, catalogue, happening }] of adoptions.entries()) {
    await append(ledger, async () => {
      const events = await ledger.read(chain);
      if (events.length > index) return { kind: 'settled', result: undefined };
      const event = nextEvent(chain, events, { at, by, catalogue, happening });
      return { kind: 'append', event, result: undefined };
    });
  }
}

/** Nothing may be there but the beginning of what is to be restored. */
async function refuseUnlessEmpty(
  receipts: Feedback[],
  year: number,
  { ledger, documents }: RestoreServices,
): Promise<void> {
  const copies = (await keptAdoptions(year, documents)).map(({ event }) => event);
  const isAdoption = (event: LedgerEvent) => isBasis(event) && copies[event.sequence - 1]?.at === event.at;
  const chains = new Set([chainOf(year, 'office'), ...receipts.map(({ receipt }) => receipt.chain)]);
  for (const chain of chains) {
    const expected = receipts
      .filter(({ receipt }) => receipt.chain === chain)
      .map(({ upload }) => uploadId(upload));
    const known = new Set(expected);
    const strange = (await ledger.read(chain)).find(
      (event) =>
        !isAdoption(event) && (!isUploadEvent(event) || !known.has(uploadId(event.happening.upload))),
    );
    if (strange !== undefined) {
      throw new RestoreError(
        `the ledger is not empty: ${chain} has event ${strange.sequence}; restore into a new one`,
      );
    }
  }
}

type Restored = { kind: 'restored'; result: IngestResult } | { kind: 'lost'; loss: Loss };

async function restoreUpload({ upload, receipt }: Feedback, services: RestoreServices): Promise<Restored> {
  const recorded = { recordedAt: receipt.at, recordedBy: receipt.by };
  if (upload.sha256 === null) {
    return { kind: 'restored', result: await refuseUnread({ ...recorded, upload }, services) };
  }
  const bytes = await services.documents.get(upload.key, upload.version);
  const lost = (explanation: string): Restored => ({
    kind: 'lost',
    loss: { what: 'upload', where: upload.key, explanation },
  });
  if (bytes === undefined) return lost('has a receipt, but the file is gone: it is not restored');
  if (sha256(bytes) !== upload.sha256) return lost('was edited since it was received: it is not restored');
  const read: ReadUpload = { ...upload, sha256: upload.sha256 };
  const result = await ingest({ ...recorded, upload: read, bytes }, services);
  return { kind: 'restored', result };
}

/** Originals of which nothing tells who sent them when: their feedback was never written, or is lost too. */
async function uploadsWithoutReceipt(receipts: Feedback[], documents: Documents): Promise<Loss[]> {
  const known = new Set(receipts.map(({ upload }) => upload.key));
  const kept = await documents.list('uploads/');
  return kept
    .filter(({ key }) => !known.has(key))
    .map(({ key }) => ({
      what: 'upload',
      where: key,
      explanation:
        'has no receipt that tells who sent it when: submit it again, saying so, if it is of this year',
    }));
}

/** Scans are kept, and of which version each is only the office's chain told. */
async function scansOf(year: number, documents: Documents): Promise<Loss[]> {
  const kept = await documents.list('scans/');
  return kept
    .filter(({ key }) => key.split('/')[2]?.startsWith(String(year)))
    .map(({ key }) => ({
      what: 'scan',
      where: key,
      explanation: 'is there, and nothing tells of which version it is: have it filed again',
    }));
}

function receiptsThatChanged(receipts: Feedback[], chains: readonly ReadChain[]): Loss[] {
  return chains.flatMap(({ chain, events }) => {
    const own = receipts.filter(({ receipt }) => receipt.chain === chain);
    const others = own.filter(({ receipt }) => events[receipt.sequence - 1]?.hash !== receipt.hash);
    const first = others[0]?.receipt.sequence;
    if (first === undefined) return [];
    const explanation = `${others.length} of ${own.length} receipts, from event ${first} on, name other events than the restored ones: "verify" will say so`;
    return [{ what: 'receipts' as const, where: chain, explanation }];
  });
}

/** The receipts of a year's uploads, in the order of the chains and of the events that they name. */
async function receiptsOf(year: number, documents: Documents): Promise<Feedback[]> {
  const receipts: Feedback[] = [];
  for (const key of await receiptKeys(documents)) {
    const receipt = await receiptAt(key, documents);
    if (receipt?.receipt.chain.startsWith(`${year}/`)) receipts.push(receipt);
  }
  const place = ({ receipt: { chain, sequence } }: Feedback) =>
    `${chain} ${String(sequence).padStart(9, '0')}`;
  return receipts.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
