import { setTimeout as pause } from 'node:timers/promises';
import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { assertDocumentKey, type Documents, type StoredDocument } from '../core/ledger/ports.ts';

/**
 * The buckets that documents are kept in: what was uploaded (returns, and scans of what was signed), what was published and the statements that witness it, and
 * all else. Whoever has no
 * business with one leaves it out, and cannot name a document in it.
 */
export type Buckets = Partial<Record<'uploads' | 'documents' | 'publications', string>>;

/** Documents in S3. The first name of a key says in which bucket; the key itself is the same everywhere. */
export function s3Documents({ client, buckets }: { client: S3Client; buckets: Buckets }): Documents {
  return {
    async get(key, version) {
      assertDocumentKey(key);
      return readObject(client, {
        Bucket: bucketOf(key, buckets),
        Key: key,
        VersionId: version ?? undefined,
      });
    },
    async put(key, bytes, { ifAbsent = false } = {}) {
      assertDocumentKey(key);
      const object = { Bucket: bucketOf(key, buckets), Key: key, Body: bytes };
      if (ifAbsent) return putIfAbsent(client, object);
      await client.send(new PutObjectCommand(object));
      return 'stored';
    },
    async list(prefix) {
      if (!prefix.endsWith('/')) throw new RangeError(`a prefix ends with "/": ${prefix}`);
      const found: StoredDocument[] = [];
      const query = { Bucket: bucketOf(prefix, buckets), Prefix: prefix };
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, query)) {
        for (const { Key = '', Size = 0 } of Contents) found.push({ key: Key, size: Size });
      }
      return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}

/** Top folders that have a bucket other than that of documents. Statements lie where objects can be locked. */
const bucketsOfFolders: Record<string, keyof Buckets> = {
  uploads: 'uploads',
  incoming: 'uploads',
  scans: 'uploads',
  publications: 'publications',
  witness: 'publications',
};

/** In which bucket a document is; throws if whoever asks has no business there. */
export function bucketOf(key: string, buckets: Buckets): string {
  const [top = ''] = key.split('/', 1);
  const bucket = buckets[bucketsOfFolders[top] ?? 'documents'];
  if (bucket === undefined) throw new Error(`there is no bucket here for ${top}/`);
  return bucket;
}

async function readObject(
  client: S3Client,
  object: { Bucket: string; Key: string; VersionId: string | undefined },
): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand(object));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** How often to try again while another conditional write to the same key is under way. */
const maxConflicts = 8;

async function putIfAbsent(
  client: S3Client,
  object: { Bucket: string; Key: string; Body: Uint8Array },
): Promise<'stored' | 'exists'> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      await client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' }));
      return 'stored';
    } catch (error) {
      if (hasStatus(error, 412)) return 'exists';
      if (!hasStatus(error, 409) || conflicts === maxConflicts) throw error;
      await pause(25 * 2 ** conflicts);
    }
  }
}

/** Whether S3 says that there is no such object, no such version, or that the version marks a deletion. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof S3ServiceException &&
    error.name !== 'NoSuchBucket' &&
    (hasStatus(error, 404) || (hasStatus(error, 405) && error.name === 'MethodNotAllowed'))
  );
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}
