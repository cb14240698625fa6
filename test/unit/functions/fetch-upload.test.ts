import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { fetchUploadFrom } from '../../../functions/lambda/ingest/upload-storage.ts';
import { standInAccount } from '../../fixtures/moto.ts';

const reference = { key: 'uploads/sfj/2023-03/a b.xlsx', version: 'v1' };

/** A body as the SDK gives one: a stream, and a way to read it whole. */
function bodyOf(stream: Readable) {
  return Object.assign(stream, { transformToByteArray: async () => new Uint8Array(await buffer(stream)) });
}

function clientThatAnswers(answer: () => object) {
  const asked: object[] = [];
  const client = new S3Client(standInAccount);
  client.middlewareStack.add(
    () => async (given) => {
      asked.push(given.input);
      return { output: { $metadata: {}, ...answer() }, response: {} } as never;
    },
    { step: 'initialize', name: 'answer' },
  );
  return { fetch: fetchUploadFrom({ client, bucket: 'uploads' }), asked };
}

function failing(error: S3ServiceException) {
  return clientThatAnswers(() => {
    throw error;
  });
}

const $metadata = (httpStatusCode: number) => ({ $metadata: { httpStatusCode }, message: '' });

describe('fetching an upload from S3', () => {
  it('asks once, for the exact version, and brings the uploader with it', async () => {
    const Body = bodyOf(Readable.from([Buffer.from('abc')]));
    const { fetch, asked } = clientThatAnswers(() => ({
      Body,
      ContentLength: 3,
      Metadata: { uploader: encodeURIComponent('张三') },
    }));
    const bytes = new TextEncoder().encode('abc');
    expect(await fetch(reference, 10)).toMatchObject({ kind: 'bytes', bytes, uploader: '张三' });
    expect(asked).toEqual([{ Bucket: 'uploads', Key: reference.key, VersionId: 'v1' }]);
  });

  it('does not read what turns out to be too large', async () => {
    const stream = new Readable({
      read() {
        throw new Error('was read');
      },
    });
    const { fetch } = clientThatAnswers(() => ({ Body: bodyOf(stream), ContentLength: 11 }));
    expect(await fetch(reference, 10)).toEqual({ kind: 'too-large', size: 11, uploader: undefined });
    expect(stream.destroyed).toBe(true);
  });

  it.each([
    ['an object that is not there', new NoSuchKey($metadata(404))],
    [
      'a version that is not there',
      new S3ServiceException({ name: 'NoSuchVersion', $fault: 'client', ...$metadata(404) }),
    ],
    [
      'a mark of deletion',
      new S3ServiceException({ name: 'MethodNotAllowed', $fault: 'client', ...$metadata(405) }),
    ],
  ])('says that %s is gone', async (_, error) => {
    expect(await failing(error).fetch(reference, 10)).toEqual({ kind: 'gone' });
  });

  it.each([
    ['NoSuchBucket', 404],
    ['AccessDenied', 403],
    ['SlowDown', 503],
  ])('takes %s for a fault', async (name, status) => {
    const error = new S3ServiceException({ name, $fault: 'server', ...$metadata(status) });
    await expect(failing(error).fetch(reference, 10)).rejects.toBe(error);
  });
});
