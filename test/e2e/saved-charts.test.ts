import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { chromiumHere, newPage, signIn, startBrowser } from '../fixtures/browser.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const uploadedAt = instantSchema.parse('2023-02-03T01:00:00.000Z');

/** A folder in which one return counts. */
async function fill(data: string): Promise<void> {
  const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
  const ports = { ledger, documents: folderDocuments(data) };
  await adoptIn(ports, smallCatalogue);
  const bytes = await smallForm({ period: '2023-01', cases: '5' });
  const address = { department: 'sfj', period: '2023-01' };
  const handedOver = { address, fileName: '5.xlsx', bytes, uploadedAt, uploader: '张三' };
  const upload = await keepUpload(handedOver, ports.documents);
  await ingest({ bytes, upload, recordedAt: uploadedAt, recordedBy: 'tester' }, ports);
  ledger.close();
}

describe.skipIf(chromiumHere === undefined)('the chart of a figure', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof startServer>>;
  let temporary: Awaited<ReturnType<typeof newFolder>>;

  beforeAll(async () => {
    temporary = await newFolder();
    const data = join(temporary.folder, 'data');
    await fill(data);
    server = await startServer({ data, port: 0, now: () => '2023-02-06T02:00:00.000Z' });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await temporary?.remove();
  });

  async function figure(scripts: boolean): Promise<Page> {
    const page = await newPage(browser, { javaScriptEnabled: scripts, locale: 'zh-CN' });
    await signIn(page, server.origin, { who: 'auditor', name: '审计员' });
    await page.goto(`${server.origin}/2023/figures/cases`);
    return page;
  }

  async function saved(page: Page, link: Locator): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    return readFile(await download.path());
  }

  it.each([true, false])('is saved as SVG; scripts run: %s', async (scripts) => {
    const page = await figure(scripts);
    const svg = await saved(page, page.getByRole('link', { name: /^存为 SVG/ }).first());
    expect(svg.toString()).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  });

  it('is saved as PNG where scripts run, and not offered so elsewhere', async () => {
    const page = await figure(true);
    const png = await saved(page, page.getByRole('button', { name: /^存为 PNG/ }).first());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * 960);
    const plain = await figure(false);
    expect(await plain.getByRole('button', { name: /^存为 PNG/ }).count()).toBe(0);
  });
});
