import * as client from 'openid-client';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { memoize } from '../../memoize.ts';
import { PortalError } from '../portal-error.ts';
import { bearerTokens } from './bearer-tokens.ts';
import { areComplete, type ClaimNames, type Claims, identityFromClaims } from './claims.ts';
import { type IdentityProvider, SignInError } from './identity-provider.ts';
import type { PendingSignIn } from './session.ts';

/** An OpenID Connect provider, and how the portal is registered there. */
export interface OpenIdSettings extends ClaimNames {
  /** As the provider calls itself; https, or http on this machine alone. */
  issuer: string;
  clientId: string;
  /** None for a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  /** Where the portal is found; `/sign-in/callback` there has to be registered, and `/signed-out`. */
  origin: string;
  /** For whom the API's bearer tokens must have been issued; without it, for `origin`. */
  audience?: string | undefined;
  now: () => Instant;
}

/** Longer than this the provider is not waited for (seconds). */
const patience = 10;

/**
 * Sign-in by authorization code flow with PKCE, state and nonce. The provider is asked about itself when it is first
 * needed, so that the portal starts without it, and asked again if that failed. ID tokens are held against the
 * provider's keys and the machine's clock.
 */
export function openIdProvider(settings: OpenIdSettings): IdentityProvider {
  const { origin, now } = settings;
  issuerAddress(settings.issuer);
  const discovered = memoize(() => discover(settings));
  const audience = settings.audience ?? origin;
  const tokens = memoize(async () => bearerTokens((await discovered()).serverMetadata(), { audience, now }));
  const callback = `${origin}/sign-in/callback`;
  return {
    begin: (returnTo) => reaching(async () => begin(await discovered(), { callback, returnTo })),
    finish: (came, pending) =>
      reaching(async () => {
        const claims = await redeem(await discovered(), new URL(callback + came.search), {
          pending,
          settings,
        });
        return identityFromClaims(claims, settings);
      }),
    identify: (token) => reaching(async () => identityFromClaims(await (await tokens())(token), settings)),
    signOutAddress: () =>
      reaching(async () => {
        const configuration = await discovered();
        if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
        return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${origin}/signed-out` });
      }),
  };
}

/** Whether a host is this very machine, to which nobody else can listen. */
function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** Throws a `RangeError` for an issuer that no browser should be sent to. */
export function issuerAddress(issuer: string): URL {
  const address = URL.parse(issuer);
  const isSafe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLoopback(address));
  if (address === null || !isSafe) {
    throw new RangeError(
      `the identity provider must be an https address (http on this machine only): ${issuer}`,
    );
  }
  return address;
}

function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<client.Configuration> {
  const address = issuerAddress(issuer);
  const authentication = clientSecret === undefined ? client.None() : bySecret(clientSecret);
  const execute = [client.enableNonRepudiationChecks];
  if (address.protocol === 'http:') execute.push(client.allowInsecureRequests);
  return client.discovery(address, clientId, {}, authentication, { execute, timeout: patience });
}

/** A secret is sent as the specification has it by default, or in the form where the provider takes it only there. */
function bySecret(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...given) => {
    const takesBasic = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true;
    return (takesBasic ? basic : post)(server, ...given);
  };
}

async function begin(
  configuration: client.Configuration,
  { callback, returnTo }: { callback: string; returnTo: string },
): Promise<{ address: URL; pending: PendingSignIn }> {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { address, pending: { state, nonce, verifier, returnTo } };
}

/** Redeems the code that the browser brought back, for what the provider says of whoever signed in. */
async function redeem(
  configuration: client.Configuration,
  came: URL,
  { pending: { state, nonce, verifier }, settings }: { pending: PendingSignIn; settings: OpenIdSettings },
): Promise<Claims> {
  const tokens = await client.authorizationCodeGrant(configuration, came, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new SignInError('统一身份认证没有说明是哪个账号，请联系管理员。');
  const asksMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
  if (areComplete(claims, settings) || !asksMore) return claims;
  return { ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
}

/** What the library says of an answer that is not the one to what was asked: another state, nonce, time. */
const answersToSomethingElse = [
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
];

/** Tells what a person can mend by signing in again from what is a fault of the provider or of how it is set up. */
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SignInError || error instanceof PortalError) throw error;
    if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied') {
      throw new SignInError('登录已取消，或者统一身份认证不允许这个账号登录本系统。', { cause: error });
    }
    if (isRefusal(error)) {
      throw new SignInError('这次登录没有完成，或者已经失效，请重新登录。', { cause: error });
    }
    const detail = '统一身份认证暂时无法使用；已经记录，请稍后再试，或联系管理员。';
    throw new PortalError('broken', detail, { cause: error });
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof client.AuthorizationResponseError ||
    (error instanceof client.ResponseBodyError && error.error === 'invalid_grant') ||
    (error instanceof client.ClientError && answersToSomethingElse.includes(error.code ?? ''))
  );
}
