import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** The session, a sign-in under way at the provider, and what the chooser's form has to carry. */
export type CookiePurpose = 'session' | 'sign-in' | 'form';

/** The portal's cookies: for it alone, out of reach of scripts, and not sent with what other sites post. */
export class PortalCookies {
  private readonly isSecure: boolean;
  private readonly names: Record<CookiePurpose, string>;

  constructor(given: string) {
    const origin = new URL(given);
    const name = (purpose: CookiePurpose) => cookieName(origin, purpose);
    this.isSecure = isSecure(origin);
    this.names = { session: name('session'), 'sign-in': name('sign-in'), form: name('form') };
  }

  read(context: Context, purpose: CookiePurpose): string | undefined {
    return getCookie(context, this.names[purpose]);
  }

  /** Sets a cookie for as long as the browser runs, or for some seconds. */
  write(context: Context, purpose: CookiePurpose, value: string, seconds?: number): void {
    setCookie(context, this.names[purpose], value, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: this.isSecure,
      ...(seconds !== undefined && { maxAge: seconds }),
    });
  }

  clear(context: Context, purpose: CookiePurpose): void {
    this.write(context, purpose, '', 0);
  }
}

/**
 * What a portal's cookie is called. Browsers want https for `__Host-`, which keeps other names of the domain from
 * setting one. Without it, the port tells two portals on one machine apart, which share their cookies.
 */
export function cookieName(origin: URL, purpose: CookiePurpose): string {
  return `${isSecure(origin) ? '__Host-indicators' : `indicators-${origin.port}`}-${purpose}`;
}

function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:';
}
