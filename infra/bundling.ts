import { cpSync, readdirSync, rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { loadCatalogues } from '../shared/catalogue/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The functions that are bundled for Lambda. */
export const functionNames = ['ingest', 'publish', 'portal'] as const;
export type FunctionName = (typeof functionNames)[number];

/** The folder of catalogues in every bundle, which the variable `CATALOGUES` names. */
export const cataloguesFolder = 'catalogues';

/**
 * How functions are bundled, here and nowhere else. ESM for Node 24, minified, nothing left out: what runs is what
 * the lock file says. Split, so that what is imported when it is needed (exceljs) is not read before. Packages
 * that are still CommonJS want a `require`.
 */
export function bundlingOptions(entryPoints: Record<string, string>, outdir: string): BuildOptions {
  return {
    entryPoints,
    outdir,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    plugins: [onlyUsedZod],
    logLevel: 'warning',
    banner: {
      js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
    },
  };
}

/**
 * `import { z } from 'zod'` keeps all of zod, its messages in fifty languages too; `import * as z` is the same
 * object, of which esbuild keeps what is used. Halves what the ingest function has to read before it starts.
 */
export function takingUsedZod(source: string): string {
  return source.replace("import { z } from 'zod';", "import * as z from 'zod';");
}

const onlyUsedZod: Plugin = {
  name: 'only-used-zod',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:shared|functions)[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: takingUsedZod(source), loader: 'ts' };
    });
  },
};

/** Bundles a function into an empty folder, `index.mjs` and its chunks with the files that it reads beside them. */
export async function bundleFunction(name: FunctionName, outdir: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await build(bundlingOptions({ index: join(root, 'functions', 'lambda', name, 'index.ts') }, outdir));
  await copyCatalogues(join(outdir, cataloguesFolder));
  if (name === 'portal') {
    await cp(join(root, 'functions', 'portal', 'assets'), join(outdir, 'assets'), { recursive: true });
  }
}

async function copyCatalogues(folder: string): Promise<void> {
  await mkdir(folder);
  const source = join(root, 'shared', 'catalogue');
  for (const file of await readdir(source)) {
    if (file.endsWith('.json') && !file.endsWith('-report.json'))
      await cp(join(source, file), join(folder, file));
  }
}

export interface FunctionBundlesOptions {
  /** A folder of catalogues to deploy in place of the worked example. */
  catalogues?: string | undefined;
}

/**
 * Bundles every function, each into a folder of its own below `folder`. Refuses at once the catalogues that the
 * functions would refuse, while nothing has been deployed yet.
 */
export async function bundleFunctions(
  folder: string,
  options: FunctionBundlesOptions = {},
): Promise<Record<FunctionName, string>> {
  if (options.catalogues !== undefined) loadCatalogues(options.catalogues);
  const bundled = async (name: FunctionName) => {
    const outdir = join(folder, name);
    await bundleFunction(name, outdir);
    if (options.catalogues !== undefined) {
      replaceCatalogues(options.catalogues, join(outdir, cataloguesFolder));
    }
    return outdir;
  };
  const [ingest, publish, portal] = await Promise.all([
    bundled('ingest'),
    bundled('publish'),
    bundled('portal'),
  ]);
  return { ingest, publish, portal };
}

function replaceCatalogues(from: string, to: string): void {
  const names = readdirSync(from).filter((name) => name.endsWith('.json'));
  rmSync(to, { recursive: true });
  for (const name of names) cpSync(join(from, name), join(to, name));
}
