import { Worker } from 'node:worker_threads';
import { StoreBusyError } from '../../../shared/core/ledger/ports.ts';
import { PortalError } from '../../portal/portal-error.ts';
import { NoCatalogueError } from '../../use-cases/adopted.ts';
import { BrokenLedgerError } from '../../use-cases/read-year.ts';
import type { Answer, Jobs, Order, Result, ThreadData } from './worker.ts';

export interface LaneOptions {
  given: ThreadData;
  /** How many jobs are done at the same time, each in a thread of its own. */
  threads: number;
  /** How many jobs may wait; who comes then is told to come again. */
  mostWaiting: number;
  /** How large the files may be that wait (bytes). */
  mostBytesWaiting: number;
  /** How much a thread may have in memory beside bytes of files; one that wants more is ended (MiB). */
  memory: number;
  /** After how many seconds somebody who was turned away had best come again. */
  retryAfter: number;
}

/** A job that was given to a lane. */
export interface Begun<T> {
  done: Promise<T>;
  /** How many jobs are before it: 0 once it is being done. */
  ahead(): number;
}

interface Job {
  kind: keyof Jobs;
  order: unknown;
  transfer: ArrayBuffer[];
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Where a thread is, or will be when it is first needed, and what it is doing. */
interface Place {
  worker: Worker | undefined;
  running: Job | undefined;
}

/** How a lane stands, for whoever looks after the machine. */
export interface LaneStanding {
  /** Whether anything is being done. */
  busy: boolean;
  waiting: number;
}

/** Jobs that write: stopping waits for them, though breaking them off would lose nothing. */
const writing: ReadonlySet<keyof Jobs> = new Set(['receive', 'publish', 'publishDue']);

/** Jobs of the program's own, once a day and after each publication: they are never turned away. */
const unasked: ReadonlySet<keyof Jobs> = new Set(['publishDue', 'stamp']);

/** For so long a job may go on when the server stops (milliseconds). */
const patience = 30_000;

/**
 * Jobs that are done in threads, while the server answers, and begun in the order in which they came. A thread is started
 * for the first job that finds none free; one that dies takes its job with it, as a fault, and is replaced for the next.
 */
export class Lane {
  private readonly options: LaneOptions;
  private readonly waiting: Job[] = [];
  private readonly places: Place[];
  private isStopped = false;

  constructor(options: LaneOptions) {
    this.options = options;
    this.places = Array.from({ length: options.threads }, () => ({ worker: undefined, running: undefined }));
  }

  /**
   * Throws a `PortalError` if too many wait, but for what nobody would ask for again. What is in `transfer` is handed over
   * to the thread, and gone here.
   */
  begin<K extends keyof Jobs>(kind: K, order: Order<K>, transfer: ArrayBuffer[] = []): Begun<Result<K>> {
    if (this.isStopped) throw new Error(`the server stops: ${kind} is not begun`);
    const { retryAfter } = this.options;
    if (!unasked.has(kind) && this.isFullFor(transfer)) {
      const detail = `系统正忙，排队的太多，这一次没有办理。请等 ${retryAfter} 秒再试，之前提交的不受影响。`;
      throw new PortalError('busy', detail, { retryAfter });
    }
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const job: Job = { kind, order, transfer, resolve, reject };
    this.waiting.push(job);
    this.next();
    const ahead = () => (this.waiting.includes(job) ? this.waiting.indexOf(job) + 1 : 0);
    return { done: promise as Promise<Result<K>>, ahead };
  }

  /** One that is too large for what may wait is taken where nothing else waits. */
  private isFullFor(transfer: readonly ArrayBuffer[]): boolean {
    const { mostWaiting, mostBytesWaiting } = this.options;
    const bytes = bytesIn([...this.waiting.flatMap((job) => job.transfer), ...transfer]);
    return this.waiting.length >= mostWaiting || (this.waiting.length > 0 && bytes > mostBytesWaiting);
  }

  get standing(): LaneStanding {
    const busy = this.places.some(({ running }) => running !== undefined);
    return { busy, waiting: this.waiting.length };
  }

  /** Ends the threads, each after what it is writing; what waits is not done. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const job of this.waiting.splice(0))
      job.reject(new Error(`the server stops: ${job.kind} is not begun`));
    await Promise.all(this.places.map(ended));
  }

  private next(): void {
    const free = this.places.filter(({ running }) => running === undefined);
    const place = free.find(({ worker }) => worker !== undefined) ?? free[0];
    const job = place && this.waiting.shift();
    if (place === undefined || job === undefined) return;
    place.running = job;
    place.worker ??= this.startedWorker(place);
    try {
      place.worker.postMessage({ kind: job.kind, order: job.order }, job.transfer);
    } catch (error) {
      this.settle(place, (one) => one.reject(error));
    }
  }

  private startedWorker(place: Place): Worker {
    const { given, memory } = this.options;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: given,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    worker.on('message', (answer: Answer) => {
      this.settle(place, (job) =>
        answer.kind === 'done' ? job.resolve(answer.result) : job.reject(faultOf(answer)),
      );
    });
    const lose = (fault: Error) => {
      if (place.worker !== worker) return;
      place.worker = undefined;
      this.settle(place, (job) => job.reject(fault));
    };
    worker.on('error', (cause) => lose(new Error('a thread died of what it was doing', { cause })));
    worker.on('exit', (code) => lose(new Error(`a thread ended with ${code} in the midst of its work`)));
    return worker;
  }

  private settle(place: Place, tell: (job: Job) => void): void {
    const job = place.running;
    place.running = undefined;
    if (job !== undefined) tell(job);
    this.next();
  }
}

/** Ends the thread of a place, after what it is writing. */
async function ended({ worker, running }: Place): Promise<void> {
  if (worker === undefined) return;
  const isWriting = running !== undefined && writing.has(running.kind);
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage('stop');
  const timer = setTimeout(() => void worker.terminate(), running === undefined || isWriting ? patience : 0);
  await gone;
  clearTimeout(timer);
}

function bytesIn(buffers: readonly ArrayBuffer[]): number {
  return buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Faults that are told apart by whoever waits: what comes out of a thread is no instance of their classes. */
const known = [BrokenLedgerError, NoCatalogueError, StoreBusyError];

function faultOf({ name, error }: Extract<Answer, { kind: 'failed' }>): unknown {
  const Fault = known.find((one) => one.name === name);
  return Fault === undefined || !(error instanceof Error)
    ? error
    : new Fault(error.message, { cause: error });
}
