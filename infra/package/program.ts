import { readdirSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundlingOptions, takingUsedZod } from '../bundling.ts';
import type { PackedFile } from './archives.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is run by its name: the command line, with the server in it, and what worker threads run. */
const entryPoints = {
  indicators: 'functions/cli/commands/program.ts',
  'submit-worker': 'functions/cli/commands/submit-worker.ts',
  'sample-worker': 'functions/demo/sample-worker.ts',
  worker: 'functions/local-server/work/worker.ts',
};

/** What auditors are told to find in the program's folder, to verify without the program. */
const forAuditors = [
  'shared/core/ledger/FORMAT.md',
  'shared/core/publication/FORMAT.md',
  ...readdirSync(join(root, 'test/verifier'))
    .filter((name) => name.endsWith('.py'))
    .map((name) => `test/verifier/${name}`),
];

/** The program as it runs where nothing is installed but Node. */
export interface BundledProgram {
  files: PackedFile[];
  /** The packages that code in it comes from, by where the lock file has them: `node_modules/zod`. */
  packages: string[];
}

/**
 * Bundles the program into one flat folder of modules. Files that it reads beside its code lie in that folder under
 * the paths that they have in the project.
 */
export async function bundleProgram(): Promise<BundledProgram> {
  const besideCode = new Set(forAuditors);
  const { outputFiles, metafile } = await build({
    ...bundlingOptions(entryPoints, join(root, 'never-written')),
    chunkNames: '[name]-[hash]',
    plugins: [findingFiles(besideCode)],
    metafile: true,
    write: false,
  });
  const modules = outputFiles.map(({ path, contents }) => ({ path: basename(path), bytes: contents }));
  // In whatever order the modules were read that name them.
  const others = await Promise.all([...besideCode].sort().map(filesAt));
  return { files: [...modules, ...others.flat()], packages: packagesIn(metafile) };
}

const reading = /new URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;

/**
 * Rewrites where modules look for files beside themselves: they run from another place than they were written in.
 * Notes each of these files, and refuses what looks for one in a way that would not be seen here.
 */
function findingFiles(found: Set<string>): Plugin {
  return {
    name: 'finding-files',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/](?:shared|functions)[\\/].*\.ts$/ }, async ({ path }) => {
        const module = relative(root, path).replaceAll('\\', '/');
        if (/^\.\.|node_modules\//.test(module)) return undefined;
        const source = takingUsedZod(await readFile(path, 'utf8'));
        if (/\bimport\.meta\b/.test(source.replace(reading, ''))) {
          throw new Error(`${module}: write what is read beside it as new URL('…', import.meta.url)`);
        }
        const contents = source.replace(reading, (_, address: string) => {
          const target = posix.join(posix.dirname(module), address);
          return `new URL('./${placeOf(target, found)}', import.meta.url)`;
        });
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** Where in the bundle something of the project is: code in its bundled module, any other file under its own path. */
function placeOf(target: string, found: Set<string>): string {
  const bundled = Object.entries(entryPoints).find(([, source]) => source === target);
  if (bundled !== undefined) return `${bundled[0]}.mjs`;
  if (target.endsWith('.ts')) throw new Error(`${target} is run by its name, and is not bundled`);
  found.add(target);
  return target;
}

/** The file at a path of the project, or the files in the folder there. */
async function filesAt(path: string): Promise<PackedFile[]> {
  const place = join(root, path);
  if (!(await stat(place)).isDirectory()) return [{ path, bytes: await readFile(place) }];
  const inside = await readdir(place, { recursive: true, withFileTypes: true });
  const files = inside.filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'));
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      return { path: relative(root, file).replaceAll('\\', '/'), bytes: await readFile(file) };
    }),
  );
}

/** Packages of which something is left after what is not used was taken out. */
function packagesIn({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const left = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  return [...new Set(left.flatMap((path) => packageOf(path) ?? []))].sort();
}

/** Where `node_modules` is a link, the path leads out of the project first. */
function packageOf(path: string): string | undefined {
  return /(?<=^|\/)node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(dirname(path))?.[0];
}
