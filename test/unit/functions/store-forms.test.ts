import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { uploaderIn } from '../../../functions/lambda/ingest/s3-notification.ts';
import { awsStore } from '../../../functions/lambda/portal/s3-portal-store.ts';
import { uploadFormOrigin } from '../../../functions/lambda/portal/services.ts';
import type { FormOrder } from '../../../functions/portal/services.ts';
import { addressOfKey } from '../../../shared/core/ledger/upload.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const uploads = 'indicators-production-uploads-123456789012-cn-north-1';
const buckets = { uploads, documents: 'documents', publications: 'publications' };
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' };
const order: FormOrder = {
  address: { department: 'sfj', period: '2023-03' },
  uploader: '张三（司法局）',
  token: 'Zk3_token',
  continueAt: 'https://portal.example/2023/departments/sfj/2023-03/uploads/received?token=Zk3_token',
};

function storeIn(region: string, endpoint?: string) {
  const client = new S3Client({
    region,
    credentials,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
  });
  return awsStore(buckets, client);
}

describe('a form for the store', () => {
  afterEach(() => vi.useRealTimers());

  it('signs a policy in which all is fixed but the bytes, for half an hour', async () => {
    vi.useFakeTimers({ now: Date.parse('2023-04-03T01:00:00.000Z'), toFake: ['Date'] });
    const { fields, minutes } = await storeIn('cn-north-1').form(order);
    const { Policy, 'X-Amz-Signature': signature, ...others } = fields;
    expect(minutes).toBe(30);
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    const fixed = {
      key: 'uploads/sfj/2023-03/Zk3_token/sfj-2023-03.xlsx',
      bucket: uploads,
      'Content-Type': xlsx,
      'x-amz-server-side-encryption': 'AES256',
      'x-amz-meta-uploader': '%E5%BC%A0%E4%B8%89%EF%BC%88%E5%8F%B8%E6%B3%95%E5%B1%80%EF%BC%89',
      success_action_redirect: order.continueAt,
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKID/20230403/cn-north-1/s3/aws4_request',
      'X-Amz-Date': '20230403T010000Z',
      'X-Amz-Security-Token': 'session',
    };
    expect(others).toEqual(fixed);
    const { expiration, conditions } = JSON.parse(Buffer.from(Policy ?? '', 'base64').toString());
    expect(expiration).toBe('2023-04-03T01:30:00Z');
    const [size, ...exact] = conditions as [unknown, ...Record<string, string>[]];
    expect(size).toEqual(['content-length-range', 1, 10 * 1024 * 1024]);
    expect(exact.every((each) => Object.keys(each).length === 1)).toBe(true);
    expect(Object.assign({}, ...exact)).toEqual(fixed);
    expect(exact).toHaveLength(Object.keys(fixed).length);
  });

  it('puts an upload where ingest reads whose return it is and who sent it', async () => {
    const { fields } = await storeIn('cn-north-1').form(order);
    expect(addressOfKey(fields.key ?? '')).toEqual(order.address);
    expect(uploaderIn({ uploader: fields['x-amz-meta-uploader'] ?? '' })).toBe(order.uploader);
  });

  it.each([
    ['cn-north-1', undefined, `https://${uploads}.s3.cn-north-1.amazonaws.com.cn`],
    ['cn-northwest-1', undefined, `https://${uploads}.s3.cn-northwest-1.amazonaws.com.cn`],
    ['us-east-1', undefined, `https://${uploads}.s3.us-east-1.amazonaws.com`],
    ['eu-west-1', undefined, `https://${uploads}.s3.eu-west-1.amazonaws.com`],
    ['us-east-1', 'http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ])(
    'in %s (endpoint %s) is posted to the origin that pages may post to: %s',
    async (region, endpoint, origin) => {
      const { action } = await storeIn(region, endpoint).form(order);
      expect(new URL(action).origin).toBe(origin);
      expect(uploadFormOrigin({ bucket: uploads, region, endpoint })).toBe(origin);
    },
  );
});

describe('a form for a scan', () => {
  it('takes one file of up to 10 MB into where it is looked at, in the name of nobody', async () => {
    const { uploader: _uploader, ...scan } = order;
    const { fields } = await storeIn('cn-north-1').scanForm(scan);
    expect(fields.key).toBe('incoming/sfj/2023-03/Zk3_token');
    const { conditions } = JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString());
    expect(conditions).toContainEqual(['content-length-range', 1, 10 * 1024 * 1024]);
    expect(conditions).toContainEqual({ 'Content-Type': 'application/octet-stream' });
    expect(conditions).toContainEqual({ success_action_redirect: order.continueAt });
    expect(Object.keys(fields).filter((name) => name.startsWith('x-amz-meta-'))).toEqual([]);
  });
});

describe('an address to download from', () => {
  const parts = async (
    key: string,
    version: string | null,
    fileName: string,
    type: string = mediaTypes.other,
  ) => {
    const document = { key, version, fileName, type };
    const url = new URL(await storeIn('cn-north-1').downloadAddress(document));
    const asked = (name: string) => url.searchParams.get(name);
    return {
      place: url.origin + url.pathname,
      version: asked('versionId'),
      type: asked('response-content-type'),
      disposition: asked('response-content-disposition'),
      seconds: asked('X-Amz-Expires'),
    };
  };

  it('gives an upload as an attachment of mere bytes, that very version, for five minutes', async () => {
    expect(await parts('uploads/sfj/2023-03/t/报表.html', 'v1', '报表.html')).toEqual({
      place: `https://${uploads}.s3.cn-north-1.amazonaws.com.cn/uploads/sfj/2023-03/t/${encodeURIComponent('报表.html')}`,
      version: 'v1',
      type: 'application/octet-stream',
      disposition: `attachment; filename="__.html"; filename*=UTF-8''${encodeURIComponent('报表.html')}`,
      seconds: '300',
    });
  });

  it.each([
    ['publications/2023/0001/summary.json', 'https://publications.', 'application/json'],
    ['feedback/sfj/2023-03/a/marked.xlsx', 'https://documents.', xlsx],
    ['scans/sfj/2023-03/a.pdf', `https://${uploads}.`, 'application/pdf'],
    ['scans/sfj/2023-03/a.jpg', `https://${uploads}.`, 'image/jpeg'],
  ])('%s: from %s, as what it is', async (key, place, type) => {
    const fileName = key.split('/').at(-1) ?? '';
    const found = await parts(key, null, fileName, type);
    expect(found.place).toBe(`${place}s3.cn-north-1.amazonaws.com.cn/${key}`);
    expect(found).toMatchObject({ version: null, type });
    expect(found.disposition).toMatch(/^attachment; /);
  });

  it('is made for no key that is not one', async () => {
    await expect(parts('uploads/../secret', null, 'a')).rejects.toThrow(RangeError);
  });
});
