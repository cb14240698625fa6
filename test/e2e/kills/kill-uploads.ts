/** `npm run kill -- --uploads 1000 --seed 1`: kills a server among uploads until so many were acknowledged. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../functions/demo/seeded-random.ts';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../../shared/adapters/pending-uploads.ts';
import { readSqliteLedger } from '../../../shared/adapters/sqlite-snapshot.ts';
import { isUploadEvent } from '../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../shared/core/ledger/upload.ts';
import { adoptInFolder } from '../../fixtures/adopted-folder.ts';
import { indicatorsAlone } from '../../fixtures/command-line.ts';
import type { PortalUser } from '../../fixtures/portal.ts';
import { smallCatalogue } from '../../fixtures/small-catalogue.ts';
import { smallForm } from '../../fixtures/small-store.ts';
import { type StartedServer, startServerProcess } from '../../fixtures/started-server.ts';
import { newFolder } from '../../fixtures/temporary-folder.ts';

/** What was acknowledged, how often the server was killed, and what is wrong after the last start. */
export interface KillAccount {
  acknowledged: number;
  kills: number;
  finished: number;
  faults: string[];
}

interface Order {
  /** How many uploads are to be acknowledged, in all. */
  uploads: number;
  seed: number;
}

/** People who upload at once, each for a month of their own. */
const people = 4;
/** At most so many uploads are acknowledged between two kills. */
const betweenKills = 25;

/** Uploads from several people at once, kills the server in between, and looks at what is there after the last start. */
export async function killWhileUploading({ uploads, seed }: Order): Promise<KillAccount> {
  const { folder, remove } = await newFolder();
  const data = join(folder, 'data');
  const random = seededRandom(seed, 'kills');
  const acknowledged = new Set<string>();
  const account = { kills: 0, finished: 0 };
  try {
    await adoptInFolder(data, smallCatalogue);
    while (acknowledged.size < uploads) {
      const server = await startServerProcess('--data', data, '--port', '0');
      account.finished += finishedIn(server);
      const enough = Math.min(uploads, acknowledged.size + random.between(1, betweenKills));
      await uploadUntilKilled(server, { acknowledged, enough, round: account.kills });
      account.kills += 1;
    }
    const last = await startServerProcess('--data', data, '--port', '0');
    account.finished += finishedIn(last);
    await last.kill();
    return { ...account, acknowledged: acknowledged.size, faults: await faultsIn(data, acknowledged) };
  } finally {
    await remove();
  }
}

function finishedIn(server: StartedServer): number {
  return server.output().match(/finished: uploads/g)?.length ?? 0;
}

interface Round {
  acknowledged: Set<string>;
  enough: number;
  round: number;
}

async function uploadUntilKilled(
  server: StartedServer,
  { acknowledged, enough, round }: Round,
): Promise<void> {
  const upload = async (person: number) => {
    const clerk = await server.as('department:sfj', `经办人${person}`);
    for (let number = 1; acknowledged.size < enough; number++) {
      const id = await uploadOnce(clerk, { person, number, round });
      acknowledged.add(id);
    }
    await server.kill();
  };
  // Whoever is cut off was told nothing; what they sent may be there or not.
  await Promise.allSettled(Array.from({ length: people }, (_, person) => upload(person + 1)));
  await server.kill();
}

const forms = new Map<string, Promise<Uint8Array>>();

async function uploadOnce(
  clerk: PortalUser,
  { person, number, round }: { person: number; number: number; round: number },
): Promise<string> {
  const period = `2023-0${person}`;
  const cases = `${number % 7}`;
  const form =
    forms.get(period + cases) ?? smallForm({ period, cases, uploadedAt: '2023-12-01T01:00:00.000Z' });
  forms.set(period + cases, form);
  const file = new File([new Uint8Array(await form)], `${round}-${person}-${number}.xlsx`);
  const answer = await clerk.post(`/2023/departments/sfj/${period}/uploads`, { file });
  const id = /\/uploads\/([0-9a-f]{16})$/.exec(answer.headers.get('location') ?? '')?.[1];
  if (id === undefined) throw new Error(`${answer.status} ${await answer.text()}`);
  return id;
}

/** What is lost of what was acknowledged, and what was begun and is not finished. */
async function faultsIn(data: string, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const ledger = await readSqliteLedger(join(data, 'ledger.sqlite'));
  const events = ((await ledger?.read('2023/sfj')) ?? []).filter(isUploadEvent);
  const recorded = new Set(events.map(({ happening }) => `${uploadId(happening.upload)}`));
  const keys = new Set(events.map(({ happening }) => happening.upload.key));
  const documents = folderDocuments(data);
  const originals = await documents.list('uploads/');
  const pending = await folderPendingUploads(data).all();
  const names = await readdir(data, { recursive: true });
  const verified = await indicatorsAlone('--data', data, 'verify');
  return [
    ...[...acknowledged].filter((id) => !recorded.has(id)).map((id) => `${id} was acknowledged and is lost`),
    ...originals.filter(({ key }) => !keys.has(key)).map(({ key }) => `${key} is not recorded`),
    ...pending.map(({ upload }) => `${upload.key} is pending`),
    ...names.filter((name) => name.endsWith('.part')).map((name) => `${name} is half a file`),
    ...(verified.code === 0 ? [] : [`verify: ${verified.output}${verified.errors}`]),
  ];
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: { uploads: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
  });
  const account = await killWhileUploading({ uploads: Number(values.uploads), seed: Number(values.seed) });
  console.log(
    `${account.acknowledged} uploads acknowledged, ${account.kills} kills, ${account.finished} finished at starts`,
  );
  for (const fault of account.faults) console.log(`FAULT ${fault}`);
  process.exitCode = account.faults.length === 0 ? 0 : 1;
}
