import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
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
      // Charts are drawn anew to be saved in points.
      imgSrc: ["'self'", 'data:'],
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
