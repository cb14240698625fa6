import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Health } from '../portal/services.ts';
import { software } from '../software.ts';
import type { Threads } from './work/threads.ts';

/** How often it is looked whether the event loop is free, which every delay that is measured contains (milliseconds). */
const resolution = 10;

/** After so long the delays are measured anew, lest those of the first day hide those of today (milliseconds). */
const window = 600_000;

/** Watches how long requests wait before the server gets to them: while something holds the event loop, nobody is answered. */
export class HealthWatch {
  private readonly threads: Threads;
  private readonly delays = monitorEventLoopDelay({ resolution });
  private readonly timer: NodeJS.Timeout;
  private since = performance.now();

  constructor(threads: Threads) {
    this.threads = threads;
    this.delays.enable();
    this.timer = setInterval(() => this.begin(), window).unref();
  }

  get health(): Health {
    const { receiving, making } = this.threads.standing;
    return {
      software,
      runningSeconds: Math.round(process.uptime()),
      eventLoopDelay: {
        measuredSeconds: Math.round((performance.now() - this.since) / 1_000),
        p50: milliseconds(this.delays.percentile(50)),
        p99: milliseconds(this.delays.percentile(99)),
        max: milliseconds(this.delays.max),
      },
      threads: { receiving, making },
    };
  }

  stop(): void {
    clearInterval(this.timer);
    this.delays.disable();
  }

  private begin(): void {
    this.delays.reset();
    this.since = performance.now();
  }
}

/** Of nanoseconds, what is above the pause between two looks, to a tenth. */
function milliseconds(nanoseconds: number): number {
  const delay = nanoseconds / 1_000_000 - resolution;
  return Number.isFinite(delay) ? Math.round(Math.max(0, delay) * 10) / 10 : 0;
}
