import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { etag } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { routePath } from 'hono/route';
import { KnownYears } from '../use-cases/known-years.ts';
import type { Identity } from './access/identity.ts';
import { onlyUnderOwnName, protectAnswers } from './access/protection.ts';
import { type RequestLimits, requestLimiter, usualLimits } from './access/request-limits.ts';
import { accessedBy, SessionAuthentication } from './access/session-authentication.ts';
import { accessEntryOf } from './access-log/access-entry.ts';
import { readingBody } from './body-reading.ts';
import { replyToError } from './error-reply.ts';
import { PortalError } from './portal-error.ts';
import { requestContextOf } from './request-context.ts';
import { respond } from './respond.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import type { PortalServices } from './services.ts';

/** What depends on how requests come in. */
export interface PortalOptions {
  /** The address of whoever asks, as the network knows it. */
  clientAddress: (context: Context) => string;
  limits?: RequestLimits | undefined;
  /** Other names of this host (with port), from which browsers are sent on to the one that counts. */
  aliases?: readonly string[];
}

/** What a form may have beside its file: some times what the longest reason takes, since many fields are slow to read. */
const formBytes = 32 * 1024;

/** What a form may have that has a field for each cell of a return: 2,500 figures, or a long list, by their names. */
const returnBytes = 512 * 1024;

/** The one application: pages and API, the same on Node and on Lambda. */
export function createPortal(services: PortalServices, options: PortalOptions): Hono {
  const app = new Hono();
  const authentication = new SessionAuthentication(services);
  const years = new KnownYears(services);
  const { ofAddress, ofPerson } = options.limits ?? usualLimits;
  const limitAddress = requestLimiter(ofAddress, '从您所在的网络来的请求太多');
  const limitPerson = requestLimiter(ofPerson, '您的操作太频繁');
  app.use(ownRequestId, logged(services), accessLogged(services));
  app.use(protectAnswers(services));
  app.use(onlyUnderOwnName(services.origin, options.aliases ?? []));
  app.use(async (context, next) => {
    await limitAddress(options.clientAddress(context), context.req.method);
    await next();
  });
  app.use('/api/*', etag());
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  for (const route of routes) {
    app.on(route.method, route.path, async (context) => {
      const admission = await authentication.admit(context, route);
      if (admission.visitor !== undefined) await limitPerson(admission.visitor.subject, context.req.method);
      await limitSize(context, route);
      const request = await requestContextOf(context, { route, services, years, authentication, admission });
      return respond(context, await route.answer(request), { route, authentication });
    });
  }
  const nowhere = () => new PortalError('not-found', '地址有误，或者这里已经没有内容。');
  app.notFound((context) => replyToError(nowhere(), context, { services, authentication }));
  app.onError((error, context) => replyToError(error, context, { services, authentication }));
  return app;
}

function refuseMethod(context: Context, allowed: string[]): never {
  context.header('Allow', allowed.join(', '));
  throw new PortalError('method-not-allowed', '请从页面上的链接或按钮进入。');
}

const tooLong = '填写的内容太长，请缩短后重新提交。';
const formLimit = sizeLimit(formBytes, tooLong);
const returnLimit = sizeLimit(returnBytes, tooLong);

/**
 * Throws a `PortalError` for a body that is too large. Called for those who are let in only: it may read all of it. Of
 * what posts no form no body is read.
 */
async function limitSize(context: Context, { form, carriesFile, carriesReturn }: Route): Promise<void> {
  if (form === undefined) return;
  const isMultipart = /^\s*multipart\/form-data\s*(?:;|$)/i.test(context.req.header('content-type') ?? '');
  const limit =
    carriesFile !== undefined && isMultipart
      ? sizeLimit(carriesFile.bytes + formBytes, carriesFile.tooLarge)
      : carriesReturn
        ? returnLimit
        : formLimit;
  await readingBody(() => limit(context, async () => {}));
}

function sizeLimit(maxSize: number, advice: string) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new PortalError('too-large', advice);
    },
  });
}

/** Never one that a client sent, which nobody could tell from ours in the log: any is longer than this takes. */
const ownRequestId = requestId({ limitLength: 0 });

/** Logs every answer with how long it took; of a fault of the portal itself also what it was. */
function logged({ log }: Pick<PortalServices, 'log'>): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const { error } = context;
    log({
      method: context.req.method,
      route: routePath(context),
      status: context.res.status,
      milliseconds: Math.round(performance.now() - started),
      request: context.get('requestId'),
      ...(isOwnFault(error) && { error }),
    });
  };
}

/** Writes down who asked for what, on every route that is not for anyone: a new one is counted without being listed. */
function accessLogged({ accessLog, now }: Pick<PortalServices, 'accessLog' | 'now'>): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const identity: Identity | undefined = context.get(accessedBy);
    if (accessLog === undefined || identity === undefined) return;
    const { method, path } = context.req;
    const { status } = context.res;
    accessLog.record(accessEntryOf({ identity, method, route: routePath(context), path, status, at: now() }));
  };
}

function isOwnFault(error: unknown): boolean {
  return error !== undefined && !(error instanceof PortalError && error.kind !== 'broken');
}
