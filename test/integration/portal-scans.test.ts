import { beforeEach, describe, expect, it } from 'vitest';
import { scanKey } from '../../functions/use-cases/stores/scan-store.ts';
import { verifyDocuments } from '../../functions/use-cases/verify/documents.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { type EventOf, isEvent } from '../../shared/core/ledger/event.ts';
import { maxScanBytes } from '../../shared/core/ledger/scan.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { madeScan } from '../fixtures/scans.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const signing = { scan: true, agreement: false };
const january = '/2023/departments/sfj/2023-01';
const now = '2023-02-20T00:00:00.000Z';

let store: ReturnType<typeof smallStore>;
let portal: ReturnType<typeof openPortal>;
let clerk: PortalUser;
let upload: string;

beforeEach(async () => {
  store = smallStore(catalogueSchema.parse({ ...smallCatalogue, signing }));
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  portal = openPortal(store, { now });
  clerk = await portal.as('department:sfj', '张三');
  const [, id = ''] = /uploads\/([0-9a-f]{16})\/sign-off/.exec(await clerk.read(january)) ?? [];
  upload = `${january}/uploads/${id}`;
});

const fileOf = (bytes: Uint8Array, name = '扫描件.pdf') => new File([new Uint8Array(bytes)], name);
const scansIn = (): EventOf<'scan-filed'>[] =>
  (store.events.get('2023/office') ?? []).filter((event) => isEvent(event, 'scan-filed'));
const file = (bytes: Uint8Array, name?: string) =>
  clerk.post(`${upload}/scans`, { file: fileOf(bytes, name) });

describe('a return of which a scan is asked for', () => {
  it('stands as 待签章 wherever returns stand, counts all the same, and does no more once a scan is filed', async () => {
    const office = await portal.as('legal-office');
    const shown = async () => ({
      overview: /title="已报，待签章"/.test(await office.read('/2023')),
      task: (await clerk.read('/2023/departments/sfj')).includes('还没有签章'),
      page: (await clerk.read(january)).includes('待签章'),
      result: (await clerk.read(upload)).includes('待签章'),
      reminder: (await office.read('/2023/reminders')).includes('还没有上传签字盖章的扫描件'),
      api: (
        (await (await office.get('/api/2023/returns?department=sfj&period=2023-01')).json()) as {
          items: { awaitsScan: boolean }[];
        }
      ).items[0]?.awaitsScan,
    });
    const before = await store.publish('2023-02-18T00:00:00.000Z');
    expect(await shown()).toEqual({
      overview: true,
      task: true,
      page: true,
      result: true,
      reminder: true,
      api: true,
    });
    const scan = madeScan('pdf');
    const answer = await file(scan);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${upload}#signing`]);
    expect(await shown()).toEqual({
      overview: false,
      task: false,
      page: false,
      result: false,
      reminder: false,
      api: false,
    });
    const after = await store.publish('2023-02-19T00:00:00.000Z');
    const [row, then] = [before, after].map(({ publication }) => publication.returns[0]);
    expect(row).toMatchObject({ standing: 'counting', scan: null, awaitsScan: true });
    expect(then).toMatchObject({ standing: 'counting', scan: sha256(scan), awaitsScan: false });
    expect(before.publication.totals).toEqual(after.publication.totals);
  });

  it('is asked again of a later version, and no return that has not come', async () => {
    await file(madeScan('pdf'));
    await store.submit({ period: '2023-01', cases: '6', uploadedAt: '2023-02-10T01:00:00.000Z' });
    expect(await clerk.read(january)).toContain('待签章');
    expect(await clerk.read('/2023/departments/sfj/2023-02')).not.toContain('待签章');
  });
});

describe('a scan', () => {
  it('is recorded by whom and when, is kept by its hash, and is taken away as what it is, never shown', async () => {
    const scans = (['pdf', 'jpeg', 'png'] as const).map((kind) => ({ kind, bytes: madeScan(kind) }));
    for (const { bytes, kind } of scans) expect((await file(bytes, `第${kind}份.bin`)).status).toBe(303);
    expect(
      scansIn().map(({ by, at, happening }) => [by, at, happening.scan.kind, happening.scan.fileName]),
    ).toEqual(scans.map(({ kind }) => ['张三', now, kind, `第${kind}份.bin`]));
    const types = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' };
    const readers = [clerk, await portal.as('legal-office'), await portal.as('auditor')];
    for (const { kind, bytes } of scans) {
      for (const reader of readers) {
        const answer = await reader.get(`${upload}/scans/${sha256(bytes)}`);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe(types[kind]);
        expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), bytes)).toBe(0);
      }
    }
    const page = await clerk.read(upload);
    expect(page.match(/已由后来的代替/g)).toHaveLength(2);
    expect(page.indexOf('第png份.bin')).toBeLessThan(page.indexOf('第pdf份.bin'));
    expect((await clerk.get(`${upload}/scans/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it('stands in the record of what was done', async () => {
    await file(madeScan('pdf'), '一月.pdf');
    const acts = await clerk.read('/2023/departments/sfj/acts');
    expect(acts).toContain('上传盖章扫描件');
    expect(acts).toContain('一月.pdf');
  });

  it.each([
    ['a page', Buffer.from('<script>alert(1)</script>'), 400, '不是 PDF、JPEG 或 PNG'],
    ['what was cut off', madeScan('png').subarray(0, 60), 400, '文件不完整'],
    ['more than 10 MB', Buffer.alloc(maxScanBytes + 1), 413, '超过 10 MB'],
    ['far more', Buffer.alloc(maxScanBytes + 100_000), 413, '超过 10 MB'],
  ])('is not %s: nothing is kept or recorded', async (_, bytes, status, words) => {
    const answer = await file(bytes);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(words);
    expect(scansIn()).toEqual([]);
    expect([...store.files.keys()].filter((key) => key.startsWith('scans/'))).toEqual([]);
  });

  it('is filed once: whoever sends the form twice is shown what it filed', async () => {
    expect((await file(madeScan('pdf'))).status).toBe(303);
    expect((await file(madeScan('pdf'))).status).toBe(303);
    expect(scansIn()).toHaveLength(1);
  });

  it('shows a hostile name as text', async () => {
    await file(madeScan('pdf'), '<img src=x onerror=alert(1)>.pdf');
    const page = await clerk.read(upload);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;.pdf');
    expect(page).not.toContain('<img');
  });

  it('that is gone or was edited is found when the ledger is verified', async () => {
    await file(madeScan('pdf'));
    const [{ happening }] = scansIn() as [EventOf<'scan-filed'>];
    const key = scanKey(happening, happening.scan);
    const faults = async () =>
      (await verifyDocuments(store.documents, store.events)).faults.filter(({ where }) => where === key);
    expect(await faults()).toEqual([]);
    store.files.set(key, Buffer.from(madeScan('pdf', 'b')));
    expect(await faults()).toMatchObject([{ explanation: expect.stringContaining('it was edited') }]);
    store.files.delete(key);
    expect(await faults()).toMatchObject([{ explanation: 'is recorded but missing' }]);
  });
});

describe('a scan that goes straight to the store', () => {
  it('is looked at and recorded when the browser comes back, once', async () => {
    const orders: { token: string; continueAt: string }[] = [];
    const answer = { action: 'https://store.example/', fields: { key: 'k' }, minutes: 30 };
    const stored = openPortal(store, {
      now,
      uploadTarget: {
        kind: 'store',
        origin: 'https://store.example',
        form: async () => answer,
        scanForm: async (order) => {
          orders.push(order);
          return answer;
        },
        put: async () => undefined,
        mostBytesHere: 4 * 1024 * 1024,
      },
    });
    const own = await stored.as('department:sfj', '张三');
    expect(await own.read(upload)).toContain('action="https://store.example/"');
    const { token, continueAt } = orders[0]!;
    const back = continueAt.slice(continueAt.indexOf('/2023'));
    expect(back).toBe(`${upload}/scans/received?token=${token}`);
    expect((await own.post(`${upload}/scans/received`, { token })).status).toBe(404);
    store.files.set(`incoming/sfj/2023-01/${token}`, madeScan('jpeg'));
    expect(await own.read(back)).toContain(`value="${token}"`);
    expect(scansIn()).toEqual([]);
    expect((await own.post(`${upload}/scans/received`, { token })).status).toBe(303);
    expect(scansIn()).toMatchObject([{ by: '张三', happening: { scan: { kind: 'jpeg' } } }]);
    store.files.set(`incoming/sfj/2023-01/${token}`, Buffer.from('<script>'));
    const refused = await own.post(`${upload}/scans/received`, { token });
    expect([refused.status, (await refused.text()).includes('不是 PDF')]).toEqual([400, true]);
  });
});
