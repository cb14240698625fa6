import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { type ReportFigures, readReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { UsageError } from '../cli/commands/exit-codes.ts';
import { print, printFindings, withProgress } from '../cli/commands/output.ts';
import { submitToWorkplace } from '../cli/commands/submit.ts';
import type { FileToSubmit } from '../cli/commands/submit-files.ts';
import { type Workplace, withStore, withWorkplace } from '../cli/commands/workplace.ts';
import { adopt } from '../use-cases/adopt.ts';
import { publish } from '../use-cases/publish/publish.ts';
import { journalName } from '../use-cases/returned-files.ts';
import { writeSampleWorkbook } from './sample-workbook.ts';
import { planSampleYear } from './sample-year.ts';

const reportFile = new URL('../../shared/catalogue/wanyuan-2023-report.json', import.meta.url);

const readme = `本文件夹是演示程序生成的样例。

returns 中的月报工作簿全部是虚构的：哪个部门报送哪个指标、各月的数字、填报人、审核人、电话都是编造的。
只有全年的合计数与万源市公开发布的《2023年度法治政府建设情况报告》一致。
uploads.json 记录了样例中每个文件的报送时间和报送人（同样是虚构的）。
其余的是台账、上传的原件、反馈和发布的年度数据。

Everything here was made up by the demo, save the annual totals, which are those of the published report.
`;

/** The figures of the published report that the sample year adds up to. */
export async function reportedFigures(): Promise<ReportFigures> {
  return readReportFigures(await readFile(fileURLToPath(reportFile), 'utf8'));
}

/** Before anybody had to report: the day on which the sample catalogue was adopted. */
const adoptedAt: Instant = '2022-12-30T01:00:00.000Z';

/** Adopts the sample's catalogue in a folder, which is made if it is new. */
export function adoptSample(data: string): Promise<void> {
  const catalogue = loadCatalogue(exampleCatalogueFile);
  const reason = '样例：采用万源市2023年法治政府建设指标目录';
  return withStore({ data }, async (store) => {
    const request = {
      catalogue,
      conversions: [],
      reason,
      replaces: null,
      at: adoptedAt,
      by: '法制机构（样例）',
    };
    await adopt(request, store);
  });
}

/** From what the sample year is made, and where it is submitted. */
export interface SampleOrder {
  figures: ReportFigures;
  seed: number;
  workplace: Workplace;
}

/** Writes the workbooks of the sample year below a folder, submits them, and tells what became of them. */
export async function submitSampleYear(folder: string, order: SampleOrder): Promise<void> {
  const returns = join(folder, 'returns');
  await folderDocuments(folder).put('README.txt', new TextEncoder().encode(readme));
  const files = await writeSampleYear(returns, order);
  print(`1. ${files.length} made-up workbooks of a year: ${returns}`);
  await submitAll(files, order.workplace);
}

/** Writes the sample year as folders of returns with a journal of how they came, which is when they are received. */
async function writeSampleYear(
  folder: string,
  { figures, seed, workplace }: SampleOrder,
): Promise<FileToSubmit[]> {
  const { catalogue } = workplace;
  const samples = planSampleYear(catalogue, figures, seed);
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
  print(`2. submitted: ${submitted.length - refused.length} accepted, ${refused.length} refused`);
  for (const { path, result } of refused) {
    print(`   refused: ${path}`);
    printFindings(result.feedback.findings, workplace.catalogue);
    print(`    marked copy: ${join(workplace.folder, result.feedbackFolder)}`);
  }
}

/** Which of the many years with the same totals it is: the one of `npm run demo`. */
const seed = 2023;

/**
 * Makes the sample year, published, in a folder that is new or empty; a folder with a ledger is left as it is. It is
 * made beside it and gets its name when it is whole, so that a start that was broken off leaves no half of it.
 */
export async function prepareSample(folder: string): Promise<void> {
  if (existsSync(join(folder, 'ledger.sqlite'))) return;
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new UsageError(`${folder} has files but no ledger: the sample year is made in a new folder`);
  }
  const unfinished = `${resolve(folder)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await adoptSample(unfinished);
  await withWorkplace({ data: unfinished }, async (workplace) => {
    await submitSampleYear(unfinished, { figures: await reportedFigures(), seed, workplace });
    const { year, now, user, software } = workplace;
    await publish({ year, publishedAt: now, publishedBy: user, software }, workplace);
  });
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}
