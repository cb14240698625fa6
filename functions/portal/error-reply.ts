import type { Context } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { StoreBusyError } from '../../shared/core/ledger/ports.ts';
import { BrokenLedgerError } from '../use-cases/read-year.ts';
import type { SessionAuthentication } from './access/session-authentication.ts';
import { type LayoutContext, pageLayout } from './pages/layout.ts';
import { PortalError, portalErrors } from './portal-error.ts';
import type { Html } from './reply.ts';
import { sendPage } from './respond.ts';
import type { PortalServices } from './services.ts';

interface ErrorContext {
  services: PortalServices;
  authentication: SessionAuthentication;
}

/** The one place where thrown faults become answers: a page for people, a problem (RFC 9457) for programs. */
export async function replyToError(
  error: unknown,
  context: Context,
  { services, authentication }: ErrorContext,
): Promise<Response> {
  const failure = portalErrorOf(error);
  const { status } = portalErrors[failure.kind];
  if (failure.retryAfter !== undefined) context.header('Retry-After', String(failure.retryAfter));
  if (context.req.path.startsWith('/api/')) return problem(context, failure);
  if (failure.kind === 'sign-in-first' && context.req.method === 'GET') {
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(`/sign-in?return=${encodeURIComponent(pathname + search)}`, 303);
  }
  const { visitor, formToken } = await authentication.recognize(context);
  return sendPage(context, errorPage(failure, { services, visitor, formToken }), status);
}

function portalErrorOf(error: unknown): PortalError {
  if (error instanceof PortalError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return new PortalError('malformed', '请求的内容无法读取。');
  }
  if (error instanceof BrokenLedgerError) {
    return new PortalError(
      'broken',
      '台账与当初记录的不一致，可能被改动过，因此不再据此计算任何数。请法制机构或审计到“台账核验”查看是哪一条，并联系管理员；不要删除任何文件。',
    );
  }
  if (error instanceof StoreBusyError) return storeBusy;
  return new PortalError(
    'broken',
    '系统出错，没有完成这次操作；已经记录，请稍后再试，或联系管理员。已经提交的数据不会丢失。',
  );
}

/** In a minute whoever holds the store is usually done with it. */
const retryAfter = 60;
const storeBusy = new PortalError(
  'busy',
  `台账正被别的程序占用，这次操作没有完成。请等 ${retryAfter} 秒再试；一直这样请联系管理员，看是谁打开了台账文件。已经提交的数据不会丢失。`,
  { retryAfter },
);

function problem(context: Context, { kind, detail }: PortalError): Response {
  const { status, title } = portalErrors[kind];
  if (status === 401) context.header('WWW-Authenticate', 'Bearer');
  const body = { type: `urn:indicators:problem:${kind}`, title, status, detail, instance: context.req.path };
  return context.json(body, status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}

/** What a person sees when a request cannot be met: why, and where to go on. */
export function errorPage({ kind, detail }: PortalError, context: LayoutContext): Html {
  return pageLayout(context, {
    title: portalErrors[kind].heading,
    content: html`<p class="notice bad" role="alert">${detail}</p>
<p><a href="/">回到首页</a></p>`,
  });
}
