import type { Instant } from '../../shared/core/catalogue/period.ts';

/** Where the server says what it did, and what went wrong. */
export interface Logger {
  /** A fault of the machine or of the program. Always said. */
  fault(what: string, error: unknown, details?: Details): void;
  /** Said only if it was asked for. */
  done(what: string, details?: Details): void;
}

/** What is said besides, in plain values. */
export type Details = Readonly<Record<string, string | number | boolean | null>>;

/** Says nothing. */
export const silence: Logger = { fault: () => {}, done: () => {} };

/** Logger as JSON, a line each. */
export function loggerTo(
  write: (line: string) => void,
  { verbose, now }: { verbose: boolean; now: () => Instant },
): Logger {
  const say = (report: object) => write(`${JSON.stringify({ at: now(), ...report })}\n`);
  return {
    fault: (what, error, details) => say({ level: 'fault', what, ...details, error: plain(error) }),
    done: (what, details) => {
      if (verbose) say({ level: 'info', what, ...details });
    },
  };
}

function plain(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { message, stack, cause } = error;
  return { message, stack, ...(cause !== undefined && { cause: plain(cause) }) };
}
