import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import { lastPeriodOf } from '../../shared/core/catalogue/period.ts';
import type { Summary } from '../../shared/core/publication/publication.ts';
import { comparisonsTo } from '../../shared/core/totals/period-comparison.ts';
import type { Total } from '../../shared/core/totals/total.ts';
import { exitCodes } from '../cli/commands/exit-codes.ts';
import { print, printTable } from '../cli/commands/output.ts';
import { makeSample, reportedFigures } from './submit-sample-year.ts';

export interface DemoOptions {
  folder: string;
  seed: number;
  secondYear: boolean;
}

/** The whole job on made-up years: write the returns, submit them, publish, compare with the report and with each other. */
export async function runDemo({ folder, seed, secondYear }: DemoOptions): Promise<number> {
  const started = performance.now();
  await rm(folder, { recursive: true, force: true });
  const figures = await reportedFigures();
  const data = join(folder, 'data');
  const years = secondYear ? 2 : 1;
  const [first, second] = await makeSample({ figures, seed, folder, data, years });
  const disagreeing = compare(figures, first!.publication);
  if (second !== undefined) printBesideLastYear(second.publication);
  print(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return disagreeing === 0 ? exitCodes.done : exitCodes.refused;
}

/** Prints each figure of the year to its last reported period, all made up, beside last year's. */
function printBesideLastYear({ comparisons, totals }: Summary): void {
  const last = lastPeriodOf(comparisons.map(({ period }) => period));
  if (last === undefined) return;
  const units = new Map(totals.map(({ indicator, unit }) => [indicator, unit]));
  const rows = comparisonsTo(comparisons, last).map(({ indicator, toDate: { value, lastYear } }) => [
    indicator,
    lastYear?.value ?? '-',
    value ?? '-',
    units.get(indicator) ?? '',
    lastYear?.change ?? '-',
    lastYear?.rate ?? '-',
  ]);
  print(`${last} and before, all made up (样例数据，均为虚构), beside the same months of last year`);
  printTable(['indicator', 'last year', `to ${last}`, 'unit', 'change', '%'], rows);
}

/** Prints each figure of the report beside the published one; how many disagree. */
function compare({ figures }: ReportFigures, { totals }: Summary): number {
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
