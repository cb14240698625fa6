import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { Total } from '../../shared/core/totals/total.ts';
import { exitCodes } from '../cli/commands/exit-codes.ts';
import { print, printTable } from '../cli/commands/output.ts';
import { withWorkplace } from '../cli/commands/workplace.ts';
import { publish } from '../use-cases/publish/publish.ts';
import { adoptSample, reportedFigures, submitSampleYear } from './submit-sample-year.ts';

/** The whole job on a made-up year: write the returns, submit them, publish, compare with the report. */
export async function demoCommand({ folder, seed }: { folder: string; seed: number }): Promise<number> {
  const started = performance.now();
  await rm(folder, { recursive: true, force: true });
  const figures = await reportedFigures();
  const data = join(folder, 'data');
  await adoptSample(data);
  return withWorkplace({ data }, async (workplace) => {
    await submitSampleYear(folder, { figures, seed, workplace });
    const { publication, folder: published } = await publish(
      {
        year: workplace.year,
        publishedAt: workplace.now,
        publishedBy: workplace.user,
        software: workplace.software,
      },
      workplace,
    );
    print(`3. publication ${publication.number} of ${publication.year}, ${publication.status}`);
    const disagreeing = compare(figures, publication);
    print(`files: ${join(data, published)}`);
    print(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return disagreeing === 0 ? exitCodes.done : exitCodes.refused;
  });
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
