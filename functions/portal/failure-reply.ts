import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Doorkeeper } from './access/doorkeeper.ts';
import { Failure, failures } from './failure.ts';
import { failurePage } from './pages/failure-page.ts';
import type { PortalServices } from './services.ts';

interface Surroundings {
  services: PortalServices;
  doorkeeper: Doorkeeper;
}

/** The one place where thrown faults become answers: a page for people, a problem (RFC 9457) for programs. */
export async function replyToFailure(
  error: unknown,
  context: Context,
  { services, doorkeeper }: Surroundings,
): Promise<Response> {
  const failure = failureOf(error);
  const { status } = failures[failure.kind];
  if (failure.kind === 'too-many') context.header('Retry-After', '60');
  if (context.req.path.startsWith('/api/')) return problem(context, failure);
  if (failure.kind === 'sign-in-first' && context.req.method === 'GET') {
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(`/sign-in?return=${encodeURIComponent(pathname + search)}`, 303);
  }
  const { visitor, formToken } = await doorkeeper.recognize(context);
  return context.html(failurePage(failure, { services, visitor, formToken }), status);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return new Failure('malformed', '请求的内容无法读取。');
  }
  return new Failure(
    'broken',
    '系统出错，没有完成这次操作；已经记录，请稍后再试，或联系管理员。已经提交的数据不会丢失。',
  );
}

function problem(context: Context, { kind, detail }: Failure): Response {
  const { status, title } = failures[kind];
  if (status === 401) context.header('WWW-Authenticate', 'Bearer');
  const body = { type: `urn:indicators:problem:${kind}`, title, status, detail, instance: context.req.path };
  return context.json(body, status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}
