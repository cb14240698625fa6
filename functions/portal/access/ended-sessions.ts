import { longestSession, type Session } from './session.ts';

/** More than this are not remembered; the oldest are forgotten first. */
const mostRemembered = 5_000;

/**
 * The sessions that were signed out before their time. A session lives in its cookie alone, which the portal cannot
 * take back from whoever copied it; this process refuses it from then on. Another process (another instance of the
 * Lambda function, or this one started again under the same key) does not know of it: there, a copied cookie is good
 * until it has been idle for an hour, or eight hours old.
 */
export class EndedSessions {
  /** When each would have ended by itself (seconds), in the order in which they were ended. */
  private readonly endings = new Map<string, number>();

  add({ id, signedInAt }: Session, now: number): void {
    for (const [other, ending] of this.endings) if (ending < now) this.endings.delete(other);
    const [oldest] = this.endings.keys();
    if (this.endings.size >= mostRemembered && oldest !== undefined) this.endings.delete(oldest);
    this.endings.set(id, signedInAt + longestSession);
  }

  has({ id }: Session): boolean {
    return this.endings.has(id);
  }
}
