import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestLimiter } from '../../../../../functions/portal/access/request-limits.ts';
import { PortalError } from '../../../../../functions/portal/portal-error.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** What is answered to one request too many. */
async function complaintOf(request: Promise<void>): Promise<Pick<PortalError, 'detail' | 'retryAfter'>> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PortalError)) throw new Error('nothing was refused');
  return { detail: error.detail, retryAfter: error.retryAfter };
}

describe('requests', () => {
  it('are counted by key, those that change something apart from the others', async () => {
    const limit = requestLimiter({ any: 4, changing: 2 }, '太多');
    await limit('a', 'POST');
    await limit('a', 'POST');
    await expect(limit('a', 'POST')).rejects.toThrow(PortalError);
    await limit('a', 'GET');
    await expect(limit('a', 'GET')).rejects.toThrow(PortalError);
    await limit('b', 'GET');
  });

  it.each([
    [0, 600, '10 分钟'],
    [1_000, 599, '10 分钟'],
    [480_001, 120, '2 分钟'],
    [541_000, 59, '59 秒'],
    [599_999, 1, '1 秒'],
  ])(
    'too many, %i milliseconds after the first, are taken again after %i seconds: %s',
    async (at, seconds, words) => {
      const limit = requestLimiter({ any: 1, changing: 1 }, '操作太频繁');
      await limit('a', 'GET');
      vi.setSystemTime(at);
      expect(await complaintOf(limit('a', 'GET'))).toEqual({
        detail: `操作太频繁，请等 ${words}再试。之前提交的不受影响。`,
        retryAfter: seconds,
      });
      vi.setSystemTime(at + seconds * 1000);
      await limit('a', 'GET');
    },
  );
});
