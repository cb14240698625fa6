import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIngestHandler } from '../../functions/lambda/ingest/handler.ts';
import { s3UploadStorage } from '../../functions/lambda/ingest/upload-storage.ts';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { s3Documents } from '../../shared/adapters/s3-documents.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { isEvent, nextEvent } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import {
  buckets,
  createBuckets,
  createLedgerTable,
  dynamodbAt,
  s3At,
  startDynalite,
} from '../fixtures/aws.ts';
import { acceptedEvent } from '../fixtures/events.ts';
import { instruments } from '../fixtures/lambda.ts';
import { motoIsHere, startMoto } from '../fixtures/moto.ts';
import { batch, lambdaContext, message, s3Record } from '../fixtures/s3-events.ts';
import { sampleUploads } from '../fixtures/sample-uploads.ts';

interface Sent {
  request: string;
  units: number;
}

/** Keeps what is sent over the wire, every attempt by itself, with the capacity units that it consumed. */
function count(client: DynamoDBClient | S3Client, sent: Sent[]): void {
  const stack = (client as DynamoDBClient).middlewareStack;
  stack.add(
    (next, { clientName }) =>
      async (given) => {
        const isDynamodb = clientName === 'DynamoDBClient';
        return next(
          isDynamodb ? { ...given, input: { ...given.input, ReturnConsumedCapacity: 'TOTAL' } } : given,
        );
      },
    { step: 'initialize', name: 'askForUnits' },
  );
  stack.add(
    (next, { commandName = '?' }) =>
      async (given) => {
        const key = decodeURIComponent((given.request as { path: string }).path)
          .split('/')
          .at(-1);
        const name = commandName.replace('Command', '');
        const asked: Sent = { request: name === 'PutObject' ? `${name} ${key}` : name, units: 0 };
        // One that is refused, as where nothing lies, is paid for all the same.
        sent.push(asked);
        const answer = await next(given);
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        asked.units = ConsumedCapacity?.CapacityUnits ?? 0;
        return answer;
      },
    { step: 'deserialize', priority: 'high', name: 'count' },
  );
}

describe.skipIf(!motoIsHere)(
  'what one accepted upload costs (moto_server for S3, dynalite for DynamoDB)',
  () => {
    const table = 'ledger';
    const sent: Sent[] = [];
    let dynamodb: DynamoDBClient;
    let s3: S3Client;
    let stop: () => Promise<void>;

    beforeAll(async () => {
      const [moto, dynalite] = await Promise.all([startMoto(), startDynalite()]);
      stop = async () => {
        await Promise.all([moto.stop(), dynalite.stop()]);
      };
      dynamodb = dynamodbAt(dynalite.endpoint);
      s3 = s3At(moto.endpoint);
      await createLedgerTable(dynamodb, table);
      await createBuckets(s3);
    });
    afterAll(async () => {
      dynamodb?.destroy();
      s3?.destroy();
      await stop?.();
    });

    /** Last year of a department, as far as it takes to be read: a return, and the publication that counts it. */
    async function publishLastYear(): Promise<void> {
      const ledger = dynamodbLedger({ client: dynamodb, table });
      const december = acceptedEvent([], '5', { chain: '2022/sfj' });
      if (!isEvent(december, 'return-accepted')) throw new Error('not accepted');
      const { catalogue, happening } = december;
      const digest = sha256('nothing else is read of it');
      const counts = { sfj: { [happening.period]: uploadId(happening.upload) } };
      const published = {
        kind: 'published' as const,
        year: 2022,
        number: 1,
        digest,
        manifest: digest,
        counts,
      };
      await ledger.append(december);
      await ledger.append(
        nextEvent('2022/office', [], {
          at: '2023-01-20T00:00:00.000Z',
          by: 'tester',
          catalogue,
          happening: published,
        }),
      );
    }

    it('is one GET, a query of its own chain, two of the chains of the office, of this year and of the last, one conditional put, one PUT for the receipt, one GET of whether it was announced and one PUT that says so; once last year is published, a query of its own chain of then', async () => {
      const catalogue = loadCatalogue(exampleCatalogueFile);
      const [first, second, third] = await sampleUploads(
        catalogue,
        ({ department }) => department === 'sfj',
        3,
      );
      const tools = instruments();
      const ledger = dynamodbLedger({ client: dynamodb, table });
      await adoptIn({ ledger, documents: s3Documents({ client: s3, buckets }) }, catalogue);
      const handler = createIngestHandler({
        bucket: buckets.uploads,
        ledger,
        ...s3UploadStorage(buckets, s3),
        now: () => '2024-01-20T00:00:00.000Z',
        ...tools,
      });
      const deliver = async (upload: typeof first) => {
        if (upload === undefined) throw new Error('no sample');
        const { key, bytes, uploadedAt } = upload;
        const put = new PutObjectCommand({ Bucket: buckets.uploads, Key: key, Body: bytes });
        const { VersionId: version = '' } = await s3.send(put);
        const record = s3Record({ key, version, size: bytes.length, uploadedAt });
        return () => handler(batch(message('m', { Records: [record] })), lambdaContext());
      };
      await (await deliver(first))();
      const run = await deliver(second);
      count(dynamodb, sent);
      count(s3, sent);
      expect(await run(), tools.log()).toEqual({ batchItemFailures: [] });
      for (const { request, units } of sent) console.log(`${request}${units > 0 ? `: ${units} units` : ''}`);
      expect(sent.map(({ request }) => request)).toEqual([
        'GetObject',
        'Query',
        'Query',
        'PutItem',
        'Query',
        'PutObject feedback.json',
        'GetObject',
        expect.stringMatching(/^PutObject [0-9a-f]{16}$/),
      ]);
      await publishLastYear();
      const again = await deliver(third);
      sent.length = 0;
      expect(await again(), tools.log()).toEqual({ batchItemFailures: [] });
      expect(sent.map(({ request }) => request)).toEqual([
        'GetObject',
        'Query',
        'Query',
        'PutItem',
        'Query',
        'Query',
        'PutObject feedback.json',
        'GetObject',
        expect.stringMatching(/^PutObject [0-9a-f]{16}$/),
      ]);
      expect(tools.announced.map(({ type }) => type)).toEqual(Array(3).fill('return accepted'));
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: '#chain = :chain',
          ExpressionAttributeNames: { '#chain': 'chain' },
          ExpressionAttributeValues: { ':chain': { S: `${catalogue.year}/sfj` } },
        }),
      );
      const bytes = Items.map((item) => Buffer.byteLength(item.event?.S ?? ''));
      console.log(
        `an event takes ${bytes.join(', ')} bytes in UTF-8: ${Math.ceil((bytes[1] ?? 0) / 1024)} write units in AWS`,
      );
    });
  },
);
