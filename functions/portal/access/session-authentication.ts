import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { PortalError } from '../portal-error.ts';
import type { Route } from '../route.ts';
import type { PortalServices } from '../services.ts';
import { decide, type Identity } from './identity.ts';
import { SignInError } from './identity-provider.ts';
import { PortalCookies } from './portal-cookies.ts';
import {
  CookieSeal,
  longestSession,
  longestSignIn,
  type PendingSignIn,
  type Session,
  wantsRefresh,
} from './session.ts';

/** Who was let in, if anybody is known. */
export interface Admission {
  visitor: Identity | undefined;
  /** What a posted form has to carry: of the session, or of the chooser before there is one; empty if there is none. */
  formToken: string;
}

/**
 * The variable of a request that has whose access it is: of whoever is signed in on any route that is not for
 * anyone, let in or denied, and of whoever signs in.
 */
export const accessedBy = 'accessedBy';

/** Lets requests in or not; begins and ends sessions. */
export class SessionAuthentication {
  private readonly services: PortalServices;
  private readonly seal: CookieSeal;
  private readonly cookies: PortalCookies;
  private readonly ended = new EndedSessions();

  constructor(services: PortalServices) {
    this.services = services;
    this.seal = new CookieSeal(services.sessionKey);
    this.cookies = new PortalCookies(services.origin);
  }

  /** Throws a `PortalError` if whoever asks may not use the route. */
  async admit(context: Context, route: Route): Promise<Admission> {
    const admission = await this.recognize(context, route);
    if (route.access !== 'anyone') context.set(accessedBy, admission.visitor);
    const decision = decide(route.access, admission.visitor, context.req.param('department'));
    if (decision === 'sign-in-first') throw new PortalError('sign-in-first', '登录后才能查看这个页面。');
    if (decision === 'denied') {
      throw new PortalError(
        'denied',
        '您的身份不能查看或处理这项内容。各部门只能处理本部门的报表；如有疑问请联系法制机构。',
      );
    }
    return admission;
  }

  /** Who asks, as far as that is known, whatever the route. */
  async recognize(context: Context, route?: Pick<Route, 'api'>): Promise<Admission> {
    const bearer = /^Bearer +(\S{1,8192})$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (bearer !== undefined && route?.api !== undefined) return this.recognizeToken(bearer);
    const now = this.now();
    const session = await this.sessionOf(context);
    if (session === undefined) {
      return { visitor: undefined, formToken: this.cookies.read(context, 'form') ?? '' };
    }
    if (wantsRefresh(session, now)) await this.keep(context, { ...session, seenAt: now });
    return { visitor: session.identity, formToken: session.formToken };
  }

  private async recognizeToken(token: string): Promise<Admission> {
    const { signIn } = this.services;
    if (signIn.kind === 'chooser') return { visitor: undefined, formToken: '' };
    try {
      return { visitor: await signIn.provider.identify(token), formToken: '' };
    } catch (error) {
      if (error instanceof SignInError) throw new PortalError('sign-in-first', error.message);
      throw error;
    }
  }

  /** What a form has to carry that is posted before anybody has signed in; tied to the browser by a cookie. */
  formTokenBeforeSignIn(context: Context): string {
    const known = this.cookies.read(context, 'form');
    if (known !== undefined && known !== '') return known;
    const token = randomToken();
    this.cookies.write(context, 'form', token);
    return token;
  }

  /** Begins a session; whatever session there was is over. */
  async begin(context: Context, identity: Identity): Promise<void> {
    context.set(accessedBy, identity);
    await this.forget(context);
    this.cookies.clear(context, 'form');
    const now = this.now();
    const [id, formToken] = [randomToken(), randomToken()];
    await this.keep(context, { id, identity, formToken, signedInAt: now, seenAt: now });
  }

  /** Ends the session, here also for whoever has a copy of its cookie. */
  async end(context: Context): Promise<void> {
    await this.forget(context);
    this.cookies.clear(context, 'session');
  }

  async rememberSignIn(context: Context, pending: PendingSignIn): Promise<void> {
    const sealed = await this.seal.sealSignIn(pending, this.now());
    this.cookies.write(context, 'sign-in', sealed, longestSignIn);
  }

  /** What was remembered when signing in began; the browser has it once. */
  async takeSignIn(context: Context): Promise<PendingSignIn | undefined> {
    const pending = await this.seal.openSignIn(this.cookies.read(context, 'sign-in'), this.now());
    this.cookies.clear(context, 'sign-in');
    return pending;
  }

  private async sessionOf(context: Context): Promise<Session | undefined> {
    const session = await this.seal.openSession(this.cookies.read(context, 'session'), this.now());
    return session === undefined || this.ended.has(session) ? undefined : session;
  }

  private async forget(context: Context): Promise<void> {
    const session = await this.sessionOf(context);
    if (session !== undefined) this.ended.add(session, this.now());
  }

  private async keep(context: Context, session: Session): Promise<void> {
    this.cookies.write(context, 'session', await this.seal.sealSession(session));
  }

  private now(): number {
    return Math.floor(Date.parse(this.services.now()) / 1000);
  }
}

/** 192 bits that nobody guesses. */
function randomToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether a form came from a page of this session. */
export function isOwnForm(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || expected === '') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** More than this are not remembered; the oldest are forgotten first. */
const mostRemembered = 5_000;

/**
 * The sessions that were signed out before their time. A session lives in its cookie alone, which the portal cannot
 * take back from whoever copied it; this process refuses it from then on. Another process (another instance of the
 * Lambda function, or this one started again under the same key) does not know of it: there, a copied cookie is good
 * until it has been idle for an hour, or eight hours old.
 */
export class EndedSessions {
  /** When each would have ended by itself (seconds), in the order in which they were ended. */
  private readonly endings = new Map<string, number>();

  add({ id, signedInAt }: Session, now: number): void {
    for (const [other, ending] of this.endings) if (ending < now) this.endings.delete(other);
    const [oldest] = this.endings.keys();
    if (this.endings.size >= mostRemembered && oldest !== undefined) this.endings.delete(oldest);
    this.endings.set(id, signedInAt + longestSession);
  }

  has({ id }: Session): boolean {
    return this.endings.has(id);
  }
}
