import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adoptSample } from '../../functions/demo/submit-sample-year.ts';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { createLedgerTable, dynamodbAt, startDynalite } from '../fixtures/aws.ts';
import { indicatorsIn, type Ran } from '../fixtures/command-line.ts';
import { writeCorrectedReturn } from '../fixtures/corrected-return.ts';
import { standInAccount } from '../fixtures/moto.ts';
import { startPlainS3 } from '../fixtures/plain-s3.ts';
import { sampleUploads } from '../fixtures/sample-uploads.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const catalogue = loadCatalogue(exampleCatalogueFile);

describe('moving between one machine and a DynamoDB table (dynalite) with its bucket', () => {
  let folder: string;
  let client: ReturnType<typeof dynamodbAt>;
  let environment: Record<string, string>;
  let objects: Map<string, Uint8Array>;
  let stop: () => Promise<unknown>;

  /** Runs a command in a data folder below the test's own, with the table's address in the environment. */
  const indicators = (data: string, ...args: string[]): Promise<Ran> =>
    indicatorsIn(environment, '--data', join(folder, data), ...args);
  const file = (name: string) => join(folder, name);
  const text = (name: string) => readFile(file(name), 'utf8');
  const inCloud = (name: string) => ['--table', name, '--bucket', `${name}-documents`];
  const inTable = async (table: string, chain: string) => dynamodbLedger({ client, table }).read(chain);

  beforeAll(async () => {
    const made = await newFolder();
    const [dynalite, s3] = [await startDynalite(), await startPlainS3()];
    objects = s3.objects;
    folder = made.folder;
    client = dynamodbAt(dynalite.endpoint);
    for (const table of ['moved', 'empty', 'acts']) await createLedgerTable(client, table);
    environment = {
      AWS_ENDPOINT_URL: s3.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
      AWS_REGION: standInAccount.region,
      AWS_ACCESS_KEY_ID: standInAccount.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: standInAccount.credentials.secretAccessKey,
    };
    stop = async () => {
      client.destroy();
      s3.stop();
      await Promise.all([dynalite.stop(), made.remove()]);
    };
    await adoptSample(file('office'));
    await mkdir(file('returns'));
    const samples = await sampleUploads(catalogue, ({ period }) => period === '2023-01', 5);
    for (const { address, bytes } of samples) {
      await writeFile(file(`returns/${address.department}-${address.period}.xlsx`), bytes);
    }
    await writeFile(file('returns/sfj-2023-02.xlsx'), 'not a workbook');
    await indicators('office', 'submit', file('returns'), '--handed-in-at', '2023-02-06T09:00:00+08:00');
    const until = ['--until', '2099-01-01T00:00:00+08:00', '--reason', '系统停机'];
    await indicators('office', 'extend', '--period', '2023-03', ...until);
    await indicators('office', 'publish');
  });
  afterAll(() => stop?.());

  it('brings the ledger into the table and back, the same file byte for byte', async () => {
    const exported = await indicators('office', 'export', '-o', file('office.jsonl'));
    expect(exported).toMatchObject({ code: 0, output: expect.stringContaining('6 chains, 9 events') });
    const imported = await indicators('elsewhere', 'import', file('office.jsonl'), ...inCloud('moved'));
    expect(imported).toMatchObject({ code: 0, output: '9 events imported, 0 were there already\n' });
    expect(
      await indicators('elsewhere', 'export', ...inCloud('moved'), '-o', file('table.jsonl')),
    ).toMatchObject({
      code: 0,
    });
    expect(await text('table.jsonl')).toBe(await text('office.jsonl'));
    const kept = [`${catalogueHash(catalogue)}.json`, 'adopted/0001.json'];
    expect([...objects.keys()]).toEqual(kept.map((name) => `/moved-documents/catalogues/2023/${name}`));
    await indicators('another-office', 'import', file('table.jsonl'));
    await indicators('another-office', 'export', '-o', file('another-office.jsonl'));
    expect(await text('another-office.jsonl')).toBe(await text('office.jsonl'));
    expect(await indicators('elsewhere', 'verify', '--ledger', file('table.jsonl'))).toMatchObject({
      code: 0,
    });
  });

  it('changes nothing when it is done again, and adds only what is new', async () => {
    const again = await indicators('elsewhere', 'import', file('office.jsonl'), ...inCloud('moved'));
    expect(again).toMatchObject({ code: 0, output: '0 events imported, 9 were there already\n' });
    await indicators('elsewhere', 'export', ...inCloud('moved'), '-o', file('table.jsonl'));
    expect(await text('table.jsonl')).toBe(await text('office.jsonl'));

    await writeCorrectedReturn(file('sfj-2023-03.xlsx'), { cases: '77', note: '' });
    await indicators('office', 'submit', file('sfj-2023-03.xlsx'));
    await indicators('office', 'export', '-o', file('later.jsonl'));
    const more = await indicators('elsewhere', 'import', file('later.jsonl'), ...inCloud('moved'));
    expect(more).toMatchObject({ code: 0, output: '1 events imported, 9 were there already\n' });
    await indicators('elsewhere', 'export', ...inCloud('moved'), '-o', file('table.jsonl'));
    expect(await text('table.jsonl')).toBe(await text('later.jsonl'));
  });

  it('refuses a file that was tampered with, writing nothing', async () => {
    const whole = await text('office.jsonl');
    const lines = whole.trimEnd().split('\n');
    const tampered = {
      'a figure': whole.replace(/"value":"(\d+)"/, (_, digits) => `"value":"${Number(digits) + 1}"`),
      'a chain cut off': `${lines.slice(0, -1).join('\n')}\n`,
      'an event left out': `${lines.toSpliced(1, 1).join('\n')}\n`,
      'no ledger': '{}\n',
    };
    for (const [what, contents] of Object.entries(tampered)) {
      expect(contents, what).not.toBe(whole);
      await writeFile(file('tampered.jsonl'), contents);
      const refused = await indicators('elsewhere', 'import', file('tampered.jsonl'), ...inCloud('empty'));
      expect(refused, what).toMatchObject({ code: 3, output: '' });
      expect(refused.errors, what).toMatch(/not sound|not a ledger file/);
    }
    const chains = [...catalogue.departments.map(({ id }) => id), 'office', 'unaddressed'];
    for (const owner of chains) expect(await inTable('empty', `2023/${owner}`)).toEqual([]);
    expect([...objects.keys()].filter((key) => key.startsWith('/empty-'))).toEqual([]);
  });

  it('does what the office decides to a deployed ledger, from an empty table on, and looks at it', async () => {
    const cloud = inCloud('acts');
    const reason = ['--reason', '试运行', '--by', '法制科'];
    const adopted = await indicators(
      'nowhere',
      'catalogue',
      'adopt',
      exampleCatalogueFile,
      ...reason,
      ...cloud,
    );
    expect(adopted, adopted.errors).toMatchObject({
      code: 0,
      output: expect.stringContaining('2023/office#1 by 法制科'),
    });
    const until = ['--until', '2099-01-01T00:00:00+08:00'];
    const extended = await indicators(
      'nowhere',
      ...cloud,
      'extend',
      '--period',
      '2023-03',
      ...until,
      ...reason,
    );
    expect(extended, extended.errors).toMatchObject({
      code: 0,
      output: expect.stringContaining('2023/office#2'),
    });
    const none = await indicators('nowhere', 'admit', 'abcdef', ...reason, ...cloud);
    expect(none).toMatchObject({ code: 2, output: expect.stringContaining('no upload abcdef is held') });
    const kinds = (await inTable('acts', '2023/office')).map(({ happening }) => happening.kind);
    expect(kinds).toEqual(['catalogue-adopted', 'deadline-extended']);
    for (const looked of [['status'], ['acts'], ['query']]) {
      expect(await indicators('nowhere', ...looked, ...cloud), looked[0]).toMatchObject({ code: 0 });
    }
    const local = await indicators('nowhere', 'publish', ...cloud);
    expect(local).toMatchObject({ code: 2, errors: expect.stringContaining('works in a folder') });
  });

  it('wants the table and the bucket of its documents together', async () => {
    for (const args of [
      ['--table', 'moved'],
      ['--bucket', 'moved-documents'],
    ]) {
      const refused = await indicators('elsewhere', 'import', file('office.jsonl'), ...args);
      expect(refused, args[0]).toMatchObject({
        code: 2,
        output: '',
        errors: expect.stringContaining('go together'),
      });
    }
  });

  it('refuses the ledger of another office, which has other events in the same places', async () => {
    const until = ['--until', '2099-01-01T00:00:00+08:00', '--reason', '另一处'];
    await adoptSample(file('stranger'));
    await indicators('stranger', 'extend', '--period', '2023-04', ...until);
    await indicators('stranger', 'export', '-o', file('stranger.jsonl'));
    const before = await inTable('moved', '2023/office');
    const refused = await indicators('elsewhere', 'import', file('stranger.jsonl'), ...inCloud('moved'));
    expect(refused).toMatchObject({ code: 3, errors: expect.stringContaining('another event 2 already') });
    expect(await inTable('moved', '2023/office')).toEqual(before);
  });
});
