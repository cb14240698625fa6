import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The functions that are bundled for Lambda. */
export const functionNames = ['ingest', 'publish', 'portal', 'remind'] as const;
export type FunctionName = (typeof functionNames)[number];

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
  const entryPoints = { index: join(root, 'functions', 'lambda', name, 'index.ts') };
  // What a fault names in the log are then files and lines of the source, which the maps need not hold once more.
  const maps = { sourcemap: 'linked', sourcesContent: false } as const;
  await build({ ...bundlingOptions(entryPoints, outdir), ...maps });
  if (name === 'portal') {
    await cp(join(root, 'functions', 'portal', 'assets'), join(outdir, 'assets'), { recursive: true });
  }
}

/** Bundles every function, each into a folder of its own below `folder`. */
export async function bundleFunctions(folder: string): Promise<Record<FunctionName, string>> {
  const bundled = async (name: FunctionName) => {
    const outdir = join(folder, name);
    await bundleFunction(name, outdir);
    return outdir;
  };
  const [ingest, publish, portal, remind] = await Promise.all([
    bundled('ingest'),
    bundled('publish'),
    bundled('portal'),
    bundled('remind'),
  ]);
  return { ingest, publish, portal, remind };
}
