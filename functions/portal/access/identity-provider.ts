import type { Identity } from './identity.ts';
import type { PendingSignIn } from './session.ts';

/** How people say who they are. */
export type SignIn =
  /** On one machine, which whoever sits at it may use: they choose, and nothing is proved. */
  | { kind: 'chooser' }
  /** An OpenID Connect provider, by authorization code flow with PKCE. */
  | { kind: 'provider'; provider: IdentityProvider };

/** What the portal asks of an identity provider. */
export interface IdentityProvider {
  /** Where the browser is sent to sign in, and what has to be remembered until it comes back. */
  begin(returnTo: string): Promise<{ address: URL; pending: PendingSignIn }>;
  /** Who it was that came back; throws `SignInError` if that cannot be told. */
  finish(callback: URL, pending: PendingSignIn): Promise<Identity>;
  /** Who a bearer token of the API was issued to; throws `SignInError` if it is not good here. */
  identify(token: string): Promise<Identity>;
  /** Where the browser is sent to sign out at the provider too, if it can. */
  signOutAddress(): Promise<URL | undefined>;
}

/** A sign-in that failed; the message is for the person, in Chinese. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}
