import { workerData } from 'node:worker_threads';
import { prepareSample } from './submit-sample-year.ts';

await prepareSample(workerData as string);
