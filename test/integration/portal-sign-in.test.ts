import { createHmac } from 'node:crypto';
import { exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../functions/local-server/server.ts';
import { SignInError } from '../../functions/portal/access/identity-provider.ts';
import { openIdProvider } from '../../functions/portal/access/openid-provider.ts';
import { PortalError } from '../../functions/portal/portal-error.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { CookieBrowser } from '../fixtures/cookie-browser.ts';
import { TestIdentityProvider } from '../fixtures/identity-provider.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const accounts = {
  clerk: { name: '经办人甲', role: 'department', department: 'sfj' },
  office: { name: '法制乙', role: ['admin', 'legal-office'] },
  auditor: { name: '审计丙', role: ['auditor'], department: '审计局' },
  both: { name: '兼职丁', role: ['department', 'auditor'], department: 'sfj' },
  nameless: { role: 'auditor', department: 'sfj' },
  visitor: { name: '无角色', role: ['admin'], department: 'sfj' },
  homeless: { name: '无部门', role: 'department' },
  divided: { name: '两部门', role: 'department', department: ['sfj', 'gaj'] },
};
const openId = {
  clientId: 'portal',
  clientSecret: 'a-secret-of-the-portal',
  roleClaim: 'role',
  departmentClaim: 'department',
};

let provider: TestIdentityProvider;
let server: RunningServer;
let temporary: Awaited<ReturnType<typeof newFolder>>;
const clock = { ahead: 0 };
const now = () => instantOf(new Date(Date.now() + clock.ahead));

beforeAll(async () => {
  temporary = await newFolder();
  provider = await TestIdentityProvider.prepare();
  server = await startServer({
    data: temporary.folder,
    port: 0,
    now,
    openId: { ...openId, issuer: provider.issuer },
  });
});
afterAll(async () => {
  await server?.stop();
  await provider?.stop();
  await temporary?.remove();
});

function at(path: string): string {
  return server.origin + path;
}

/** Somebody who has signed in at the provider and is on the way back to the portal. */
async function cameBack(account: string | null, path = '/sign-in') {
  provider.next = account;
  const browser = new CookieBrowser();
  const { address } = await browser.follow(at(path), at('/sign-in/callback'));
  return { browser, callback: address };
}

async function signedIn(account: string) {
  const { browser, callback } = await cameBack(account);
  const answer = await browser.ask(callback);
  expect(answer.status).toBe(303);
  return browser;
}

describe('while the provider cannot be reached', () => {
  it('the portal says so, and signing in works once it is back', async () => {
    const answer = await new CookieBrowser().ask(at('/sign-in'));
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('统一身份认证暂时无法使用');
    await provider.open(server.origin, { accounts, inIdToken: false });
    expect((await new CookieBrowser().ask(at('/sign-in'))).status).toBe(303);
  });
});

describe.each([
  ['in user information alone', false],
  ['in the ID token', true],
])('with claims %s', (_, inIdToken) => {
  beforeAll(() => provider.open(server.origin, { accounts, inIdToken }));

  it.each([
    ['clerk', '/2023/departments/sfj', '经办人甲（clerk）'],
    ['office', '/2023', '法制乙（office）'],
    ['auditor', '/2023', '审计丙（auditor）'],
    ['both', '/2023', '兼职丁（both）'],
    ['nameless', '/2023', 'nameless'],
  ])('%s signs in, begins at %s, and is called %s', async (account, start, name) => {
    const browser = await signedIn(account);
    const answer = await browser.ask(at('/'));
    expect(answer.headers.get('location')).toBe(start);
    expect(await (await browser.ask(at('/no-such-page'))).text()).toContain(`<span>${name}</span>`);
  });

  it.each([
    ['visitor', '您的账号在本系统中没有身份'],
    ['homeless', '没有标明所属的部门'],
    ['divided', '标明了不止一个'],
  ])('%s is refused: %s', async (account, sentence) => {
    const { browser, callback } = await cameBack(account);
    const answer = await browser.ask(callback);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(sentence);
    expect((await browser.ask(at('/'))).headers.get('location')).toBe('/sign-in');
  });
});

describe('the way to the provider and back', () => {
  it('asks by code with PKCE, state and nonce, for no more than who it is', async () => {
    const answer = await new CookieBrowser().ask(at('/sign-in'));
    const asked = new URL(answer.headers.get('location') ?? '');
    expect(asked.origin).toBe(provider.issuer);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'portal',
      scope: 'openid profile',
      redirect_uri: at('/sign-in/callback'),
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it.each([
    ['/2023/figures?q=1', '/2023/figures?q=1'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
  ])('leads to %s afterwards: %s', async (wanted, reached) => {
    const { browser, callback } = await cameBack('office', `/sign-in?return=${encodeURIComponent(wanted)}`);
    expect((await browser.ask(callback)).headers.get('location')).toBe(reached);
  });

  const altered = (name: string, value: string) => (callback: URL) => {
    callback.searchParams.set(name, value);
    return callback;
  };
  it.each([
    ['with another state', altered('state', 'x'.repeat(43)), 403, '重新登录'],
    ['with another code', altered('code', 'x'.repeat(43)), 403, '重新登录'],
    ['from another issuer', altered('iss', 'https://evil.example'), 403, '重新登录'],
    ['with a fault that somebody made up', altered('error', 'access_denied'), 403, '登录'],
  ])('%s is refused', async (_, alter, status, sentence) => {
    const { browser, callback } = await cameBack('office');
    const answer = await browser.ask(alter(callback));
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(sentence);
    expect((await browser.ask(at('/'))).headers.get('location')).toBe('/sign-in');
  });

  it('is good once: the same answer of the provider brought again is refused', async () => {
    const { browser, callback } = await cameBack('office');
    const again = browser.copy();
    expect((await browser.ask(callback)).status).toBe(303);
    expect((await again.ask(callback)).status).toBe(403);
    expect((await browser.ask(callback)).status).toBe(400);
  });

  it('is refused to a browser that did not begin it', async () => {
    const { callback } = await cameBack('office');
    const answer = await new CookieBrowser().ask(callback);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('登录已超时，请重新登录');
  });

  it('is refused after ten minutes', async () => {
    const { browser, callback } = await cameBack('office');
    clock.ahead = 601_000;
    const answer = await browser.ask(callback);
    clock.ahead = 0;
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('登录已超时，请重新登录');
  });

  it('ends with a sentence when the person cancels', async () => {
    const { browser, callback } = await cameBack(null);
    const answer = await browser.ask(callback);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('登录已取消');
  });

  it.each(['nonce', 'verifier'] as const)('is refused with another %s', async (part) => {
    const asking = openIdProvider({ ...openId, issuer: provider.issuer, origin: server.origin, now });
    const { address, pending } = await asking.begin('/');
    provider.next = 'office';
    const { address: callback } = await new CookieBrowser().follow(address, at('/sign-in/callback'));
    const other = { ...pending, [part]: 'x'.repeat(43) };
    await expect(asking.finish(callback, other)).rejects.toThrow(SignInError);
  });

  it('is no way to choose who one is', async () => {
    const form = new URLSearchParams({ who: 'legal-office', name: '冒充' });
    expect((await new CookieBrowser().ask(at('/sign-in'), { method: 'POST', body: form })).status).toBe(403);
  });
});

describe('signing out', () => {
  it('ends the session here, also for a copy of its cookie, and goes on to the provider', async () => {
    const browser = await signedIn('office');
    const copy = browser.copy();
    const page = await (await browser.ask(at('/no-such-page'))).text();
    const token = /name="_form" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const body = new URLSearchParams({ _form: token });
    const answer = await browser.ask(at('/sign-out'), { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('您已退出本系统');
    const next = new URL(/^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '')?.[1] ?? '');
    expect(next.origin).toBe(provider.issuer);
    expect(next.searchParams.get('post_logout_redirect_uri')).toBe(at('/signed-out'));
    expect((await browser.ask(next)).status).toBe(200);
    expect((await browser.ask(at('/'))).headers.get('location')).toBe('/sign-in');
    expect((await copy.ask(at('/'))).headers.get('location')).toBe('/sign-in');
    expect(await (await browser.ask(at('/signed-out'))).text()).toContain('重新登录');
  });
});

describe('a session', () => {
  it.each([
    ['an hour without a request', [3_601_000], '/sign-in'],
    ['an hour with a request in between', [3_000_000, 6_000_000], '/2023'],
    ['eight hours, however busy', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => n * 2_900_000), '/sign-in'],
  ])('after %s', async (_, moments, leads) => {
    const browser = await signedIn('office');
    let answer = await browser.ask(at('/'));
    for (const moment of moments) {
      clock.ahead = moment;
      answer = await browser.ask(at('/'));
    }
    clock.ahead = 0;
    expect(answer.headers.get('location')).toBe(leads);
  });
});

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
  const asking = () => openIdProvider({ ...openId, issuer: provider.issuer, origin: server.origin, now });
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
      expect(() => openIdProvider({ ...openId, issuer, origin: server.origin, now })).toThrow(RangeError);
    },
  );

  it('that says it is another is not believed', async () => {
    const localhost = provider.issuer.replace('127.0.0.1', 'localhost');
    const asking = openIdProvider({ ...openId, issuer: localhost, origin: server.origin, now });
    await expect(asking.begin('/')).rejects.toThrow(PortalError);
  });
});
