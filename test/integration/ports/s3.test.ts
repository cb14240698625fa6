import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { s3Client } from '../../../shared/adapters/s3-client.ts';
import { s3Documents } from '../../../shared/adapters/s3-documents.ts';
import { putUpload } from '../../../shared/adapters/s3-presigned.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import { buckets, createBuckets, s3At } from '../../fixtures/aws.ts';
import { type Moto, motoIsHere, standInAccount, startMoto } from '../../fixtures/moto.ts';
import { documentsContract } from './documents-contract.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Fails a number of requests of a kind before they are sent, as S3 would with this status. */
function answerFirst(client: S3Client, count: number, error: { name: string; status: number }): void {
  let left = count;
  client.middlewareStack.add(
    (next, context) => async (given) => {
      if (context.commandName !== 'PutObjectCommand' || left === 0) return next(given);
      left -= 1;
      const { S3ServiceException } = await import('@aws-sdk/client-s3');
      const $metadata = { httpStatusCode: error.status };
      throw new S3ServiceException({ name: error.name, $fault: 'client', $metadata });
    },
    { step: 'deserialize', name: 'answerFirst' },
  );
}

describe.skipIf(!motoIsHere)('S3 where moto_server is installed', () => {
  let moto: Moto;
  let client: S3Client;
  let documents: Documents;

  beforeAll(async () => {
    moto = await startMoto();
    client = s3At(moto.endpoint);
    await createBuckets(client);
    documents = s3Documents({ client, buckets });
  });
  afterAll(async () => {
    client?.destroy();
    await moto?.stop();
  });

  documentsContract('S3 as moto', async () => ({ documents, close: async () => {} }));

  it('keeps uploads, publications and all else in buckets of their own, under their whole keys', async () => {
    const only = (bucket: keyof typeof buckets) =>
      s3Documents({ client, buckets: { [bucket]: buckets[bucket] } });
    for (const key of ['uploads/sfj/a', 'publications/2023/b', 'feedback/c', 'catalogues/d', 'witness/e']) {
      await documents.put(key, bytes(key));
    }
    expect(await only('uploads').get('uploads/sfj/a')).toEqual(bytes('uploads/sfj/a'));
    expect(await only('publications').get('publications/2023/b')).toEqual(bytes('publications/2023/b'));
    expect(await only('publications').get('witness/e')).toEqual(bytes('witness/e'));
    expect(await only('documents').get('feedback/c')).toEqual(bytes('feedback/c'));
    expect(await only('documents').get('catalogues/d')).toEqual(bytes('catalogues/d'));
    await expect(only('documents').get('uploads/sfj/a')).rejects.toThrow('no bucket');
  });

  it('gives back the version that is asked for, and nothing for one that never was', async () => {
    const versions: (string | undefined)[] = [];
    for (const text of ['one', 'two']) {
      const put = new PutObjectCommand({ Bucket: buckets.uploads, Key: 'uploads/v', Body: bytes(text) });
      versions.push((await client.send(put)).VersionId);
    }
    expect(await documents.get('uploads/v', versions[0]!)).toEqual(bytes('one'));
    expect(await documents.get('uploads/v', versions[1]!)).toEqual(bytes('two'));
    expect(await documents.get('uploads/v')).toEqual(bytes('two'));
    expect(await documents.get('uploads/none', versions[0]!)).toBeUndefined();
  });

  it('lists more documents than S3 tells of at once', async () => {
    const keys = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 100) {
      await Promise.all(keys.slice(start, start + 100).map((key) => documents.put(key, bytes(''))));
    }
    expect((await documents.list('many/')).map(({ key }) => key)).toEqual(keys);
  });

  it('tries again while another conditional write to the same key is under way', async () => {
    const busy = s3At(moto.endpoint);
    answerFirst(busy, 2, { name: 'ConditionalRequestConflict', status: 409 });
    const there = s3Documents({ client: busy, buckets });
    expect(await there.put('conflict/a', bytes('a'), { ifAbsent: true })).toBe('stored');
    expect(await there.put('conflict/a', bytes('b'), { ifAbsent: true })).toBe('exists');
    expect(await there.get('conflict/a')).toEqual(bytes('a'));
    busy.destroy();
  });

  it('sends a checksum with each object, without which S3 takes none under object lock', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', moto.endpoint);
    vi.stubEnv('AWS_REGION', standInAccount.region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', standInAccount.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', standInAccount.credentials.secretAccessKey);
    const ours = s3Client();
    const sent: Record<string, string>[] = [];
    ours.middlewareStack.add(
      (next) => (given) => {
        sent.push((given.request as { headers: Record<string, string> }).headers);
        return next(given);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const there = s3Documents({ client: ours, buckets });
    await there.put('witness/checked', bytes('a'));
    await there.put('publications/2023/checked', bytes('b'), { ifAbsent: true });
    const object = { key: 'uploads/sfj/checked', type: 'text/plain', metadata: {}, bytes: bytes('c') };
    await putUpload(object, { client: ours, bucket: buckets.uploads });
    expect(sent).toHaveLength(3);
    for (const headers of sent) expect(headers['x-amz-checksum-crc32']).toMatch(/^.{6}==$/);
    ours.destroy();
    vi.unstubAllEnvs();
  });

  it('takes a missing bucket for a fault, not for a missing document', async () => {
    const astray = s3Documents({ client, buckets: { documents: 'no-such-bucket' } });
    await expect(astray.get('feedback/a')).rejects.toThrow();
  });
});
