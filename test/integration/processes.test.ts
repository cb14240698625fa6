import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { readRawYear } from '../../functions/use-cases/verify/read-raw.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { annualTotals } from '../../shared/core/totals/totals.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { chanceOf } from '../simulation/chance.ts';
import { city } from '../simulation/city-catalogues.ts';
import type { ListedUpload } from '../simulation/ingest-process.ts';
import { goodSets, preparePool, typedIn, workbookOf } from '../simulation/small-city.ts';

const program = fileURLToPath(new URL('../simulation/ingest-process.ts', import.meta.url));

interface Listed extends ListedUpload {
  cases: string | undefined;
}

/** Uploads of two departments, many of them of the same return; some are refused. */
async function uploadsIn(folder: string): Promise<Listed[]> {
  const random = chanceOf(5, 'uploads');
  return Promise.all(
    Array.from({ length: 45 }, async (_, index): Promise<Listed> => {
      const [department, period] = [random.pick(['sfj', 'sfj2']), random.pick(['2023-01', '2023-02'])];
      const set = random.pick([...goodSets, 'negative']);
      const which = { set, version: 0, department, period, note: '更正' };
      const file = join(folder, `${index}.bytes`);
      await preparePool([which]);
      await writeFile(file, workbookOf(which));
      const cases = typedIn(which)?.cases as string | undefined;
      const uploadedAt = `2023-02-05T01:00:0${random.below(10)}.${100 + index}Z` as const;
      return { department, period, fileName: `${index}.xlsx`, uploadedAt, file, cases };
    }),
  );
}

const killsOfEach = casesTried(3, 1);

/** Runs a process to its end, after it was killed a few times amid its work. */
async function runThroughKills(args: string[], number: number): Promise<void> {
  const random = chanceOf(7, `kills ${number}`);
  for (let kills = 0; kills <= killsOfEach; kills++) {
    // So early among its uploads that it cannot have ended before, however late a busy machine makes the kill.
    const killed = kills < killsOfEach ? [random.below(15), random.below(8)] : [];
    const child = spawn(process.execPath, [program, ...args, ...[number, ...killed].map(String)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual(kills < killsOfEach ? [null, 'SIGKILL'] : [0, null]);
  }
}

it('loses nothing and doubles nothing when processes that share a ledger file are killed at random', async () => {
  const [folder, inbox] = [await temporaryFolder(), await temporaryFolder()];
  await adoptInFolder(folder, city);
  const uploads = await uploadsIn(inbox);
  const list = join(inbox, 'list.json');
  await writeFile(list, JSON.stringify(uploads));
  await Promise.all([1, 2, 3].map((number) => runThroughKills([folder, list], number)));

  const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
  const documents = folderDocuments(folder);
  const { chains, state } = await readYear({ ledger, documents }, 2023);
  const recorded = chains.flatMap(({ events }) =>
    events.filter((event) => isEvent(event, 'return-accepted') || isEvent(event, 'return-refused')),
  );
  expect(new Set(recorded.map(({ happening }) => uploadId(happening.upload))).size).toBe(uploads.length);
  expect(recorded).toHaveLength(uploads.length);
  expect(recorded.filter((event) => isEvent(event, 'return-refused'))).toHaveLength(
    uploads.filter(({ cases }) => cases === undefined).length,
  );
  expect(new Set(recorded.map(({ by }) => by)).size).toBeGreaterThan(1);
  const newest = new Map<string, number>();
  for (const { department, period, cases } of uploads.toSorted((a, b) =>
    a.uploadedAt < b.uploadedAt ? -1 : 1,
  )) {
    if (cases !== undefined) newest.set(`${department} ${period}`, Number(cases));
  }
  const total = [...newest.values()].reduce((a, b) => a + b);
  expect(annualTotals(state).find(({ indicator }) => indicator === 'cases')?.value).toBe(String(total));
  const raw = await readRawYear(2023, { rawEvents: async (chain) => ledger.readRaw(chain), documents });
  ledger.close();
  expect((await verifyStore(raw, documents)).faults).toEqual([]);
});
