import { Cron } from 'croner';
import { usualOffset } from '../../shared/core/catalogue/period.ts';
import { type KnownCatalogues, newestOf } from '../use-cases/known-catalogues.ts';

/** A job that runs by the clock until it is stopped. */
export interface Schedule {
  /** Waits for a run that is under way. */
  stop(): Promise<void>;
}

/** The time zone of the city. */
export function offsetOf(catalogues: KnownCatalogues): string {
  return newestOf(catalogues.last)?.utcOffset ?? usualOffset;
}

/**
 * Runs at the times of a cron expression by the clock of the city, one run after the other, the first after what was
 * begun already. No run may throw.
 */
export function inCityTime(
  pattern: string,
  catalogues: KnownCatalogues,
  { begun, run }: { begun: Promise<void>; run: () => Promise<void> },
): Schedule {
  let running = begun;
  const utcOffset = minutesOf(offsetOf(catalogues));
  const job = new Cron(pattern, { utcOffset, protect: true }, () => {
    running = running.then(run);
    return running;
  });
  return {
    stop: () => {
      job.stop();
      return running;
    },
  };
}

/** A time zone given as `+08:00` in minutes. */
function minutesOf(utcOffset: string): number {
  return (Date.parse('2000-01-01T00:00:00Z') - Date.parse(`2000-01-01T00:00:00${utcOffset}`)) / 60_000;
}
