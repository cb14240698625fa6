const [shortest, longest] = [2_000, 600_000];

/** What failed is tried again, each time after a longer pause (milliseconds of a clock that only goes on). */
export class GrowingPauses {
  private readonly failures = new Map<string, { times: number; until: number }>();

  isOver(what: string, clock: number): boolean {
    return clock >= (this.failures.get(what)?.until ?? 0);
  }

  failed(what: string, clock: number): void {
    const times = (this.failures.get(what)?.times ?? 0) + 1;
    this.failures.set(what, { times, until: clock + Math.min(shortest * 2 ** times, longest) });
  }

  succeeded(what: string): void {
    this.failures.delete(what);
  }

  /** Forgets what is no longer there to be tried again. */
  keepOnly(isThere: (what: string) => boolean): void {
    for (const what of this.failures.keys()) if (!isThere(what)) this.failures.delete(what);
  }
}
