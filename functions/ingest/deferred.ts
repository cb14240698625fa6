import type { UploadStorage } from './upload-storage.ts';

/** Makes a thing when it is first wanted, and keeps it. If making it throws, the next call tries again. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Storage whose module is imported when it is first used: S3's client is the largest of the SDK. */
export function deferredStorage(load: () => Promise<UploadStorage>): UploadStorage {
  const storage = once(load);
  return {
    documents: {
      get: async (...given) => (await storage()).documents.get(...given),
      put: async (...given) => (await storage()).documents.put(...given),
      list: async (...given) => (await storage()).documents.list(...given),
    },
    fetchUpload: async (...given) => (await storage()).fetchUpload(...given),
  };
}
