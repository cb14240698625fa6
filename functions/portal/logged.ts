import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Failure } from './failure.ts';
import type { PortalServices } from './services.ts';

/** Logs every answer with how long it took; of a fault of the portal itself also what it was. */
export function logged({ log }: Pick<PortalServices, 'log'>): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    const request = randomUUID();
    context.header('X-Request-Id', request);
    await next();
    const { error } = context;
    log({
      method: context.req.method,
      route: routePath(context),
      status: context.res.status,
      milliseconds: Math.round(performance.now() - started),
      request,
      ...(isOwnFault(error) && { error }),
    });
  };
}

function isOwnFault(error: unknown): boolean {
  return error !== undefined && !(error instanceof Failure && error.kind !== 'broken');
}
