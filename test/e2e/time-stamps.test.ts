import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { askForTimeStamp } from '../../shared/adapters/time-stamp.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { indicators } from '../fixtures/command-line.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { startServerProcess } from '../fixtures/started-server.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';
import { hasOpenssl, type RunningAuthority, startAuthority } from '../fixtures/time-stamp-authority.ts';

describe.skipIf(!hasOpenssl)('time stamps of statements', () => {
  let data: string;
  let authority: RunningAuthority;
  let strange: RunningAuthority;
  /** A folder with a statement and its time stamp, as an auditor has it. */
  let outside: string;

  beforeAll(async () => {
    const { folder, remove } = await newFolder();
    authority = await startAuthority(join(folder, 'authority'));
    strange = await startAuthority(join(folder, 'strange'));
    data = join(folder, 'data');
    outside = join(folder, 'outside');
    await mkdir(outside);
    await adoptInFolder(data, smallCatalogue);
    const statement = join(outside, '000001.json');
    await indicators('--data', data, 'witness', '--witness-key', join(folder, 'key.pem'), '-o', statement);
    await writeFile(
      join(outside, '000001.tsr'),
      await askForTimeStamp(authority.address, await readFile(statement)),
    );
    return async () => {
      await Promise.all([authority.stop(), strange.stop()]);
      await remove();
    };
  });

  const verify = (...args: string[]) => indicators('--data', data, 'verify', ...args);
  /** A copy of the folder, in which something is then changed. */
  const copied = async () => {
    const folder = await temporaryFolder();
    await cp(outside, folder, { recursive: true });
    return folder;
  };

  it('say when a statement was there, without the authority’s certificate with the note that anybody could have', async () => {
    for (const witness of [outside, join(outside, '000001.json')]) {
      const { code, output } = await verify('--witness', witness);
      expect([code, output]).toEqual([
        0,
        expect.stringMatching(/000001\.json was there at 20[^;]*Z; its signature was not checked\n/),
      ]);
      expect(output).toContain('note the signatures of time stamps were not checked');
    }
  });

  it('are good by the authority’s own issuer, and at fault by another of the same name', async () => {
    const good = await verify('--witness', outside, '--timestamp-authority', authority.certificate);
    expect([good.code, good.output]).toEqual([
      0,
      expect.stringMatching(/000001\.json was there at 20.*Z, and signed it\n/),
    ]);
    expect(good.output).not.toContain('time stamps were not checked');
    const bad = await verify('--witness', outside, '--timestamp-authority', strange.certificate);
    expect([bad.code, bad.output]).toEqual([
      1,
      expect.stringMatching(/FAULT .*000001\.tsr: has a signature that the given authority does not vouch/),
    ]);
  });

  it.each<{ what: string; change: (folder: string) => Promise<void>; said: RegExp }>([
    {
      what: 'of another file',
      change: async (folder) => {
        const other = await askForTimeStamp(authority.address, new TextEncoder().encode('other'));
        await writeFile(join(folder, '000001.tsr'), other);
      },
      said: /FAULT .*000001\.tsr: is a time stamp of another file than 000001\.json/,
    },
    {
      what: 'of the statement as it was before it was edited',
      change: async (folder) => {
        const statement = await readFile(join(folder, '000001.json'), 'utf8');
        await writeFile(join(folder, '000001.json'), `${statement} `);
      },
      said: /FAULT .*000001\.tsr: is a time stamp of another file than 000001\.json/,
    },
    {
      what: 'none',
      change: (folder) => writeFile(join(folder, '000001.tsr'), '<html>'),
      said: /FAULT .*000001\.tsr: is not the answer of a time stamp authority/,
    },
    {
      what: 'too large',
      change: (folder) => writeFile(join(folder, '000001.tsr'), new Uint8Array(70_000)),
      said: /FAULT .*000001\.tsr: is larger than 65536 bytes/,
    },
  ])('are at fault by name if one is $what', async ({ change, said }) => {
    const folder = await copied();
    await change(folder);
    for (const more of [[], ['--timestamp-authority', authority.certificate]]) {
      const { code, output } = await verify('--witness', folder, ...more);
      expect([code, output]).toEqual([1, expect.stringMatching(said)]);
    }
  });

  it('that are asked for and are not there are said to be missing', async () => {
    const folder = await temporaryFolder();
    await cp(join(outside, '000001.json'), join(folder, 'statement.json'));
    const { code, output } = await verify(
      '--witness',
      folder,
      '--timestamp-authority',
      authority.certificate,
    );
    expect([code, output]).toEqual([0, expect.stringContaining('note no time stamp (.tsr) lies beside')]);
  });

  it.each([
    ['no witness', () => ['--timestamp-authority', authority.certificate], 'go with --witness'],
    [
      'a file that holds no certificate',
      () => ['--witness', outside, '--timestamp-authority', join(outside, '000001.json')],
      'holds no certificate',
    ],
  ])('are checked by no authority with %s', async (_, args, said) => {
    const { code, errors } = await verify(...args());
    expect([code, errors]).toEqual([2, expect.stringContaining(said)]);
  });

  it('are made while the server runs, from its start on, and verify', async () => {
    const folder = await temporaryFolder();
    const own = join(folder, 'data');
    await adoptInFolder(own, smallCatalogue);
    const server = await startServerProcess(
      ...['--data', own, '--port', '0', '--no-open', '--witness-key', join(folder, 'key.pem')],
      ...['--timestamp-url', authority.address],
    );
    onTestFinished(server.kill);
    const kept = async () => (await readdir(join(own, 'witness')).catch(() => [])).sort();
    await expect.poll(kept).toEqual(['000001.json', '000001.tsr']);
    const { code, output } = await indicators(
      ...['--data', own, 'verify', '--witness', join(own, 'witness')],
      ...['--timestamp-authority', authority.certificate],
    );
    expect([code, output]).toEqual([0, expect.stringContaining('and signed it')]);
    expect(server.errors()).toBe('');
  });
});
