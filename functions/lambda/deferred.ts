import type { Documents } from '../../shared/core/ports.ts';

/** Makes a thing when it is first wanted, and keeps it. If making it fails, the next call tries again. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    if (made !== undefined) return made.value;
    const value = make();
    made = { value };
    if (value instanceof Promise) {
      value.catch(() => {
        made = undefined;
      });
    }
    return value;
  };
}

/** Documents whose module is imported when one is first wanted: S3's client is the largest of the SDK. */
export function deferredDocuments(load: () => Promise<Documents>): Documents {
  return {
    get: async (...given) => (await load()).get(...given),
    put: async (...given) => (await load()).put(...given),
    list: async (...given) => (await load()).list(...given),
  };
}
