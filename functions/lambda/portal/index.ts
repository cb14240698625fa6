import { Logger } from '@aws-lambda-powertools/logger';
import { portalEnvironmentSchema } from '../environment.ts';
import { createPortalHandler } from './handler.ts';
import { awsServices } from './services.ts';

const environment = portalEnvironmentSchema.parse(process.env);

/** The Lambda function `portal`. */
export const handler = createPortalHandler({
  services: () => awsServices(environment, import.meta.dirname),
  logger: new Logger(),
  logGroup: environment.AWS_LAMBDA_LOG_GROUP_NAME,
});
