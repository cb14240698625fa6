import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silence } from '../../functions/local-server/logger.ts';
import { ThreadedWork } from '../../functions/local-server/work/threaded-work.ts';
import { type ThreadLimits, Threads, usualLimits } from '../../functions/local-server/work/threads.ts';
import type { FileContents } from '../../functions/portal/long-work.ts';
import type { ExtractQuestion } from '../../functions/portal/records/extract.ts';
import type { RecordFilter } from '../../functions/use-cases/records/search-records.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { readUploadSchema } from '../../shared/core/ledger/upload.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { hasOpenssl, startAuthority } from '../fixtures/time-stamp-authority.ts';
import { templateOf } from '../fixtures/word-documents.ts';

const minute = (number: number) => `2023-04-05T01:${String(number).padStart(2, '0')}:00.000Z` as Instant;

/** Work over a store on disk, with a ledger that one return stands in. */
async function aStore(making: Partial<ThreadLimits['making']> = {}, timestampAuthority?: string) {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, smallCatalogue);
  const key = join(data, '..', 'key.pem');
  const witness = timestampAuthority === undefined ? undefined : { key, timestampAuthority };
  const threads = new Threads(
    { data, witness },
    { ...usualLimits, making: { ...usualLimits.making, ...making } },
  );
  const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
  const open = () => new ThreadedWork(data, { threads, ledger, now: () => minute(59), reports: silence });
  const work = open();
  onTestFinished(async () => {
    await threads.stop();
    work.stop();
    ledger.close();
  });
  const folder = join(data, 'extracts');
  return {
    ...{ data, threads, work, open, folder },
    async send(cases: string, at: number, period = '2023-03') {
      const address = { department: 'sfj', period };
      const bytes = await smallForm({ period, cases });
      const file = { address, fileName: `${cases}.xlsx`, bytes, uploadedAt: minute(at), uploader: '张三' };
      await threads.receive(file, 'portal');
    },
    files: async () => (existsSync(folder) ? readdir(folder) : []),
  };
}

function question(
  at: number,
  filter: RecordFilter = {},
  ending: 'csv' | 'json' | 'xlsx' = 'json',
): ExtractQuestion {
  return { of: 'records', year: 2023, filter, ending, takenAt: minute(at) };
}

const noTime = { wait: 'no-time', since: undefined } as const;

/** The file of a question, however long it takes; or the one that somebody has waited for. */
async function made(work: ThreadedWork, asked: ExtractQuestion, since?: Instant) {
  let extract = await work.extract(asked, { wait: 'a-while', since });
  while (extract.kind !== 'done') {
    extract = await work.extract(asked, { wait: 'a-while', since: extract.takenAt });
  }
  return { takenAt: extract.takenAt, contents: extract.result() };
}

async function textOf({ bytes }: FileContents): Promise<string> {
  return new Response(bytes as ReadableStream<Uint8Array>).text();
}

/** As of when an extract is, and how many records it has. */
async function said(work: ThreadedWork, asked: ExtractQuestion, since?: Instant) {
  const { takenAt, total } = JSON.parse(await textOf((await made(work, asked, since)).contents));
  return [takenAt, total];
}

describe('extracts', () => {
  it('are made once for all who ask the same at the same time, and others wait their turn', async () => {
    const { work, files } = await aStore();
    const standings = await Promise.all([
      work.extract(question(1), noTime),
      work.extract(question(2), noTime),
      work.extract(question(3, { department: 'sfj' }), noTime),
    ]);
    expect(standings).toEqual([
      { kind: 'under-way', ahead: 0, takenAt: minute(1) },
      { kind: 'under-way', ahead: 0, takenAt: minute(1) },
      { kind: 'under-way', ahead: 1, takenAt: minute(1 + 2) },
    ]);
    const [one, other] = await Promise.all([made(work, question(4)), made(work, question(5))]);
    expect([one.takenAt, other.takenAt]).toEqual([minute(1), minute(1)]);
    await made(work, question(6, { department: 'sfj' }));
    expect(await files()).toHaveLength(2);
  });

  it('are as the ledger stands, but for whoever has waited for an earlier one', async () => {
    const { work, send } = await aStore();
    expect(await said(work, question(1))).toEqual([minute(1), 0]);
    await send('5', 2);
    expect(await said(work, question(3), minute(1))).toEqual([minute(1), 0]);
    expect(await said(work, question(4))).toEqual([minute(4), 4]);
    expect(await said(work, question(5), minute(1))).toEqual([minute(1), 0]);
    expect(await said(work, question(6, { department: 'sfj' }), minute(1))).toEqual([minute(6), 4]);
  });

  it.each([
    ['after all else', 4],
    ['before what another thread recorded first', 2],
  ])('are as the ledger stands, whenever what came last was received: %s', async (_, at) => {
    const { work, send } = await aStore();
    await send('5', 3);
    expect(await said(work, question(5))).toEqual([minute(5), 4]);
    await send('6', at, '2023-02');
    expect(await said(work, question(6))).toEqual([minute(6), 8]);
  });

  it.each(['csv', 'json', 'xlsx'] as const)(
    'are private files of the size that is said: %s',
    async (ending) => {
      const { work, send, folder, files } = await aStore();
      await send('5', 1);
      const { contents } = await made(work, question(2, {}, ending));
      const [name = ''] = await files();
      expect(name).toMatch(new RegExp(`\\.${ending}$`));
      const { size, mode } = await stat(join(folder, name));
      expect(size).toBe(contents.size);
      if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
      expect((await new Response(contents.bytes as BodyInit).arrayBuffer()).byteLength).toBe(size);
    },
  );

  it('are so many at most, and none of an earlier run or of one that has stopped', async () => {
    const { work, open, files, folder } = await aStore();
    for (let number = 1; number <= 10; number++) {
      await made(work, question(number, { uploader: String(number) }));
    }
    expect(await files()).toHaveLength(8);
    work.stop();
    expect(await files()).toEqual([]);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'left.xlsx'), '');
    open();
    expect(await files()).toEqual([]);
  });

  it('of which more are wanted than may wait: who comes then is told when to come again', async () => {
    const { work } = await aStore({ mostWaiting: 1 });
    const ask = (uploader: string) => work.extract(question(1, { uploader }), noTime);
    expect((await ask('1')).kind).toBe('under-way');
    expect((await ask('2')).kind).toBe('under-way');
    await expect(ask('3')).rejects.toMatchObject({ kind: 'busy', retryAfter: usualLimits.making.retryAfter });
    expect((await ask('2')).kind).toBe('under-way');
  });

  it('that want more memory than there is are a fault, leave nothing, and hold up nobody', async () => {
    const { work, files, send } = await aStore({ memory: 8 });
    const outOfMemory = { cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' } };
    await expect(made(work, question(1))).rejects.toMatchObject(outOfMemory);
    await expect(work.extract(question(1), { ...noTime, since: minute(1) })).rejects.toMatchObject(
      outOfMemory,
    );
    expect((await work.extract(question(2), noTime)).kind).toBe('under-way');
    await expect(made(work, question(2))).rejects.toMatchObject(outOfMemory);
    expect(await files()).toEqual([]);
    await send('5', 1);
  });
});

describe('a publication and a verification', () => {
  it('are done in their thread, in turn, and told of afterwards', async () => {
    const { work, send } = await aStore();
    await send('5', 1);
    const [published, verified] = await Promise.all([work.publish(2023, '李主任'), work.verified(2023)]);
    expect(['done', 'under-way']).toContain(published.kind);
    expect(verified).toMatchObject({ sound: true, faults: [] });
    expect(verified.checked.join()).toContain('1 publications');
    expect(work.publication(2023)).toEqual({ kind: 'done', result: undefined });
    expect(work.verification(2023)).toMatchObject({ kind: 'done', result: { at: minute(59) } });
    expect(work.publication(2024)).toBeUndefined();
  });

  it('that cannot be done are said to have failed', async () => {
    const { work } = await aStore();
    await expect
      .poll(() =>
        work.publish(2031, '李主任').then(
          ({ kind }) => kind,
          () => 'failed',
        ),
      )
      .toBe('failed');
    expect(work.publication(2031)).toEqual({ kind: 'failed' });
  });
});

describe.skipIf(!hasOpenssl)('a time stamp', () => {
  it('is waited for by nobody who publishes; that there is none is told until there is', async () => {
    const authority = await startAuthority(await temporaryFolder());
    onTestFinished(authority.stop);
    const { work, send, data } = await aStore({}, authority.address);
    const witnesses = async () => (await readdir(join(data, 'witness'))).sort();
    await send('5', 1);
    authority.manner = 'does not answer';
    await work.publish(2023, '李主任');
    await expect.poll(() => authority.asked).toBe(1);
    expect(work.publication(2023)).toEqual({ kind: 'done', result: undefined });
    authority.closeConnections();
    await expect.poll(() => work.witnessProblem).toBe('not-stamped');
    authority.manner = 'grants';
    await work.publishDue({ at: minute(59), missed: false });
    expect(work.witnessProblem).toBe('not-stamped');
    await expect.poll(() => work.witnessProblem).toBeUndefined();
    expect(await witnesses()).toEqual(['000001.json', '000002.json', '000002.tsr']);
  });
});

describe('a file that is read again', () => {
  it('is read once for all who ask at the same time, and anew afterwards', async () => {
    const { threads, work } = await aStore();
    const bytes = await smallForm({ period: '2023-03', cases: '-1' });
    const address = { department: 'sfj', period: '2023-03' };
    const file = { address, fileName: '3月.xlsx', bytes, uploadedAt: minute(1), uploader: '张三' };
    const { upload } = (await threads.receive(file, 'portal')).event.happening;
    const kept = { upload: readUploadSchema.parse(upload), year: 2023 };
    const [first, second] = await Promise.all([work.examineAgain(kept), work.examineAgain(kept)]);
    expect(first).toBe(second);
    expect(first?.happening.findings.map(({ rule }) => rule)).toContain('figure-negative');
    expect(await work.examineAgain(kept)).not.toBe(first);
  });

  it('is none where its bytes are others', async () => {
    const { work, data } = await aStore();
    const [key, sha256] = ['uploads/sfj/2023-03/0/3月.xlsx', '0'.repeat(64)];
    await mkdir(join(data, 'uploads/sfj/2023-03/0'), { recursive: true });
    await writeFile(join(data, key), 'other bytes');
    const about = {
      fileName: '3月.xlsx',
      size: 11,
      uploadedAt: minute(1),
      claimedAt: null,
      uploader: '张三',
    };
    const upload = readUploadSchema.parse({ key, version: null, sha256, ...about });
    expect(await work.examineAgain({ upload, year: 2023 })).toBeUndefined();
  });
});

describe('a Word file that is read in a thread', () => {
  it('is told of with all that is wrong with it', async () => {
    const { work } = await aStore();
    const { wordReports } = work;
    expect(await wordReports.checkReport(new Uint8Array([1]))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('不是能读取的 Word 文档'),
    });
    const bytes = writeDocx(templateOf('【没有】'));
    const examined = await wordReports.examineTemplate({ bytes, year: 2023 });
    expect(examined).toMatchObject({
      kind: 'done',
      result: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    });
    expect(await wordReports.makeReport({ year: 2023, number: 9 })).toMatchObject({ kind: 'refused' });
    expect(bytes.byteLength).toBeGreaterThan(0);
  });

  it('waits where things are made, holds up nobody who reports, and is counted with its bytes', async () => {
    const { threads, work } = await aStore({ mostBytesWaiting: 4 });
    const file = () => new Uint8Array([1, 2, 3]);
    const looked = [work.wordReports.checkReport(file()), work.wordReports.updateReport(file())];
    expect(threads.standing).toMatchObject({
      receiving: { busy: false, waiting: 0 },
      making: { busy: true, waiting: 1 },
    });
    expect(() => work.wordReports.examineTemplate({ bytes: file(), year: 2023 })).toThrow(
      expect.objectContaining({ kind: 'busy', retryAfter: usualLimits.making.retryAfter }),
    );
    expect(await Promise.all(looked)).toMatchObject([{ kind: 'refused' }, { kind: 'refused' }]);
  });
});
