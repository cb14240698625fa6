import { within } from '@testing-library/dom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../functions/local-server/server.ts';
import { SignInError } from '../../functions/portal/access/identity-provider.ts';
import { openIdProvider } from '../../functions/portal/access/openid-provider.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { CookieBrowser } from '../fixtures/cookie-browser.ts';
import { openIdClient, startWithProvider, type TestIdentityProvider } from '../fixtures/identity-provider.ts';
import { formOf, openPage, textOf } from '../fixtures/opened-page.ts';

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
let provider: TestIdentityProvider;
let server: RunningServer;
let stop: () => Promise<void>;
const clock = { ahead: 0 };
const now = () => instantOf(new Date(Date.now() + clock.ahead));

beforeAll(async () => {
  ({ provider, server, stop } = await startWithProvider({ now }));
});
afterAll(() => stop?.());

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

/** The page that answered. */
async function pageOf(answer: Response): Promise<HTMLElement> {
  return openPage(await answer.text());
}

/** What an answer says is wrong. */
async function complaintOf(answer: Response): Promise<string> {
  return textOf(within(await pageOf(answer)).getByRole('alert'));
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
    expect(await complaintOf(answer)).toContain('统一身份认证暂时无法使用');
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
    const page = await pageOf(await browser.ask(at('/no-such-page')));
    expect(textOf(within(page).getByRole('banner'))).toMatch(new RegExp(` ${name} 退出$`));
  });

  it.each([
    ['visitor', '您的账号在本系统中没有身份'],
    ['homeless', '没有标明所属的部门'],
    ['divided', '标明了不止一个'],
  ])('%s is refused: %s', async (account, sentence) => {
    const { browser, callback } = await cameBack(account);
    const answer = await browser.ask(callback);
    expect(answer.status).toBe(403);
    expect(await complaintOf(answer)).toContain(sentence);
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
    ['/2023/records?uploader=张三', '/2023/records?uploader=%E5%BC%A0%E4%B8%89'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
  ])('leads to %s afterwards: %s', async (wanted, reached) => {
    const { browser, callback } = await cameBack('office', `/sign-in?return=${encodeURIComponent(wanted)}`);
    expect((await browser.ask(callback)).headers.get('location')).toBe(reached);
  });

  it.each([
    ['Latin', 'a'],
    ['Chinese', '中'],
    ['written by no browser', '"'],
  ])('is remembered in a cookie that browsers keep, however long the address: %s', async (_, letter) => {
    for (let length = 50; length < 1600; length += 150) {
      const wanted = encodeURIComponent(`/${letter.repeat(length)}`);
      const answer = await fetch(at(`/sign-in?return=${wanted}`), { redirect: 'manual' });
      const cookie = answer.headers.getSetCookie().find((set) => set.includes('-sign-in=')) ?? '';
      expect(cookie.length).toBeGreaterThan(100);
      expect(cookie.length).toBeLessThanOrEqual(4096);
    }
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
    expect(await complaintOf(answer)).toContain(sentence);
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
    expect(await complaintOf(answer)).toBe('登录已超时，请重新登录。');
  });

  it('is refused after ten minutes', async () => {
    const { browser, callback } = await cameBack('office');
    clock.ahead = 601_000;
    const answer = await browser.ask(callback);
    clock.ahead = 0;
    expect(answer.status).toBe(400);
    expect(await complaintOf(answer)).toBe('登录已超时，请重新登录。');
  });

  it('ends with a sentence when the person cancels', async () => {
    const { browser, callback } = await cameBack(null);
    const answer = await browser.ask(callback);
    expect(answer.status).toBe(403);
    expect(await complaintOf(answer)).toContain('登录已取消');
  });

  it.each(['nonce', 'verifier'] as const)('is refused with another %s', async (part) => {
    const asking = openIdProvider({ ...openIdClient, issuer: provider.issuer, origin: server.origin, now });
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
    const page = await pageOf(await browser.ask(at('/no-such-page')));
    const { address, fields } = formOf(within(page).getByRole('button', { name: '退出' }));
    const answer = await browser.ask(at(address), { method: 'POST', body: new URLSearchParams(fields) });
    expect(answer.status).toBe(200);
    expect(textOf(within(await pageOf(answer)).getByRole('status'))).toBe('您已退出本系统。');
    const next = new URL(/^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '')?.[1] ?? '');
    expect(next.origin).toBe(provider.issuer);
    expect(next.searchParams.get('post_logout_redirect_uri')).toBe(at('/signed-out'));
    expect((await browser.ask(next)).status).toBe(200);
    expect((await browser.ask(at('/'))).headers.get('location')).toBe('/sign-in');
    expect((await copy.ask(at('/'))).headers.get('location')).toBe('/sign-in');
    within(await pageOf(await browser.ask(at('/signed-out')))).getByRole('link', { name: '重新登录' });
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
