import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { newestReminders } from '../../functions/use-cases/stores/reminder-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import {
  accessibilityFaults,
  chromiumHere,
  complaintsOf,
  newPage,
  signIn,
  startBrowser,
} from '../fixtures/browser.ts';
import { startMailServer } from '../fixtures/mail-server.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

/** On the first day that January is overdue, at nine in China. */
const now = () => '2023-02-11T01:00:00.000Z' as const;

async function look(page: Page, title: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder !== undefined)
    await page.screenshot({ path: join(folder, `reminders-${title}.png`), fullPage: true });
}

const withAndWithoutScripts: [string, boolean][] = [
  ['with scripts', true],
  ['without scripts', false],
];

describe.skipIf(chromiumHere === undefined)('the page of reminders', () => {
  it.each(withAndWithoutScripts.slice(0, casesTried(2, 1)))(
    'lets the office enter a contact, who is reminded when the server starts anew, and copy the texts, %s',
    async (manner, javaScriptEnabled) => {
      const { smtp, taken } = await startMailServer();
      const data = join(await temporaryFolder(), 'data');
      await adoptInFolder(data, smallCatalogue);
      const browser = await startBrowser();
      onTestFinished(() => browser.close());
      const page = await newPage(browser, {
        javaScriptEnabled,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const complaints = complaintsOf(page);

      const before = await startServer({ data, port: 0, now });
      await signIn(page, before.origin, { who: 'legal-office', name: '王小明' });
      await page.goto(`${before.origin}/2023`);
      await page.getByRole('link', { name: /^催报/ }).click();
      const form = page.getByRole('form', { name: '添加联系人' });
      await form.getByLabel('部门').selectOption({ label: '市司法局' });
      await form.getByLabel('姓名').fill('张三');
      await form.getByLabel('邮件地址').fill('zhang.san@example.gov.cn');
      await form.getByRole('button').click();
      await page.getByRole('status').filter({ hasText: '联系人已保存' }).waitFor();
      await before.stop();

      const after = await startServer({
        data,
        port: 0,
        now,
        reminders: { channels: { smtp, robots: [] }, hour: 9 },
      });
      onTestFinished(() => after.stop());
      await expect
        .poll(() => newestReminders(2023, 9, folderDocuments(data)), { timeout: 30_000 })
        .toHaveLength(1);
      expect(taken.map(({ to }) => to)).toEqual([['zhang.san@example.gov.cn']]);
      await signIn(page, after.origin, { who: 'legal-office', name: '王小明' });
      await page.goto(`${after.origin}/2023/reminders`);
      expect(await page.getByRole('table', { name: '提醒记录' }).innerText()).toContain('市司法局');
      await page.locator('summary', { hasText: '市司法局：' }).first().click();
      await look(page, manner.replaceAll(' ', '-'));
      const text = await page.getByRole('textbox', { name: '市司法局', exact: true }).inputValue();
      expect(text).toBe(taken[0]!.text);
      const copy = page.getByRole('button', { name: /^复制\s*给市司法局的文字$/ });
      expect(await copy.isVisible()).toBe(javaScriptEnabled);
      if (javaScriptEnabled) {
        await copy.click();
        await page.getByRole('status').filter({ hasText: '已复制' }).waitFor();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(text);
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
        await look(page, 'on-a-phone');
      }
      expect(complaints).toEqual([]);
    },
  );
});
