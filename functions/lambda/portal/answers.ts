import { Hono } from 'hono';
import { compress } from 'hono/compress';

/** What is handed over by the store instead: its bytes, and how a browser is told to take them. */
export interface LargeFile {
  bytes: Uint8Array;
  contentDisposition: string;
  contentType: string;
}

export interface AnswerOptions {
  /** Keeps a file for a while, and gives the address at which whoever asked fetches it by themselves. */
  keepLarge: (file: LargeFile) => Promise<string>;
}

/** Lambda hands out 6 MB, in which files are written in base 64; a file above this goes by way of the store. */
export const mostBytesOut = 4 * 1024 * 1024;
/** Below this compressing costs more than it saves. */
const fewBytes = 1024;
/**
 * What is text and no page: pages hold the token of the session's forms beside what somebody else may have written into
 * an address, and how long both are together when compressed would tell of the token (BREACH).
 */
const compressible = /^(?:text\/(?!html)|application\/(?:[\w.+-]+\+)?(?:json|javascript|xml)\b|image\/svg)/;

/** The portal, with answers such as Lambda can hand out: large files by way of the store, the rest compressed. */
export function fitForLambda(portal: Hono, { keepLarge }: AnswerOptions): Hono {
  const app = new Hono();
  app.use(compress({ encoding: 'gzip', threshold: fewBytes, contentTypeFilter: compressible }));
  app.all('*', async ({ req, env }) => {
    const answer = await portal.fetch(req.raw, env);
    const contentDisposition = answer.headers.get('content-disposition');
    const contentType = answer.headers.get('content-type') ?? '';
    if (answer.status !== 200 || (contentDisposition === null && !compressible.test(contentType)))
      return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const headers = new Headers(answer.headers);
    if (contentDisposition !== null && bytes.length > mostBytesOut) {
      for (const name of ['content-disposition', 'content-type', 'content-length', 'etag'])
        headers.delete(name);
      headers.set('location', await keepLarge({ bytes, contentDisposition, contentType }));
      return new Response(null, { status: 303, headers });
    }
    // By this it is seen whether compressing is worth while.
    headers.set('content-length', String(bytes.length));
    return new Response(bytes, { headers });
  });
  return app;
}
