import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../fixtures/command-line.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { printFigures } from './figures.ts';
import { writeReached } from './reach.ts';
import { makeLargeStore } from './year/large-store.ts';
import type { Published } from './year/publish-child.ts';

const child = fileURLToPath(new URL('./year/publish-child.ts', import.meta.url));

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
