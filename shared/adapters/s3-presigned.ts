import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assertDocumentKey } from '../core/ledger/ports.ts';
import { type Buckets, bucketOf } from './s3-documents.ts';

/** The one object that a form may put, with all that is fixed about it. */
export interface FormedObject {
  key: string;
  type: string;
  /** Sizes in bytes, both allowed. */
  size: { from: number; to: number };
  /** Values as they are to be, in any script. */
  metadata: Record<string, string>;
  /** Where the browser goes when the object is there. */
  continueAt: string;
  minutes: number;
}

/** A form whose fields go along with the file as they are, before it. */
export interface SignedForm {
  action: string;
  fields: Record<string, string>;
}

/**
 * Signs a form by which a browser puts one object into a bucket, under a policy that leaves nothing open but the
 * bytes themselves. Metadata is URI-encoded, because headers are ASCII.
 */
export async function signUploadForm(
  object: FormedObject,
  { client, bucket }: { client: S3Client; bucket: string },
): Promise<SignedForm> {
  const metadata = Object.entries(object.metadata).map(
    ([name, value]) => [`x-amz-meta-${name}`, encodeURIComponent(value.toWellFormed())] as const,
  );
  const { url, fields } = await createPresignedPost(client, {
    Bucket: bucket,
    Key: object.key,
    Conditions: [['content-length-range', object.size.from, object.size.to]],
    Fields: {
      'Content-Type': object.type,
      'x-amz-server-side-encryption': 'AES256',
      ...Object.fromEntries(metadata),
      success_action_redirect: object.continueAt,
    },
    Expires: object.minutes * 60,
  });
  return { action: url, fields };
}

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
