import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import {
  chromiumHere,
  complaintsOf,
  faultsOnScreens,
  newPage,
  phone,
  signIn,
  startBrowser,
} from '../fixtures/browser.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const catalogue = loadCatalogue(exampleCatalogueFile);
const march = { department: 'sfj', period: '2023-03' } as const;
const now = () => '2023-05-06T02:00:00.000Z' as const;

/** March as somebody filled it in: ones everywhere, but for a figure that is none, one that is missing, and one below zero. */
async function wrongForm(): Promise<Uint8Array> {
  const layout = formLayout(catalogue, march);
  const typed = layout.rows.map(
    ({ indicator, list }) => [indicator.id, list === undefined ? '1' : '0'] as const,
  );
  const wrong = { 'legal-aid-cases': '约五十', 'contracts-filed': '', 'legal-opinions': '-3' };
  const figures = Object.entries({ ...Object.fromEntries(typed), ...wrong });
  return writeForm(layout, {
    figures: new Map(figures.map(([id, text]) => [id, { content: { kind: 'text', text } }])),
    signature: { preparer: '王小明', reviewer: '李大力', telephone: '', correctionNote: '' },
  });
}

interface Manner {
  scripts: boolean;
  viewport: { width: number; height: number };
}

const desk = { width: 1366, height: 768 };
const manners: [string, Manner][] = [
  ['at a desk', { scripts: true, viewport: desk }],
  ['on a phone, without scripts', { scripts: false, viewport: phone }],
];

/** A clerk at a browser: what is clicked is counted, and every page is looked at. */
class Clerk {
  clicks = 0;
  readonly faults: string[] = [];
  readonly page: Page;
  private readonly manner: Manner & { name: string };

  constructor(page: Page, manner: Manner & { name: string }) {
    this.page = page;
    this.manner = manner;
  }

  async click(role: 'link' | 'button', name: string | RegExp, title: string): Promise<void> {
    const found = this.page.locator('main').getByRole(role, { name }).first();
    await Promise.all([this.page.waitForNavigation(), found.click()]);
    this.clicks += 1;
    await this.look(title);
  }

  async choose(file: string): Promise<void> {
    await this.page.locator('input[type=file]').first().setInputFiles(file);
    this.clicks += 1;
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  /** Nothing sticks out at either width, nothing that WCAG forbids; a picture if one is wanted. */
  private async look(title: string): Promise<void> {
    const { scripts, name } = this.manner;
    if (scripts) this.faults.push(...(await faultsOnScreens(this.page, title, [phone, desk])));
    const folder = process.env.SCREENSHOTS;
    if (folder === undefined) return;
    const path = join(folder, `mending-${name}-${title}.png`.replaceAll(/[ ,]+/g, '-'));
    await this.page.screenshot({ path, fullPage: true });
  }
}

describe.skipIf(chromiumHere === undefined)('a clerk without a spreadsheet', () => {
  it.each(manners)(
    '%s: checks a file, mends it on the page, and reports a month without anything',
    async (name, manner) => {
      const folder = await temporaryFolder();
      const data = join(folder, 'data');
      await adoptInFolder(data, catalogue);
      const wrong = join(folder, '3月.xlsx');
      await writeFile(wrong, await wrongForm());
      const server = await startServer({ data, port: 0, now });
      onTestFinished(() => server.stop());
      const browser = await startBrowser();
      onTestFinished(() => browser.close());
      const page = await newPage(browser, {
        javaScriptEnabled: manner.scripts,
        viewport: manner.viewport,
        locale: 'zh-CN',
      });
      const complaints = complaintsOf(page);
      const clerk = new Clerk(page, { ...manner, name });
      await signIn(page, server.origin, { who: 'department:sfj', name: '王小明' });

      await page.goto(`${server.origin}/2023/departments/sfj/2023-03`);
      await clerk.choose(wrong);
      await clerk.click('button', '先检查，不报送', 'checked');
      expect(await clerk.text()).toContain('只是检查，没有报送');
      expect(await clerk.text()).toContain('有 3 处必须改正');

      await clerk.choose(wrong);
      await clerk.click('button', '上传并检查', 'refused');
      expect(await clerk.text()).toContain('没有被接收：有 3 处必须改正');

      // In the workbook it takes three clicks after the refusal, and a spreadsheet program: download, choose, upload.
      clerk.clicks = 0;
      await clerk.click('link', '在网页上改', 'mend');
      expect(await page.locator('main input[type=text]').count()).toBe(3);
      await page.getByLabel(/法律援助.*（件）/).fill('1,046');
      await page.getByLabel(/合同/).fill('３');
      await page.getByLabel(/意见/).fill('3');
      await clerk.click('button', '提交更正后的报表', 'accepted');
      expect(clerk.clicks).toBe(2);
      expect(await clerk.text()).toContain('已接收，计入汇总');
      expect(await clerk.text()).toContain('1046 件');
      expect(await clerk.text()).toContain('3月（网页更正）.xlsx');

      // Corrected where it is: in the workbook that is three clicks too, and a spreadsheet program.
      await page.goto(`${server.origin}/2023/departments/sfj/2023-03`);
      clerk.clicks = 0;
      await clerk.click('link', '在网页上更正', 'correction');
      await page.getByLabel(/法律援助案件/).fill('1047');
      await page.getByLabel('更正说明').fill('漏报一件');
      await clerk.click('button', '提交更正', 'corrected');
      expect(clerk.clicks).toBe(2);
      expect(await clerk.text()).toContain('已接收，计入汇总（第2版）');

      // With the template it takes four: download, choose, upload, and a spreadsheet program in which all is typed.
      await page.goto(`${server.origin}/2023/departments/sfj/2023-04`);
      clerk.clicks = 0;
      await clerk.click('link', '本期无发生，零报告', 'zero-report');
      for (const input of await page.locator('main .mending input').all()) {
        if ((await input.inputValue()) === '') await input.fill('0');
      }
      await clerk.click('button', '确认零报告并提交', 'zero-report-accepted');
      expect(clerk.clicks).toBe(2);
      expect(await clerk.text()).toContain('已接收，计入汇总');

      expect(clerk.faults).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
