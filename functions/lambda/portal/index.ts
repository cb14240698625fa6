import { Logger } from '@aws-lambda-powertools/logger';
import { portalEnvironmentSchema } from '../environment.ts';
import { traced } from '../tracing.ts';
import { createPortalHandler } from './handler.ts';
import { awsServices } from './services.ts';

const logger = new Logger();
const environment = portalEnvironmentSchema.parse(process.env);

const untraced = createPortalHandler({
  services: () => awsServices(environment, import.meta.dirname),
  logger,
  logGroup: environment.AWS_LAMBDA_LOG_GROUP_NAME,
});

/** The Lambda function `portal`. */
export const handler = traced(untraced, {
  endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  service: environment.POWERTOOLS_SERVICE_NAME ?? 'portal',
  logger,
});
