import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Context as Request } from 'hono';
import {
  type APIGatewayProxyResult,
  type ApiGatewayRequestContextV2,
  handle,
  type LambdaEvent,
} from 'hono/aws-lambda';
import { memoize } from '../../memoize.ts';
import type { AccessLog } from '../../portal/access-log/access-entry.ts';
import { createPortal, type PortalOptions } from '../../portal/portal.ts';
import type { LogEntry, PortalServices } from '../../portal/services.ts';
import { type AnswerOptions, fitForLambda } from './answers.ts';

export type PortalHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** What the portal uses, and what its answers need to go through Lambda. */
export type HandlerServices = Omit<PortalServices, 'log'> & AnswerOptions;

export interface PortalDependencies {
  /** Makes the services when the first request comes; if that fails, again at the next. */
  services: () => Promise<HandlerServices>;
  logger: Logger;
  /** Where the logger's lines are kept, which auditors are told. */
  logGroup?: string | undefined;
  limits?: PortalOptions['limits'];
}

/** The portal behind an HTTP API, whose events are of format 2.0. */
export function createPortalHandler({
  services,
  logger,
  limits,
  logGroup = '',
}: PortalDependencies): PortalHandler {
  const log = (entry: LogEntry) => {
    logger[entry.error === undefined ? 'info' : 'error']('answered', { ...entry });
  };
  const accessLog: AccessLog = {
    record: (entry) => logger.info('access', { access: entry }),
    kept: { kind: 'elsewhere', name: logGroup },
  };
  const portal = memoize(async () => {
    const { keepLarge, ...used } = await services();
    const app = createPortal({ ...used, log, accessLog }, { clientAddress, limits });
    return handle(fitForLambda(app, { keepLarge }));
  });
  const composed = middy<APIGatewayProxyEventV2, APIGatewayProxyResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event) => {
      // The access log of the API tells the same.
      logger.appendKeys({ apiRequest: event.requestContext.requestId });
      return (await portal())(event as unknown as LambdaEvent);
    });
  return (event, context) => composed(event, context) as Promise<APIGatewayProxyResult>;
}

function clientAddress({ env }: Request): string {
  const { requestContext } = env as { requestContext: ApiGatewayRequestContextV2 };
  return requestContext.http.sourceIp;
}
