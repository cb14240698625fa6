import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { checkCodeSchema } from '../../shared/core/ledger/check-code.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import {
  chromiumHere,
  complaintsOf,
  faultsOnScreens,
  newPage,
  phone,
  signIn,
  startBrowser,
} from '../fixtures/browser.ts';
import { madeScan } from '../fixtures/scans.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

const catalogue = catalogueSchema.parse({
  ...smallCatalogue,
  form: { number: '测统1表', authority: '测试市统计局' },
  signing: { scan: true, agreement: true },
});
const january = '/2023/departments/sfj/2023-01';

const manners = [
  { name: 'with scripts', scripts: true, viewport: { width: 1366, height: 768 } },
  { name: 'without scripts', scripts: false, viewport: phone },
];

describe.skipIf(chromiumHere === undefined).each(manners.slice(0, casesTried(2, 1)))(
  'a return that is reviewed, signed and stamped, $name',
  ({ scripts, viewport }) => {
    let browser: Browser;
    let page: Page;
    let server: Awaited<ReturnType<typeof startServer>>;
    let temporary: Awaited<ReturnType<typeof newFolder>>;
    let code = '';
    const faults: string[] = [];
    let complaints: string[] = [];

    beforeAll(async () => {
      temporary = await newFolder();
      const data = join(temporary.folder, 'data');
      const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
      await adoptIn({ ledger, documents: folderDocuments(data) }, catalogue);
      ledger.close();
      server = await startServer({ data, port: 0, now: () => '2023-02-06T02:00:00.000Z' });
      browser = await startBrowser();
      page = await newPage(browser, { viewport, javaScriptEnabled: scripts, locale: 'zh-CN' });
      complaints = complaintsOf(page);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      await temporary?.remove();
    });

    async function look(title: string): Promise<void> {
      if (scripts) faults.push(...(await faultsOnScreens(page, title, [phone, viewport])));
      const folder = process.env.SCREENSHOTS;
      if (folder === undefined) return;
      const path = join(folder, `signing-${scripts ? 'scripts' : 'plain'}-${title}.png`);
      await page.screenshot({ path, fullPage: true });
    }

    const as = (who: string, name: string) => signIn(page, server.origin, { who, name });
    const said = () => page.locator('main').innerText();

    it('is uploaded by the clerk, and waits', async () => {
      await as('department:sfj', '张三');
      const file = join(temporary.folder, '一月.xlsx');
      await writeFile(file, await smallForm({ period: '2023-01', cases: '5' }, catalogue));
      await page.goto(server.origin + january);
      const form = page.locator('form[action$="/uploads"]');
      await form.locator('input[type=file]').setInputFiles(file);
      const submit = form.getByRole('button', { name: '上传并检查' });
      await Promise.all([page.waitForURL(/\/uploads\/[0-9a-f]{16}/), submit.click()]);
      expect(await said()).toContain('等本部门审核人同意后计入汇总');
      await look('waits');
    });

    it('is agreed to by the reviewer, whose first task it is', async () => {
      await as('reviewer:sfj', '李四');
      expect(await said()).toContain('等本部门审核人审核');
      await look('task-of-the-reviewer');
      await page.click('main a.button');
      await look('to-review');
      const form = page.locator('form[action$="/agreement"]').first();
      await Promise.all([page.waitForURL(/done=agreed/), form.locator('button').click()]);
      expect(await said()).toContain('已经审核同意');
      await look('agreed');
    });

    it('is printed as a sheet of its own, and its scan filed; what is no scan is told so', async () => {
      await as('department:sfj', '张三');
      expect(await said()).toContain('还没有签章');
      await page.goto(server.origin + january);
      await page.locator('a[href$="/sign-off"]').first().click();
      await page.waitForURL(/\/sign-off$/);
      await look('sheet');
      code = checkCodeSchema.parse(await page.locator('.sheet-proof dd').first().innerText());
      await page.emulateMedia({ media: 'print' });
      for (const hidden of ['header.top', 'nav.main', '.unprinted']) {
        expect(await page.locator(hidden).isVisible(), hidden).toBe(false);
      }
      await page.emulateMedia({ media: 'screen' });

      const files = { good: join(temporary.folder, '审签表.pdf'), bad: join(temporary.folder, '审签表.png') };
      await writeFile(files.good, madeScan('pdf'));
      await writeFile(files.bad, 'no picture');
      for (const [path, arrives] of [
        [files.bad, /\/scans$/],
        [files.good, /\/uploads\/[0-9a-f]{16}#signing$/],
      ] as const) {
        await page.goto(server.origin + january);
        const form = page.locator('form[action$="/scans"]');
        await form.locator('input[type=file]').setInputFiles(path);
        await Promise.all([page.waitForURL(arrives), form.locator('button').click()]);
        if (path === files.bad) {
          expect(await said()).toContain('不是 PDF、JPEG 或 PNG');
          await look('no-scan');
        }
      }
      expect(await said()).toContain('审签表.pdf');
      await look('signed');
      await page.goto(`${server.origin}/2023/departments/sfj`);
      expect(await said()).not.toContain('还没有签章');
    });

    it('is found by the code on paper, and its scan taken away, by the auditor', async () => {
      await as('auditor', '赵审计');
      await look('overview');
      await page.goto(`${server.origin}/2023/records`);
      await look('records');
      await page.fill('#code', code.toLowerCase());
      const form = page.locator('form[action$="/check-code"]');
      await Promise.all([page.waitForURL(/\/uploads\/[0-9a-f]{16}$/), form.locator('button').click()]);
      const [fetched] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('a[href*="/scans/"]').click(),
      ]);
      expect(fetched.suggestedFilename()).toBe('市司法局2023年1月月报第1版盖章扫描件.pdf');
      const path = join(temporary.folder, 'scan.pdf');
      await fetched.saveAs(path);
      expect(Buffer.compare(await readFile(path), madeScan('pdf'))).toBe(0);
      await page.goto(`${server.origin}/access`);
      expect(await said()).toContain('/scans/');
    });

    it('and no page broke a rule of accessibility or of its own content security policy', () => {
      expect(faults).toEqual([]);
      expect(complaints.filter((text) => !/400 \(Bad Request\)/.test(text))).toEqual([]);
    });
  },
);
