import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '../../../shared/core/ledger/ports.ts';
import type { Standing } from '../../portal/long-work.ts';
import type { Begun } from './lane.ts';

/** A ledger that tells by its mark whether anything has come, at whatever time it was recorded. */
export type MarkedLedger = Required<Pick<Ledger, 'mark'>>;

/** Work that was begun because somebody asked for it, and what came of it. */
export interface Ongoing<T> extends Begun<T> {
  standing(): Standing<T>;
  /** The fault of work that failed. */
  fault(): unknown;
}

/** For so long somebody waits for an answer before it is that the work is under way (milliseconds). */
const aWhile = 2_000;

/**
 * Work of one kind by what it is about: nothing is done twice at the same time for what the ledger says, and what came of
 * the newest is kept for a while.
 */
export class OngoingWork<T> {
  private readonly byKey = new Map<string, { mark: string; work: Ongoing<T> }>();
  private readonly kept: number;

  /** What came of work is kept for so many milliseconds. */
  constructor(kept: number) {
    this.kept = kept;
  }

  of(key: string): Ongoing<T> | undefined {
    return this.byKey.get(key)?.work;
  }

  /**
   * The work about this that is under way, or what is begun now. What was begun at another mark of the ledger may have read
   * it before what whoever asks now has recorded, and is not theirs.
   */
  begin(key: string, mark: string, begin: () => Begun<T>): Ongoing<T> {
    const there = this.byKey.get(key);
    if (there?.mark === mark && there.work.standing().kind === 'under-way') return there.work;
    const work = ongoing(begin());
    const one = { mark, work };
    this.byKey.set(key, one);
    const forget = () => {
      setTimeout(() => {
        if (this.byKey.get(key) === one) this.byKey.delete(key);
      }, this.kept).unref();
    };
    work.done.then(forget, forget);
    return work;
  }
}

/** Work that was begun, with where it stands. */
export function ongoing<T>({ done, ahead }: Begun<T>): Ongoing<T> {
  let settled: Standing<T> | undefined;
  let fault: unknown;
  done.then(
    (result) => {
      settled = { kind: 'done', result };
    },
    (error: unknown) => {
      settled = { kind: 'failed' };
      fault = error;
    },
  );
  return {
    done,
    ahead,
    standing: () => settled ?? { kind: 'under-way', ahead: ahead() },
    fault: () => fault,
  };
}

/** How work stands when it is done, or after some seconds. */
export async function afterAWhile<T>(work: Ongoing<T>): Promise<Standing<T>> {
  const enough = new AbortController();
  const over = () => enough.abort();
  work.done.then(over, over);
  await pause(aWhile, undefined, { signal: enough.signal }).catch(() => {});
  return work.standing();
}
