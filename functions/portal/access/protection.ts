import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { PortalError } from '../portal-error.ts';
import type { PortalServices } from '../services.ts';

/**
 * What browsers are told about every answer: nothing from elsewhere, no script or style within a page, in nobody's
 * frame, and not to be kept. Forms go to the portal, and uploads straight to the store where it takes them.
 */
export function protectAnswers({
  origin,
  uploadTarget,
}: Pick<PortalServices, 'origin' | 'uploadTarget'>): MiddlewareHandler {
  const isSecure = origin.startsWith('https:');
  const protect = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: uploadTarget.kind === 'store' ? ["'self'", uploadTarget.origin] : ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    strictTransportSecurity: isSecure ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  });
  return async (context, next) => {
    await protect(context, next);
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
  };
}

/**
 * Answers under the portal's own name only, so that a page elsewhere whose name was made to lead here (DNS
 * rebinding) gets nothing. Browsers that came by another of its names are sent on.
 */
export function onlyUnderOwnName(origin: string, aliases: readonly string[]): MiddlewareHandler {
  const own = new URL(origin).host;
  return async (context, next) => {
    const { host, pathname, search } = new URL(context.req.url);
    if (host === own) return next();
    if (aliases.includes(host) && context.req.method === 'GET') {
      return context.redirect(`${origin}${pathname}${search}`, 307);
    }
    throw new PortalError('malformed', `请从 ${origin} 访问。`);
  };
}

/** How many requests one address may make in a minute; `changing` counts those that are not GET. */
export interface RequestLimits {
  any: number;
  changing: number;
}

/** A whole office may come from one address, so that a person is far below these. */
const usualLimits: RequestLimits = { any: 1200, changing: 120 };

/** Throws a `PortalError` for an address that asks too often. */
export function requestLimiter(limits: RequestLimits = usualLimits) {
  const any = new RateLimiterMemory({ points: limits.any, duration: 60 });
  const changing = new RateLimiterMemory({ points: limits.changing, duration: 60 });
  return async (address: string, method: string): Promise<void> => {
    try {
      await any.consume(address);
      if (method !== 'GET' && method !== 'HEAD') await changing.consume(address);
    } catch (error) {
      if (error instanceof Error) throw error;
      throw new PortalError('too-many', '一分钟内的请求太多，请稍等一分钟再试。');
    }
  };
}
