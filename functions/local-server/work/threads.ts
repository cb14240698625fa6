import { availableParallelism } from 'node:os';
import type { Checked } from '../../use-cases/check.ts';
import type { Receive } from '../../use-cases/receive.ts';
import type { HandedOver } from '../../use-cases/stores/upload-store.ts';
import { Lane, type LaneOptions, type LaneStanding } from './lane.ts';
import type { ThreadData } from './worker.ts';

/** What is bounded in each lane. */
export type ThreadLimits = Record<'receiving' | 'making', Omit<LaneOptions, 'given'>>;

const mebi = 1024 * 1024;

/**
 * On the last day everybody sends at once, and nobody should be turned away: a file takes a tenth of a second as a rule,
 * and each core may read another, up to four. What is made takes seconds to minutes, and much memory: one at a time, and
 * a long queue would help nobody.
 */
export const usualLimits: ThreadLimits = {
  receiving: {
    threads: Math.min(availableParallelism(), 4),
    mostWaiting: 200,
    mostBytesWaiting: 256 * mebi,
    memory: 1_024,
    retryAfter: 30,
  },
  making: { threads: 1, mostWaiting: 12, mostBytesWaiting: 64 * mebi, memory: 2_048, retryAfter: 120 },
};

/**
 * The threads of a server: some take files in and write forms, so that nobody who reports waits behind somebody's large
 * extract or report; another makes what takes long, and reads Word files, which may be anybody's. Files of one return
 * may be recorded in another order than they came: the year that is folded of them is the same.
 */
export class Threads {
  readonly receiving: Lane;
  readonly making: Lane;

  constructor(given: ThreadData, limits: ThreadLimits = usualLimits) {
    this.receiving = new Lane({ given, ...limits.receiving });
    this.making = new Lane({ given, ...limits.making });
  }

  /** Takes a file in by a thread for that. Its bytes are handed over. */
  readonly receive: Receive = (file, recordedBy) => {
    const bytes = handedOver(file.bytes);
    return this.receiving.begin('receive', { file: { ...file, bytes }, recordedBy }, [bytes.buffer]).done;
  };

  /** Checks a file where files are taken in. Its bytes are handed over. */
  check(file: HandedOver): Promise<Checked> {
    const bytes = handedOver(file.bytes);
    return this.receiving.begin('check', { ...file, bytes }, [bytes.buffer]).done;
  }

  get standing(): Record<'receiving' | 'making', LaneStanding> {
    return { receiving: this.receiving.standing, making: this.making.standing };
  }

  async stop(): Promise<void> {
    await Promise.all([this.receiving.stop(), this.making.stop()]);
  }
}

/** Bytes in a buffer of their own, which may be handed over without what lies beside them. */
function handedOver(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isAlone = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return isAlone ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
