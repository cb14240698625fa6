import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { SessionAuthentication } from './access/session-authentication.ts';
import { pageBytes } from './pages/page-parts.ts';
import type { Html, PageParts, Reply } from './reply.ts';
import type { Route } from './route.ts';

interface RespondContext {
  route: Pick<Route, 'api'>;
  authentication: SessionAuthentication;
}

/** Turns what a handler answers into HTTP. */
export async function respond(
  context: Context,
  reply: Reply,
  { route: { api }, authentication }: RespondContext,
): Promise<Response> {
  switch (reply.kind) {
    case 'page':
      return sendPage(context, reply.body, reply.status);
    case 'redirect':
      return context.redirect(reply.to, 303);
    case 'json':
      context.header('Cache-Control', 'private, no-cache');
      if (api !== undefined) context.header('ETag', reply.written.tag);
      return context.body(reply.written.bytes, 200, { 'Content-Type': 'application/json' });
    case 'file': {
      context.header('Content-Disposition', attachment(reply.fileName));
      context.header('Content-Type', reply.type);
      if (api !== undefined) context.header('Cache-Control', 'private, no-cache');
      if (reply.size !== undefined) context.header('Content-Length', String(reply.size));
      return context.body(reply.bytes instanceof ReadableStream ? reply.bytes : new Uint8Array(reply.bytes));
    }
    case 'being-made':
      if (context.req.header('accept')?.includes('text/html')) return context.redirect(reply.page, 303);
      context.header('Retry-After', String(reply.retryAfter));
      context.header('Location', reply.address);
      return context.json({ standing: 'being-made', ahead: reply.ahead }, 202);
    case 'asset':
      context.header('Content-Type', reply.type);
      context.header('Cache-Control', 'public, max-age=31536000, immutable');
      return context.body(new Uint8Array(reply.bytes));
    case 'signed-in':
      await authentication.begin(context, reply.identity);
      return context.redirect(reply.to, 303);
    case 'signed-out':
      await authentication.end(context);
      return context.redirect(reply.to, 303);
    case 'signed-out-here':
      await authentication.end(context);
      context.header('Refresh', `0; url=${reply.address.href}`);
      return sendPage(context, reply.body);
    case 'sign-in-elsewhere':
      await authentication.rememberSignIn(context, reply.pending);
      return context.redirect(reply.address.href, 303);
  }
}

/** Every page goes out here. */
export async function sendPage(
  context: Context,
  page: Html | PageParts,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return context.body(await pageBytes(page), status, { 'Content-Type': 'text/html; charset=UTF-8' });
}

/** To be saved, never shown; the name as RFC 6266 and RFC 8187 write it, with an ASCII one for old browsers. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
