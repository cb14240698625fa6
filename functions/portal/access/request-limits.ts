import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Failure } from '../failure.ts';

/** How many requests one address may make in a minute; `changing` counts those that are not GET. */
export interface RequestLimits {
  any: number;
  changing: number;
}

/** A whole office may come from one address, so that a person is far below these. */
const usualLimits: RequestLimits = { any: 1200, changing: 120 };

/** Throws a `Failure` for an address that asks too often. */
export function requestLimiter(limits: RequestLimits = usualLimits) {
  const any = new RateLimiterMemory({ points: limits.any, duration: 60 });
  const changing = new RateLimiterMemory({ points: limits.changing, duration: 60 });
  return async (address: string, method: string): Promise<void> => {
    try {
      await any.consume(address);
      if (method !== 'GET' && method !== 'HEAD') await changing.consume(address);
    } catch (error) {
      if (error instanceof Error) throw error;
      throw new Failure('too-many', '一分钟内的请求太多，请稍等一分钟再试。');
    }
  };
}
