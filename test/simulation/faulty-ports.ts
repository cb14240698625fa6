import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { Scheduler } from './scheduler.ts';

export const faultKinds = [
  'fails-before',
  'answer-lost',
  'throttled',
  'stops-before',
  'stops-after',
] as const;
/**
 * What can go wrong at a call: it fails before anything is done; it is done, but the answer is lost; the store is
 * busy for a while, for everybody; the caller stops dead before or after it is done.
 */
export type FaultKind = (typeof faultKinds)[number];

/** A fault of the machine, which whoever delivers answers by delivering again. */
export class Fault extends Error {
  /** Whether whoever met it stopped dead. */
  readonly isDeath: boolean;

  constructor(message: string, { isDeath = false } = {}) {
    super(message);
    this.isDeath = isDeath;
  }
}

/** What a call meets: how long it takes until it is done and until the answer arrives, and what goes wrong. */
export interface Fate {
  before: number;
  after: number;
  fault: FaultKind | undefined;
}

/** Stores as several actors use them at once. */
export interface SharedStores {
  scheduler: Scheduler;
  ledger: Ledger;
  documents: Documents;
  /** Until when each store turns everybody away. */
  busyUntil: Map<string, number>;
}

/** One life of an actor: it ends when it stops dead. */
export interface Life {
  ledger: Ledger;
  documents: Documents;
  /** Never resolves; rejects when the actor stops dead. */
  death: Promise<never>;
}

const busyMilliseconds = 5_000;

/** The ports as one life of an actor sees them: each call takes its time, and meets its fate. */
export function portsOfOneLife(stores: SharedStores, fateOfCall: (name: string) => Fate): Life {
  const { scheduler, busyUntil } = stores;
  const never = new Promise<never>(() => undefined);
  let dead = false;
  let die: (error: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => {
    die = reject;
  });
  death.catch(() => undefined);
  function stop(name: string): Promise<never> {
    dead = true;
    die(new Fault(`stopped dead at ${name}`, { isDeath: true }));
    return never;
  }
  async function call<T>(store: string, name: string, work: () => Promise<T>): Promise<T> {
    const { before, after, fault } = fateOfCall(name);
    await scheduler.at(scheduler.now() + before);
    if (dead) return never;
    if (fault === 'stops-before') return stop(name);
    if (fault === 'fails-before') throw new Fault(`${name} failed before`);
    if (fault === 'throttled') busyUntil.set(store, scheduler.now() + busyMilliseconds);
    if ((busyUntil.get(store) ?? 0) > scheduler.now()) throw new Fault(`${name} was throttled`);
    const answer = await work();
    if (fault === 'stops-after') return stop(name);
    await scheduler.at(scheduler.now() + after);
    if (dead) return never;
    if (fault === 'answer-lost') throw new Fault(`${name} was done, the answer was lost`);
    return answer;
  }
  const { ledger, documents } = stores;
  return {
    death,
    ledger: {
      read: (chain, after) => call('ledger', `read ${chain}`, () => ledger.read(chain, after)),
      append: (event) => call('ledger', `append ${event.chain}`, () => ledger.append(event)),
    },
    documents: {
      get: (key, version) => call('documents', `get ${key}`, () => documents.get(key, version)),
      put: (key, bytes, options) => call('documents', `put ${key}`, () => documents.put(key, bytes, options)),
      list: (prefix) => call('documents', `list ${prefix}`, () => documents.list(prefix)),
    },
  };
}
