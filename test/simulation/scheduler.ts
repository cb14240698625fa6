/** Virtual time, in milliseconds. Everything that happens in a simulation happens at a moment of it. */
export interface Scheduler {
  now(): number;
  /** Resolves when virtual time has come to that moment. */
  at(moment: number): Promise<void>;
  /** Starts an actor at a moment; what it throws ends the simulation. */
  start(moment: number, actor: () => Promise<void>): void;
  /** Lets time pass until nobody waits for any moment. */
  run(): Promise<void>;
}

interface Waiting {
  moment: number;
  order: number;
  wake: () => void;
}

/**
 * A scheduler in which one thing happens at a time, in an order that the moments alone decide: of two at one
 * moment, the one that asked first. The same moments make the same run.
 */
export function virtualTime(start: number): Scheduler {
  let now = start;
  let order = 0;
  let failure: { error: unknown } | undefined;
  const waiting: Waiting[] = [];
  const at = (moment: number) =>
    new Promise<void>((wake) => {
      push(waiting, { moment: Math.max(moment, now), order: order++, wake });
    });
  return {
    now: () => now,
    at,
    start(moment, actor) {
      at(moment)
        .then(actor)
        .catch((error: unknown) => {
          failure ??= { error };
        });
    },
    async run() {
      for (let next = pop(waiting); next !== undefined; next = pop(waiting)) {
        now = next.moment;
        next.wake();
        await untilAllWait();
        if (failure !== undefined) throw failure.error;
      }
    },
  };
}

/** Nothing here waits for anything but virtual time, so one turn of the event loop brings everybody to rest. */
function untilAllWait(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.moment < b.moment || (a.moment === b.moment && a.order < b.order);
}

/** Keeps the list sorted with the earliest last; lists are short. */
function push(waiting: Waiting[], entry: Waiting): void {
  let index = waiting.length;
  while (index > 0 && isBefore(waiting[index - 1]!, entry)) index -= 1;
  waiting.splice(index, 0, entry);
}

function pop(waiting: Waiting[]): Waiting | undefined {
  return waiting.pop();
}
