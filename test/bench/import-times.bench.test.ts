import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunction, bundlingOptions, type FunctionName } from '../../infra/bundling.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { median, printFigures } from './figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const functions: FunctionName[] = ['ingest', 'publish', 'portal'];
const rounds = 21;
const goal = 0.4;

const environment = {
  LEDGER_TABLE: 'ledger',
  UPLOADS_BUCKET: 'uploads',
  DOCUMENTS_BUCKET: 'documents',
  PUBLICATIONS_BUCKET: 'publications',
  EVENT_BUS: 'indicators',
  PUBLISH_FUNCTION: 'publish',
  PORTAL_ORIGIN: 'https://portal.example.gov.cn',
  PORTAL_SECRET: 'portal',
  OIDC_ISSUER: 'https://sso.example.gov.cn',
  OIDC_CLIENT: 'indicators',
  OIDC_AUDIENCE: 'https://portal.example.gov.cn',
  OIDC_ROLE_CLAIM: 'role',
  OIDC_DEPARTMENT_CLAIM: 'department',
  AWS_REGION: 'cn-north-1',
};

/** The same function with everything imported at the top, bundled as esbuild does by itself. */
async function bundleNaively(name: FunctionName, outdir: string): Promise<void> {
  const packages = [
    'exceljs',
    'zod',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-eventbridge',
    '@aws-lambda-powertools/logger',
    '@aws-lambda-powertools/metrics',
  ];
  const imports = packages.map((each, index) => `import * as p${index} from '${each}';`);
  const used = `export const packages = [${packages.map((_, index) => `p${index}`).join(', ')}];`;
  const contents = [...imports, `export * from './functions/${name}/index.ts';`, used].join('\n');
  const { banner } = bundlingOptions({}, outdir);
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile: join(outdir, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    ...(banner && { banner }),
    logLevel: 'error',
  });
}

/** How long a fresh process takes to import the bundle, in milliseconds. */
async function importTime(folder: string): Promise<number> {
  const url = pathToFileURL(join(folder, 'index.mjs')).href;
  const code = `const start = performance.now();
    const { handler } = await import(${JSON.stringify(url)});
    if (typeof handler !== 'function') throw new Error('no handler');
    process.stdout.write(String(performance.now() - start));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    env: { ...process.env, ...environment },
  });
  return Number(stdout);
}

/** The bytes of a bundle's code: all of it, and what is read before the handler is there. */
async function sizeOf(folder: string): Promise<{ all: number; first: number }> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const code = files.filter(({ name }) => name.endsWith('.mjs'));
  const sizes = await Promise.all(code.map(async ({ parentPath, name }) => stat(join(parentPath, name))));
  const first = new Set([join(folder, 'index.mjs')]);
  let bytes = 0;
  for (const file of first) {
    const source = await readFile(file, 'utf8');
    bytes += Buffer.byteLength(source);
    for (const [, from = ''] of source.matchAll(/(?:from|\bimport)"(\.[^"]+\.mjs)"/g)) {
      first.add(join(dirname(file), from));
    }
  }
  return { all: sizes.reduce((total, { size }) => total + size, 0), first: bytes };
}

let folder: string;
let remove: () => Promise<void>;
const bundles = functions.flatMap((name) => [`${name}`, `${name}, naive`]);
const folderOf = (bundle: string) => join(folder, bundle.replace(', ', '-'));

beforeAll(async () => {
  ({ folder, remove } = await newFolder());
  for (const name of functions) {
    await bundleFunction(name, folderOf(name));
    await bundleNaively(name, folderOf(`${name}, naive`));
  }
});
afterAll(() => remove());

it('imports a function in a fraction of the time that a naive bundle takes', async () => {
  const times = new Map<string, number[]>(bundles.map((bundle) => [bundle, []]));
  for (let round = 0; round < rounds; round++) {
    for (const bundle of bundles) times.get(bundle)?.push(await importTime(folderOf(bundle)));
  }
  const time = (bundle: string) => median(times.get(bundle) ?? []);
  const ratio = (bundle: string) => time(bundle) / time(`${bundle.replace(', naive', '')}, naive`);
  const row = (what: string, figure: number, to: number) => ({ what, figure, ratio: figure / to });
  printFigures(
    'import, ms',
    bundles.map((bundle) => ({ what: bundle, figure: time(bundle), ratio: ratio(bundle) })),
  );
  const sizes = await Promise.all(
    functions.map(async (name) => {
      const [ours, naive] = await Promise.all([sizeOf(folderOf(name)), sizeOf(folderOf(`${name}, naive`))]);
      return [
        row(`${name}, read at first`, ours.first / 1e6, naive.all / 1e6),
        row(`${name}, in all`, ours.all / 1e6, naive.all / 1e6),
        row(`${name}, naive`, naive.all / 1e6, naive.all / 1e6),
      ];
    }),
  );
  printFigures('bundle, MB', sizes.flat());
  expect(ratio('ingest')).toBeLessThan(goal);
});
