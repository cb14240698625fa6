import { RateLimiterMemory } from 'rate-limiter-flexible';
import { PortalError } from '../portal-error.ts';

/** How many requests are taken in ten minutes; `changing` counts those that are not GET. */
export interface RequestLimit {
  any: number;
  changing: number;
}

export interface RequestLimits {
  /** Of one network address, whoever asks from there. */
  ofAddress: RequestLimit;
  /** Of one person, wherever they ask from. */
  ofPerson: RequestLimit;
}

/**
 * A person is no program. Behind one address there may be all the departments of a city on the last day: hundreds of
 * people, each with a hundred pages and some uploads, half of them in the same minute.
 */
export const usualLimits: RequestLimits = {
  ofAddress: { any: 60_000, changing: 6_000 },
  ofPerson: { any: 6_000, changing: 600 },
};

const windowSeconds = 600;

/** Counts requests by whatever key; throws a `PortalError` that begins with `complaint` where there are too many. */
export function requestLimiter({ any, changing }: RequestLimit, complaint: string) {
  const [ofAny, ofChanging] = [any, changing].map(
    (points) => new RateLimiterMemory({ points, duration: windowSeconds }),
  ) as [RateLimiterMemory, RateLimiterMemory];
  return async (key: string, method: string): Promise<void> => {
    try {
      await ofAny.consume(key);
      if (method !== 'GET' && method !== 'HEAD') await ofChanging.consume(key);
    } catch (rejection) {
      if (rejection instanceof Error) throw rejection;
      const retryAfter = Math.ceil((rejection as { msBeforeNext: number }).msBeforeNext / 1000);
      const detail = `${complaint}，请等${waitInWords(retryAfter)}再试。之前提交的不受影响。`;
      throw new PortalError('too-many', detail, { retryAfter });
    }
  };
}

function waitInWords(seconds: number): string {
  return seconds < 60 ? ` ${seconds} 秒` : ` ${Math.ceil(seconds / 60)} 分钟`;
}
