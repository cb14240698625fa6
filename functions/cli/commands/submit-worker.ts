import { parentPort, workerData } from 'node:worker_threads';
import { type FileToSubmit, type SubmissionOrder, submitShare, type WorkerMessage } from './submit-files.ts';

const { files, order } = workerData as { files: FileToSubmit[]; order: SubmissionOrder };
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

tell({ kind: 'done', submitted: await submitShare(files, order, () => tell({ kind: 'submitted' })) });
