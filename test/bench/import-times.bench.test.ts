import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunction, bundlingOptions, type FunctionName, functionNames } from '../../infra/bundling.ts';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { s3Documents } from '../../shared/adapters/s3-documents.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { buckets, createLedgerTable, dynamodbAt, s3At, startDynalite } from '../fixtures/aws.ts';
import { httpApiEvent } from '../fixtures/http-api.ts';
import { startKeyService } from '../fixtures/key-service.ts';
import { standInAccount } from '../fixtures/moto.ts';
import { startPlainS3 } from '../fixtures/plain-s3.ts';
import { batch, message, s3Record } from '../fixtures/s3-events.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { median, printFigures } from './figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = 5;
/** Of importing `ingest` alone. A first request loads what it needs, so that it gains less: it must gain something. */
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
  AWS_ACCESS_KEY_ID: standInAccount.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: standInAccount.credentials.secretAccessKey,
  WITNESS_KEY: 'key',
  REMINDERS: 'off',
  REMINDERS_SECRET: 'reminders',
};

const uploadedAt = '2023-04-03T01:15:00.000Z';
const key = 'uploads/sfj/2023-03/a.xlsx';

/** What each function is asked first. */
const firstRequests: Record<FunctionName, unknown> = {
  ingest: batch(message('m', { Records: [s3Record({ key, size: 3, uploadedAt })] })),
  publish: { kind: 'daily' },
  portal: httpApiEvent({ method: 'GET', url: `${environment.PORTAL_ORIGIN}/` }),
  remind: { kind: 'hourly' },
};

/** The stores, in this process; and all else of AWS that is asked, which answers what each function needs to hear. */
async function startAws() {
  const [table, s3, keys] = await Promise.all([startDynalite(), startPlainS3(), startKeyService('key')]);
  const secrets: Record<string, object> = {
    portal: { sessionKey: 'x'.repeat(64), clientSecret: '' },
    reminders: { robots: [] },
  };
  const rest = createServer(async (request, response) => {
    const { SecretId = '' } = JSON.parse(await text(request)) as { SecretId?: string };
    const SecretString = JSON.stringify(secrets[SecretId]);
    response.end(JSON.stringify({ FailedEntryCount: 0, SecretString }));
  }).listen(0, '127.0.0.1');
  await once(rest, 'listening');
  const client = dynamodbAt(table.endpoint);
  await createLedgerTable(client, 'ledger');
  const documents = s3Documents({ client: s3At(s3.endpoint), buckets });
  await adoptIn({ ledger: dynamodbLedger({ client, table: 'ledger' }), documents }, smallCatalogue);
  await documents.put(key, Buffer.from('not'));
  const other = `http://127.0.0.1:${(rest.address() as AddressInfo).port}`;
  return {
    addresses: {
      ...{ AWS_ENDPOINT_URL: s3.endpoint, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint },
      ...{ AWS_ENDPOINT_URL_EVENTBRIDGE: other, AWS_ENDPOINT_URL_SECRETS_MANAGER: other },
      AWS_ENDPOINT_URL_KMS: keys.endpoint,
    },
    stop: async () => {
      rest.close().closeAllConnections();
      keys.stop();
      s3.stop();
      await table.stop();
    },
  };
}

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
  const contents = [...imports, `export * from './functions/lambda/${name}/index.ts';`, used].join('\n');
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

interface Times {
  imported: number;
  answered: number;
}

/** How long a fresh process takes to import the bundle, and until it has answered a first request (milliseconds). */
async function timesOf(name: FunctionName, folder: string): Promise<Times> {
  const url = pathToFileURL(join(folder, 'index.mjs')).href;
  const code = `const start = performance.now();
    const { handler } = await import(${JSON.stringify(url)});
    const imported = performance.now() - start;
    const context = { getRemainingTimeInMillis: () => 60000 };
    const answer = await handler(${JSON.stringify(firstRequests[name])}, context);
    const answered = performance.now() - start;
    if (answer?.batchItemFailures?.length > 0 || answer?.statusCode >= 400) throw new Error(JSON.stringify(answer));
    process.stderr.write(JSON.stringify({ imported, answered }));
    process.exit();`;
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    env: {
      ...process.env,
      ...environment,
      ...aws.addresses,
      LOG_LEVEL: 'SILENT',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    },
  });
  return JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as Times;
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

let aws: Awaited<ReturnType<typeof startAws>>;
let folder: string;
let remove: () => Promise<void>;
const bundles = functionNames.flatMap((name) => [`${name}`, `${name}, naive`]);
const folderOf = (bundle: string) => join(folder, bundle.replace(', ', '-'));

beforeAll(async () => {
  ({ folder, remove } = await newFolder());
  aws = await startAws();
  for (const name of functionNames) {
    await bundleFunction(name, folderOf(name));
    await bundleNaively(name, folderOf(`${name}, naive`));
    if (name !== 'portal') continue;
    const assets = join(root, 'functions', 'portal', 'assets');
    await cp(assets, join(folderOf('portal, naive'), 'assets'), { recursive: true });
  }
});
afterAll(async () => {
  await aws.stop();
  await remove();
});

it('starts a function, first request included, in a fraction of the time that a naive bundle takes', async () => {
  const times = new Map<string, Times[]>(bundles.map((bundle) => [bundle, []]));
  for (let round = 0; round < rounds; round++) {
    for (const bundle of bundles) {
      const name = bundle.replace(', naive', '') as FunctionName;
      times.get(bundle)?.push(await timesOf(name, folderOf(bundle)));
    }
  }
  const time = (bundle: string, of: keyof Times = 'answered') =>
    median((times.get(bundle) ?? []).map((each) => each[of]));
  const ratio = (bundle: string, of: keyof Times = 'answered') =>
    time(bundle, of) / time(`${bundle.replace(', naive', '')}, naive`, of);
  const row = (what: string, figure: number, to: number) => ({ what, figure, ratio: figure / to });
  printFigures(
    'import, ms',
    bundles.map((bundle) => ({
      what: bundle,
      figure: time(bundle, 'imported'),
      ratio: ratio(bundle, 'imported'),
    })),
  );
  printFigures(
    'import and first request, ms',
    bundles.map((bundle) => ({ what: bundle, figure: time(bundle), ratio: ratio(bundle) })),
  );
  const sizes = await Promise.all(
    functionNames.map(async (name) => {
      const [ours, naive] = await Promise.all([sizeOf(folderOf(name)), sizeOf(folderOf(`${name}, naive`))]);
      return [
        row(`${name}, read at first`, ours.first / 1e6, naive.all / 1e6),
        row(`${name}, in all`, ours.all / 1e6, naive.all / 1e6),
        row(`${name}, naive`, naive.all / 1e6, naive.all / 1e6),
      ];
    }),
  );
  printFigures('bundle, MB', sizes.flat());
  expect(ratio('ingest', 'imported')).toBeLessThan(goal);
  expect(functionNames.filter((name) => ratio(name) >= 1)).toEqual([]);
});
