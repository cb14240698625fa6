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
  const asking = () =>
    openIdProvider({ ...openIdClient, issuer: provider.issuer, origin: server.origin, now });
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
