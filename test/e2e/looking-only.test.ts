import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { adoptSample } from '../../functions/demo/submit-sample-year.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { indicators } from '../fixtures/command-line.ts';
import { acceptedEvent } from '../fixtures/events.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';

/** Every folder and file below a folder: what it is, when it last changed, and what is in it. */
async function stateOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))];
  const lines = paths.map(async (path) => {
    const about = await stat(path, { bigint: true });
    const contents = about.isFile() ? await readFile(path) : '';
    const digest = createHash('sha256').update(contents).digest('hex');
    return `${path} ${about.ino} ${about.mtimeNs} ${about.ctimeNs} ${digest}`;
  });
  return (await Promise.all(lines)).sort();
}

/** The commands that only look, each with what it writes elsewhere. */
const looking: { command: string; args: (elsewhere: string) => string[] }[] = [
  { command: 'verify', args: () => [] },
  { command: 'query', args: () => [] },
  { command: 'status', args: () => [] },
  { command: 'trace', args: () => ['legal-aid-cases'] },
  { command: 'export', args: (elsewhere) => ['-o', join(elsewhere, 'ledger.jsonl')] },
  {
    command: 'template',
    args: (elsewhere) => ['--department', 'sfj', '--period', '2023-03', '-o', join(elsewhere, 'form.xlsx')],
  },
];

describe('a command that only looks', () => {
  let folder: string;
  let data: string;

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    data = join(folder, 'data');
    const form = await writeForm(
      formLayout(loadCatalogue(exampleCatalogueFile), { department: 'sfj', period: '2023-03' }),
      {},
    );
    await writeFile(join(folder, 'sfj-2023-03.xlsx'), form);
    await adoptSample(data);
    await indicators('--data', data, 'submit', join(folder, 'sfj-2023-03.xlsx'));
    return made.remove;
  });

  it.each(looking)('leaves the data as they are: $command', async ({ command, args }) => {
    const before = await stateOf(data);
    const { code, errors } = await indicators('--data', data, command, ...args(folder));
    expect([code, errors]).toEqual([0, '']);
    expect(await stateOf(data)).toEqual(before);
  });

  it('leaves the data as they are: check', async () => {
    const before = await stateOf(data);
    const checked = await indicators('--data', data, 'check', join(folder, 'sfj-2023-03.xlsx'));
    expect(checked.code).toBe(1);
    expect(await stateOf(data)).toEqual(before);
  });

  it('sees what a server has recorded and not yet written out of its log, and touches none of its files', async () => {
    const copy = join(await temporaryFolder(), 'data');
    await adoptSample(copy);
    const server = openSqliteLedger(join(copy, 'ledger.sqlite'));
    await server.append(acceptedEvent([], '7'));
    const before = await stateOf(copy);
    expect(before.some((line) => line.includes('ledger.sqlite-wal'))).toBe(true);
    const { output } = await indicators('--data', copy, 'export', '-o', join(folder, 'live.jsonl'));
    expect(output).toContain('2 chains, 2 events');
    expect(await stateOf(copy)).toEqual(before);
    server.close();
  });

  it.each(looking)(
    'says of a folder that is not there that it is not, and makes none: $command',
    async ({ command, args }) => {
      const mistyped = join(folder, 'dtaa');
      const { code, output, errors } = await indicators('--data', mistyped, command, ...args(folder));
      expect([code, output]).toEqual([2, '']);
      expect(errors).toMatch(/^there is no folder .*dtaa.*is --data .*right\?\n$/);
      await expect(stat(mistyped)).rejects.toThrow('ENOENT');
    },
  );

  it.each(looking)(
    'says of a folder that was wiped that there is no ledger: $command',
    async ({ command, args }) => {
      const wiped = await temporaryFolder();
      const { code, output, errors } = await indicators('--data', wiped, command, ...args(folder));
      expect([code, output]).toEqual([2, '']);
      expect(errors).toMatch(/^there is no ledger in /);
      expect(await readdir(wiped)).toEqual([]);
    },
  );

  it('says of documents whose ledger is gone how to get it back', async () => {
    const half = await temporaryFolder();
    await mkdir(join(half, 'uploads'));
    const { code, errors } = await indicators('--data', half, 'verify');
    expect(code).toBe(2);
    expect(errors).toMatch(/the ledger is gone from .*, where uploads are still: "restore" rebuilds it/);
  });

  it('says of a ledger that is none that it cannot be read', async () => {
    const broken = await temporaryFolder();
    await writeFile(join(broken, 'ledger.sqlite'), 'not a database, and longer than nothing');
    const { code, errors } = await indicators('--data', broken, 'verify');
    expect(code).toBe(3);
    expect(errors).toMatch(/ledger\.sqlite cannot be read as a ledger: file is not a database\n$/);
  });

  it('names feedback that was never written, which submitting the original once more at the time of then writes', async () => {
    const when = ['--handed-in-at', '2023-04-03T09:15:00+08:00'];
    const own = join(await temporaryFolder(), 'data');
    await adoptSample(own);
    await indicators('--data', own, 'submit', join(folder, 'sfj-2023-03.xlsx'), ...when);
    const given = (await readdir(join(own, 'feedback'), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    expect(given.map(({ name }) => name).sort()).toEqual(['feedback.json', '校验结果.xlsx']);
    for (const { parentPath, name } of given) await rm(join(parentPath, name));
    const missing = await indicators('--data', own, 'verify');
    expect([missing.code, missing.output]).toEqual([1, expect.stringContaining('feedback.json: is missing')]);
    const [original = ''] = (await readdir(join(own, 'uploads'), { recursive: true })).filter((name) =>
      name.endsWith('.xlsx'),
    );
    await indicators('--data', own, 'submit', join(own, 'uploads', original), ...when);
    expect((await indicators('--data', own, 'verify')).output).toMatch(/2 events.*\n(?:.*\n)*sound/);
  });
});
