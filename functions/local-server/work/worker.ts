import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../../shared/adapters/pending-uploads.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import { receive } from '../../use-cases/receive.ts';
import type { HandedOver } from '../../use-cases/stores/upload-store.ts';

const data = workerData as string;
const documents = folderDocuments(data);
const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
const store = { ledger, documents, pending: folderPendingUploads(data) };

/** What is done in a thread; elsewhere only the types of this are taken. */
const jobs = {
  /** Takes in a file that was received at the time that it says. */
  receive: ({ file, recordedBy }: { file: HandedOver; recordedBy: string }) =>
    receive(file, recordedBy, store),
};

export type Jobs = typeof jobs;
export type Order<K extends keyof Jobs> = Parameters<Jobs[K]>[0];
export type Result<K extends keyof Jobs> = Awaited<ReturnType<Jobs[K]>>;

/** What a thread says when a job is over. */
export type Answer = { kind: 'done'; result: unknown } | { kind: 'failed'; name: string; error: unknown };

async function answerTo({ kind, order }: { kind: keyof Jobs; order: unknown }): Promise<Answer> {
  try {
    const work = jobs[kind] as (given: unknown) => Promise<unknown>;
    return { kind: 'done', result: await work(order) };
  } catch (error) {
    return { kind: 'failed', name: error instanceof Error ? error.name : '', error };
  }
}

/** Elsewhere than on Linux this would be the priority of the whole process: whoever asks for a page comes first. */
if (process.platform === 'linux') setPriority(10);

let working: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: 'stop' | { kind: keyof Jobs; order: unknown }) => {
  working = working.then(async () => {
    if (message !== 'stop') return parentPort?.postMessage(await answerTo(message));
    ledger.close();
    parentPort?.close();
  });
});
