import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Backoff } from '../../functions/local-server/inbox/inbox.ts';
import { anInbox, april, bad, good, today } from '../fixtures/inbox.ts';
import { smallForm } from '../fixtures/small-store.ts';

describe('the inbox', () => {
  it('tries a file again that a fault of the machine kept, after a pause, and takes the others meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const box = await anInbox();
    await box.put('a.xlsx', await good());
    await box.put('b.xlsx', await bad());
    const { append } = box.services.ledger;
    let portalErrors = 0;
    box.services.ledger.append = async (event) => {
      if (portalErrors++ === 0) throw new Error('the disk is full');
      return append(event);
    };
    const inbox = box.open();
    await box.lookTwice(inbox);
    expect(box.faults).toHaveLength(1);
    expect(await box.files()).toEqual(['a.xlsx', `${today}/b-校验结果.xlsx`, `${today}/b.xlsx`].sort());
    await inbox.look();
    expect(await box.files()).toContain('a.xlsx');
    vi.advanceTimersByTime(60_000);
    await inbox.look();
    expect(await box.files()).toContain(`${today}/a.xlsx`);
  });

  it('leaves a file that was changed after it was read, and takes it in anew', async () => {
    const box = await anInbox();
    const path = await box.put('a.xlsx', await good());
    const { append } = box.services.ledger;
    box.services.ledger.append = async (event) => {
      const result = await append(event);
      box.services.ledger.append = append;
      await writeFile(path, await smallForm({ period: '2023-03', cases: '77', uploadedAt: april }));
      await utimes(path, new Date(), new Date(Date.now() + 5000));
      return result;
    };
    const inbox = box.open();
    await box.lookTwice(inbox);
    expect(await box.files()).toEqual(['a.xlsx']);
    await box.lookTwice(inbox);
    expect(box.events()).toHaveLength(2);
    expect((await box.files()).map((file) => basename(file))).toEqual(['a.xlsx']);
  });

  it('waits for the end of a workbook that is still being copied, and takes it in once', async () => {
    const box = await anInbox();
    const whole = await good();
    const path = await box.put('a.xlsx', whole.slice(0, whole.length - 100));
    const inbox = box.open();
    await box.lookTwice(inbox);
    await box.lookTwice(inbox);
    expect(box.events()).toEqual([]);
    expect(inbox.skipped()).toEqual([{ path: 'a.xlsx', reason: expect.stringContaining('末尾缺失') }]);
    await appendFile(path, whole.slice(whole.length - 100));
    await box.lookTwice(inbox);
    expect(box.events()).toMatchObject([{ kind: 'return-accepted' }]);
    expect(inbox.skipped()).toEqual([]);
  });

  it('takes no file for the one it looked at that was put in its place, as long and as old', async () => {
    const box = await anInbox();
    const path = await box.put('a.xlsx', await good());
    const { size, atime, mtime } = await stat(path);
    const { append } = box.services.ledger;
    box.services.ledger.append = async (event) => {
      const result = await append(event);
      box.services.ledger.append = append;
      await writeFile(`${path}.part`, Buffer.alloc(size, 'x'));
      await utimes(`${path}.part`, atime, mtime);
      await rename(`${path}.part`, path);
      return result;
    };
    await box.lookTwice();
    expect(await box.files()).toEqual(['a.xlsx']);
  });

  it.each<[what: string, put: (folder: string) => Promise<unknown> | unknown, path: string, reason: string]>([
    ['a note', (folder) => writeFile(join(folder, 'uploads.json'), '{'), 'uploads.json', '不采用'],
    [
      'a folder of folders',
      (folder) => mkdir(join(folder, 'a/b/c/d/e/f/g/h/i'), { recursive: true }),
      'a/b/c/d/e/f/g/h/i',
      '超过 8 层',
    ],
    ['a pipe', (folder) => execFileSync('mkfifo', [join(folder, 'pipe.xlsx')]), 'pipe.xlsx', '管道'],
    ['a link', (folder) => symlink('/etc/hosts', join(folder, 'link.xlsx')), 'link.xlsx', '链接'],
    ['a download', (folder) => writeFile(join(folder, 'a.xlsx.part'), 'x'), 'a.xlsx.part', '临时文件'],
    ['a folder of a strange name', (folder) => mkdir(join(folder, '#3')), '#3', '改名'],
  ])('is stopped by none of what it skips, and says why: %s', async (_, put, path, reason) => {
    const box = await anInbox();
    await put(box.folder);
    await box.put('good.xlsx', await good());
    const inbox = box.open();
    await box.lookTwice(inbox);
    expect(box.events()).toMatchObject([{ kind: 'return-accepted' }]);
    expect(box.faults).toEqual([]);
    expect(inbox.skipped()).toEqual([{ path, reason: expect.stringContaining(reason) }]);
  });

  it('is hung by no pipe in place of a note', async () => {
    const box = await anInbox();
    execFileSync('mkfifo', [join(box.folder, 'uploads.json')]);
    await box.put('good.xlsx', await good());
    await box.lookTwice();
    expect(box.events()).toMatchObject([{ kind: 'return-accepted' }]);
  });

  it('reports once that it is gone, and not again at every look', async () => {
    const box = await anInbox();
    await rm(box.folder, { recursive: true });
    await box.lookTwice();
    expect(box.faults).toHaveLength(1);
  });

  it('pauses longer after each failure, ten minutes at most, and not at all after a success', () => {
    const pauses = new Backoff();
    const lengths = Array.from({ length: 10 }, () => {
      pauses.failed('a', 0);
      let seconds = 0;
      while (!pauses.isOver('a', seconds * 1000)) seconds++;
      return seconds;
    });
    expect(lengths).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
    expect(pauses.isOver('b', 0)).toBe(true);
    pauses.succeeded('a');
    expect(pauses.isOver('a', 0)).toBe(true);
  });
});
