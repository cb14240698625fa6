import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareInbox } from '../../functions/local-server/inbox/inbox-folder.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { anInbox, april, bad, good, today } from '../fixtures/inbox.ts';
import { smallForm } from '../fixtures/small-store.ts';

describe('the inbox', () => {
  it('says how it is used, once', async () => {
    const { folder } = await anInbox();
    const text = await readFile(join(folder, '说明.txt'), 'utf8');
    expect(text).toMatch(/^\ufeff.*月报收件箱\r\n/);
    expect(text).toContain('sfj\\2024-03');
    await rm(join(folder, '说明.txt'));
    await prepareInbox(folder);
    expect(existsSync(join(folder, '说明.txt'))).toBe(false);
  });

  it('records a good file and a bad one, moves both, and lays the marked workbook beside the bad one', async () => {
    const box = await anInbox();
    await box.put('好.xlsx', await good());
    await box.put('sfj/2023-02/坏.xlsx', await bad('2023-02'));
    await box.lookTwice();
    expect(await box.files()).toEqual([
      `${today}/sfj/2023-02/坏-校验结果.xlsx`,
      `${today}/sfj/2023-02/坏.xlsx`,
      `${today}/好.xlsx`,
    ]);
    const marked = new Uint8Array(await readFile(join(box.folder, today, 'sfj/2023-02/坏-校验结果.xlsx')));
    expect(JSON.stringify((await readWorkbook(marked)).sheets)).toContain('校验结果（市司法局2023年2月）');
    expect(box.events()).toMatchObject([
      {
        kind: 'return-refused',
        period: '2023-02',
        by: '收件箱',
        upload: { uploader: '收件箱', fileName: '坏.xlsx', uploadedAt: april },
      },
      {
        kind: 'return-accepted',
        period: '2023-03',
        by: '收件箱',
        upload: { uploadedAt: '2023-04-05T01:00:00.001Z' },
      },
    ]);
    expect(box.faults).toEqual([]);
  });

  it('leaves a file alone until it has been quiet', async () => {
    const box = await anInbox();
    const inbox = box.open();
    const bytes = await good();
    const path = await box.put('a.xlsx', bytes.slice(0, 1000));
    await inbox.look();
    await appendFile(path, bytes.slice(1000));
    await inbox.look();
    expect(box.events()).toEqual([]);
    await inbox.look();
    expect(box.events()).toMatchObject([{ kind: 'return-accepted' }]);
  });

  it('stops between two files, and leaves the rest for when it is started again', async () => {
    const box = await anInbox();
    await box.put('a.xlsx', await good());
    await box.put('b.xlsx', await bad());
    const inbox = box.open();
    await inbox.look();
    await inbox.look(() => box.events().length > 0);
    expect(await box.files()).toEqual(['b.xlsx', `${today}/a.xlsx`]);
    await box.lookTwice();
    expect(box.events()).toHaveLength(2);
  });

  it('goes on where it was stopped between recording and moving: it is that revision once more', async () => {
    const box = await anInbox();
    const path = await box.put('a.xlsx', await good());
    await cp(path, join(box.folder, '..', 'kept.xlsx'), { preserveTimestamps: true });
    await box.lookTwice();
    await cp(join(box.folder, '..', 'kept.xlsx'), path, { preserveTimestamps: true });
    await box.lookTwice(box.open());
    const { state } = await readYear(box.services, 2023);
    const [revision, ...others] = returnOf(state, { department: 'sfj', period: '2023-03' })!.revisions;
    expect([revision?.repeats.length, others]).toEqual([1, []]);
    expect(await box.files()).toEqual([`${today}/a (2).xlsx`, `${today}/a.xlsx`]);
  });

  it('never replaces what lies where files are moved to', async () => {
    const box = await anInbox();
    await box.put('a.xlsx', await bad());
    await box.lookTwice();
    await box.put('a.xlsx', await smallForm({ period: '2023-03', cases: '-6', uploadedAt: april }));
    await box.lookTwice();
    expect(await box.files()).toEqual([
      `${today}/a (2)-校验结果.xlsx`,
      `${today}/a (2).xlsx`,
      `${today}/a-校验结果.xlsx`,
      `${today}/a.xlsx`,
    ]);
    expect(await readFile(join(box.folder, today, 'a.xlsx'))).toEqual(Buffer.from(await bad()));
  });

  it.each<[what: string, handedInAt: string]>([
    ['in the past, which would avoid that it is late', '2023-01-03T02:00:00.000Z'],
    ['in the future, which would beat every correction', '2099-04-03T02:00:00.000Z'],
  ])('believes no note that says when a file came: %s', async (_, handedInAt) => {
    const box = await anInbox();
    await box.put('a.xlsx', await good());
    await box.put('uploads.json', JSON.stringify([{ file: 'a.xlsx', handedInAt, uploader: '王五' }]));
    const inbox = box.open();
    await box.lookTwice(inbox);
    expect(box.events()).toMatchObject([
      { upload: { uploadedAt: april, claimedAt: null, uploader: '收件箱' } },
    ]);
    expect(inbox.skipped()).toEqual([
      { path: 'uploads.json', reason: expect.stringContaining('按收到的时间登记') },
    ]);
    expect(await box.files()).toEqual([`${today}/a.xlsx`, 'uploads.json'].sort());
  });

  it.each([
    ['a file that names no return', '什么.xlsx', new Uint8Array([1, 2, 3]), '什么-校验结果.txt'],
    ['an empty file', 'sfj-2023-03.xlsx', new Uint8Array(), 'sfj-2023-03-校验结果.xlsx'],
  ])('refuses %s on record, with its feedback beside it', async (_, name, bytes, feedback) => {
    const box = await anInbox();
    await box.put(name, bytes);
    await box.lookTwice();
    expect(box.events()).toMatchObject([{ kind: 'return-refused' }]);
    expect(await box.files()).toEqual([`${today}/${feedback}`, `${today}/${name}`]);
    if (feedback.endsWith('.txt')) {
      const note = await readFile(join(box.folder, today, feedback), 'utf8');
      expect(note).toContain('文件不是 Excel 工作簿');
      expect(note).toContain('没有指明是哪个部门、哪一期的报表');
    }
  });

  it('refuses a file that is too large for a workbook on record, and keeps it', async () => {
    const box = await anInbox();
    const path = await box.put('sfj-2023-03.xlsx', 'PK');
    await truncate(path, 11 * 1024 * 1024);
    await box.lookTwice();
    expect(box.events()).toMatchObject([
      { kind: 'return-refused', period: '2023-03', findings: [{ rule: 'file-too-large' }] },
    ]);
    expect(await box.services.documents.list('uploads/')).toMatchObject([{ size: 11 * 1024 * 1024 }]);
    expect(await box.files()).toEqual([`${today}/sfj-2023-03-校验结果.xlsx`, `${today}/sfj-2023-03.xlsx`]);
  });

  it('turns away what is too large to be read at all, and says so', async () => {
    const box = await anInbox();
    const path = await box.put('film.mp4', '');
    await truncate(path, 257 * 1024 * 1024);
    await box.lookTwice();
    expect(box.events()).toEqual([]);
    expect(box.faults).toHaveLength(1);
    expect(await box.files()).toEqual([`${today}/film-校验结果.txt`, `${today}/film.mp4`]);
    const note = await readFile(join(box.folder, today, 'film-校验结果.txt'), 'utf8');
    expect(note).toContain('没有接收，也没有记入台账');
  });

  it.each([
    '~$a.xlsx',
    '.a.xlsx',
    'a.xlsx.part',
    'a.xlsx.crdownload',
    'a.tmp',
    '4F3A21B0',
    'Thumbs.db',
    '说明.txt',
    '已处理/2023-01-01/a.xlsx',
    '@eaDir/a.xlsx',
    '#recycle/a.xlsx',
  ])('leaves %s alone', async (name) => {
    const box = await anInbox();
    await box.put(name, 'x');
    await box.lookTwice();
    expect(box.events()).toEqual([]);
    expect(existsSync(join(box.folder, name))).toBe(true);
  });

  it('follows no links', async () => {
    const box = await anInbox();
    const elsewhere = join(box.folder, '..', 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'a.xlsx'), await good());
    await symlink(join(elsewhere, 'a.xlsx'), join(box.folder, 'link.xlsx'));
    await symlink(elsewhere, join(box.folder, 'folder'));
    await box.lookTwice();
    expect(box.events()).toEqual([]);
    expect(await readdir(elsewhere)).toEqual(['a.xlsx']);
  });
});
