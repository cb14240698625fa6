import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { identitySchema } from './identity.ts';

/** How long a session lasts from signing in, however busy (seconds). */
export const longestSession = 8 * 3600;
/** How long a session lasts without a request (seconds). */
const longestIdle = 3600;
/** A session's last use is written down again only after this (seconds), so that not every answer sets a cookie. */
const refreshAfter = 300;
/** How long somebody may take to sign in at the provider (seconds). */
export const longestSignIn = 600;

/**
 * What a session's cookie holds: which session it is, who, when signed in and last seen (seconds), and what forms
 * prove to come from here. What somebody may do is as it was when signing in, until the session ends.
 */
export const sessionSchema = z.strictObject({
  id: z.string().min(16).max(64),
  identity: identitySchema,
  formToken: z.string().min(16),
  signedInAt: z.int(),
  seenAt: z.int(),
});
export type Session = z.infer<typeof sessionSchema>;

/** What is kept in a cookie while somebody is at the identity provider. */
export const signInSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});
export type PendingSignIn = z.infer<typeof signInSchema>;

/** So many cookies of sessions are known at most; one that was forgotten is opened again. */
const mostKnown = 2_000;

/**
 * Encrypts what cookies hold (JWE, `dir` with A256GCM) under a key of 32 bytes: nobody reads or changes it outside. What
 * a session's cookie holds is known from when it was first opened; whether that is still good is asked every time.
 */
export class CookieSeal {
  private readonly key: Uint8Array;
  private readonly known = new Map<string, Session>();

  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new RangeError('the key of a session has 32 bytes');
    this.key = key;
  }

  sealSession(session: Session): Promise<string> {
    return this.seal('session', session, session.signedInAt + longestSession);
  }

  /** The session in a cookie, unless it is too old, was idle too long, or is none of ours. */
  async openSession(cookie: string | undefined, now: number): Promise<Session | undefined> {
    if (cookie === undefined) return undefined;
    const session = this.known.get(cookie) ?? (await this.open('session', cookie, sessionSchema, now));
    if (session === undefined || !isGood(session, now)) return undefined;
    this.keep(cookie, session);
    return session;
  }

  private keep(cookie: string, session: Session): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= mostKnown && oldest !== undefined && !this.known.has(cookie)) {
      this.known.delete(oldest);
    }
    this.known.set(cookie, session);
  }

  sealSignIn(pending: PendingSignIn, now: number): Promise<string> {
    return this.seal('sign-in', pending, now + longestSignIn);
  }

  openSignIn(cookie: string | undefined, now: number): Promise<PendingSignIn | undefined> {
    return this.open('sign-in', cookie, signInSchema, now);
  }

  private seal(purpose: string, value: object, expires: number): Promise<string> {
    return new EncryptJWT({ value })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setSubject(purpose)
      .setExpirationTime(expires)
      .encrypt(this.key);
  }

  private async open<T>(
    purpose: string,
    cookie: string | undefined,
    schema: z.ZodType<T>,
    now: number,
  ): Promise<T | undefined> {
    if (cookie === undefined) return undefined;
    try {
      const { payload } = await jwtDecrypt(cookie, this.key, {
        subject: purpose,
        currentDate: new Date(now * 1000),
        requiredClaims: ['exp'],
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return schema.safeParse(payload.value).data;
    } catch {
      return undefined;
    }
  }
}

function isGood({ signedInAt, seenAt }: Session, now: number): boolean {
  return now < signedInAt + longestSession && now - seenAt <= longestIdle;
}

/** Whether a session's last use should be written down again. */
export function wantsRefresh({ seenAt }: Session, now: number): boolean {
  return now - seenAt >= refreshAfter;
}
