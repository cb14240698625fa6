import type { Documents } from '../../shared/core/ledger/ports.ts';
import { memoize } from '../memoize.ts';
import type { UploadStorage } from './ingest/upload-storage.ts';

/** Documents whose module is imported when one is first wanted: S3's client is the largest of the SDK. */
export function lazyDocuments(load: () => Promise<Documents>): Documents {
  return {
    get: async (...given) => (await load()).get(...given),
    put: async (...given) => (await load()).put(...given),
    list: async (...given) => (await load()).list(...given),
  };
}

/** Storage whose module is imported when it is first used. */
export function lazyStorage(load: () => Promise<UploadStorage>): UploadStorage {
  const storage = memoize(load);
  return {
    documents: lazyDocuments(async () => (await storage()).documents),
    fetchUpload: async (...given) => (await storage()).fetchUpload(...given),
  };
}
