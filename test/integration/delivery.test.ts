import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../functions/demo/seeded-random.ts';
import { createIngestHandler } from '../../functions/lambda/ingest/handler.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { readPublication } from '../../functions/use-cases/stores/publication-store.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { createLedgerTable, dynamodbAt, startDynalite } from '../fixtures/aws.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { instruments } from '../fixtures/lambda.ts';
import { batch, lambdaContext, message, s3Record } from '../fixtures/s3-events.ts';
import { type SampleUpload, sampleUploads } from '../fixtures/sample-uploads.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { isThorough } from '../fixtures/thoroughness.ts';

const catalogue = loadCatalogue(exampleCatalogueFile);
const at = '2024-02-20T00:00:00.000Z' as const;
const minutes = 5 * 60_000;

async function published(ports: { ledger: Ledger; documents: Documents }): Promise<Publication> {
  const request = { year: 2023, publishedAt: at, publishedBy: 'tester', software: 'test' };
  const { publication } = await publish(request, ports);
  return (await readPublication(publication, ports.documents))!;
}

/** As the command line takes files in on one machine: in order, each once. */
async function onOneMachine(uploads: readonly SampleUpload[], folder: string): Promise<Publication> {
  const ledger = openSqliteLedger(`${folder}/ledger.sqlite`);
  const services = { ledger, documents: folderDocuments(folder) };
  await adoptIn(services, catalogue);
  for (const given of uploads) {
    const upload = await keepUpload(given, services.documents);
    const request = {
      address: given.address,
      bytes: given.bytes,
      upload,
      recordedAt: at,
      recordedBy: 'tester',
    };
    await ingest(request, services);
  }
  const publication = await published(services);
  ledger.close();
  return publication;
}

/** Every upload one to three times, in an order that is drawn; some deliveries end in a fault of the machine. */
function deliveries(uploads: readonly SampleUpload[], random: Random): SampleUpload[] {
  return uploads
    .flatMap((upload) => Array.from({ length: random.between(1, 3) }, () => upload))
    .map((upload) => ({ upload, at: random.between(0, 1_000_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ upload }) => upload);
}

/** The function, whose storage fails now and then, and a queue that delivers again what came back. */
async function throughTheFunction(
  uploads: readonly SampleUpload[],
  ports: { ledger: Ledger; documents: Documents },
  random: Random,
): Promise<{ publication: Publication; delivered: number; returned: number }> {
  const stored = new Map(uploads.map((upload) => [upload.key, upload]));
  const mayFail = () => {
    if (random.between(1, 60) === 1) throw new Error('SlowDown');
  };
  const handler = createIngestHandler({
    ...instruments(),
    bucket: 'uploads',
    now: () => at,
    ledger: ports.ledger,
    documents: {
      ...ports.documents,
      async put(...given) {
        mayFail();
        return ports.documents.put(...given);
      },
    },
    async fetchUpload({ key }) {
      mayFail();
      const upload = stored.get(key);
      return upload === undefined ? { kind: 'gone' } : { kind: 'bytes', ...upload };
    },
  });
  const queue = deliveries(uploads, random);
  let returned = 0;
  const delivered = queue.length;
  while (queue.length > 0) {
    const taken = queue.splice(0, random.between(1, 10));
    const records = taken.map((upload, index) => message(String(index), { Records: [s3Record(upload)] }));
    const { batchItemFailures } = await handler(batch(...records), lambdaContext());
    for (const { itemIdentifier } of batchItemFailures) queue.push(taken[Number(itemIdentifier)]!);
    returned += batchItemFailures.length;
  }
  return { publication: await published(ports), delivered, returned };
}

function withoutPositions(publication: Publication): unknown {
  const said = (key: string, value: unknown) => (key === 'ledger' || key === 'chains' ? undefined : value);
  return JSON.parse(JSON.stringify(publication, said));
}

describe('the sample year or its first months, delivered as a queue delivers', () => {
  let uploads: SampleUpload[];
  let embedded: Publication;
  let stop: () => Promise<void>;
  let ledger: Ledger;

  beforeAll(async () => {
    const { folder, remove } = await newFolder();
    const dynalite = await startDynalite();
    const client = dynamodbAt(dynalite.endpoint);
    await createLedgerTable(client, 'ledger');
    ledger = dynamodbLedger({ client, table: 'ledger' });
    stop = async () => {
      client.destroy();
      await Promise.all([dynalite.stop(), remove()]);
    };
    uploads = await sampleUploads(catalogue, ({ period }) => isThorough || period <= '2023-05');
    embedded = await onOneMachine(uploads, folder);
  }, minutes);
  afterAll(() => stop?.());

  it(
    'one to three times in another order, with faults: the publication is that of one machine',
    async () => {
      const random = seededRandom(20260301, 'delivery');
      const { documents } = inMemoryPorts();
      await adoptIn({ ledger, documents }, catalogue);
      const result = await throughTheFunction(uploads, { ledger, documents }, random);
      console.log(`${uploads.length} uploads, ${result.delivered} deliveries, ${result.returned} came back`);
      expect(result.returned).toBeGreaterThan(0);
      expect(result.publication.digest).toBe(embedded.digest);
      expect(result.publication.totals.map(({ value }) => value)).toEqual(
        embedded.totals.map(({ value }) => value),
      );
      expect(withoutPositions(result.publication)).toEqual(withoutPositions(embedded));
    },
    minutes,
  );
});
