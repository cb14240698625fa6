import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { issuePublication } from '../../functions/use-cases/publish/issue.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { RestoreError, restore } from '../../functions/use-cases/restore/restore.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import { countingObservations } from '../../shared/core/totals/observations-by-indicator.ts';
import { annualTotals } from '../../shared/core/totals/totals.ts';
import { composePublication } from '../../shared/publication/compose.ts';
import { adoptInMemory } from '../fixtures/adopted.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { indicators } from '../fixtures/command-line.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { city } from '../simulation/city-catalogues.ts';
import { preparePool, quickWorkbooks, quickWriters, workbookOf } from '../simulation/small-city.ts';

interface Stores {
  ledger: Ledger;
  documents: Documents;
}

type Given = [department: string, period: string, set: string, day: string, note?: string];

/** Takes in an upload, recorded at once, or hours later by a machine. */
async function submit([department, period, set, day, note = '']: Given, stores: Stores, queued: boolean) {
  const uploadedAt = `${day}T01:00:00.000Z` as const;
  const which = { set, version: 0, department, period, note };
  if (set !== 'astray') await preparePool([which]);
  const handedOver = {
    address: { department, period },
    fileName: `${department}-${period}-${day}.xlsx`,
    bytes: set === 'astray' ? new Uint8Array([1]) : workbookOf(which),
    uploadedAt,
    uploader: '张三',
  };
  const upload = await keepUpload(handedOver, stores.documents);
  const recording = queued
    ? { recordedAt: `${day}T09:00:00.000Z` as const, recordedBy: 'queue' }
    : { recordedAt: uploadedAt, recordedBy: '张三' };
  return ingest({ ...handedOver, ...recording, upload }, { ...stores, workbooks: quickWorkbooks });
}

const year: Given[] = [
  ['sfj', '2023-01', 'busy', '2023-02-03'],
  ['sfj2', '2023-01', 'negative', '2023-02-04'],
  ['sfj2', '2023-01', 'quiet', '2023-02-05'],
  ['lyj', '2023-01', 'odd', '2023-02-06'],
  ['nobody', '2023-01', 'astray', '2023-02-07'],
  ['sfj', '2023-02', 'quiet', '2023-03-03'],
  ['sfj2', '2023-02', 'busy', '2023-03-04'],
  ['lyj', '2023-02', 'busy', '2023-03-12'],
  ['sfj', '2023-01', 'odd', '2023-03-13', '更正'],
  ['sfj', '2023-03', 'busy', '2023-04-03'],
  ['sfj2', '2023-03', 'odd', '2023-04-04'],
];

async function smallYear({ queued }: { queued: boolean }) {
  const ports = inMemoryPorts();
  adoptInMemory(ports, city);
  for (const given of year) await submit(given, ports, queued);
  const publishedOnce = () =>
    publish(
      { year: 2023, publishedAt: '2023-04-05T01:00:00.000Z', publishedBy: '法制科', software: 'test' },
      { ...ports, writers: quickWriters },
    );
  await publishedOnce();
  const issuing = { number: 1, reason: '审定', at: '2023-04-06T01:00:00.000Z', by: '法制科' } as const;
  await issuePublication({ year: 2023, ...issuing }, ports);
  return { ...ports, publishedOnce };
}

/** What the year says, without where in the ledger it says so. */
async function said(stores: Stores) {
  const { state } = await readYear(stores, 2023);
  const observations = countingObservations(state).map(({ ledger: _position, ...rest }) => rest);
  const context = {
    number: 1,
    chains: [],
    publishedAt: '2024-01-01T00:00:00.000Z' as const,
    publishedBy: '',
    software: '',
    previous: undefined,
  };
  const { digest } = composePublication(state, context);
  return { totals: annualTotals(state), observations, digest };
}

it('gives the same events, totals and observations from the documents alone', async () => {
  const before = await smallYear({ queued: false });
  const ledger = inMemoryPorts();
  const services = { ledger: ledger.ledger, documents: before.documents };
  const restored = await restore(2023, services);
  expect(restored).toMatchObject({ uploads: year.length, identical: year.length });
  expect(await said(services)).toEqual(await said(before));
  for (const chain of ['2023/sfj', '2023/sfj2', '2023/lyj', '2023/unaddressed']) {
    expect(ledger.events.get(chain)).toEqual(before.events.get(chain));
  }
  const [adoption] = before.events.get('2023/office') ?? [];
  expect(ledger.events.get('2023/office')).toEqual([adoption]);
  expect(restored.losses.map(({ what, where }) => [what, where])).toEqual([
    ['office', '2023/office'],
    ['publication', 'publications/2023/0001/'],
  ]);
  expect(await restore(2023, services)).toEqual(restored);
});

it('makes events that were recorded hours after the upload as they were, by their receipts', async () => {
  const before = await smallYear({ queued: true });
  const { ledger, events } = inMemoryPorts();
  const { uploads, identical, losses } = await restore(2023, { ...before, ledger });
  expect([uploads, identical]).toEqual([year.length, year.length]);
  expect(events.get('2023/sfj')).toEqual(before.events.get('2023/sfj'));
  expect(losses.filter(({ what }) => what === 'receipts')).toEqual([]);
});

it('lists what the office had decided, and what became of it', async () => {
  const before = await smallYear({ queued: false });
  const late = await submit(['sfj2', '2023-01', 'odd', '2023-05-01', '更正'], before, false);
  const bare = await submit(['sfj', '2023-02', 'busy', '2023-03-30'], before, false);
  const held = await submit(['sfj', '2023-03', 'odd', '2023-04-10'], before, false);
  const office = { at: '2023-05-02T01:00:00.000Z', by: '法制科' } as const;
  const { state } = await readYear(before, 2023);
  const idOf = ({ event: { hash } }: typeof late) =>
    state.returns.flatMap(({ revisions }) => revisions).find(({ event }) => event.hash === hash)!.id;
  const [lateId, bareId, heldId] = [idOf(late), idOf(bare), idOf(held)];
  const about = { reason: '已核实' };
  const sfj2 = { department: 'sfj2', period: '2023-01' } as const;
  await recordDecision({ kind: 'return-admitted', ...sfj2, upload: lateId, ...about }, office, before);
  const sfj = { department: 'sfj', period: '2023-02' } as const;
  await recordDecision({ kind: 'correction-explained', ...sfj, upload: bareId, ...about }, office, before);
  await before.publishedOnce();

  const { ledger } = inMemoryPorts();
  const { losses } = await restore(2023, { ...before, ledger });
  const where = (what: string) => losses.filter((loss) => loss.what === what).map((loss) => loss.where);
  expect(where('publication')).toHaveLength(2);
  expect(where('admission')).toEqual([`sfj2 2023-01 ${lateId}`]);
  expect(losses.find(({ what }) => what === 'admission')?.explanation).toContain('admit it again');
  expect(where('reason')).toEqual([`sfj 2023-02 ${bareId}`]);
  expect(where('hold')).toEqual([`sfj 2023-03 ${heldId}`]);
  expect(losses.find(({ what }) => what === 'reason')?.explanation).toContain('已核实');
});

it('restores nothing that was edited or is gone, names originals without receipt, and needs an empty ledger', async () => {
  const { documents, files, ledger: full } = await smallYear({ queued: false });
  const keys = [...files.keys()].filter((key) => key.startsWith('uploads/sfj/'));
  files.set(keys[0]!, new Uint8Array([0]));
  files.delete(keys[1]!);
  files.set('uploads/sfj/2023-03/0000000000000000/无回执.xlsx', new Uint8Array([1]));
  const { ledger } = inMemoryPorts();
  const { losses } = await restore(2023, { ledger, documents });
  const uploads = losses.filter(({ what }) => what === 'upload').map(({ explanation }) => explanation);
  expect(uploads).toEqual([
    expect.stringContaining('edited'),
    expect.stringContaining('gone'),
    expect.stringContaining('no receipt'),
  ]);
  await expect(restore(2023, { ledger: full, documents })).rejects.toThrow(RestoreError);
});

it('is a command: the ledger file is lost, the folder is there', async () => {
  const folder = await temporaryFolder();
  await adoptInFolder(folder, city);
  const documents = folderDocuments(folder);
  const file = join(folder, 'ledger.sqlite');
  const ledger = openSqliteLedger(file);
  for (const given of year) await submit(given, { ledger, documents }, false);
  const before = await said({ ledger, documents });
  ledger.close();
  for (const name of [file, `${file}-wal`, `${file}-shm`]) await rm(name, { force: true });
  const ran = await indicators('--data', folder, 'restore');
  expect(ran).toMatchObject({ code: 0, errors: '' });
  expect(ran.output).toContain(
    `${year.length} uploads restored, ${year.length} of their events hash for hash`,
  );
  expect(ran.output).toContain('NOT RESTORED office');
  const again = openSqliteLedger(file);
  expect(await said({ ledger: again, documents })).toEqual(before);
  again.close();
});
