import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import pMap from 'p-map';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../../shared/adapters/pending-uploads.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { ReadUpload } from '../../../shared/core/ledger/upload.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
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

/**
 * Submits files, many of them by several workers at once: each opens the store by itself, as processes of their
 * own would, and the ledger's conditional append keeps them apart. Results come in the order of the files.
 */
export async function submitFiles(
  files: readonly FileToSubmit[],
  order: SubmissionOrder,
  onSubmitted: () => void = () => undefined,
): Promise<Submitted[]> {
  const workers = files.length < enoughForWorkers ? 1 : Math.min(availableParallelism(), 8);
  if (workers === 1) return submitHere(files, order, { atOnce: 1, onSubmitted });
  const share = Math.ceil(files.length / workers);
  const shares = Array.from({ length: workers }, (_, index) =>
    files.slice(index * share, (index + 1) * share),
  );
  return (await Promise.all(shares.map((part) => submitInWorker(part, order, onSubmitted)))).flat();
}

/** Submits a worker's share of many files. */
export function submitShare(
  files: readonly FileToSubmit[],
  order: SubmissionOrder,
  onSubmitted: () => void,
): Promise<Submitted[]> {
  return submitHere(files, order, { atOnce: inHand, onSubmitted });
}

async function submitHere(
  files: readonly FileToSubmit[],
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
  try {
    return await pMap(files, submit, { concurrency: atOnce });
  } finally {
    ledger.close();
  }
}

/** What a worker says: that a file is done, or, at the end, what became of all. */
export type WorkerMessage = { kind: 'submitted' } | { kind: 'done'; submitted: Submitted[] };

function submitInWorker(
  files: readonly FileToSubmit[],
  order: SubmissionOrder,
  onSubmitted: () => void,
): Promise<Submitted[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./submit-worker.ts', import.meta.url), {
      workerData: { files, order },
    });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'submitted') onSubmitted();
      else resolve(message.submitted);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker stopped with ${code} before it was done`)));
  });
}
