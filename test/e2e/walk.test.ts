import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportedYear } from '../../functions/demo/sample-work.ts';
import { planSampleYear } from '../../functions/demo/sample-year.ts';
import { startServer } from '../../functions/local-server/server.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { readReportFigures } from '../../shared/catalogue/report-figures.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { readManifest } from '../../shared/publication/manifest.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { begunYearAt, copyBegunYear } from '../fixtures/begun-year.ts';
import {
  chromiumHere,
  complaintsOf,
  faultsOnScreens,
  newPage,
  phone,
  signIn,
  startBrowser,
} from '../fixtures/browser.ts';
import { fillByHand } from '../fixtures/filled-by-hand.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { changed, partsOf } from '../fixtures/word-documents.ts';

const catalogue = loadCatalogue(exampleCatalogueFile);
const report = new URL('../../shared/catalogue/wanyuan-2023-report.json', import.meta.url);

/** What the clerk types for March: the sample's figures, with what differs. */
async function marchFigures(differing: Record<string, string | number | null>) {
  const samples = planSampleYear(
    reportedYear(catalogue, readReportFigures(await readFile(report, 'utf8')), 2023),
  );
  const march = samples.find(({ department, period }) => department === 'sfj' && period === '2023-03')!;
  const figures = Object.fromEntries(Object.entries(march.entries).map(([id, text]) => [id, Number(text)]));
  return {
    figures: { ...figures, ...differing },
    items: march.items,
    preparer: '王小明',
    reviewer: '李大力',
  };
}

interface Manner {
  name: string;
  scripts: boolean;
  viewport: { width: number; height: number };
}

/** Without scripts `mending.test.ts` and `waiting-page.test.ts` go through most of it with each change. */
const manners: Manner[] = [
  { name: 'at a desk', scripts: true, viewport: { width: 1366, height: 768 } },
  { name: 'on a phone, without scripts', scripts: false, viewport: phone },
].slice(0, casesTried(2, 1));

describe.skipIf(chromiumHere === undefined).each(manners)('$name', ({ name, scripts, viewport }) => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof startServer>>;
  let temporary: Awaited<ReturnType<typeof newFolder>>;
  const faults: string[] = [];
  let complaints: string[] = [];
  const march = '/2023/departments/sfj/2023-03';
  let original = new Uint8Array();
  let downloads = 0;

  beforeAll(async () => {
    temporary = await newFolder();
    const data = join(temporary.folder, 'data');
    await copyBegunYear(data);
    server = await startServer({ data, port: 0, now: () => begunYearAt });
    browser = await startBrowser();
    page = await newPage(browser, { viewport, javaScriptEnabled: scripts, locale: 'zh-CN' });
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await temporary?.remove();
  });

  /** Looks at the page that is open: nothing sticks out, nothing that WCAG forbids; a picture if one is wanted. */
  async function look(title: string): Promise<void> {
    if (scripts) faults.push(...(await faultsOnScreens(page, title, [phone, viewport])));
    const folder = process.env.SCREENSHOTS;
    if (folder === undefined) return;
    await page.screenshot({
      path: join(folder, `${name}-${title}.png`.replaceAll(' ', '-')),
      fullPage: true,
    });
  }

  async function open(path: string, title: string): Promise<void> {
    const answer = await page.goto(server.origin + path);
    expect(answer?.status(), path).toBe(200);
    await look(title);
  }

  const as = (who: string) => signIn(page, server.origin, { who, name: '王小明' });

  /** Clicks on what downloads something, by way of the page that waits for what takes long; where it was saved, and as what. */
  async function download(link: Locator): Promise<{ path: string; name: string; bytes: Uint8Array }> {
    const begun = page.waitForEvent('download');
    const waiting = page.waitForURL(/\/records\/file/).catch(() => {});
    await link.first().click();
    await Promise.race([begun, waiting]);
    if (page.url().includes('/records/file')) await page.click('main a:text("下载文件")');
    const fetched = await begun;
    const path = join(temporary.folder, `download-${downloads++}.bin`);
    await fetched.saveAs(path);
    return { path, name: fetched.suggestedFilename(), bytes: new Uint8Array(await readFile(path)) };
  }

  async function upload(file: string): Promise<void> {
    await page.goto(server.origin + march);
    const form = page.locator('form[action$="/uploads"]');
    await form.locator('input[type=file]').setInputFiles(file);
    const submit = form.getByRole('button', { name: '上传并检查' });
    await Promise.all([page.waitForURL(/\/uploads\/[0-9a-f]{16}/), submit.click()]);
  }

  it('a clerk finds the month, downloads the form, and is told of every mistake in it', async () => {
    await page.goto(server.origin);
    await look('first-page');
    await as('department:sfj');
    expect(new URL(page.url()).pathname).toBe('/2023/departments/sfj');
    await look('months');
    await page.locator(`a[href="${march}"]`).first().click();
    await page.waitForURL(`**${march}`);
    await look('return-before');
    const form = await download(page.locator('a[href$="/template.xlsx"]'));
    expect(form.name).toMatch(/市司法局.*3月.*\.xlsx/);
    const wrong = join(temporary.folder, 'wrong.xlsx');
    const typed = await marchFigures({
      'legal-aid-cases': '约五十',
      'contracts-filed': null,
      'legal-opinions': -3,
    });
    await fillByHand(form.path, wrong, typed);
    await upload(wrong);
    await look('refused');
    const said = await page.locator('main').innerText();
    expect(said).toContain('没有被接收');
    for (const name of ['法律援助', '约五十', '-3']) expect(said).toContain(name);
    expect(await page.locator('.findings > li.error').count()).toBeGreaterThanOrEqual(3);
  });

  it('and mends them in the marked workbook, which is accepted, with one figure to look at again', async () => {
    const marked = await download(page.locator('a[href$="/marked.xlsx"]'));
    expect((await readWorkbook(marked.bytes)).sheets.map((sheet) => sheet.name)).toContain('校验结果');
    const mended = join(temporary.folder, '市司法局 3月（改）.xlsx');
    await fillByHand(marked.path, mended, await marchFigures({ 'legal-aid-losses-recovered': 189500 }));
    original = new Uint8Array(await readFile(mended));
    await upload(mended);
    expect(await page.locator('main').innerText()).toContain('已接收');
    await look('accepted');
  });

  it('and says why that figure is right', async () => {
    await page.goto(server.origin + march);
    const form = page.locator('form[action$="/answers"]').first();
    await form.locator('textarea').first().fill('单位核对无误：追回的是整笔集资款。');
    await Promise.all([page.waitForURL(/done=acknowledged/), form.locator('button').click()]);
    await look('acknowledged');
    expect(await page.locator('main').innerText()).toContain('单位核对无误：追回的是整笔集资款。');
    await open('/2023/departments/sfj', 'months-after');
    await open('/2023/departments/sfj/figures', 'own-figures');
    expect((await page.goto(`${server.origin}/2023/departments/gaj`))?.status()).toBe(403);
    await look('denied');
  });

  it('the legal office sees who is missing, publishes, and downloads what the manifest says', async () => {
    await as('legal-office');
    expect(new URL(page.url()).pathname).toBe('/2023');
    await look('overview');
    for (const [path, title] of [
      ['/2023/figures', 'figures'],
      ['/2023/findings', 'findings'],
      ['/2023/deadlines', 'deadlines'],
      ['/2023/reminders', 'reminders'],
      ['/2023/publications', 'publications-before'],
    ] as const) {
      await open(path, title);
    }
    const form = page.locator('form[action$="/2023/publications"][method="post"]');
    await Promise.all([page.waitForURL(/done=published/), form.locator('button').click()]);
    await look('publications');
    await open('/2023/publications/1', 'publication');
    await page.locator('summary', { hasText: '个文件' }).click();
    const [summary, manifest] = [
      await download(page.locator('a[href$="/files/summary.xlsx"]')),
      await download(page.locator('a[href$="/files/manifest.json"]')),
    ];
    const sealed = readManifest(manifest.bytes)?.files.find((file) => file.name === 'summary.xlsx');
    expect(sealed?.sha256).toBe(sha256(summary.bytes));
  });

  it('and adopts a template for the report, is told what somebody typed over in it, and brings the rest up to date', async () => {
    const published = await download(page.locator('a[href$="/files/report.docx"]'));
    expect(published.name).toBe('万源市2023年度法治政府建设情况报告（第1次·存档）.docx');
    await open('/2023/report', 'report');
    const template = await download(page.locator('a[href$="/new-template.docx"]'));
    await page.locator('#template-file').setInputFiles(template.path);
    const examine = page.getByRole('button', { name: '上传并检查' });
    await Promise.all([page.waitForURL(/\/templates\/[0-9a-f]{64}$/), examine.click()]);
    await look('template');
    await page.locator('#reason').fill('用起始模板');
    const adopt = page.getByRole('button', { name: '启用' });
    await Promise.all([page.waitForURL(/done=adopted/), adopt.click()]);
    await look('template-adopted');
    const edited = join(temporary.folder, '改过的报告.docx');
    const typedOver = changed(partsOf(published.bytes), (xml) =>
      xml.replace(/(<w:tag w:val="fig[.].*?<w:t[^>]*>)/s, '$1改'),
    );
    await writeFile(edited, writeDocx(typedOver));
    await page.locator('#report-file').setInputFiles(edited);
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByRole('heading', { name: '核对结果' }).waitFor();
    await look('report-checked');
    expect(await page.locator('main').innerText()).toMatch(/处要看：手工改动 1 处，已有更新 \d+ 处/);
    const updated = await download(page.getByRole('link', { name: '下载更新后的报告' }));
    expect(updated.name).toBe('改过的报告（已更新）.docx');
    await page.locator('#report-file').setInputFiles(updated.path);
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByText('1 处要看：手工改动 1 处').waitFor();
  });

  it('an auditor follows a figure to its cell and gets the very file, finds the record, and verifies the ledger', async () => {
    await as('auditor');
    await page.goto(`${server.origin}/2023/figures`);
    await page.locator('a[href="/2023/figures/legal-aid-cases"]').first().click();
    await page.waitForURL(/\/figures\/legal-aid-cases/);
    await look('figure');
    const row = page.locator('tr', { hasText: sha256(original).slice(0, 12) }).first();
    expect(await row.innerText()).toContain('46');
    const fetched = await download(row.locator('a[href$="/original"]'));
    expect(sha256(fetched.bytes)).toBe(sha256(original));

    await open('/2023/records?department=sfj&indicator=legal-aid-cases&uploader=王小明', 'records');
    expect(await page.locator('main').innerText()).toContain('46');
    expect((await download(page.locator('a[href*="records.csv"]'))).bytes.length).toBeGreaterThan(100);
    expect(
      (await readWorkbook((await download(page.locator('a[href*="records.xlsx"]'))).bytes)).sheets.length,
    ).toBe(1);
    await open('/2023/acts?department=sfj', 'acts');
    expect(await page.locator('main').innerText()).toContain('报送，被退回');
    await open('/access', 'access');
    expect(await page.locator('main').innerText()).toContain('/2023/records.csv');
    await open('/2023/verification', 'verification-before');
    const form = page.locator('form[action$="/2023/verification"]');
    await Promise.all([page.waitForResponse(/verification/), form.locator('button').click()]);
    await page.locator('#outcome').waitFor();
    await look('verification');
    expect(await page.locator('main').innerText()).toContain('完好');
  });

  it('and no page broke a rule of accessibility or of its own content security policy', () => {
    expect(faults).toEqual([]);
    expect(complaints.filter((text) => !/403 \(Forbidden\)/.test(text))).toEqual([]);
  });
});
