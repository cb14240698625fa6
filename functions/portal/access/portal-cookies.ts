import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** The session, a sign-in under way at the provider, and what the chooser's form has to carry. */
export type CookiePurpose = 'session' | 'sign-in' | 'form';

/** The portal's cookies: for it alone, out of reach of scripts, and not sent with what other sites post. */
export class PortalCookies {
  private readonly isSecure: boolean;
  private readonly prefix: string;

  constructor(origin: string) {
    const { protocol, port } = new URL(origin);
    this.isSecure = protocol === 'https:';
    // Browsers want https for `__Host-`, which keeps other names of the domain from setting a cookie. Without it,
    // the port tells two portals on one machine apart, which share their cookies.
    this.prefix = this.isSecure ? '__Host-indicators' : `indicators-${port}`;
  }

  read(context: Context, purpose: CookiePurpose): string | undefined {
    return getCookie(context, this.nameOf(purpose));
  }

  /** Sets a cookie for as long as the browser runs, or for some seconds. */
  write(context: Context, purpose: CookiePurpose, value: string, seconds?: number): void {
    setCookie(context, this.nameOf(purpose), value, {
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

  private nameOf(purpose: CookiePurpose): string {
    return `${this.prefix}-${purpose}`;
  }
}
