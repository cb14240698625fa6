import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { dynamodbClient, eventBridgeClient } from '../../../shared/adapters/aws-clients.ts';
import { dynamodbLedger } from '../../../shared/adapters/dynamodb-ledger.ts';
import { eventBridgeAnnouncer } from '../../../shared/adapters/eventbridge-announcer.ts';
import { instantOf } from '../../../shared/core/catalogue/period.ts';
import { ingestEnvironmentSchema } from '../environment.ts';
import { lazyStorage } from '../lazy.ts';
import { traced } from '../tracing.ts';
import { createIngestHandler } from './handler.ts';

const logger = new Logger();
const environment = ingestEnvironmentSchema.parse(process.env);
const uploads = environment.UPLOADS_BUCKET;
const documents = environment.DOCUMENTS_BUCKET;

const untraced = createIngestHandler({
  bucket: uploads,
  ledger: dynamodbLedger({ client: dynamodbClient(), table: environment.LEDGER_TABLE }),
  ...lazyStorage(async () => {
    const { s3UploadStorage } = await import('./upload-storage.ts');
    return s3UploadStorage({ uploads, documents });
  }),
  announce: eventBridgeAnnouncer({ client: eventBridgeClient(), bus: environment.EVENT_BUS }),
  now: () => instantOf(new Date()),
  logger,
  metrics: new Metrics(),
});

/** The Lambda function `ingest`. */
export const handler = traced(untraced, {
  endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  service: environment.POWERTOOLS_SERVICE_NAME ?? 'ingest',
  logger,
});
