import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { finishPending, receive, timeOfReceipt } from '../../functions/use-cases/receive.ts';
import { type HandedOver, keepUpload, uploadOf } from '../../functions/use-cases/stores/upload-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../shared/adapters/pending-uploads.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { adoptInMemory } from '../fixtures/adopted.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { openPortal } from '../fixtures/portal.ts';
import { receivingStore } from '../fixtures/receiving-store.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const march = { department: 'sfj', period: '2023-03' } as const;

/** A return of March, handed over at a time, of which the office may say that it was handed in before. */
async function given(cases: string, uploadedAt: Instant, claimedAt?: Instant): Promise<HandedOver> {
  const bytes = await smallForm({ period: '2023-03', cases, uploadedAt });
  const said = claimedAt === undefined ? {} : { claimedAt };
  return { address: march, bytes, fileName: '三月.xlsx', uploadedAt, uploader: '张三', ...said };
}

function aStore() {
  const ports = inMemoryPorts();
  adoptInMemory(ports, smallCatalogue);
  return { ...ports, ...receivingStore(ports) };
}

/** What a store says of March: which figure counts, as which revision, and how the others stand. */
async function standing(store: ReturnType<typeof aStore>) {
  const one = returnOf((await readYear(store, 2023)).state, march);
  const figure = one?.counting?.figures.find(({ indicator }) => indicator === 'cases');
  return {
    counting: figure?.status === 'reported' ? figure.value : undefined,
    late: one?.counting?.late,
    revisions: one?.revisions.map(({ state }) => state.kind),
  };
}

const nine: Instant = '2023-04-03T09:00:00.000Z';
const eight: Instant = '2023-04-03T08:00:00.000Z';

describe('a clock that is put back', () => {
  it.each<[what: string, now: Instant]>([
    ['by an hour', eight],
    ['by a year', '2022-04-03T09:00:00.000Z'],
    ['not at all, to the millisecond', nine],
  ])('supersedes no correction at its birth: %s', async (_, now) => {
    const store = aStore();
    await receive(await given('5', nine), 'portal', store);
    const uploadedAt = await timeOfReceipt(now, store.ledger);
    await receive(await given('6', uploadedAt), 'portal', store);
    expect(uploadedAt).toBe('2023-04-03T09:00:00.001Z');
    expect(await standing(store)).toMatchObject({ counting: '6', revisions: ['superseded', 'counting'] });
  });

  it.each<[what: string, now: string, warns: boolean]>([
    ['when something was last recorded', nine, false],
    ['an hour before that', eight, true],
  ])('is warned of on the overview: %s', async (_, now, warns) => {
    const store = aStore();
    await receive(await given('5', nine), 'portal', store);
    const overview = await (await openPortal(store, { now }).as('legal-office')).read('/2023');
    expect(overview.includes('系统时钟可能不准')).toBe(warns);
  });

  it('is asked of the ledger file, whatever stands in it', async () => {
    const folder = await temporaryFolder();
    const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
    expect(await ledger.lastRecordedAt()).toBeUndefined();
    ledger.close();
    await adoptInFolder(folder, smallCatalogue);
    const again = openSqliteLedger(join(folder, 'ledger.sqlite'));
    const store = {
      ledger: again,
      documents: folderDocuments(folder),
      pending: folderPendingUploads(folder),
    };
    await receive(await given('5', nine), 'portal', store);
    expect(await again.lastRecordedAt()).toBe(nine);
    again.close();
  });
});

describe('what the office says of when a return was handed in', () => {
  it.each<[what: string, first: Instant | undefined, second: Instant | undefined]>([
    ['earlier than the first was', undefined, '2023-04-01T09:00:00.000Z'],
    ['later than the second was', '2023-04-03T08:59:00.000Z', '2023-04-01T09:00:00.000Z'],
  ])('never decides which of two counts: %s', async (_, first, second) => {
    const store = aStore();
    await receive(await given('5', nine, first), '法制科', store);
    await receive(await given('6', '2023-04-03T09:30:00.000Z', second), '法制科', store);
    expect(await standing(store)).toMatchObject({ counting: '6', revisions: ['superseded', 'counting'] });
  });

  it.each<[what: string, claimedAt: Instant | undefined, expected: object]>([
    ['nothing: it is late', undefined, { counting: '5', late: true }],
    ['before it was due: it is in time', nine, { counting: '5', late: false }],
  ])('decides whether it was in time: %s', async (_, claimedAt, expected) => {
    const store = aStore();
    await receive(await given('5', '2023-06-01T09:00:00.000Z', claimedAt), '法制科', store);
    expect(await standing(store)).toMatchObject(expected);
  });

  it('is never still to come', async () => {
    const store = aStore();
    const early = await given('5', eight, nine);
    await expect(receive(early, '法制科', store)).rejects.toThrow('handed in after it was received');
  });
});

describe('a program that was stopped while it took a file in', () => {
  const file = () => given('5', nine);

  /** Whatever happens of `receive` up to a step, in a store that then is started anew. */
  async function stoppedAfter(step: 'begin' | 'keep' | 'record') {
    const store = aStore();
    const one = await file();
    await store.pending.begin({ upload: uploadOf(one), recordedBy: 'portal' });
    if (step !== 'begin') await keepUpload(one, store.documents);
    if (step === 'record') await receive(one, 'portal', { ...store, pending: receivingStore(store).pending });
    return store;
  }

  it.each<[step: 'begin' | 'keep' | 'record', outcome: string, events: number]>([
    ['begin', 'never-kept', 0],
    ['keep', 'recorded', 1],
    ['record', 'was-recorded', 1],
  ])(
    'finishes it at the next start as it was received, once: stopped after %s',
    async (step, outcome, count) => {
      const store = await stoppedAfter(step);
      const finished = await finishPending(store, { isAlone: true });
      expect(finished.map((one) => one.outcome)).toEqual([outcome]);
      expect(await store.pending.all()).toEqual([]);
      const undisturbed = aStore();
      await receive(await file(), 'portal', undisturbed);
      const expected = undisturbed.events.get('2023/sfj')!.slice(0, count);
      expect(store.events.get('2023/sfj') ?? []).toEqual(expected);
      expect(await finishPending(store, { isAlone: true })).toEqual([]);
    },
  );

  it('leaves what another process may be about to keep', async () => {
    const store = await stoppedAfter('begin');
    await finishPending(store, { isAlone: false });
    expect(await store.pending.all()).toHaveLength(1);
  });

  it('does not record what is no longer what was sent', async () => {
    const store = await stoppedAfter('keep');
    for (const key of store.files.keys()) {
      if (key.startsWith('uploads/')) store.files.set(key, new Uint8Array([1]));
    }
    const finished = await finishPending(store, { isAlone: true });
    expect(finished.map(({ outcome }) => outcome)).toEqual(['other-bytes']);
    expect(store.events.has('2023/sfj')).toBe(false);
  });

  it('keeps it until a catalogue is adopted that tells what it says', async () => {
    const ports = inMemoryPorts();
    const store = { ...ports, ...receivingStore(ports) };
    const one = await file();
    await store.pending.begin({ upload: uploadOf(one), recordedBy: 'portal' });
    await keepUpload(one, store.documents);
    const outcomes = async () =>
      (await finishPending(store, { isAlone: true })).map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(['waits-for-catalogue']);
    adoptInMemory(ports, smallCatalogue);
    expect(await outcomes()).toEqual(['recorded']);
  });

  it('is finished by the server, which says so in a line of each', async () => {
    const data = await temporaryFolder();
    await adoptInFolder(data, smallCatalogue);
    const one = await file();
    const pending = folderPendingUploads(data);
    await pending.begin({ upload: uploadOf(one), recordedBy: 'portal' });
    await keepUpload(one, folderDocuments(data));
    await mkdir(join(data, 'feedback'), { recursive: true });
    const gone = `.${2 ** 30}.00000000-0000-0000-0000-000000000000.part`;
    const someoneElses = '.1.00000000-0000-0000-0000-000000000000.part';
    for (const name of [gone, someoneElses]) await writeFile(join(data, 'feedback', name), 'half');
    const server = await startServer({ data, port: 0 });
    await server.stop();
    expect(server.finished).toEqual([
      '1 files that were being written are removed',
      `${uploadOf(one).key}, which 张三 sent at ${nine}, is recorded now`,
    ]);
    const left = await readdir(data, { recursive: true });
    expect(left.filter((name) => name.endsWith('.part'))).toEqual([join('feedback', someoneElses)]);
    expect(await pending.all()).toEqual([]);
    const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
    expect(await ledger.read('2023/sfj')).toMatchObject([{ at: nine, by: 'portal' }]);
    ledger.close();
  });
});

it('stands on the page of the return and in the API, beside when it was received', async () => {
  const store = aStore();
  await receive(await given('5', '2023-06-01T09:00:00.000Z', nine), '法制科', store);
  const portal = openPortal(store, { now: '2023-06-02T09:00:00.000Z' });
  const clerk = await portal.as('department:sfj');
  expect(await clerk.read('/2023/departments/sfj/2023-03')).toContain(
    '2023-06-01 17:00（法制机构登记：2023-04-03 17:00 已交来）',
  );
  const answer = JSON.parse(await clerk.read('/api/2023/returns/sfj/2023-03'));
  expect(answer.revisions).toMatchObject([
    { uploadedAt: '2023-06-01T09:00:00.000Z', claimedAt: nine, late: false },
  ]);
});
