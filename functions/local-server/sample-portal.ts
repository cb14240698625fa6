import { Worker } from 'node:worker_threads';
import type { SampleLook } from '../portal/services.ts';
import type { Logger } from './logger.ts';

/** A portal of its own over the sample. */
interface OtherPortal {
  origin: string;
  stop(): Promise<void>;
}

interface SampleOrder {
  /** Where the sample is kept; made if it is not there yet. */
  folder: string;
  /** Starts a portal over that folder, on a port that is free. */
  start: (folder: string) => Promise<OtherPortal>;
  reports: Logger;
}

/**
 * The portal of the sample, which is made and started when it is first asked for, and stops with what started it.
 * What failed is not tried again: the page that waits for it would ask for ever.
 */
export class SamplePortal {
  private readonly order: SampleOrder;
  private look: SampleLook | undefined;
  private worker: Worker | undefined;
  private portal: OtherPortal | undefined;
  private starting: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(order: SampleOrder) {
    this.order = order;
  }

  async lookAt(): Promise<SampleLook> {
    if (this.look === undefined) {
      this.look = { kind: 'being-made' };
      this.starting = this.begin();
    }
    return this.look;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.worker?.terminate();
    await this.starting;
    await this.portal?.stop();
  }

  private async begin(): Promise<void> {
    const { folder, start, reports } = this.order;
    try {
      await this.prepare();
      if (this.isStopped) return;
      this.portal = await start(folder);
      this.look = { kind: 'ready', address: `${this.portal.origin}/` };
    } catch (error) {
      if (this.isStopped) return;
      this.look = { kind: 'failed' };
      reports.fault('the sample could not be made', error, { folder });
    }
  }

  /**
   * Makes the sample in a thread of its own: it takes minutes, in which the portal goes on answering. Resolves when the
   * thread has ended well, or was ended because the portal stops.
   */
  private async prepare(): Promise<void> {
    const worker = new Worker(new URL('../demo/sample-worker.ts', import.meta.url), {
      workerData: this.order.folder,
      stdout: true,
      stderr: true,
    });
    this.worker = worker;
    worker.stdout.resume();
    worker.stderr.resume();
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });
  }
}
