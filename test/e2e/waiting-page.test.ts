import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tokenFolder, type UploadTarget } from '../../functions/portal/services.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { accessibilityFaults, chromiumHere, newPage, signIn, startBrowser } from '../fixtures/browser.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallForm, smallStore } from '../fixtures/small-store.ts';

const address = { department: 'sfj', period: '2023-03' } as const;
const month = '/2023/departments/sfj/2023-03';
const token = 'a'.repeat(32);
const now = '2023-04-05T01:00:00.000Z' as const;
const store: UploadTarget = {
  kind: 'store',
  mostBytesHere: 1024,
  origin: 'https://store.example',
  form: async () => ({ action: 'https://store.example/', fields: {}, minutes: 30 }),
  scanForm: async () => ({ action: '', fields: {}, minutes: 30 }),
  put: async () => undefined,
};

/** A portal whose uploads go to a store, on a port of its own. */
async function portalWithStore() {
  const city = smallStore();
  let app: Hono | undefined;
  const server = serve({ fetch: (request) => app!.fetch(request), port: 0, hostname: '127.0.0.1' });
  onTestFinished(() => {
    server.close();
  });
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = openPortal(city, { now, origin, uploadTarget: store }).app;
  return { city, origin };
}

describe.skipIf(chromiumHere === undefined)('the page that waits for an upload', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('goes on by itself to what came of it, %s', async (_, javaScriptEnabled) => {
    const { city, origin } = await portalWithStore();
    const browser = await startBrowser();
    onTestFinished(() => browser.close());
    const page = await newPage(browser, { javaScriptEnabled });
    await signIn(page, origin, { who: 'department:sfj', name: '王小明' });
    await page.goto(`${origin}${month}/uploads/received?token=${token}&bucket=uploads&key=x&etag=y`);
    expect(await page.title()).toContain('正在检查');
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);

    const bytes = await smallForm({ period: '2023-03', cases: '5', uploadedAt: now });
    const key = `${tokenFolder(address, token)}sfj-2023-03.xlsx`;
    const file = {
      key,
      version: '1',
      fileName: 'sfj-2023-03.xlsx',
      sha256: sha256(bytes),
      size: bytes.length,
    };
    const upload = { ...file, uploadedAt: now, claimedAt: null, uploader: '王小明' };
    await ingest({ upload, bytes, recordedAt: now, recordedBy: 'ingest' }, city);
    await page.waitForURL(`${origin}${month}/uploads/${uploadId(file)}`);
    expect(await page.locator('main').innerText()).toContain('已接收');
  });
});
