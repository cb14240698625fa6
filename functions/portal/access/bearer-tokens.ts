import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { ServerMetadata } from 'openid-client';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { isAccessToken, isFor } from './access-token.ts';
import type { Claims } from './claims.ts';
import { SignInError } from './identity-provider.ts';

/** Signatures that whoever checks them could not have made: what is public is never a secret. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** How far the provider's clock may be from this machine's (seconds). */
const clockTolerance = 30;

/** Faults of the provider's key set, and not of the token that is held against it. */
const faultsOfKeySet = [errors.JWKSTimeout, errors.JWKSInvalid];

/**
 * Checks access tokens that are JWTs signed by the provider, and returns their claims. Throws `SignInError` for
 * every other token, ID tokens and logout tokens among them: those were not issued to ask with.
 */
export function bearerTokens(
  { issuer, jwks_uri }: Pick<ServerMetadata, 'issuer' | 'jwks_uri'>,
  { audience, now }: { audience: string; now: () => Instant },
): (token: string) => Promise<Claims> {
  if (jwks_uri === undefined) throw new Error(`${issuer} does not say where its keys are`);
  const keys = createRemoteJWKSet(new URL(jwks_uri));
  return async (token) => {
    const currentDate = new Date(now());
    const expected = { issuer, algorithms, clockTolerance, currentDate, requiredClaims: ['exp', 'sub'] };
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, expected);
      if (!isFor(audience, payload)) throw new SignInError(`访问令牌不是为本系统（${audience}）签发的。`);
      if (isAccessToken(protectedHeader, payload)) return payload;
    } catch (error) {
      if (!isFaultOfToken(error)) throw error;
      throw new SignInError('访问令牌无效或已过期，请重新获取。', { cause: error });
    }
    throw new SignInError(
      '这不是访问令牌（登录、退出用的令牌不能用于接口），请用统一身份认证签发的访问令牌。',
    );
  };
}

function isFaultOfToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  const isGeneric = error.code === errors.JOSEError.code;
  return !isGeneric && !faultsOfKeySet.some((kind) => error instanceof kind);
}
