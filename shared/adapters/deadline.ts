import { AsyncLocalStorage } from 'node:async_hooks';

const underWay = new AsyncLocalStorage<AbortSignal>();

/** Thrown where work did not end in the time that it was given; whether any of what it asked for was done is not known. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Does some work, and rejects when its time is over, whatever it waits for then. Requests of AWS that it has begun are
 * given up, none is begun any more; what it computes without pause nothing can interrupt.
 */
export async function withDeadline<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  if (milliseconds <= 0) throw new DeadlineError('no time is left to begin');
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(`not ended within ${milliseconds} ms`));
      over.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([underWay.run(over.signal, work), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Of a client of AWS, what it sends requests by. */
interface Sender {
  send(command: never, options?: { abortSignal?: AbortSignal }): unknown;
}

/** Has a client give up its requests at the deadline of the work that sends them. */
export function keepingDeadlines<Client extends Sender>(client: Client): Client {
  const send = client.send.bind(client) as (command: unknown, options?: object) => unknown;
  const abortSignal = () => {
    const signal = underWay.getStore();
    return signal === undefined ? {} : { abortSignal: signal };
  };
  return Object.assign(client, {
    send: (command: unknown, options?: object) => send(command, { ...options, ...abortSignal() }),
  });
}
