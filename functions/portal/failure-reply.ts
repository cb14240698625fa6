import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { withoutCommands } from '../../shared/core/inert-text.ts';
import { LedgerBroken } from '../year/read-year.ts';
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
  const body = await failurePage(failure, { services, visitor, formToken });
  return context.html(withoutCommands(body), status);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return new Failure('malformed', '请求的内容无法读取。');
  }
  if (error instanceof LedgerBroken) {
    return new Failure(
      'broken',
      '台账与当初记录的不一致，可能被改动过，因此不再据此计算任何数。请法制机构或审计到“台账核验”查看是哪一条，并联系管理员；不要删除任何文件。',
    );
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
