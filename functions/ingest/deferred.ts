import { deferredDocuments } from '../lambda/deferred.ts';
import { once } from '../once.ts';
import type { UploadStorage } from './upload-storage.ts';

/** Storage whose module is imported when it is first used. */
export function deferredStorage(load: () => Promise<UploadStorage>): UploadStorage {
  const storage = once(load);
  return {
    documents: deferredDocuments(async () => (await storage()).documents),
    fetchUpload: async (...given) => (await storage()).fetchUpload(...given),
  };
}
