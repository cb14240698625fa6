import { Logger } from '@aws-lambda-powertools/logger';
import { awsServices } from './aws-services.ts';
import { environmentSchema } from './environment.ts';
import { createPortalHandler } from './lambda-handler.ts';

const environment = environmentSchema.parse(process.env);

/** The Lambda function `portal`. */
export const handler = createPortalHandler({
  services: () => awsServices(environment, import.meta.dirname),
  logger: new Logger(),
});
