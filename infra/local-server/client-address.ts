import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The address of whoever asks. Where browsers come by https, a proxy stands before the server and says for whom it
 * asks, last in the list; what stands before that may have been made up.
 */
export function clientAddress(origin: string): (context: Context) => string {
  const hasProxy = origin.startsWith('https:');
  return (context) => {
    const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (hasProxy && forwarded !== undefined && forwarded !== '') return forwarded;
    return getConnInfo(context).remote.address ?? 'unknown';
  };
}
