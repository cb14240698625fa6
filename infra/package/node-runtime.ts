import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './program.ts';

/** A kind of machine that there is a package for, and the npm package that has its Node. */
export interface Machine {
  os: 'win32' | 'linux';
  cpu: 'x64' | 'arm64';
  package: string;
}

/** The package of a Node as the lock file has it. */
interface LockedNode {
  version: string;
  integrity: string;
}

const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedNode | undefined>;
};

/** The Node that the lock file names for a machine. */
export function lockedNode(machine: Machine): LockedNode {
  const found = locked[`node_modules/${machine.package}`];
  if (found === undefined) throw new Error(`the lock file has no ${machine.package}`);
  return found;
}

/**
 * The folder of the Node package for a machine: the one that `npm ci` installed here if it is for this machine, else
 * npm is asked for it, and puts it below `scratch`.
 */
export async function nodePackage(machine: Machine, scratch: string): Promise<string> {
  const installed = join(root, 'node_modules', machine.package);
  const isInstalled = existsSync(installed) && (await versionIn(installed)) === lockedNode(machine).version;
  return isInstalled ? installed : fetchNode(machine, scratch);
}

async function versionIn(folder: string): Promise<unknown> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version;
}

/**
 * Installs the one package from a lock file of its own, with the hash that ours has: npm refuses what differs from it.
 * There it is a plain dependency, since npm passes over an optional one that cannot be had.
 */
async function fetchNode(machine: Machine, scratch: string): Promise<string> {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('this is what npm run package runs');
  const { version, integrity } = lockedNode(machine);
  const folder = join(scratch, machine.package);
  const manifest = { name: 'node-to-pack', version: '0.0.0', dependencies: { [machine.package]: version } };
  const packages = { '': manifest, [`node_modules/${machine.package}`]: { version, integrity } };
  const { name, version: own } = manifest;
  const lock = { name, version: own, lockfileVersion: 3, requires: true, packages };
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const asked = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const kind = [`--os=${machine.os}`, `--cpu=${machine.cpu}`];
  await promisify(execFile)(process.execPath, [npm, ...asked, ...kind], { cwd: folder });
  return join(folder, 'node_modules', machine.package);
}
