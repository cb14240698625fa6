import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext, vi } from 'vitest';
import { type Platform, type PlatformName, packageName, platforms } from '../../infra/package/contents.ts';
import { lockedNode, nodePackage } from '../../infra/package/node-runtime.ts';
import { exampleCatalogueFile } from '../../shared/catalogue/load.ts';
import { type Ran, run } from '../fixtures/command-line.ts';
import { madeSample } from '../fixtures/made-sample.ts';
import { root } from '../fixtures/pages.ts';
import { isHere } from '../fixtures/programs.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';
import { isThorough } from '../fixtures/thoroughness.ts';

/** Nothing is found by its name alone: neither Node nor npm, nor any tool of the system. */
const bare = { PATH: '/nothing-here' };

/** What keeps a program from every network, where users may do that. */
const offline = isHere('unshare', '-rn', 'true') ? ['unshare', '-rn'] : [];

const onTime = ['--handed-in-at', '2023-02-06T09:00:00+08:00'];

const itRunsHere = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!itRunsHere)('the package for Linux x64, unpacked where there is nothing else', () => {
  let temporary: Awaited<ReturnType<typeof newFolder>>;
  let office: string;
  let program: string;

  beforeAll(async () => {
    temporary = await newFolder();
    office = join(temporary.folder, '法制机构 2023 (新)');
    await mkdir(office);
    const asked = ['run', 'package', '--', '--platform', 'linux-x64', '--to', temporary.folder];
    await promisify(execFile)('npm', asked, { cwd: root });
    const archive = join(temporary.folder, `${packageName('linux-x64')}.tar.gz`);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', office]);
    program = join(office, packageName('linux-x64'));
  });
  afterAll(() => temporary.remove());

  /** Runs the package's command line, without the network if this may be. */
  function indicators(...args: string[]): Promise<Ran> {
    const [command, ...rest] = [...offline, 'env', '-i', `PATH=${bare.PATH}`, join(program, 'indicators')];
    return run(command!, [...rest, ...args]);
  }

  it('starts, answers, and keeps its data beside the program', async () => {
    const { process: server, origin } = await start(join(program, 'start.sh'));
    const answer = await fetch(`${origin}/sign-in`);
    expect(await answer.text()).toContain('选择您的身份');
    const style = /href="(\/assets\/portal\.[^"]+\.css)"/.exec(
      await (await fetch(`${origin}/sign-in`)).text(),
    );
    expect((await fetch(`${origin}${style?.[1]}`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
    expect((await readdir(office)).sort()).toEqual([basename(program), 'indicators-data'].sort());
    expect(await readdir(join(office, 'indicators-data'))).toContain('ledger.sqlite');
  });

  /** What the package's verifier says of a data folder, and then the other one, where Python is. */
  async function expectSound(data: string): Promise<string> {
    const verified = await indicators('--data', data, 'verify', '--year', '2023');
    expect(verified).toMatchObject({ code: 0, errors: '' });
    expect(verified.output).toContain('sound: everything is as it was');
    if (!isHere('python3', '--version')) return verified.output;
    const ledger = join(office, `${basename(data)}.jsonl`);
    await indicators('--data', data, '--year', '2023', 'export', '-o', ledger);
    const verifier = join(program, 'program/test/verifier/verify.py');
    const other = await run('python3', [verifier, ledger, join(data, 'publications/2023/0001')]);
    expect([other.code, other.errors]).toEqual([0, '']);
    expect(other.output).toContain('sound: everything is as it was recorded');
    return verified.output;
  }

  it('adopts, hands out forms, takes a return in and publishes, which both verifiers find sound', async () => {
    const data = join(office, 'first');
    const here = (...args: string[]) => indicators('--data', data, ...args);
    const steps = [
      ['catalogue', 'adopt', exampleCatalogueFile, '--reason', '首次采用'],
      ['template', '--department', 'sfj', '--period', '2023-02', '-o', join(office, 'form.xlsx')],
      ['submit', join((await madeSample()).data, 'returns-2023/sfj/2023-01'), ...onTime],
      ['publish', '--witness-key', join(office, 'key.pem')],
    ];
    for (const step of steps) expect(await here(...step), step[0]).toMatchObject({ code: 0 });
    expect(await expectSound(data)).toContain('checked 1 feedback files derived anew');
  });

  it.skipIf(!isThorough)('makes a year of the sample, which both verifiers find sound', async () => {
    const folder = join(office, 'demo');
    const made = await indicators('demo', '--no-second-year', '--folder', folder);
    expect(made).toMatchObject({ code: 0, errors: '' });
    const data = join(folder, 'data');
    expect(await readdir(join(data, 'publications', '2023'))).toEqual(['0001']);
    expect(await expectSound(data)).toContain('checked 206 feedback files derived anew');
  });

  it('has the version, and the Node that the lock file names', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await indicators('--version')).toMatchObject({ code: 0, output: `indicators ${version}\n` });
    const node = await run(join(program, 'node', 'node'), ['--version']);
    expect(node.output).toBe(`v${lockedNode(platforms['linux-x64'].machine).version}\n`);
  });

  it('finds its data beside the outer folder if it was unpacked into one of the same name', async () => {
    const [outer, moved] = [join(office, 'deep', 'same'), join(office, 'deep', 'same', 'same')];
    await mkdir(outer, { recursive: true });
    await rename(program, moved);
    onTestFinished(() => rename(moved, program));
    const looked = await run('env', ['-i', join(moved, 'indicators'), 'status']);
    expect(looked.errors).toContain(`there is no folder ${join(office, 'deep', 'indicators-data')}`);
  });
});

/** Starts the server of a package, on any free port, and waits until it says where it is. */
async function start(script: string, ...args: string[]): Promise<{ process: ChildProcess; origin: string }> {
  const child = spawn(script, args, {
    env: { ...bare, PORT: '0' },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    if (child.exitCode === null) child.kill('SIGKILL');
  });
  let [output, errors] = ['', ''];
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const origin = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${errors}`)));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const said = /请在浏览器中打开：\s+(http:\/\/127\.0\.0\.1:\d+)\//.exec(output)?.[1];
      if (said !== undefined && output.includes('Ctrl+C')) resolve(said);
    });
  });
  return { process: child, origin };
}

/** For which system and processor a program is, as its first bytes say. */
function builtFor(program: Buffer): string {
  if (program.toString('latin1', 0, 4) === '\x7fELF') return `ELF ${program.readUInt16LE(18).toString(16)}`;
  const header = program.readUInt32LE(0x3c);
  const magic = program.toString('latin1', 0, 2) + program.toString('latin1', header, header + 4);
  return magic === 'MZPE\0\0' ? `PE ${program.readUInt16LE(header + 4).toString(16)}` : 'neither';
}

/** Node for a platform: the installed one, or what npm has in its cache. Without either, the test is skipped. */
async function nodeAtHand(name: PlatformName, { skip }: TestContext): Promise<string> {
  const { machine } = platforms[name];
  vi.stubEnv('npm_config_offline', 'true');
  try {
    return await nodePackage(machine, await temporaryFolder());
  } catch (error) {
    if (!/ENOTCACHED|npm run package/.test(String(error))) throw error;
    return skip(`${machine.package} is not installed, and npm has no copy of it`);
  } finally {
    vi.unstubAllEnvs();
  }
}

const machines: Record<PlatformName, string> = {
  'windows-x64': 'PE 8664',
  'linux-x64': 'ELF 3e',
  'linux-arm64': 'ELF b7',
};

describe('the Node of a package', () => {
  for (const [name, { machine, node }] of Object.entries(platforms) as [PlatformName, Platform][]) {
    it(`for ${name} is for that machine, in the version that the lock file names`, async (context) => {
      const folder = await nodeAtHand(name, context);
      const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      expect(manifest).toMatchObject({ name: machine.package, version: lockedNode(machine).version });
      const file = await open(join(folder, node.from));
      const { buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
      await file.close();
      expect(builtFor(buffer)).toBe(machines[name]);
    });
  }
});
