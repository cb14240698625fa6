import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';

/** What somebody makes of the ledger as it stands: an event to append, or nothing more to do. */
export type Attempt<T> = { kind: 'append'; event: LedgerEvent; result: T } | { kind: 'settled'; result: T };

/** More conflicts in a row than this mean that something else is wrong. */
const maxConflicts = 1000;

/** Appends what is decided on the ledger as it stands. If somebody else was quicker, decides again. */
export async function append<T>(ledger: Ledger, decide: () => Promise<Attempt<T>>): Promise<T> {
  for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
    const attempt = await decide();
    if (attempt.kind === 'settled') return attempt.result;
    if ((await ledger.append(attempt.event)) === 'appended') return attempt.result;
  }
  throw new Error(`${maxConflicts} conflicts in a row while appending to the ledger`);
}
