import type { S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../shared/adapters/s3-client.ts';
import { s3Documents } from '../../shared/adapters/s3-documents.ts';
import type { Documents } from '../../shared/core/ports.ts';
import { type FetchUpload, fetchUploadFrom } from './fetch-upload.ts';

/** Where uploads are fetched from, and feedback is written to. */
export interface UploadStorage {
  documents: Documents;
  fetchUpload: FetchUpload;
}

interface Buckets {
  uploads: string;
  documents: string;
}

/** Both in S3. */
export function s3UploadStorage(buckets: Buckets, client: S3Client = s3Client()): UploadStorage {
  return {
    documents: s3Documents({ client, buckets }),
    fetchUpload: fetchUploadFrom({ client, bucket: buckets.uploads }),
  };
}
