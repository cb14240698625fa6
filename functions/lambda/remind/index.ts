import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { dynamodbClient } from '../../../shared/adapters/aws-clients.ts';
import { dynamodbLedger } from '../../../shared/adapters/dynamodb-ledger.ts';
import { s3Client } from '../../../shared/adapters/s3-client.ts';
import { s3Documents } from '../../../shared/adapters/s3-documents.ts';
import { readSecret, secretsClient } from '../../../shared/adapters/secrets.ts';
import { instantOf } from '../../../shared/core/catalogue/period.ts';
import { departmentLinks } from '../../portal/pages/addresses.ts';
import { remindEnvironmentSchema } from '../environment.ts';
import { traced } from '../tracing.ts';
import { createRemindHandler } from './handler.ts';

const logger = new Logger();
const environment = remindEnvironmentSchema.parse(process.env);
const secrets = secretsClient();

const untraced = createRemindHandler({
  ledger: dynamodbLedger({ client: dynamodbClient(), table: environment.LEDGER_TABLE }),
  documents: s3Documents({ client: s3Client(), buckets: { documents: environment.DOCUMENTS_BUCKET } }),
  settings: () => readSecret(environment.REMINDERS_SECRET, secrets),
  link: departmentLinks(environment.PORTAL_ORIGIN),
  now: () => instantOf(new Date()),
  logger,
  metrics: new Metrics(),
});

/** The Lambda function `remind`. */
export const handler = traced(untraced, {
  endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  service: environment.POWERTOOLS_SERVICE_NAME ?? 'remind',
  logger,
});
