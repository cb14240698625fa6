import pMap from 'p-map';
import { type ChainHead, isUploadEvent, type UploadEvent } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Feedback, recordedFeedback } from '../../../shared/core/ledger/receipt.ts';
import { canonicalJson, sha256 } from '../../../shared/core/values/digest.ts';
import { markedWorkbookKey, receiptAt, receiptKey, receiptKeys } from '../stores/receipt-store.ts';
import { type Fault, fetching, legibleEvents } from './verify.ts';

/** The feedback among the documents by key; undefined where it cannot be read as such. */
type GivenFeedback = ReadonlyMap<string, Feedback | undefined>;

/** What was found of the feedback that was given. */
export interface VerifiedFeedback {
  faults: Fault[];
  /** How far chains went, by the feedback. */
  heads: ChainHead[];
  given: GivenFeedback;
}

/**
 * Checks that every upload that is recorded has its feedback, which says of it what the ledger does and whose marked
 * workbook is the one that it names, and that no other upload of these chains has any.
 */
export async function verifyFeedback(
  documents: DocumentsReader,
  chains: ReadonlyMap<string, readonly unknown[]>,
): Promise<VerifiedFeedback> {
  const uploads = legibleEvents(chains).filter(isUploadEvent);
  const keys = await receiptKeys(documents);
  const read = await pMap(keys, async (key) => [key, await receiptAt(key, documents)] as const, fetching);
  const given = new Map(read);
  const faults = await pMap(uploads, (event) => faultsOfOne(event, given, documents), fetching);
  const expected = new Set(uploads.map(({ happening }) => receiptKey(happening)));
  const own = read.flatMap(([key, one]) => (one && chains.has(one.receipt.chain) ? [{ key, ...one }] : []));
  const strange = own.filter(({ key }) => !expected.has(key));
  const heads = own.flatMap(({ receipt: { chain, sequence, hash }, asOf }) => [
    { chain, length: sequence, hash },
    ...asOf.chains,
  ]);
  const unrecorded = { explanation: 'is there but not recorded in the ledger' };
  return {
    faults: [...faults.flat(), ...strange.map(({ key }) => ({ where: key, ...unrecorded }))],
    heads: heads.filter(({ chain }) => chains.has(chain)),
    given,
  };
}

async function faultsOfOne(
  event: UploadEvent,
  given: GivenFeedback,
  documents: DocumentsReader,
): Promise<Fault[]> {
  const where = receiptKey(event.happening);
  if (!given.has(where)) return [{ where, explanation: 'is missing: it was removed, or never written' }];
  const feedback = given.get(where);
  if (feedback === undefined)
    return [{ where, explanation: 'is no feedback that can be read: it was edited' }];
  const { summary: _s, warnings: _w, answered: _answered, asOf: _asOf, workbook, ...recorded } = feedback;
  return [
    ...(canonicalJson(recorded) === canonicalJson(recordedFeedback(event))
      ? []
      : [{ where, explanation: 'does not say what the ledger recorded: one of them was edited' }]),
    ...(await workbookFaults(markedWorkbookKey(event.happening), workbook, documents)),
  ];
}

async function workbookFaults(
  where: string,
  expected: Feedback['workbook'],
  documents: DocumentsReader,
): Promise<Fault[]> {
  const bytes = await documents.get(where);
  if (bytes === undefined) {
    return expected === null ? [] : [{ where, explanation: 'is missing: it was removed, or never written' }];
  }
  if (expected !== null && sha256(bytes) === expected) return [];
  return [{ where, explanation: 'is another workbook than the feedback names: one of them was edited' }];
}
