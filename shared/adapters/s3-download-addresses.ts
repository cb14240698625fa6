import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assertDocumentKey } from '../core/document-key.ts';
import { type Buckets, bucketOf } from './s3-documents.ts';

/** A document to be fetched, and how a browser is told to take it. */
export interface Download {
  key: string;
  version: string | null;
  contentDisposition: string;
  contentType: string;
  minutes: number;
}

/** Signs an address at which a browser fetches one document by itself, for some minutes. */
export function signDownload(
  { key, version, contentDisposition, contentType, minutes }: Download,
  { client, buckets }: { client: S3Client; buckets: Buckets },
): Promise<string> {
  assertDocumentKey(key);
  const command = new GetObjectCommand({
    Bucket: bucketOf(key, buckets),
    Key: key,
    VersionId: version ?? undefined,
    ResponseContentDisposition: contentDisposition,
    ResponseContentType: contentType,
  });
  return getSignedUrl(client, command, { expiresIn: minutes * 60 });
}
