import type { JWTHeaderParameters } from 'jose';
import type { Claims } from './claims.ts';

/** What RFC 9068 has access tokens call themselves. */
const accessTokenType = /^(?:application\/)?at\+jwt$/i;
/** What says no more than that it is a JWT. */
const plainType = /^(?:application\/)?jwt$/i;

/**
 * Claims of tokens that are no access tokens (ID tokens, logout tokens), or, as `cnf`, of ones that are good only
 * together with a key, which nobody here asks for.
 */
const foreignClaims = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'cnf'];

/** What a claim says where providers name the kind of a token in it: `token_use` of Cognito, `typ` of Keycloak. */
const kindClaims = [
  { claim: 'token_use', ofAccessTokens: 'access' },
  { claim: 'typ', ofAccessTokens: 'Bearer' },
];

/**
 * Claims that access tokens have and ID tokens do not: what may be done (RFC 9068; Okta and Entra shorten the name),
 * and how a program proved itself to Entra, which gives programs no scope.
 */
const claimsOfAccessTokens = ['scope', 'scp', 'azpacr', 'appidacr'];

/**
 * Whether a token was issued to ask with. One that its header does not call an access token has to be one by what it
 * claims: providers that write no type of RFC 9068 sign ID tokens with the same keys, some for the same audience.
 */
export function isAccessToken({ typ = 'JWT' }: JWTHeaderParameters, claims: Claims): boolean {
  if (foreignClaims.some((name) => name in claims)) return false;
  const kinds = kindClaims.filter(({ claim }) => claim in claims);
  if (kinds.some(({ claim, ofAccessTokens }) => claims[claim] !== ofAccessTokens)) return false;
  if (accessTokenType.test(typ)) return true;
  const saysSo = kinds.length > 0 || claimsOfAccessTokens.some((name) => isFilled(claims[name]));
  return plainType.test(typ) && saysSo;
}

function isFilled(claim: unknown): boolean {
  return (typeof claim === 'string' || Array.isArray(claim)) && claim.length > 0;
}

/**
 * Whether a token was issued for an audience. Access tokens of Cognito name none unless they were asked for a
 * resource, but the client that may use them.
 */
export function isFor(audience: string, { aud, token_use: use, client_id: client }: Claims): boolean {
  if (aud === undefined) return use === 'access' && client === audience;
  return Array.isArray(aud) ? aud.includes(audience) : aud === audience;
}
