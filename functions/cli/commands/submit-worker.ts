import { parentPort, workerData } from 'node:worker_threads';
import { type Sequence, type SubmissionOrder, submitShare, type WorkerMessage } from './submit-files.ts';

const { share, order } = workerData as { share: Sequence[]; order: SubmissionOrder };
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

tell({ kind: 'done', submitted: await submitShare(share, order, () => tell({ kind: 'submitted' })) });
