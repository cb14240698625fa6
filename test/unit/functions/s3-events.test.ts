import { describe, expect, it } from 'vitest';
import { readNotification, uploaderIn } from '../../../functions/lambda/ingest/s3-notification.ts';
import { uploadSchema } from '../../../shared/core/ledger/upload.ts';
import { encodedKey, s3Record } from '../../fixtures/s3-events.ts';

const upload = {
  key: 'uploads/sfj/2023-03/a.xlsx',
  version: 'v1',
  size: 20,
  uploadedAt: '2023-04-03T01:15:00.123Z',
};

function read(record: unknown) {
  return readNotification(JSON.stringify({ Records: [record] }), 'uploads')[0]!;
}

function withKey(key: string) {
  const record = s3Record(upload) as { s3: { object: { key: string } } };
  record.s3.object.key = key;
  return read(record);
}

function without(path: string) {
  const record = structuredClone(s3Record(upload)) as Record<string, never>;
  const names = path.split('.');
  const last = names.pop()!;
  delete names.reduce<Record<string, never>>((part, name) => part[name]!, record)[last];
  return read(record);
}

describe('what an S3 event tells of', () => {
  it('is an upload with its version, size, time to the millisecond, and principal', () => {
    expect(read(s3Record(upload))).toEqual({
      kind: 'upload',
      key: 'uploads/sfj/2023-03/a.xlsx',
      version: 'v1',
      fileName: 'a.xlsx',
      size: 20,
      uploadedAt: '2023-04-03T01:15:00.123Z',
      principal: 'AWS:AIDAEXAMPLE',
      decoded: true,
    });
  });

  it.each([
    ['Chinese', '市司法局2023年3月月报.xlsx'],
    ['a space', '3月 月报.xlsx'],
    ['a plus sign', '月报+更正.xlsx'],
    ['a percent sign', '完成100%.xlsx'],
    ['percent and digits', 'a%20b%2Bc.xlsx'],
    ['an ideographic space and brackets', '月报　（终稿）.xlsx'],
    ['a character outside the first plane', '𠮷.xlsx'],
    ['what is markup elsewhere', `<b>&'".xlsx`],
  ])('keeps a key with %s', (_, name) => {
    expect(withKey(encodedKey(`uploads/sfj/2023-03/${name}`))).toMatchObject({
      key: `uploads/sfj/2023-03/${name}`,
      fileName: name,
      decoded: true,
    });
  });

  it('reads the key as S3 has it, and names the file the same in NFC and NFD', () => {
    const notice = withKey(encodedKey('uploads/sfj/2023-03/re\u0301sume\u0301.xlsx'));
    expect(notice).toMatchObject({
      key: 'uploads/sfj/2023-03/re\u0301sume\u0301.xlsx',
      fileName: 'r\u00e9sum\u00e9.xlsx',
    });
  });

  it('has a name for a file whose own cannot be seen', () => {
    expect(withKey(encodedKey('uploads/sfj/2023-03/\u200b'))).toMatchObject({ fileName: 'unnamed' });
  });

  it.each(['uploads/sfj/100%.xlsx', 'uploads/%E4%B8.xlsx', '%', 'a%zz'])(
    'takes the malformed key %s for an upload that is addressed nowhere, and does not crash',
    (key) => {
      expect(withKey(key)).toMatchObject({ kind: 'upload', key, decoded: false });
    },
  );

  it.each([
    ['a test by S3', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'uploads' }],
    ['a removal', { Records: [{ ...s3Record(upload), eventName: 'ObjectRemoved:Delete' }] }],
    ['a new folder', { Records: [s3Record({ ...upload, key: 'uploads/sfj/', size: 0 })] }],
  ])('ignores %s', (_, body) => {
    expect(readNotification(JSON.stringify(body), 'uploads')).toMatchObject([{ kind: 'ignored' }]);
  });

  it.each(['', 'no JSON', 'null', '17', '"text"', '[]', '{}', '{"Records":{}}', '{"Records":[null]}'])(
    'reports the body %j as unusable',
    (body) => {
      expect(readNotification(body, 'uploads')).toMatchObject([{ kind: 'unusable' }]);
    },
  );

  it.each(['eventName', 'eventTime', 's3', 's3.object', 's3.object.key', 's3.object.size', 's3.bucket.name'])(
    'reports a record without %s as unusable',
    (path) => {
      expect(without(path)).toMatchObject({ kind: 'unusable' });
    },
  );

  it('does without a version, a principal, and whatever else it does not need', () => {
    expect(without('s3.object.versionId')).toMatchObject({ kind: 'upload', version: null });
    expect(without('userIdentity')).toMatchObject({ kind: 'upload', principal: 'unknown' });
    expect(without('s3.object.sequencer')).toMatchObject({ kind: 'upload' });
  });

  it('reports a time that is none and another bucket as unusable', () => {
    expect(read({ ...s3Record(upload), eventTime: 'yesterday' })).toMatchObject({ kind: 'unusable' });
    expect(read(s3Record(upload, 'elsewhere'))).toMatchObject({ kind: 'unusable' });
  });

  it('reads each record of a message by itself', () => {
    const body = JSON.stringify({
      Records: [s3Record(upload), null, s3Record({ ...upload, version: 'v2' })],
    });
    const kinds = readNotification(body, 'uploads').map(({ kind }) => kind);
    expect(kinds).toEqual(['upload', 'unusable', 'upload']);
  });

  it('is always something that an event of the ledger can hold', () => {
    for (const key of ['a'.repeat(1024), '报'.repeat(341), '𠮷'.repeat(256), '/', '//', '%'.repeat(2000)]) {
      const notice = withKey(key.startsWith('%') ? key : encodedKey(key));
      if (notice.kind !== 'upload') throw new Error('no upload');
      const { fileName, size, uploadedAt, version, principal: uploader } = notice;
      const sent = { key: notice.key, version, fileName, sha256: null, size, uploader };
      const recorded = { ...sent, uploadedAt, claimedAt: null };
      expect(uploadSchema.safeParse(recorded).error).toBeUndefined();
    }
  });
});

describe('the uploader in the metadata', () => {
  it.each([
    [encodeURIComponent('张三'), '张三'],
    ['clerk', 'clerk'],
    [encodeURIComponent('  张三  '), '张三'],
    [encodeURIComponent('张'.repeat(100)), '张'.repeat(80)],
    ['%E4%B8', undefined],
    ['%20', undefined],
    [encodeURIComponent('\u200b'), undefined],
    ['', undefined],
  ])('%s is %s', (encoded, name) => {
    expect(uploaderIn({ uploader: encoded })).toBe(name);
  });

  it('may be missing', () => {
    expect(uploaderIn(undefined)).toBeUndefined();
    expect(uploaderIn({})).toBeUndefined();
  });
});
