import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../../shared/adapters/s3-client.ts';
import { isGone, s3Documents } from '../../../shared/adapters/s3-documents.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import { type UploadReference, uploaderIn } from './s3-notification.ts';

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

/** What is found where an upload should be. */
export type Fetched =
  | { kind: 'bytes'; bytes: Uint8Array; uploader: string | undefined }
  | { kind: 'too-large'; size: number; uploader: string | undefined }
  | { kind: 'gone' };

export type FetchUpload = (
  reference: Pick<UploadReference, 'key' | 'version'>,
  limit: number,
) => Promise<Fetched>;

/** Fetches the exact version of an upload from S3 by one request; what is over the limit is not read. */
export function fetchUploadFrom({ client, bucket }: { client: S3Client; bucket: string }): FetchUpload {
  return async ({ key, version }, limit) => {
    try {
      const { Body, ContentLength, Metadata } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version ?? undefined }),
      );
      const uploader = uploaderIn(Metadata);
      if (ContentLength === undefined || Body === undefined) throw new Error('S3 answered without an object');
      if (ContentLength > limit) {
        if ('destroy' in Body) Body.destroy();
        return { kind: 'too-large', size: ContentLength, uploader };
      }
      return { kind: 'bytes', bytes: await Body.transformToByteArray(), uploader };
    } catch (error) {
      if (isGone(error)) return { kind: 'gone' };
      throw error;
    }
  };
}
