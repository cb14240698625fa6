/** `node test/pictures/overview.ts [file]`: draws the picture in README, the legal office's overview of a made-up year. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SampleSubmission } from '../../functions/demo/sample-submission.ts';
import { reportedYear } from '../../functions/demo/sample-work.ts';
import { writeSampleWorkbook } from '../../functions/demo/sample-workbook.ts';
import { planSampleYear } from '../../functions/demo/sample-year.ts';
import { startServer } from '../../functions/local-server/server.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { readReportFigures } from '../../shared/catalogue/report-figures.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { startBrowser } from '../fixtures/browser.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { withPalette } from './palette-png.ts';

const picture = fileURLToPath(new URL('../../functions/overview.png', import.meta.url));
const report = new URL('../../shared/catalogue/wanyuan-2023-report.json', import.meta.url);
const catalogue = loadCatalogue(exampleCatalogueFile);

/** The moment that is pictured: November's returns are coming in, October's are all due. */
const now = '2023-12-06T02:00:00.000Z';
/** When it was published for the first time. */
const published = '2023-11-15T02:00:00.000Z';

/** Of the picture, in pixels. */
const width = 1200;

/** What differs from the sample year, so that there is more to be seen than what came in time. */
const changes: Record<string, (flawless: SampleSubmission) => SampleSubmission[]> = {
  // Never came.
  'spj 2023-10': () => [],
  'xfj 2023-10': () => [],
  // A slip of unit: 元 for 万元.
  'sfj 2023-10': (one) => [typing(one, { 'legal-aid-losses-recovered': '189500' })],
  // Refused, and not mended since.
  'nyj 2023-10': (one) => [typing(one, { 'learning-sessions': '', 'enforcement-personnel': '约30' })],
  // Figures that were published change without a reason.
  'jyj 2023-09': (one) => [
    one,
    {
      ...typing(one, { 'theme-activities': '31' }),
      fileName: one.fileName.replace('.xlsx', '（更正）.xlsx'),
      uploadedAt: '2023-11-28T06:21:00.000Z',
    },
  ],
};

function typing(one: SampleSubmission, typed: Record<string, string>): SampleSubmission {
  return { ...one, entries: { ...one.entries, ...typed } };
}

async function submissions(): Promise<SampleSubmission[]> {
  const figures = readReportFigures(await readFile(report, 'utf8'));
  return planSampleYear(reportedYear(catalogue, figures, 2023))
    .flatMap((one) => changes[`${one.department} ${one.period}`]?.(one) ?? [one])
    .filter(({ uploadedAt }) => uploadedAt <= now)
    .toSorted((a, b) => (a.uploadedAt < b.uploadedAt ? -1 : 1));
}

/** A data folder with what has come by now, published once on the way. */
async function fillStore(folder: string): Promise<void> {
  const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
  const documents = folderDocuments(folder);
  const store = { ledger, documents };
  await adoptIn(store, catalogue);
  let isPublished = false;
  for (const submission of await submissions()) {
    const { department, period, fileName, uploadedAt, uploader } = submission;
    if (!isPublished && uploadedAt > published) {
      const order = { year: 2023, publishedAt: published, publishedBy: '法制机构（样例）' } as const;
      await publish({ ...order, software: 'sample' }, store);
      isPublished = true;
    }
    const address = { department, period };
    const bytes = await writeSampleWorkbook(submission, catalogue);
    const upload = await keepUpload({ address, bytes, fileName, uploadedAt, uploader }, documents);
    await ingest({ bytes, upload, recordedAt: uploadedAt, recordedBy: uploader }, store);
  }
  ledger.close();
}

async function photograph(origin: string): Promise<Uint8Array> {
  const browser = await startBrowser();
  try {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${origin}/sign-in`);
    await page.fill('#name', '王小明（样例）');
    await page.selectOption('#who', 'legal-office');
    await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('main button')]);
    await page.goto(`${origin}/2023`);
    const { y, height } = (await page.locator('.legend').boundingBox()) ?? { y: 800, height: 100 };
    const clip = { x: 0, y: 0, width, height: Math.ceil(y + height) + 16 };
    return withPalette(await page.screenshot({ clip, fullPage: true }));
  } finally {
    await browser.close();
  }
}

const { folder, remove } = await newFolder();
try {
  const data = join(folder, 'data');
  await fillStore(data);
  const server = await startServer({ data, port: 0, now: () => now });
  const file = process.argv[2] ?? picture;
  try {
    await writeFile(file, await photograph(server.origin));
  } finally {
    await server.stop();
  }
  console.log(file);
} finally {
  await remove();
}
