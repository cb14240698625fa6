import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { Failure } from '../failure.ts';
import type { Route } from '../route.ts';
import type { PortalServices } from '../services.ts';
import type { Identity } from './identity.ts';
import { decide } from './permission.ts';
import { CookieSeal, type PendingSignIn, type Session, wantsRefresh } from './session.ts';
import { SignInRefused } from './sign-in.ts';

/** Who was let in, and by what: a session's cookie, or a token of the API, which has no forms. */
export interface Admission {
  visitor: Identity | undefined;
  formToken: string;
}

/** Lets requests in or not; begins and ends sessions. */
export class Doorkeeper {
  private readonly services: PortalServices;
  private readonly seal: CookieSeal;
  private readonly isSecure: boolean;

  constructor(services: PortalServices) {
    this.services = services;
    this.seal = new CookieSeal(services.sessionKey);
    this.isSecure = services.origin.startsWith('https:');
  }

  /** Throws a `Failure` if whoever asks may not use the route. */
  async admit(context: Context, route: Route): Promise<Admission> {
    const admission = await this.recognize(context, route);
    const decision = decide(route.access, admission.visitor, context.req.param('department'));
    if (decision === 'sign-in-first') throw new Failure('sign-in-first', '登录后才能查看这个页面。');
    if (decision === 'denied') {
      throw new Failure(
        'denied',
        '您的身份不能查看或处理这项内容。各部门只能处理本部门的月报；如有疑问请联系法制机构。',
      );
    }
    return admission;
  }

  /** Who asks, as far as that is known, whatever the route. */
  async recognize(context: Context, route?: Pick<Route, 'api'>): Promise<Admission> {
    const bearer = /^Bearer +(\S{1,8192})$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (bearer !== undefined && route?.api !== undefined) return this.recognizeToken(bearer);
    const now = this.now();
    const session = await this.seal.openSession(getCookie(context, this.cookieName('session')), now);
    if (session === undefined) return { visitor: undefined, formToken: '' };
    if (wantsRefresh(session, now)) await this.keep(context, { ...session, seenAt: now });
    return { visitor: session.identity, formToken: session.formToken };
  }

  private async recognizeToken(token: string): Promise<Admission> {
    const { signIn } = this.services;
    if (signIn.kind === 'chooser') return { visitor: undefined, formToken: '' };
    try {
      return { visitor: await signIn.provider.identify(token), formToken: '' };
    } catch (error) {
      if (error instanceof SignInRefused) throw new Failure('sign-in-first', error.message);
      throw error;
    }
  }

  /** Begins a session; whatever session there was is over. */
  async begin(context: Context, identity: Identity): Promise<void> {
    const now = this.now();
    const formToken = randomBytes(24).toString('base64url');
    await this.keep(context, { identity, formToken, signedInAt: now, seenAt: now });
  }

  end(context: Context): void {
    setCookie(context, this.cookieName('session'), '', { ...this.cookieOptions(), maxAge: 0 });
  }

  async rememberSignIn(context: Context, pending: PendingSignIn): Promise<void> {
    const sealed = await this.seal.sealSignIn(pending, this.now());
    setCookie(context, this.cookieName('sign-in'), sealed, { ...this.cookieOptions(), maxAge: 600 });
  }

  /** What was remembered when signing in began; it is good once. */
  async takeSignIn(context: Context): Promise<PendingSignIn | undefined> {
    const name = this.cookieName('sign-in');
    const pending = await this.seal.openSignIn(getCookie(context, name), this.now());
    setCookie(context, name, '', { ...this.cookieOptions(), maxAge: 0 });
    return pending;
  }

  private async keep(context: Context, session: Session): Promise<void> {
    const sealed = await this.seal.sealSession(session);
    setCookie(context, this.cookieName('session'), sealed, this.cookieOptions());
  }

  /** `__Host-` keeps a cookie from being set by another name of the domain; browsers want https for it. */
  private cookieName(name: 'session' | 'sign-in'): string {
    return this.isSecure ? `__Host-indicators-${name}` : `indicators-${name}`;
  }

  private cookieOptions(): CookieOptions {
    return { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.isSecure };
  }

  private now(): number {
    return Math.floor(Date.parse(this.services.now()) / 1000);
  }
}

/** Whether a form came from a page of this session. */
export function isOwnForm(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || expected === '') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
