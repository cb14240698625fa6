import { hasCode } from '../../shared/adapters/system-error.ts';
import { PortalError } from './portal-error.ts';

/**
 * Reads a body. One that ended before it was whole is the fault of whoever sent it, or was too slow to: the connection
 * is gone, so that only the log is told.
 */
export async function readingBody<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!hasCode(error, 'ECONNRESET')) throw error;
    throw new PortalError('incomplete', '没有传完：网络中断，或者太慢。没有接收，请重新提交。', {
      cause: error,
    });
  }
}
