import type { Documents } from '../../shared/core/ports.ts';

/** Documents whose module is imported when one is first wanted: S3's client is the largest of the SDK. */
export function deferredDocuments(load: () => Promise<Documents>): Documents {
  return {
    get: async (...given) => (await load()).get(...given),
    put: async (...given) => (await load()).put(...given),
    list: async (...given) => (await load()).list(...given),
  };
}
