import { createHmac } from 'node:crypto';
import { exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../functions/local-server/server.ts';
import { SignInError } from '../../functions/portal/access/identity-provider.ts';
import { openIdProvider } from '../../functions/portal/access/openid-provider.ts';
import { PortalError } from '../../functions/portal/portal-error.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { openIdClient, startWithProvider, type TestIdentityProvider } from '../fixtures/identity-provider.ts';

let provider: TestIdentityProvider;
let server: RunningServer;
let stop: () => Promise<void>;
const now = () => instantOf(new Date());

beforeAll(async () => {
  ({ provider, server, stop } = await startWithProvider({ now }));
  await provider.open(server.origin, { accounts: {}, inIdToken: false });
});
afterAll(() => stop?.());

function at(path: string): string {
  return server.origin + path;
}

describe('a bearer token', () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  const good = () => ({
    iss: provider.issuer,
    aud: server.origin,
    sub: 'program',
    iat: seconds(),
    exp: seconds() + 300,
    role: 'department',
    department: 'sfj',
  });
  const asking = (audience?: string) =>
    openIdProvider({ ...openIdClient, issuer: provider.issuer, origin: server.origin, audience, now });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  /** A token signed as if the provider's public key were a secret that it shares. */
  async function signedWithPublicKey(): Promise<string> {
    const signed = `${part({ alg: 'HS256', kid: 'test' })}.${part(good())}`;
    const key = await exportSPKI(provider.publicKey);
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  }

  it('that the provider issued for the API says who asks', async () => {
    const answer = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('program:a-secret-of-the-program')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'read', resource: server.origin }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(await asking().identify(token)).toEqual({
      subject: 'program',
      name: '统计程序（program）',
      roles: ['auditor'],
      department: null,
    });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(at('/api/years'), { headers })).status).toBe(200);
    expect((await fetch(at('/2023'), { headers, redirect: 'manual' })).status).toBe(303);
  });

  it('of a clerk is a clerk’s', async () => {
    expect(await asking().identify(await provider.sign(good()))).toMatchObject({ department: 'sfj' });
  });

  /** What providers say of a program that has a token, as their documentation and sources have it. */
  const ofProviders: [provider: string, header: Record<string, string | undefined>, claims: object][] = [
    ['RFC 9068', { typ: 'at+jwt' }, { client_id: 'program', jti: '1' }],
    ['RFC 9068, the type in full', { typ: 'application/at+jwt' }, { client_id: 'program', jti: '1' }],
    ['RFC 9068, in other letters', { typ: 'AT+JWT' }, { client_id: 'program', jti: '1' }],
    ['Entra, for a person', { typ: 'JWT' }, { ver: '2.0', azp: 'x', azpacr: '1', scp: 'read' }],
    ['Entra, for a program', { typ: 'JWT' }, { ver: '2.0', azp: 'x', azpacr: '1' }],
    ['Entra, of version 1', { typ: 'JWT' }, { ver: '1.0', appid: 'x', appidacr: '1' }],
    ['Keycloak', { typ: 'JWT' }, { typ: 'Bearer', azp: 'program', sid: '1', scope: 'profile' }],
    ['Keycloak, without a scope', { typ: 'JWT' }, { typ: 'Bearer', azp: 'program' }],
    ['Authentik', { typ: 'JWT' }, { azp: 'program', uid: 'x', scope: 'openid profile' }],
    ['Auth0', { typ: 'JWT' }, { azp: 'program', scope: 'read' }],
    ['Okta', { typ: undefined }, { ver: 1, cid: 'program', uid: 'x', scp: ['read'] }],
    ['Cognito, for a resource', { typ: undefined }, { token_use: 'access', client_id: 'x', version: 2 }],
  ];

  it.each(ofProviders)('as %s issues it for the API is taken', async (_, header, claims) => {
    const token = await provider.sign({ ...good(), ...claims }, header);
    expect(await asking().identify(token)).toMatchObject({ subject: 'program' });
  });

  it('of Cognito that names no audience is for the client that it names', async () => {
    const claims = { ...good(), aud: undefined, token_use: 'access', client_id: 'program' };
    const token = await provider.sign(claims, { typ: undefined });
    expect(await asking('program').identify(token)).toMatchObject({ subject: 'program' });
    await expect(asking('other').identify(token)).rejects.toThrow(SignInError);
    const unmarked = await provider.sign({ ...claims, token_use: undefined, scope: 'read' }, { typ: 'JWT' });
    await expect(asking('program').identify(unmarked)).rejects.toThrow(SignInError);
  });

  const logout = { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } };

  it.each<[what: string, header: Record<string, string | undefined>, claims: object]>([
    ['an ID token', { typ: 'JWT' }, {}],
    ['an ID token without a type', { typ: undefined }, {}],
    ['an ID token that names who may use it', { typ: 'JWT' }, { azp: 'portal', auth_time: 1, sid: '1' }],
    ['an ID token with a nonce', { typ: 'JWT' }, { nonce: 'x', scope: 'openid' }],
    ['an ID token with the hash of an access token', { typ: 'JWT' }, { at_hash: 'x', scope: 'openid' }],
    ['an ID token with the hash of a code', { typ: 'JWT' }, { c_hash: 'x', scope: 'openid' }],
    ['an ID token of Cognito', { typ: undefined }, { token_use: 'id', scope: 'openid' }],
    ['an ID token of Keycloak', { typ: 'JWT' }, { typ: 'ID', scope: 'openid' }],
    ['an ID token that says nothing of scopes', { typ: 'JWT' }, { scope: '', scp: [] }],
    ['a logout token', { typ: 'logout+jwt' }, logout],
    ['a logout token without a type', { typ: undefined }, { ...logout, sid: '1' }],
    ['a logout token that calls itself an access token', { typ: 'at+jwt' }, logout],
    ['a logout token of Keycloak', { typ: 'JWT' }, { typ: 'Logout', scope: 'x' }],
    ['a refresh token of Keycloak', { typ: 'JWT' }, { typ: 'Refresh', scope: 'x' }],
    ['a token of another type', { typ: 'secevent+jwt' }, { scope: 'read' }],
    ['a token that is good with a key alone', { typ: 'at+jwt' }, { cnf: { jkt: 'x' }, scope: 'read' }],
  ])('that is %s is refused, be it for the API or for the portal as a client', async (_, header, claims) => {
    for (const audience of [server.origin, 'portal']) {
      const token = await provider.sign({ ...good(), ...claims, aud: audience }, header);
      await expect(asking(audience).identify(token)).rejects.toThrow(SignInError);
    }
  });

  it.each([
    ['that has expired', () => provider.sign({ ...good(), exp: seconds() - 60 })],
    ['that never expires', () => provider.sign({ ...good(), exp: undefined })],
    ['for somebody else', () => provider.sign({ ...good(), aud: 'https://other.example' })],
    ['of another issuer', () => provider.sign({ ...good(), iss: 'https://other.example' })],
    ['with another key named', () => provider.sign(good(), { kid: 'other' })],
    ['for signing in, not for asking', () => provider.sign({ ...good(), nonce: 'x' })],
    ['of nobody', () => provider.sign({ ...good(), sub: undefined })],
    ['without a role', () => provider.sign({ ...good(), role: 'admin' })],
    ['of a clerk of no department', () => provider.sign({ ...good(), department: undefined })],
    ['without a signature', async () => `${part({ alg: 'none' })}.${part(good())}.`],
    ['signed with what is public', signedWithPublicKey],
    [
      'with its payload changed',
      async () => (await provider.sign(good())).replace(/\.[^.]+\./, `.${part(good())}x.`),
    ],
    ['that is none', async () => 'abc'],
  ])('%s is refused', async (_, token) => {
    const given = await token();
    await expect(asking().identify(given)).rejects.toThrow(SignInError);
    const answer = await fetch(at('/api/years'), { headers: { authorization: `Bearer ${given}` } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('an issuer', () => {
  it.each(['http://idp.example', 'http://127.0.0.1.evil.example', 'ftp://127.0.0.1', 'idp'])(
    '%s is not trusted with sign-ins',
    (issuer) => {
      expect(() => openIdProvider({ ...openIdClient, issuer, origin: server.origin, now })).toThrow(
        RangeError,
      );
    },
  );

  it('that says it is another is not believed', async () => {
    const localhost = provider.issuer.replace('127.0.0.1', 'localhost');
    const asking = openIdProvider({ ...openIdClient, issuer: localhost, origin: server.origin, now });
    await expect(asking.begin('/')).rejects.toThrow(PortalError);
  });
});
