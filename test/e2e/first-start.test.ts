import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { sampleDatedTo } from '../../shared/catalogue/sample.ts';
import { indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import {
  chromiumHere,
  complaintsOf,
  faultsOnScreens,
  newPage,
  phone,
  startBrowser,
} from '../fixtures/browser.ts';
import { pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const now = '2026-11-05T02:00:00.000Z' as const;
const reading = sampleDatedTo(2026);
if (reading.kind === 'problems') throw new Error('the sample makes no catalogue');
const sample = reading.catalogue;
/** An office of a county, not of a city. */
const names = Object.fromEntries(
  sample.departments.map(({ name }) => [name, name.replace(/^市/, '县')] as const),
);
const department = '县教育局';
const more = { 代码: null, 名称: '公职律师人数', 单位: '人', 报送部门: department };
/** The rules want each of these to be no more than the one before. */
const figures = Object.fromEntries(
  [...indicatorsOnForm(sample, 'jyj', '2026-10').map(({ name }) => name), more.名称].map((name, index) => [
    name,
    60 - index,
  ]),
);

/** Fewer than these, from an empty folder to a publication, or somebody has put a hurdle in the way. */
const mostClicks = 20;
const desk = { width: 1280, height: 800 };

describe.skipIf(chromiumHere === undefined || pythonWithOpenpyxl === undefined)('a first start', () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof startServer>>;
  let temporary: Awaited<ReturnType<typeof newFolder>>;
  let clicks = 0;
  const faults: string[] = [];
  let complaints: string[] = [];
  const started = performance.now();

  beforeAll(async () => {
    temporary = await newFolder();
    server = await startServer({ data: join(temporary.folder, 'data'), port: 0, now: () => now });
    browser = await startBrowser();
    page = await newPage(browser, { viewport: desk, locale: 'zh-CN' });
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await temporary?.remove();
  });

  /** Nothing sticks out at a desk or on a phone, and nothing that WCAG forbids. */
  async function look(title: string): Promise<void> {
    faults.push(...(await faultsOnScreens(page, title, [phone, desk])));
  }

  async function click(what: Locator): Promise<void> {
    clicks++;
    await what.click();
  }

  /** Clicks on what leads to a page. */
  async function go(what: Locator, to: RegExp): Promise<void> {
    await Promise.all([page.waitForURL(to), click(what)]);
  }

  async function signIn(who: string, to: RegExp): Promise<void> {
    await page.goto(`${server.origin}/`);
    await page.fill('#name', '李主任');
    clicks++;
    await page.selectOption('#who', { label: who });
    await go(page.getByRole('button', { name: '进入' }), to);
  }

  async function signOut(): Promise<void> {
    await go(page.getByRole('button', { name: '退出' }), /\/sign-in$/);
  }

  async function download(link: Locator, name: string): Promise<string> {
    const begun = page.waitForEvent('download');
    await click(link);
    const to = join(temporary.folder, name);
    await (await begun).saveAs(to);
    return to;
  }

  async function send(file: string): Promise<void> {
    clicks++;
    await page.setInputFiles('#file', file);
    await click(page.getByRole('button', { name: '上传并检查' }));
  }

  function withOpenpyxl(script: string, source: string, name: string, ...given: object[]): string {
    const program = fileURLToPath(new URL(`../fixtures/${script}`, import.meta.url));
    const to = join(temporary.folder, name);
    const args = given.map((each) => JSON.stringify(each));
    execFileSync(pythonWithOpenpyxl!, [program, source, to, ...args]);
    return to;
  }

  it('in an empty folder: the legal office changes the sample in a spreadsheet program, uploads and adopts it', async () => {
    await signIn('法制机构（汇总、发布）', /\/catalogues$/);
    await look('first choices');
    const file = await download(
      page.getByRole('link', { name: '下载样例目录（改成自己的）' }),
      'sample.xlsx',
    );
    await send(withOpenpyxl('change_catalogue_with_openpyxl.py', file, 'own.xlsx', names, more));
    await page.getByRole('heading', { name: '目录没有错误' }).waitFor();
    await look('notes');
    await go(page.getByRole('link', { name: '看这份目录和差异' }), /\/catalogues\/2026\/[0-9a-f]{64}$/);
    await look('preview');
    expect(await page.locator('main').innerText()).toContain(more.名称);
    await go(page.getByRole('button', { name: '采用', exact: true }), /adopted=2026/);
    await look('adopted');
    expect(await page.getByRole('status').innerText()).toContain('10月的报表');
  });

  it('then hands out the form, which the department fills in the same way and sends back', async () => {
    const form = await download(page.getByRole('link', { name: `${department}10月的报表` }), 'form.xlsx');
    await signOut();
    await signIn(department, /\/2026\/departments\/jyj$/);
    await go(page.locator('a[href="/2026/departments/jyj/2026-10"]').first(), /2026-10$/);
    await send(withOpenpyxl('fill_with_openpyxl.py', form, '县教育局10月.xlsx', figures, {}));
    await page.waitForURL(/\/uploads\/[0-9a-f]{16}/);
    expect(await page.locator('main').innerText()).toContain('已接收');
    await signOut();
  });

  it('and publishes what has come so far, in few clicks', async () => {
    await signIn('法制机构（汇总、发布）', /\/2026$/);
    await go(page.getByRole('link', { name: '发布', exact: true }), /\/publications$/);
    await go(page.getByRole('button', { name: '现在发布' }), /done=published/);
    await page.goto(`${server.origin}/2026/publications/1`);
    expect(await page.locator('main').innerText()).toContain('暂定');
    await page.goto(`${server.origin}/2026/figures`);
    const totals = page.getByRole('table', { name: /汇总$/ });
    const own = totals.locator('tr', { hasText: more.名称 });
    expect(await own.innerText()).toContain(String(figures[more.名称]));
    const seconds = Math.round((performance.now() - started) / 1000);
    console.info(`from an empty folder to a publication: ${clicks} clicks, ${seconds} s`);
    expect(clicks).toBeLessThan(mostClicks);
  });

  it('a workbook with mistakes comes back marked, from the page itself', async () => {
    await page.goto(`${server.origin}/catalogues`);
    const file = await download(page.getByRole('link', { name: '下载工作簿（可修改后上传）' }), 'now.xlsx');
    const wrong = { ...more, 单位: null, 名称: '又一项' };
    await send(withOpenpyxl('change_catalogue_with_openpyxl.py', file, 'wrong.xlsx', {}, wrong));
    await page.getByRole('alert').waitFor();
    await look('problems');
    await download(page.getByRole('link', { name: '下载标出问题的工作簿' }), 'marked.xlsx');
    await send(join(temporary.folder, 'marked.xlsx'));
    await page.getByRole('alert').waitFor();
    expect(await page.locator('main').innerText()).toContain('没有填写“单位”');
  });

  it('and no page broke a rule of accessibility or of its own content security policy', () => {
    expect(faults).toEqual([]);
    expect(complaints.filter((text) => !/400 \(Bad Request\)/.test(text))).toEqual([]);
  });
});

if (pythonWithOpenpyxl === undefined) console.warn('skipped: no Python with openpyxl is here');
