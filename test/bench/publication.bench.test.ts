import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sha256 } from '../../shared/core/values/digest.ts';
import { run } from '../fixtures/command-line.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { printFigures } from './figures.ts';
import { writeReached } from './reach.ts';
import { makeLargeStore } from './year/large-store.ts';
import type { Published } from './year/publish-child.ts';
import type { Republished } from './year/republish-child.ts';

const child = fileURLToPath(new URL('./year/publish-child.ts', import.meta.url));
const again = fileURLToPath(new URL('./year/republish-child.ts', import.meta.url));

async function published(departments: number): Promise<Published> {
  const folder = await temporaryFolder();
  const records = await makeLargeStore(folder, { departments, indicators: 100, revisions: 1 });
  expect(records).toBe((departments - 1) * 100 * 12);
  const { code, output, errors } = await run(process.execPath, [child, folder]);
  expect(code, errors).toBe(0);
  return JSON.parse(output);
}

it('a publication of 500 departments, 100 indicators and 12 months, beside one of a tenth', async () => {
  const [tenth, whole] = [await published(51), await published(500)];
  expect([tenth.figures, whole.figures]).toEqual([100, 100]);
  const rows = (['seconds', 'processorSeconds', 'peak'] as const).flatMap((what) => [
    { what: `${what}, a tenth`, figure: tenth[what] },
    { what: `${what}, the whole`, figure: whole[what], ratio: whole[what] / tenth[what] },
  ]);
  printFigures('600,000 observations', rows);
  const [time, memory] = [whole.processorSeconds / tenth.processorSeconds, whole.peak / tenth.peak];
  await writeReached({
    work: 'publication of 500 departments x 100 indicators x 12 months',
    against: 'itself at a tenth',
    reach: 'linear; under 1.2 GB and twice the memory',
    seen: `${time.toFixed(1)} x the processor time, ${whole.peak.toFixed(0)} MB, ${memory.toFixed(1)} x`,
  });
}, 900_000);

/** The files of the second publication of a data folder. */
async function filesOfSecond(data: string): Promise<Map<string, string>> {
  const folder = join(data, 'publications', '2023', '0002');
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, sha256(await readFile(join(folder, name)))] as const)),
  );
}

it('a publication after one return was corrected, beside the whole', async () => {
  const [folder, copy] = [await temporaryFolder(), await temporaryFolder()];
  await makeLargeStore(folder, { departments: 51, indicators: 100, revisions: 1 });
  const { code, output, errors } = await run(process.execPath, [again, folder, copy]);
  expect(code, errors).toBe(0);
  const { whole, again: after }: Republished = JSON.parse(output);
  expect((await run(process.execPath, [child, copy])).code).toBe(0);
  expect(await filesOfSecond(folder)).toEqual(await filesOfSecond(copy));
  printFigures('60,000 observations, processor seconds in one process', [
    { what: 'the first publication', figure: whole, ratio: 1 },
    { what: 'after one return was corrected', figure: after, ratio: after / whole },
  ]);
  await writeReached({
    work: 'publication after one changed return, 50 departments x 100 indicators x 12 months',
    against: 'full publication',
    reach: 'under a fifth, same bytes',
    seen: `${(after / whole).toFixed(2)} of the processor time, same bytes as of a new process`,
  });
}, 900_000);
