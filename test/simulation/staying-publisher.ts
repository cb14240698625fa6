import { KeptFromLast } from '../../functions/use-cases/publish/publish.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';

interface Ports {
  ledger: Ledger;
  documents: Documents;
}

/**
 * A process that stays from one publication to the next, as the thread of a server does. It reads through the ports of what it
 * is at; what it keeps may be behind what others recorded and published meanwhile, and is gone when it stops dead.
 */
export class StayingPublisher {
  private at: Ports | undefined;
  private kept = this.nothing();

  private nothing(): KeptFromLast {
    return new KeptFromLast({
      ledger: { read: (chain, after) => this.at!.ledger.read(chain, after) },
      documents: { get: (key, version) => this.at!.documents.get(key, version) },
    });
  }

  /** Does one thing at a time: while it is at another, the work is done by a process of its own. */
  async publish<Result>(
    ports: Ports,
    work: (kept: KeptFromLast | undefined) => Promise<Result>,
  ): Promise<Result> {
    if (this.at !== undefined) return work(undefined);
    this.at = ports;
    try {
      return await work(this.kept);
    } finally {
      this.at = undefined;
    }
  }

  /** Another takes its place, who knows nothing. */
  stopDead(ports: Ports): void {
    if (this.at !== ports) return;
    this.at = undefined;
    this.kept = this.nothing();
  }
}
