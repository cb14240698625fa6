import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { s3Documents } from '../../shared/adapters/s3-documents.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { buckets, createLedgerTable, dynamodbAt, s3At, startDynalite } from '../fixtures/aws.ts';
import { bundledFunctions } from '../fixtures/bundled-functions.ts';
import { type Answer, invoke } from '../fixtures/deployed-function.ts';
import { type FaultyStore, type StoreMode, startFaultyStore } from '../fixtures/faulty-store.ts';
import { startPlainS3 } from '../fixtures/plain-s3.ts';
import { batch, message, s3Record } from '../fixtures/s3-events.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** EventBridge, as far as it takes events; how many came. */
async function startBus(): Promise<{ endpoint: string; taken: { count: number } }> {
  const taken = { count: 0 };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      taken.count += 1;
      response.end('{"FailedEntryCount":0,"Entries":[]}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close().closeAllConnections());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken };
}

/** The bundled function over stores of its own that can be told to fail. */
async function startFunction() {
  const [{ ingest }, table, s3, bus] = await Promise.all([
    bundledFunctions(),
    startDynalite(),
    startPlainS3(),
    startBus(),
  ]);
  stops.push(table.stop, s3.stop);
  const dynamodb = await startFaultyStore('dynamodb', table.endpoint);
  const objects = await startFaultyStore('s3', s3.endpoint);
  stops.push(dynamodb.stop, objects.stop);
  const client = dynamodbAt(table.endpoint);
  await createLedgerTable(client, 'ledger');
  const ledger = dynamodbLedger({ client, table: 'ledger' });
  const documents = s3Documents({ client: s3At(s3.endpoint), buckets });
  await adoptIn({ ledger, documents }, smallCatalogue);
  const environment = {
    ...{ LEDGER_TABLE: 'ledger', UPLOADS_BUCKET: 'uploads', DOCUMENTS_BUCKET: 'documents', EVENT_BUS: 'bus' },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint },
  };
  const bundle = { configuration: {}, module: join(ingest, 'index.mjs'), handler: 'handler' };
  const handle = async (
    events: readonly unknown[],
    timeout = 60_000,
  ): Promise<{ answers: Answer[]; log: string }> => {
    const limited = { ...environment, TIMEOUT_MILLISECONDS: String(timeout) };
    const at = { endpoint: objects.endpoint, region: 'cn-north-1' };
    return invoke({ ...bundle, ...at, environment: limited }, events);
  };
  return { handle, ledger, documents, stores: { dynamodb, s3: objects }, bus };
}

/** Four seconds for an upload, where the clients alone would wait for nineteen. */
const soon = 9000;
const uploadedAt = '2023-04-03T01:15:00.000Z';
const tellOf = (id: string, key: string) =>
  message(id, { Records: [s3Record({ key, size: 3, uploadedAt })] });
const takenIn = { answer: { batchItemFailures: [] } };
const cameBack = (...ids: string[]) => ({
  answer: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

/** Each over stores of its own, at once with others: most of it is waiting. */
describe.concurrent('the bundled function ingest over stores that fail', () => {
  it('one that hangs keeps none of its batch from being taken in, should batches ever be larger than one', async () => {
    const under = await startFunction();
    const keys = ['slow', 'well-1', 'well-2'].map((name) => `uploads/sfj/2023-04/${name}.xlsx`);
    for (const key of keys) await under.documents.put(key, Buffer.from('not'));
    under.stores.s3.be('hangs', /slow/);
    const event = batch(...keys.map((key, index) => tellOf(`m${index}`, key)));
    const { answers, log } = await under.handle([event]);
    expect(answers, log).toEqual([cameBack('m0')]);
  });

  it.each<[store: 'dynamodb' | 's3', mode: StoreMode, at: RegExp | undefined]>([
    ['dynamodb', 'hangs', undefined],
    ['dynamodb', 'stalls', undefined],
    ['dynamodb', 'throttles', undefined],
    ['dynamodb', 'fails', undefined],
    ['s3', 'hangs', /uploads\/sfj/],
    ['s3', 'stalls', /uploads\/sfj/],
    ['s3', 'throttles', /uploads\/sfj/],
    ['s3', 'fails', /uploads\/sfj/],
    ['s3', 'hangs', /feedback\//],
    ['s3', 'fails', /announced\//],
  ])(
    '%s %s at %s: the upload comes back before the time-out, and is recorded and told of once',
    async (name, mode, at) => {
      const under = await startFunction();
      const store: FaultyStore = under.stores[name];
      const key = `uploads/sfj/2023-03/${name}-${mode}-${at?.source.replace(/\W/g, '')}.xlsx`;
      await under.documents.put(key, Buffer.from('not'));
      store.be(mode, at);
      const told = batch(tellOf('m1', key));
      const failing = await under.handle([told], soon);
      expect(failing.answers, failing.log).toEqual([cameBack('m1')]);
      store.be('works');
      // Again, and once more.
      const { answers, log } = await under.handle([told, told]);
      expect(answers, log).toEqual([takenIn, takenIn]);
      expect((await under.ledger.read('2023/sfj')).length).toBe(1);
      expect(under.bus.taken.count).toBe(1);
    },
  );
});
