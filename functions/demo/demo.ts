import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { exampleCatalogueFile } from '../../shared/catalogue/load-catalogue.ts';
import { type ReportFigures, readReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Publication, Total } from '../../shared/core/publication.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { exitCodes, print, printFindings, printTable, withProgress } from '../cli/output.ts';
import { journalName, returnedFiles } from '../cli/returned-files.ts';
import { submitToWorkplace } from '../cli/submit.ts';
import { type Workplace, withWorkplace } from '../cli/workplace.ts';
import { publish } from '../publish/publish.ts';
import { writeSampleWorkbook } from './sample-workbook.ts';
import { planSampleYear } from './sample-year.ts';

const reportFile = new URL('../../shared/catalogue/wanyuan-2023-report.json', import.meta.url);

const readme = `本文件夹是演示程序生成的样例。

returns 中的月报工作簿全部是虚构的：哪个部门报送哪个指标、各月的数字、填报人、审核人、电话都是编造的。
只有全年的合计数与万源市公开发布的《2023年度法治政府建设情况报告》一致。
uploads.json 记录了样例中每个文件的上传时间和上传人（同样是虚构的）。
data 中是台账、上传的原件、反馈和发布的年度数据。

Everything here was made up by the demo, save the annual totals, which are those of the published report.
`;

/** The whole job on a made-up year: write the returns, submit them, publish, compare with the report. */
export async function demoCommand({ folder, seed }: { folder: string; seed: number }): Promise<number> {
  const started = performance.now();
  await rm(folder, { recursive: true, force: true });
  const figures = readReportFigures(await readFile(fileURLToPath(reportFile), 'utf8'));
  const data = join(folder, 'data');
  return withWorkplace({ data, catalogue: exampleCatalogueFile }, async (workplace) => {
    const returns = join(folder, 'returns');
    const count = await writeSampleYear(returns, { figures, seed, workplace });
    await folderDocuments(folder).put('README.txt', new TextEncoder().encode(readme));
    print(`1. ${count} made-up workbooks of a year: ${returns}`);
    await submitAll(returns, workplace);
    const { publication, folder: published } = await publish(
      { publishedAt: workplace.now, publishedBy: workplace.user, software: workplace.software },
      workplace,
    );
    print(`3. publication ${publication.number} of ${publication.year}, ${publication.status}`);
    const disagreeing = compare(figures, publication);
    print(`files: ${join(data, published)}`);
    print(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return disagreeing === 0 ? exitCodes.done : exitCodes.refused;
  });
}

/** Writes the sample year as folders of returns with a journal of their uploads; how many there are. */
export async function writeSampleYear(
  folder: string,
  {
    figures,
    seed,
    workplace,
  }: { figures: ReportFigures; seed: number; workplace: Pick<Workplace, 'catalogue'> },
): Promise<number> {
  const { catalogue } = workplace;
  const samples = planSampleYear(catalogue, figures, seed);
  const documents = folderDocuments(folder);
  const journal = await withProgress('writing samples', samples.length, async (step) => {
    const entries = [];
    for (const sample of samples) {
      const file = `${sample.department}/${sample.period}/${sample.fileName}`;
      await documents.put(file, await writeSampleWorkbook(sample, catalogue));
      entries.push({ file, uploadedAt: sample.uploadedAt, uploader: sample.uploader });
      step();
    }
    return entries;
  });
  await documents.put(journalName, jsonFile(journal));
  return samples.length;
}

async function submitAll(returns: string, workplace: Workplace): Promise<void> {
  const submitted = await submitToWorkplace(await returnedFiles([returns]), {}, workplace);
  const refused = submitted.filter(({ result }) => result.feedback.outcome === 'refused');
  print(`2. submitted: ${submitted.length - refused.length} accepted, ${refused.length} refused`);
  for (const { path, result } of refused) {
    print(`   refused: ${path}`);
    printFindings(result.feedback.findings, workplace.catalogue);
    print(`    marked copy: ${join(workplace.folder, result.feedbackFolder)}`);
  }
}

/** Prints each figure of the report beside the published one; how many disagree. */
function compare({ figures }: ReportFigures, { totals }: Publication): number {
  const byId = new Map(totals.map((total) => [total.indicator, total]));
  const rows = figures.map((figure) => {
    const total = byId.get(figure.indicator);
    return { figure, total, agrees: total !== undefined && agrees(figure, total) };
  });
  printTable(
    ['indicator', 'report', 'published', 'unit', 'as prose', ''],
    rows.map(({ figure, total, agrees: agree }) => [
      figure.indicator,
      figure.prose,
      total?.value ?? '-',
      total?.unit ?? '',
      total?.prose ?? '',
      agree ? 'agrees' : 'DISAGREES',
    ]),
  );
  const disagreeing = rows.filter((row) => !row.agrees).length;
  print(`${rows.length - disagreeing} of ${rows.length} figures agree with the report`);
  return disagreeing;
}

/** An exact figure must be the same; a rough one must be written as the report writes it. */
function agrees(figure: ReportFigures['figures'][number], total: Total): boolean {
  if (total.status !== 'final' || total.value === null) return false;
  const written = total.prose.replace(/[%‰]/, '') === figure.prose.replace(/[%‰]/, '');
  return figure.exactness === 'exact' ? total.value === figure.published && written : written;
}
