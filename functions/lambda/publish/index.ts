import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { dynamodbClient, eventBridgeClient } from '../../../shared/adapters/aws-clients.ts';
import { dynamodbLedger } from '../../../shared/adapters/dynamodb-ledger.ts';
import { eventBridgeAnnouncer } from '../../../shared/adapters/eventbridge-announcer.ts';
import { kmsClient, kmsSigner } from '../../../shared/adapters/kms-signer.ts';
import { s3Client } from '../../../shared/adapters/s3-client.ts';
import { s3Documents } from '../../../shared/adapters/s3-documents.ts';
import { instantOf } from '../../../shared/core/catalogue/period.ts';
import { memoize } from '../../memoize.ts';
import { software } from '../../software.ts';
import { publishEnvironmentSchema } from '../environment.ts';
import { traced } from '../tracing.ts';
import { createPublishHandler } from './handler.ts';

const logger = new Logger();
const environment = publishEnvironmentSchema.parse(process.env);
const buckets = { documents: environment.DOCUMENTS_BUCKET, publications: environment.PUBLICATIONS_BUCKET };

const untraced = createPublishHandler({
  ledger: dynamodbLedger({ client: dynamodbClient(), table: environment.LEDGER_TABLE }),
  documents: s3Documents({ client: s3Client(), buckets }),
  announce: eventBridgeAnnouncer({ client: eventBridgeClient(), bus: environment.EVENT_BUS }),
  signer: memoize(() => kmsSigner({ client: kmsClient(), key: environment.WITNESS_KEY })),
  now: () => instantOf(new Date()),
  software,
  logger,
  metrics: new Metrics(),
});

/** The Lambda function `publish`. */
export const handler = traced(untraced, {
  endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  service: environment.POWERTOOLS_SERVICE_NAME ?? 'publish',
  logger,
});
