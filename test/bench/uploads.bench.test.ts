import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pMap from 'p-map';
import { expect, it } from 'vitest';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import type { UploadId } from '../../shared/core/ledger/upload.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { sampleUploads } from '../fixtures/sample-uploads.ts';
import { type StartedServer, startServerProcess } from '../fixtures/started-server.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { printFigures } from './figures.ts';
import { times, writeReached } from './reach.ts';

const uploads = 1_000;
const atOnce = 8;
const catalogue = loadCatalogue(exampleCatalogueFile);

/** What Linux says of a process: processor time in seconds, and the memory that it has in MB. */
function seenOf({ process: { pid } }: StartedServer): { seconds: number; memory: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { seconds: (Number(stat[11]) + Number(stat[12])) / 100, memory: Number(resident) / 1024 };
}

interface Taken {
  seconds: number;
  /** How many processors were at work. */
  cores: number;
  /** MB, when a quarter was taken in and when all were. */
  memory: { quarter: number; all: number };
  acknowledged: number;
  recorded: number;
}

/** The sample's workbooks, five versions of each, sent to a server of its own. */
async function takeIn(forms: Awaited<ReturnType<typeof sampleUploads>>, concurrency: number): Promise<Taken> {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, catalogue);
  const server = await startServerProcess('--data', data, '--port', '0');
  try {
    const clerks = new Map(
      await pMap(
        catalogue.departments,
        async ({ id, name }) => [id, await server.as(`department:${id}`, name)] as const,
      ),
    );
    const office = await server.as('legal-office', '法制机构');
    const acknowledged = new Set<UploadId>();
    let quarter = 0;
    const before = seenOf(server);
    const started = performance.now();
    await pMap(
      Array.from({ length: uploads }, (_, number) => number),
      async (number) => {
        const {
          address: { department, period },
          bytes,
        } = forms[number % forms.length]!;
        const file = new File([new Uint8Array(bytes)], `${number}.xlsx`);
        const page = `/2023/departments/${department}/${period}/uploads`;
        const answer = await clerks.get(department)!.post(page, { file });
        const id = /\/uploads\/([0-9a-f]{16})$/.exec(answer.headers.get('location') ?? '')?.[1];
        if (id !== undefined) acknowledged.add(id as UploadId);
        if (acknowledged.size === uploads / 4) quarter = seenOf(server).memory;
      },
      { concurrency },
    );
    const seconds = (performance.now() - started) / 1000;
    const after = seenOf(server);
    const recorded = await Promise.all(
      ['return-accepted', 'return-refused'].map(async (kind) => {
        const answer = await office.get(`/api/2023/acts?kind=${kind}&limit=1`);
        return ((await answer.json()) as { total: number }).total;
      }),
    );
    return {
      seconds,
      cores: (after.seconds - before.seconds) / seconds,
      memory: { quarter, all: after.memory },
      acknowledged: acknowledged.size,
      recorded: recorded.reduce((sum, total) => sum + total),
    };
  } finally {
    await server.kill();
  }
}

it.skipIf(process.platform !== 'linux')('a thousand uploads, eight at a time', async () => {
  const forms = await sampleUploads(catalogue);
  const [inTurn, together] = [await takeIn(forms, 1), await takeIn(forms, atOnce)];
  printFigures(`${uploads} uploads to the server of one machine`, [
    { what: 'one after the other, seconds', figure: inTurn.seconds, ratio: 1 },
    {
      what: `${atOnce} at a time, seconds`,
      figure: together.seconds,
      ratio: together.seconds / inTurn.seconds,
    },
    { what: 'cores at work, one after the other', figure: inTurn.cores },
    { what: `cores at work, ${atOnce} at a time`, figure: together.cores },
    { what: 'MB after a quarter of them', figure: together.memory.quarter },
    { what: 'MB after all', figure: together.memory.all },
  ]);
  for (const { acknowledged, recorded } of [inTurn, together]) {
    expect([acknowledged, recorded]).toEqual([uploads, uploads]);
  }
  const { quarter, all } = together.memory;
  await writeReached({
    work: '1,000 uploads to the server of one machine, 8 at a time',
    against: 'one after the other',
    reach: 'both cores used, memory flat, nothing lost',
    seen: `${times(together.seconds, inTurn.seconds)}; ${together.cores.toFixed(1)} cores; ${quarter.toFixed(0)} MB after a quarter, ${all.toFixed(0)} after all; none lost`,
  });
});
