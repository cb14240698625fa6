import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import pMap from 'p-map';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../../shared/adapters/pending-uploads.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { handedInAt, type ReadUpload, uploadKey } from '../../../shared/core/ledger/upload.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import type { IngestResult } from '../../use-cases/ingest.ts';
import { receive } from '../../use-cases/receive.ts';
import { addressOfFile } from '../../use-cases/returned-files.ts';

/** Where files are to be submitted, and by whom; plain data, so that a worker can be told. */
export interface SubmissionOrder {
  folder: string;
  /** Those in force, by which folders and names are understood. */
  catalogues: readonly Catalogue[];
  address: Partial<Address>;
  user: string;
}

/** A file to submit, when it is received, when it was handed in if that was before, and by whom. */
export interface FileToSubmit extends Pick<ReadUpload, 'uploadedAt' | 'claimedAt' | 'uploader'> {
  path: string;
}

/** A file and what became of it. */
export interface Submitted {
  path: string;
  result: IngestResult;
}

/** From so many files on, starting workers is worth its time. */
const enoughForWorkers = 24;

/** How many files a worker has in hand at once: while some wait for the disk another is read. */
const inHand = 3;

/** Files of which each is submitted after the one before it. */
export type Sequence = readonly FileToSubmit[];

/**
 * Submits files, many of them by several workers at once: each opens the store by itself, as processes of their
 * own would, and the ledger's conditional append keeps them apart. Results come in the order of the files, and figures
 * do not depend on who is quicker: files that may be one upload are submitted one after the other (`sequencesOf`).
 */
export async function submitFiles(
  files: readonly FileToSubmit[],
  order: SubmissionOrder,
  onSubmitted: () => void = () => undefined,
): Promise<Submitted[]> {
  const workers = files.length < enoughForWorkers ? 1 : Math.min(availableParallelism(), 8);
  if (workers === 1) return submitHere([files], order, { atOnce: 1, onSubmitted });
  const shares = sharesOf(files, order, workers);
  const parts = await Promise.all(shares.map((share) => submitInWorker(share, order, onSubmitted)));
  const submitted = parts.flat();
  const byFile = new Map(shares.flat(2).map((file, index) => [file, submitted[index]!]));
  return files.map((file) => byFile.get(file)!);
}

/** What each worker is to submit: about as many files, and those together that lie together. */
export function sharesOf(
  files: readonly FileToSubmit[],
  order: SubmissionOrder,
  workers: number,
): Sequence[][] {
  const share = Math.ceil(files.length / workers);
  let before = 0;
  const shares = Map.groupBy(sequencesOf(files, order), ({ length }) => {
    const worker = Math.floor(before / share);
    before += length;
    return worker;
  });
  return [...shares.values()];
}

/**
 * The same bytes under the same key that were handed in at one time are one upload (`uploadOf`), however often they are
 * received: it stands in the ledger as received when the one was that is recorded first, which decides what counts where
 * another version came between. What may be so is a sequence; of most files nothing is claimed, and each is one of its own.
 */
function sequencesOf(files: readonly FileToSubmit[], order: SubmissionOrder): Sequence[] {
  const sequences = Map.groupBy(files, (file) => {
    const address = addressOfFile(resolve(file.path), order.catalogues, order.address);
    return `${handedInAt(file)} ${uploadKey(address, anyBytes, basename(file.path))}`;
  });
  return [...sequences.values()];
}

/** Stands for what is in a file, which is not read before its turn. */
const anyBytes = sha256(new Uint8Array());

/** Submits a worker's share of many files. */
export function submitShare(
  share: readonly Sequence[],
  order: SubmissionOrder,
  onSubmitted: () => void,
): Promise<Submitted[]> {
  return submitHere(share, order, { atOnce: inHand, onSubmitted });
}

async function submitHere(
  sequences: readonly Sequence[],
  order: SubmissionOrder,
  { atOnce, onSubmitted }: { atOnce: number; onSubmitted: () => void },
): Promise<Submitted[]> {
  const ledger = openSqliteLedger(join(order.folder, 'ledger.sqlite'));
  const documents = folderDocuments(order.folder);
  const pending = folderPendingUploads(order.folder);
  const submit = async ({ path, ...said }: FileToSubmit): Promise<Submitted> => {
    const file = {
      ...said,
      address: addressOfFile(resolve(path), order.catalogues, order.address),
      fileName: basename(path),
      bytes: new Uint8Array(await readFile(path)),
    };
    const result = await receive(file, order.user, { ledger, documents, pending });
    onSubmitted();
    return { path, result };
  };
  const submitInTurn = (files: Sequence) => pMap(files, submit, { concurrency: 1 });
  try {
    return (await pMap(sequences, submitInTurn, { concurrency: atOnce })).flat();
  } finally {
    ledger.close();
  }
}

/** What a worker says: that a file is done, or, at the end, what became of all. */
export type WorkerMessage = { kind: 'submitted' } | { kind: 'done'; submitted: Submitted[] };

function submitInWorker(
  share: readonly Sequence[],
  order: SubmissionOrder,
  onSubmitted: () => void,
): Promise<Submitted[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./submit-worker.ts', import.meta.url), {
      workerData: { share, order },
    });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'submitted') onSubmitted();
      else resolve(message.submitted);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker stopped with ${code} before it was done`)));
  });
}
