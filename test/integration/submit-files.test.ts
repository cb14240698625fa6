import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type FileToSubmit,
  type SubmissionOrder,
  sharesOf,
  submitFiles,
} from '../../functions/cli/commands/submit-files.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { later } from '../../functions/use-cases/receive.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const march = { department: 'sfj', period: '2023-03' } as const;
const [claimed, received]: Instant[] = ['2023-04-04T01:00:00.000Z', '2023-04-05T01:00:00.000Z'];

/** Files as they are received, one after the other. */
function filesAt(paths: readonly string[], claimedAt: Instant | null): FileToSubmit[] {
  const about = { claimedAt, uploader: '张三' };
  return paths.map((path, index) => ({ ...about, path, uploadedAt: later(received!, index) }));
}

function orderFor(folder: string): SubmissionOrder {
  return { folder, catalogues: [smallCatalogue], address: { department: 'sfj' }, user: '李四' };
}

/** What came of the March return, of which one version came, another, and the first once more, amid so many other files. */
async function submittedAmid(others: number) {
  const root = await temporaryFolder();
  const data = join(root, 'data');
  await adoptInFolder(data, smallCatalogue);
  const [first, second] = await Promise.all(['5', '6'].map((cases) => smallForm({ ...march, cases })));
  const other = await smallForm({ period: '2023-04', cases: '7' });
  const amid = Array.from({ length: others }, (_, index): [string, Uint8Array] => [`${index}.xlsx`, other]);
  const half = Math.floor(others / 2);
  const sent: [string, Uint8Array][] = [
    ...amid.slice(0, half),
    ['一稿/三月.xlsx', first!],
    ['二稿/三月（改）.xlsx', second!],
    ['又一稿/三月.xlsx', first!],
    ...amid.slice(half),
  ];
  for (const [name, bytes] of sent) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  const files = filesAt(
    sent.map(([name]) => join(root, name)),
    claimed!,
  );
  const submitted = await submitFiles(files, orderFor(data));
  expect(submitted.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
  const { state } = await readYear({ ledger, documents: folderDocuments(data) }, 2023);
  ledger.close();
  return {
    recorded: submitted.slice(half, half + 3).map(({ result }) => result.recorded),
    counting: returnOf(state, march)?.counting?.figures.find(({ indicator }) => indicator === 'cases'),
  };
}

describe('a version that is said to have been handed in at one time, and is received twice', () => {
  it.each([0, 21])('is one upload, received when its first file was: amid %i others', async (others) => {
    expect(await submittedAmid(others)).toMatchObject({
      recorded: ['now', 'now', 'already'],
      counting: { value: '6' },
    });
  });
});

describe('many files', () => {
  const months = Array.from({ length: 12 }, (_, index) => `2023-${String(index + 1).padStart(2, '0')}`);
  const folders = Array.from({ length: 20 }, (_, index) => `/sent/${index}`);
  const ofMonths = folders.flatMap((folder) => months.map((month) => `${folder}/sfj/${month}/月报.xlsx`));
  const twelve = months.map((month) => `/sent/sfj/${month}/月报.xlsx`);
  const numbered = Array.from({ length: 480 }, (_, index) => `/sent/${index}.xlsx`);

  it.each<[what: string, paths: string[], claimedAt: Instant | null, shares: number[]]>([
    ['of which nothing is claimed', ofMonths, null, [60, 60, 60, 60]],
    ['of a return each, handed in at one time', twelve, claimed!, [3, 3, 3, 3]],
    ['of other names in one folder, handed in at one time', numbered, claimed!, [120, 120, 120, 120]],
    ['of twelve returns, handed in at one time', ofMonths, claimed!, [60, 60, 60, 60]],
    ['of one name and return, handed in at one time', Array(24).fill('/sent/月报.xlsx'), claimed!, [24]],
  ])(
    'are shared out evenly, and all that may be one upload to one worker: %s',
    (_, paths, claimedAt, sizes) => {
      const shares = sharesOf(filesAt(paths, claimedAt), orderFor('/data'), 4);
      expect(shares.map((share) => share.flat().length)).toEqual(sizes);
      expect(shares.flat(2)).toHaveLength(paths.length);
    },
  );
});
