import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { type ReportFigures, readReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { type Instant, instantSchema } from '../../shared/core/catalogue/period.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { UsageError } from '../cli/commands/exit-codes.ts';
import { print, printFindings, withProgress } from '../cli/commands/output.ts';
import { submitToWorkplace } from '../cli/commands/submit.ts';
import type { FileToSubmit } from '../cli/commands/submit-files.ts';
import { type Workplace, withStore, withWorkplace } from '../cli/commands/workplace.ts';
import { adopt } from '../use-cases/adopt.ts';
import { issuePublication } from '../use-cases/publish/issue.ts';
import { type PublishResult, publish } from '../use-cases/publish/publish.ts';
import { adoptTemplate } from '../use-cases/report-template.ts';
import { journalName } from '../use-cases/returned-files.ts';
import { sampleTemplate } from './sample-template.ts';
import { reportedYear, type SampleWork } from './sample-work.ts';
import { writeSampleWorkbook } from './sample-workbook.ts';
import { planSampleYear } from './sample-year.ts';
import { secondYear } from './second-year.ts';

const reportFile = new URL('../../shared/catalogue/wanyuan-2023-report.json', import.meta.url);

const readme = `本文件夹是演示程序生成的样例。

returns-2023 和 returns-2024 中的月报工作簿全部是虚构的：哪个部门报送哪个指标、各月的数字、填报人、审核人、电话都是编造的。
只有2023年全年的合计数与万源市公开发布的《2023年度法治政府建设情况报告》一致；2024年（1月至10月）的数字没有任何公开数字作依据，均为虚构。
uploads.json 记录了样例中每个文件的报送时间和报送人（同样是虚构的）。
其余的是台账、上传的原件、反馈和发布的年度数据。

Everything here was made up by the demo, save the annual totals of 2023, which are those of the published report.
`;

/** The figures of the published report that the sample year adds up to. */
export async function reportedFigures(): Promise<ReportFigures> {
  return readReportFigures(await readFile(fileURLToPath(reportFile), 'utf8'));
}

/** Who decides and publishes in the sample, whoever runs it. */
const office = '法制机构（样例）';

/** Adopts the catalogue of the sample's first year in a folder, which is made if it is new. */
export function adoptSample(data: string): Promise<void> {
  return adoptFor(data, loadCatalogue(exampleCatalogueFile));
}

/** Before anybody has to report for the year. */
function adoptFor(data: string, catalogue: Catalogue): Promise<void> {
  const { year } = catalogue;
  const at = instantSchema.parse(`${year - 1}-12-29T01:00:00.000Z`);
  const reason = `样例：采用万源市${year}年法治政府建设指标目录`;
  return withStore({ data }, async (store) => {
    const request = { catalogue, conversions: [], reason, replaces: null, at, by: office };
    await adopt(request, store);
  });
}

/** From what the sample is made, and where its returns and its data are put. */
export interface SampleOrder {
  figures: ReportFigures;
  seed: number;
  folder: string;
  data: string;
  /** The year that a report was published of alone, or with the next one to be compared with it. */
  years: 1 | 2;
}

/**
 * Makes the sample below a folder: writes the workbooks of each year, submits them, publishes what they come to, and
 * tells what became of them. The first year is final before the second, which is compared with it, is begun.
 */
export async function makeSample({
  figures,
  seed,
  folder,
  data,
  years,
}: SampleOrder): Promise<PublishResult[]> {
  await folderDocuments(folder).put('README.txt', new TextEncoder().encode(readme));
  const first = reportedYear(loadCatalogue(exampleCatalogueFile), figures, seed);
  const template = sampleTemplate(figures, first.catalogue);
  const order = { folder, data, publishedAt: firstPublishedAt, isIssued: true, template };
  const published = [await makeYear(first, order)];
  if (years === 1) return published;
  const second = secondYear(first);
  return [
    ...published,
    await makeYear(second, { folder, data, publishedAt: secondPublishedAt, isIssued: false }),
  ];
}

const templateReason = '样例：公开发布的年度报告中写到数字的句子';
const issueReason = '样例：与公开发布的年度报告核对一致';

/** After the cut-off of the first year, and after October of the second was due. */
const firstPublishedAt = instantSchema.parse('2024-02-01T01:00:00.000Z');
const secondPublishedAt = instantSchema.parse('2024-11-12T01:00:00.000Z');

/** The first year's figures were published for good (正式); those of the second only kept. */
interface SampleYearOrder extends Pick<SampleOrder, 'folder' | 'data'> {
  publishedAt: Instant;
  isIssued: boolean;
  /** That of the report, if it is not the one to begin with. */
  template?: Uint8Array;
}

async function makeYear(
  work: SampleWork,
  { folder, data, publishedAt, isIssued, template }: SampleYearOrder,
): Promise<PublishResult> {
  const { year } = work.catalogue;
  await adoptFor(data, work.catalogue);
  return withWorkplace({ data, year }, async (workplace) => {
    const returns = join(folder, `returns-${year}`);
    const files = await writeSampleYear(returns, work);
    print(`${year}: ${files.length} made-up workbooks in ${returns}`);
    await submitAll(files, workplace);
    const { software } = workplace;
    if (template !== undefined) {
      const decided = { reason: templateReason, at: publishedAt, by: office };
      await adoptTemplate({ bytes: template, year, ...decided }, workplace);
    }
    const result = await publish({ year, publishedAt, publishedBy: office, software }, workplace);
    const { publication } = result;
    const { number } = publication;
    if (isIssued)
      await issuePublication({ year, number, reason: issueReason, at: publishedAt, by: office }, workplace);
    print(`${year}: publication ${publication.number}, ${publication.status}: ${join(data, result.folder)}`);
    return result;
  });
}

/** Writes the sample year as folders of returns with a journal of how they came, which is when they are received. */
async function writeSampleYear(folder: string, work: SampleWork): Promise<FileToSubmit[]> {
  const { catalogue } = work;
  const samples = planSampleYear(work);
  const documents = folderDocuments(folder);
  const files = await withProgress('writing samples', samples.length, async (step) => {
    const written = [];
    for (const sample of samples) {
      const { department, period, fileName, uploadedAt, uploader } = sample;
      const file = `${department}/${period}/${fileName}`;
      await documents.put(file, await writeSampleWorkbook(sample, catalogue));
      written.push({ file, uploadedAt, uploader });
      step();
    }
    return written;
  });
  const journal = files.map(({ file, uploadedAt, uploader }) => ({ file, handedInAt: uploadedAt, uploader }));
  await documents.put(journalName, jsonFile(journal));
  return files.map(({ file, ...said }) => ({ ...said, path: join(folder, file), claimedAt: null }));
}

async function submitAll(files: readonly FileToSubmit[], workplace: Workplace): Promise<void> {
  const submitted = await submitToWorkplace(files, {}, workplace);
  const refused = submitted.filter(({ result }) => result.feedback.outcome === 'refused');
  print(
    `${workplace.year}: submitted, ${submitted.length - refused.length} accepted, ${refused.length} refused`,
  );
  for (const { path, result } of refused) {
    print(`   refused: ${path}`);
    printFindings(result.feedback.findings, workplace.catalogue);
    print(`    marked copy: ${join(workplace.folder, result.feedbackFolder)}`);
  }
}

/** Which of the many years with the same totals it is: the one of `npm run demo`. */
const seed = 2023;

/**
 * Makes the sample, both years published, in a folder that is new or empty; a folder with a ledger is left as it is. It is
 * made beside it and gets its name when it is whole, so that a start that was broken off leaves no half of it.
 */
export async function prepareSample(folder: string): Promise<void> {
  if (existsSync(join(folder, 'ledger.sqlite'))) return;
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new UsageError(`${folder} has files but no ledger: the sample is made in a new folder`);
  }
  const unfinished = `${resolve(folder)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await makeSample({
    figures: await reportedFigures(),
    seed,
    folder: unfinished,
    data: unfinished,
    years: 2,
  });
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}
