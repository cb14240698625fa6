import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { acceptedEvent } from '../fixtures/events.ts';
import { anInbox, april, bad, good, today } from '../fixtures/inbox.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

/** Who may do what with a file, as `ls` counts it. */
async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

/** What in a folder anybody but its owner may read, write or enter. */
async function openToOthers(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...entries.map(({ parentPath, name }) => join(parentPath, name))];
  const modes = await Promise.all(
    paths.map(async (path) => ({ path, mode: (await stat(path)).mode & 0o077 })),
  );
  return modes.filter(({ mode }) => mode !== 0).map(({ path }) => relative(folder, path));
}

describe.skipIf(process.platform === 'win32')('on a machine with other people', () => {
  it('all that the server keeps is its own: ledger, originals, feedback, publications, inbox', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'new', 'data');
    const server = await startServer({ data, port: 0, now: () => april, inboxPause: 10 });
    onTestFinished(() => server.stop());
    await adoptInFolder(data, smallCatalogue);
    for (const name of ['a.xlsx', 'b.xlsx'])
      await writeFile(join(server.inbox, name), name === 'a.xlsx' ? await good() : await bad(), {
        mode: 0o600,
      });
    const moved = join(server.inbox, today);
    await expect.poll(async () => (await readdir(moved).catch(() => [])).sort()).toHaveLength(3);
    const kept = await readdir(data);
    for (const each of [
      'ledger.sqlite',
      'ledger.sqlite-wal',
      'ledger.sqlite-shm',
      'uploads',
      'feedback',
      'catalogues',
    ])
      expect(kept).toContain(each);
    expect(await openToOthers(data)).toEqual([]);
    expect(await modeOf(join(folder, 'new'))).toBe('700');
  });

  it('what is kept in a folder that others may enter is nevertheless its own', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o755);
    const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
    await ledger.append(acceptedEvent([], '1'));
    await folderDocuments(folder).put('a/b/c.json', new Uint8Array([1]));
    await folderDocuments(folder).put('a/b/d.json', new Uint8Array([1]), { ifAbsent: true });
    expect(await openToOthers(folder)).toEqual(['']);
    ledger.close();
    openSqliteLedger(join(folder, 'ledger.sqlite')).close();
    expect(await openToOthers(folder)).toEqual(['']);
  });

  it.each([
    [0o700, { folder: '700', file: '600' }],
    [0o750, { folder: '750', file: '640' }],
    [0o755, { folder: '755', file: '644' }],
  ])('what comes back in an inbox of mode %o is for those who may read the inbox', async (mode, expected) => {
    const box = await anInbox();
    expect([await modeOf(box.folder), await modeOf(join(box.folder, '说明.txt'))]).toEqual(['700', '600']);
    await chmod(box.folder, mode);
    await box.put('sfj/坏.xlsx', await bad());
    await box.lookTwice();
    const answers = join(box.folder, today, 'sfj');
    expect(await modeOf(answers)).toBe(expected.folder);
    expect(await modeOf(join(answers, '坏-校验结果.xlsx'))).toBe(expected.file);
  });

  it('an inbox that was there keeps its own mode', async () => {
    const folder = await temporaryFolder();
    const inbox = join(folder, 'shared');
    await mkdir(inbox);
    await chmod(inbox, 0o770);
    const server = await startServer({ data: join(folder, 'data'), inbox, port: 0, now: () => april });
    onTestFinished(() => server.stop());
    expect(await modeOf(inbox)).toBe('770');
  });
});
