import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assertDocumentKey } from '../core/ledger/ports.ts';
import { type Buckets, bucketOf } from './s3-documents.ts';

/** An object that is put among the uploads, but for its bytes. */
export interface UploadObject {
  key: string;
  type: string;
  /** Values as they are to be, in any script. */
  metadata: Record<string, string>;
}

/** The one object that a form may put, with all that is fixed about it. */
export interface FormedObject extends UploadObject {
  /** Sizes in bytes, both allowed. */
  size: { from: number; to: number };
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
 * bytes themselves.
 */
export async function signUploadForm(
  object: FormedObject,
  { client, bucket }: { client: S3Client; bucket: string },
): Promise<SignedForm> {
  const metadata = Object.entries(encoded(object.metadata)).map(
    ([name, value]) => [`x-amz-meta-${name}`, value] as const,
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

/** Puts an object into the bucket as such a form does. */
export async function putUpload(
  { key, type, metadata, bytes }: UploadObject & { bytes: Uint8Array },
  { client, bucket }: { client: S3Client; bucket: string },
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: type,
      ServerSideEncryption: 'AES256',
      Metadata: encoded(metadata),
    }),
  );
}

/** Metadata is URI-encoded, because headers are ASCII. */
function encoded(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, encodeURIComponent(value.toWellFormed())]),
  );
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
