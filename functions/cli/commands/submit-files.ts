import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { type IngestResult, ingest } from '../../use-cases/ingest.ts';
import { addressOfFile, type ReturnedFile } from '../../use-cases/returned-files.ts';
import { keepUpload } from '../../use-cases/stores/upload-store.ts';

/** Where and how files are to be submitted; plain data, so that a worker can be told. */
export interface SubmissionOrder {
  folder: string;
  /** Those in force, by which folders and names are understood. */
  catalogues: readonly Catalogue[];
  address: Partial<Address>;
  uploadedAt: Instant | undefined;
  uploader: string | undefined;
  now: Instant;
  user: string;
}

/** A file and what became of it. */
export interface Submitted {
  path: string;
  result: IngestResult;
}

/** From so many files on, starting workers is worth its time. */
const enoughForWorkers = 24;

/**
 * Submits files, many of them by several workers at once: each opens the store by itself, as processes of their
 * own would, and the ledger's conditional append keeps them apart. Results come in the order of the files.
 */
export async function submitFiles(
  files: readonly ReturnedFile[],
  order: SubmissionOrder,
  onSubmitted: () => void = () => undefined,
): Promise<Submitted[]> {
  const workers = files.length < enoughForWorkers ? 1 : Math.min(availableParallelism(), 8);
  if (workers === 1) return submitInTurn(files, order, onSubmitted);
  const share = Math.ceil(files.length / workers);
  const shares = Array.from({ length: workers }, (_, index) =>
    files.slice(index * share, (index + 1) * share),
  );
  return (await Promise.all(shares.map((part) => submitInWorker(part, order, onSubmitted)))).flat();
}

/** Submits files one after the other, in order. */
export async function submitInTurn(
  files: readonly ReturnedFile[],
  order: SubmissionOrder,
  onSubmitted: () => void,
): Promise<Submitted[]> {
  const ledger = openSqliteLedger(join(order.folder, 'ledger.sqlite'));
  const documents = folderDocuments(order.folder);
  try {
    const submitted: Submitted[] = [];
    for (const file of files) {
      const bytes = new Uint8Array(await readFile(file.path));
      const handedOver = {
        address: addressOfFile(resolve(file.path), order.catalogues, order.address),
        fileName: basename(file.path),
        bytes,
        uploadedAt: order.uploadedAt ?? file.uploadedAt ?? order.now,
        uploader: order.uploader ?? file.uploader ?? order.user,
      };
      const upload = await keepUpload(handedOver, documents);
      const recording = { recordedAt: order.now, recordedBy: order.user };
      const services = { ledger, documents };
      submitted.push({
        path: file.path,
        result: await ingest({ ...handedOver, ...recording, upload }, services),
      });
      onSubmitted();
    }
    return submitted;
  } finally {
    ledger.close();
  }
}

/** What a worker says: that a file is done, or, at the end, what became of all. */
export type WorkerMessage = { kind: 'submitted' } | { kind: 'done'; submitted: Submitted[] };

function submitInWorker(
  files: readonly ReturnedFile[],
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
