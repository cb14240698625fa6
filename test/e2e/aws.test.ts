import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { FunctionName } from '../../infra/bundling.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { type Catalogue, expectedReturns } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { instantOf, localTime } from '../../shared/core/catalogue/period.ts';
import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { feedbackFolder } from '../../shared/core/ledger/receipt.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { readSummary } from '../../shared/publication/summary-json.ts';
import { defaultLimits } from '../../shared/workbook/reading/limits.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { idsOf } from '../fixtures/beyond-moto.ts';
import { bundledFunctions } from '../fixtures/bundled-functions.ts';
import { writeCorrectedReturn } from '../fixtures/corrected-return.ts';
import { invoke } from '../fixtures/deployed-function.ts';
import { motoIsHere } from '../fixtures/moto.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { replay } from '../fixtures/replay.ts';
import { type RunningCity, startCity } from '../fixtures/running-city.ts';
import { type SampleUpload, sampleUploads } from '../fixtures/sample-uploads.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

const example = loadCatalogue(exampleCatalogueFile);
const thisYear = Number(localTime(instantOf(new Date()), example.utcOffset).slice(0, 4));
const chinese = '市司法局 3月+法律援助（定稿）100%.xlsx';
const departments = ['sfj', 'gaj', 'xfj'];
const corrected = `uploads/sfj/2023-03/${chinese}`;

/** The catalogues that the city adopts: one for this year too, so that the daily run has one to publish. */
const catalogues = [
  example,
  catalogueSchema.parse(
    JSON.parse(
      readFileSync(exampleCatalogueFile, 'utf8').replace(/202[34]/g, (year) =>
        String(Number(year) - example.year + thisYear),
      ),
    ),
  ),
];

async function correctedReturn(cases: string, note: string): Promise<Uint8Array> {
  const { folder, remove } = await newFolder();
  await writeCorrectedReturn(join(folder, 'return.xlsx'), { cases, note });
  const bytes = await readFile(join(folder, 'return.xlsx'));
  await remove();
  return bytes;
}

/** Everything below some folders, as text that can be compared byte for byte. */
async function filesOf(documents: Documents, ...folders: string[]): Promise<Map<string, string>> {
  const listed = (await Promise.all(folders.map((folder) => documents.list(folder)))).flat();
  const files = new Map<string, string>();
  for (const { key } of listed) {
    files.set(key, Buffer.from((await documents.get(key)) ?? []).toString('base64'));
  }
  return files;
}

/** So that uploads of today are in time. Left to be overdue is January 2023 of those who upload nothing here. */
async function extendDeadlines({ ledger, documents }: RunningCity, catalogue: Catalogue): Promise<void> {
  const act = { kind: 'deadline-extended', until: '2100-01-01T00:00:00.000Z', reason: '测试' } as const;
  for (const { period } of catalogue.periods) {
    for (const department of period === '2023-01' ? departments : [null]) {
      const entry = { at: instantOf(new Date()), by: '法制科' };
      await recordDecision({ ...act, department, period }, entry, { ledger, documents });
    }
  }
}

function kinds(events: readonly LedgerEvent[], chain: string): string[] {
  return events.filter((event) => event.chain === chain).map(({ happening }) => happening.kind);
}

let bundles: Record<FunctionName, string>;

beforeAll(async () => {
  if (motoIsHere) bundles = await bundledFunctions();
});

/** The harder of the two partitions first. */
const places = [
  { stage: 'production-cn', region: 'cn-north-1' },
  { stage: 'development', region: 'us-east-1' },
].slice(0, casesTried(2, 1));

describe.skipIf(!motoIsHere).each(places)('$stage in $region, in moto_server', ({ stage, region }) => {
  let city: RunningCity;
  let samples: SampleUpload[];

  beforeAll(async () => {
    [city, samples] = await Promise.all([
      startCity({ stage, region, bundles }),
      sampleUploads(
        example,
        ({ department, period }) => departments.includes(department) && period <= '2023-03',
      ),
    ]);
    for (const catalogue of catalogues) await adoptIn(city, catalogue);
  });
  afterAll(() => city?.stack.stop());

  it('is created through CloudFormation, and its functions get the environment that they read', () => {
    const { stack, ingest, publish, source } = city;
    expect(stack.status).toBe('CREATE_COMPLETE');
    const { outputs } = stack;
    const settings = { Runtime: 'nodejs24.x', Handler: 'index.handler' };
    expect(ingest.configuration).toMatchObject({ ...settings, FunctionName: outputs.IngestFunction });
    expect(publish.configuration).toMatchObject({ ...settings, FunctionName: outputs.PublishFunction });
    expect(source).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const both = {
      LEDGER_TABLE: outputs.LedgerTable,
      DOCUMENTS_BUCKET: outputs.DocumentsBucket,
      EVENT_BUS: outputs.EventBus,
      POWERTOOLS_METRICS_NAMESPACE: 'Indicators',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      NODE_OPTIONS: '--enable-source-maps',
    };
    expect(ingest.environment).toEqual({
      ...both,
      UPLOADS_BUCKET: outputs.UploadsBucket,
      POWERTOOLS_SERVICE_NAME: `${stage}-ingest`,
    });
    expect(publish.environment).toEqual({
      ...both,
      PUBLICATIONS_BUCKET: outputs.PublicationsBucket,
      WITNESS_KEY: outputs.WitnessKey,
      POWERTOOLS_SERVICE_NAME: `${stage}-publish`,
    });
  });

  it('takes in good, bad and misplaced uploads from the queue, each version of a file by itself', async () => {
    for (const catalogue of catalogues) await extendDeadlines(city, catalogue);
    for (const { key, address, bytes, uploader } of samples) {
      const isCorrected = address.department === 'sfj' && address.period === '2023-03';
      await city.upload(isCorrected ? corrected : key, bytes, uploader);
    }
    await city.upload('uploads/sfj/2023-04/坏文件 1+1.xlsx', Buffer.from('not a workbook'));
    await city.upload('uploads/gaj/2023-04/太大.xlsx', Buffer.alloc(defaultLimits.bytes + 1), '李四');
    await city.upload('uploads/nobody/2023-04/来历不明.xlsx', Buffer.from('of nobody'));
    await city.upload('uploads/散页.xlsx', Buffer.from('no address'));
    await city.upload('elsewhere/not-an-upload.xlsx', Buffer.from('elsewhere'));
    const overwriting = await city.upload(corrected, await correctedReturn('77', ''), '张三（司法局）');

    const messages = await city.queue.receiveAll();
    const tellsOfUploads = messages.filter(({ body }) => !body.includes('s3:TestEvent'));
    expect(tellsOfUploads).toHaveLength(samples.length + 5);
    const { answers, log } = await city.deliver(messages);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))), log).toEqual(
      new Set(['{"answer":{"batchItemFailures":[]}}']),
    );
    await city.queue.release(messages);

    const events = await city.events();
    expect(kinds(events, '2023/sfj').sort()).toEqual([...Array(4).fill('return-accepted'), 'return-refused']);
    expect(kinds(events, '2023/gaj').sort()).toEqual([...Array(3).fill('return-accepted'), 'return-refused']);
    const unaddressed = events.filter(({ chain }) => chain.endsWith('/unaddressed'));
    expect(unaddressed.map(({ happening }) => happening.kind)).toEqual(['return-refused', 'return-refused']);
    const { state } = await readYear(city, 2023);
    const counting = returnOf(state, { department: 'sfj', period: '2023-03' })?.counting?.upload;
    expect(counting).toMatchObject({
      key: corrected,
      version: overwriting,
      fileName: chinese,
      uploader: '张三（司法局）',
    });
  });

  it('changes nothing when every message is delivered again in another order', async () => {
    const before = [await city.events(), await city.written()];
    const messages = seededRandom(3, region).shuffled(await city.queue.receiveAll());
    expect(messages.length).toBeGreaterThanOrEqual(samples.length + 5);
    const { answers, log } = await city.deliver(messages);
    expect(answers, log).toEqual(answers.map(() => ({ answer: { batchItemFailures: [] } })));
    await city.queue.delete(messages);
    expect([await city.events(), await city.written()]).toEqual(before);
    expect(await city.queue.receiveAll()).toEqual([]);
  });

  it('writes feedback on each upload, and announces once what became of it', async () => {
    const uploads = (await city.events()).filter(
      (event) => isEvent(event, 'return-accepted') || isEvent(event, 'return-refused'),
    );
    for (const { happening, hash } of uploads) {
      const report = await city.documents.get(`${feedbackFolder(happening)}feedback.json`);
      const { outcome, receipt } = JSON.parse(Buffer.from(report ?? []).toString());
      expect({ outcome, receipt: receipt.hash }).toEqual({
        outcome: happening.kind === 'return-accepted' ? 'accepted' : 'refused',
        receipt: hash,
      });
    }
    const announced = await city.announced();
    const accepted = uploads.filter(({ happening }) => happening.kind === 'return-accepted');
    expect(announced.get('return accepted')).toHaveLength(accepted.length);
    expect(announced.get('return refused')).toHaveLength(uploads.length - accepted.length);
  });

  it('gives an upload back while AWS fails, in the end to the dead letters, from where it is redriven', async () => {
    await city.upload('uploads/xfj/2023-04/四月.xlsx', Buffer.from('not yet a workbook'), '王五');
    const before = await city.events();
    const failing = await city.queue.receiveAll();
    const ids = failing.map(({ messageId }) => messageId);
    const { answers } = await city.deliver(failing, { ...city.ingest, endpoint: 'http://127.0.0.1:9' });
    const batchItemFailures = ids.map((itemIdentifier) => ({ itemIdentifier }));
    expect(answers).toEqual([{ answer: { batchItemFailures } }]);
    let given = failing;
    for (; given.length > 0; given = await city.queue.receiveAll()) await city.queue.release(given);
    expect(await city.events()).toEqual(before);
    const dead = await city.deadLetters.receiveAll();
    expect(dead.map(({ messageId }) => messageId)).toEqual(ids);
    expect((await city.deliver(dead)).answers).toEqual([{ answer: { batchItemFailures: [] } }]);
    expect(await city.events()).toHaveLength(before.length + 1);
  });

  it('publishes by the input of its schedule, and again only what has changed', async () => {
    const [schedule = ''] = idsOf(city.stack.template, 'AWS::Scheduler::Schedule');
    const { Input } = city.stack.template.Resources[schedule]!.Properties.Target as { Input: string };
    const inputs = [JSON.parse(Input), { year: 2023 }];
    const first = await invoke(city.publish, inputs);
    expect(first.answers, first.log).toMatchObject([
      { answer: { years: [{ year: thisYear, number: 1, folder: `publications/${thisYear}/0001/` }] } },
      { answer: { years: [{ year: 2023, number: 1, status: 'provisional' }] } },
    ]);
    const announced = await city.announced();
    expect(announced.get('published')).toMatchObject([
      { year: thisYear, number: 1, sound: true },
      { year: 2023, number: 1, sound: true },
    ]);
    const expected = expectedReturns(example).filter(({ period }) => period === '2023-01');
    expect(announced.get('return overdue')).toHaveLength(expected.length - departments.length);

    await city.upload(corrected, await correctedReturn('79', '漏报两件'), '张三（司法局）');
    const messages = await city.queue.receiveAll();
    const { answers } = await city.deliver(messages);
    expect(answers).toEqual([{ answer: { batchItemFailures: [] } }]);
    await city.queue.delete(messages);
    const second = await invoke(city.publish, inputs);
    expect(second.answers, second.log).toMatchObject([
      { answer: { years: [{ year: thisYear, number: 1, outcome: 'unchanged' }] } },
      { answer: { years: [{ year: 2023, number: 2, outcome: 'published' }] } },
    ]);
    const events = await city.events();
    const published = events.filter(({ happening }) => happening.kind === 'published');
    expect(published.map(({ chain }) => chain)).toEqual(['2023/office', '2023/office', `${thisYear}/office`]);
    const summary = readSummary((await city.documents.get('publications/2023/0002/summary.json'))!)!;
    expect(summary.changes.since).toBe(1);
    expect(summary.changes.figures.map(({ indicator }) => indicator)).toContain('legal-aid-cases');
  });

  it('holds the very ledger and the very files that one machine makes of the same uploads', async () => {
    const events = await city.events();
    const summary = readSummary((await city.documents.get('publications/2023/0001/summary.json'))!)!;
    const given = { catalogues, files: city.files, software: summary.software };
    const { ledger, documents } = await replay(events, given, await temporaryFolder());
    for (const [chain, theirs] of Map.groupBy(events, (event) => event.chain)) {
      const ours = await ledger.read(chain);
      expect(ours.map(({ hash }) => hash)).toEqual(theirs.map(({ hash }) => hash));
    }
    ledger.close();
    const [ours, theirs] = await Promise.all(
      [documents, city.documents].map((each) => filesOf(each, 'publications/', 'feedback/')),
    );
    for (const folder of [`${thisYear}/0001`, '2023/0001', '2023/0002']) {
      expect([...theirs!.keys()]).toContain(`publications/${folder}/summary.xlsx`);
    }
    expect([...ours!.keys()]).toEqual([...theirs!.keys()]);
    expect([...theirs!].filter(([key, bytes]) => ours!.get(key) !== bytes).map(([key]) => key)).toEqual([]);
  });

  it('passes the verification of chains, originals, receipts and publications', async () => {
    const chains = Map.groupBy(await city.events(), ({ chain }) => chain);
    const { faults, checked } = await verifyStore(await rawYearIn(chains, city.documents), city.documents);
    expect(checked).toContainEqual(expect.stringMatching(/^4 signed statements, .* kept beside the ledger$/));
    console.log(`${stage} in ${region}: ${checked.join(', ')}`);
    expect(faults).toEqual([]);
  });
});

if (!motoIsHere) console.warn('skipped: moto_server, which stands in for AWS, is not here');
