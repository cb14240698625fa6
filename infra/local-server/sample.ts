import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withWorkplace } from '../../functions/cli/workplace.ts';
import { reportedFigures, submitSampleYear } from '../../functions/demo/submit-sample-year.ts';
import { publish } from '../../functions/publish/publish.ts';
import { exampleCatalogueFile } from '../../shared/catalogue/load-catalogue.ts';
import { Misused } from './reach.ts';

/** Which of the many years with the same totals it is: the one of `npm run demo`. */
const seed = 2023;

/**
 * Makes the sample year, published, in a folder that is new or empty; a folder with a ledger is left as it is. It is
 * made beside it and gets its name when it is whole, so that a start that was broken off leaves no half of it.
 */
export async function prepareSample(folder: string): Promise<void> {
  if (existsSync(join(folder, 'ledger.sqlite'))) return;
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new Misused(`${folder} has files but no ledger: the sample year is made in a new folder`);
  }
  const unfinished = `${resolve(folder)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await withWorkplace({ data: unfinished, catalogue: exampleCatalogueFile }, async (workplace) => {
    await submitSampleYear(unfinished, { figures: await reportedFigures(), seed, workplace });
    const { now, user, software } = workplace;
    await publish({ publishedAt: now, publishedBy: user, software }, workplace);
  });
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}
