import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { archivers } from './archives.ts';
import { type PlatformName, packageContents, packageName, platforms, type SharedParts } from './contents.ts';
import { licenceTexts } from './licence-texts.ts';
import { nodePackage } from './node-runtime.ts';
import { bundleProgram, root } from './program.ts';

/** Makes the packages that were asked for, each an archive in `folder`. */
async function makePackages(names: readonly PlatformName[], folder: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'indicators-package-'));
  try {
    await mkdir(folder, { recursive: true });
    const parts = await sharedParts(scratch);
    for (const name of names) {
      const { machine, archive } = platforms[name];
      const files = await packageContents(platforms[name], await nodePackage(machine, scratch), parts);
      const bytes = await archivers[archive](packageName(name), files);
      const file = join(folder, `${packageName(name)}.${archive}`);
      await writeFile(file, bytes);
      const size = (bytes.length / 1e6).toFixed(1);
      const hash = createHash('sha256').update(bytes).digest('hex');
      console.log(`${relative(process.cwd(), file)}  ${size} MB  sha256 ${hash}`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function sharedParts(scratch: string): Promise<SharedParts> {
  const program = await bundleProgram();
  const node = await nodePackage(platforms['linux-x64'].machine, scratch);
  const nodeLicence = await readFile(join(node, 'LICENSE'));
  return { program, licences: await licenceTexts(program.packages), nodeLicence };
}

function isPlatform(name: string): name is PlatformName {
  return Object.hasOwn(platforms, name);
}

const { values } = parseArgs({
  options: {
    platform: { type: 'string', multiple: true, default: Object.keys(platforms) },
    to: { type: 'string', default: join(root, 'dist') },
  },
});
const unknown = values.platform.find((name) => !isPlatform(name));
if (unknown !== undefined) {
  throw new Error(`there is no package for ${unknown}, but for ${Object.keys(platforms).join(', ')}`);
}
await makePackages(values.platform.filter(isPlatform), resolve(values.to));
