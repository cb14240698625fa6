import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { type Instant, instantSchema } from '../../shared/core/catalogue/period.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { accessibilityFaults, chromiumHere, newPage, signIn, startBrowser } from '../fixtures/browser.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

/** The year is over; a return of January came in time, one of December after the cut-off. */
const now = () => '2024-02-06T02:00:00.000Z' as const;

async function fillStore(data: string): Promise<void> {
  await adoptInFolder(data, smallCatalogue);
  const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
  const documents = folderDocuments(data);
  const submit = async (period: '2023-01' | '2023-12', cases: string, at: string) => {
    const uploadedAt: Instant = instantSchema.parse(at);
    const bytes = await smallForm({ period, cases, uploadedAt }, smallCatalogue);
    const handedOver = { address: { department: 'sfj', period }, fileName: '月报.xlsx', bytes, uploadedAt };
    const upload = await keepUpload({ ...handedOver, uploader: '小张' }, documents);
    const recording = { recordedAt: uploadedAt, recordedBy: 'test' };
    await ingest({ upload, bytes, ...recording }, { ledger, documents });
  };
  await submit('2023-01', '725', '2023-02-03T01:00:00.000Z');
  await submit('2023-12', '9', '2024-02-05T01:00:00.000Z');
  await publish(
    { year: 2023, publishedAt: '2024-02-05T18:30:00.000Z', publishedBy: '系统自动', software: 'test' },
    { ledger, documents },
  );
  ledger.close();
}

/** Somebody at a browser, whose clicks are counted. */
class Person {
  clicks = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async click(role: 'link' | 'button', name: string | RegExp): Promise<void> {
    await this.page.getByRole(role, { name }).first().click();
    this.clicks += 1;
  }

  async unfold(summary: string): Promise<void> {
    await this.page.locator('summary', { hasText: summary }).first().click();
    this.clicks += 1;
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }
}

interface Manner {
  scripts: boolean;
  viewport: { width: number; height: number };
}

/** The harder first. */
const manners = (
  [
    ['on a phone, without scripts', { scripts: false, viewport: { width: 360, height: 740 } }],
    ['at a desk', { scripts: true, viewport: { width: 1366, height: 768 } }],
  ] satisfies [string, Manner][]
).slice(0, casesTried(2, 1));

describe.skipIf(chromiumHere === undefined)('what people do with one another', () => {
  it.each(manners)(
    '%s: a figure is asked about, answered and closed; a late return is declined; the year is issued',
    async (_, manner) => {
      const data = join(await temporaryFolder(), 'data');
      await fillStore(data);
      const server = await startServer({ data, port: 0, now });
      onTestFinished(() => server.stop());
      const browser = await startBrowser();
      onTestFinished(() => browser.close());
      const [office, clerk] = [
        await personAt(browser, server.origin, { who: 'legal-office', name: '赵科长', ...manner }),
        await personAt(browser, server.origin, { who: 'department:sfj', name: '小张', ...manner }),
      ];

      await office.page.goto(`${server.origin}/2023/departments/sfj/2023-01?about=cases`);
      await office.page.getByLabel('要核实什么、为什么（部门会看到）').fill('与往月相差很大，请核对。');
      await office.click('button', '提出');
      expect(await office.text()).toContain('已经提出');

      await clerk.page.goto(server.origin);
      expect(await clerk.text()).toContain('下一步：法制机构对1月的月报提出了核实');
      await clerk.click('link', /去答复1月的核实/);
      await clerk.page.getByLabel('答复（说明原因）').fill('确为 725 件，集中清理积案。');
      await clerk.click('button', '提交答复');
      expect(await clerk.text()).toContain('等法制机构结案');

      await office.page.goto(`${server.origin}/2023`);
      await office.click('link', '市司法局2023年1月');
      await office.page.getByLabel('结案意见（记入台账）').fill('属实。');
      await office.click('button', '结案');
      expect(await office.text()).toContain('已结案的核实');

      await office.page.goto(`${server.origin}/2023`);
      await office.unfold('是否计入');
      await office.page.getByLabel('同意或不同意的原因（记入台账）').fill('无正当理由。');
      await office.click('button', '不同意');
      expect(await office.text()).toContain('法制机构不同意计入');
      await clerk.page.goto(`${server.origin}/2023/departments/sfj/2023-12`);
      expect(await clerk.text()).toContain('无正当理由。');

      await office.page.goto(`${server.origin}/2023/publications/1`);
      await office.click('link', '正式发布…');
      expect(await office.text()).toContain('缺的报表');
      if (manner.scripts) expect(await accessibilityFaults(office.page)).toEqual([]);
      await office.page.getByLabel(/^正式发布的依据或说明/).fill('经局长办公会审定');
      await office.click('button', '确认正式发布第 1 次');
      expect(await office.text()).toContain('赵科长于 2024-02-06 10:00 正式发布');

      // A question takes one click each of who asks and closes after the page is open, and two of who answers.
      expect([office.clicks, clerk.clicks]).toEqual([7, 2]);
    },
  );
});

async function personAt(
  browser: Browser,
  origin: string,
  { who, name, scripts, viewport }: Manner & { who: string; name: string },
): Promise<Person> {
  const page = await newPage(browser, { javaScriptEnabled: scripts, viewport });
  await signIn(page, origin, { who, name });
  return new Person(page);
}
