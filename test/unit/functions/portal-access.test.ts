import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { identityFromClaims } from '../../../functions/portal/access/claims.ts';
import {
  type Access,
  decide,
  type Identity,
  identitySchema,
  onlyDepartmentOf,
} from '../../../functions/portal/access/identity.ts';
import { SignInError } from '../../../functions/portal/access/identity-provider.ts';
import { PortalCookies } from '../../../functions/portal/access/portal-cookies.ts';
import {
  onlyUnderOwnName,
  protectAnswers,
  requestLimiter,
} from '../../../functions/portal/access/protection.ts';
import { CookieSeal, type Session, wantsRefresh } from '../../../functions/portal/access/session.ts';
import { EndedSessions } from '../../../functions/portal/access/session-authentication.ts';
import { localPath } from '../../../functions/portal/access/sign-in-pages.ts';
import { PortalError } from '../../../functions/portal/portal-error.ts';
import { attachment } from '../../../functions/portal/respond.ts';
import { openPortal, portalOrigin } from '../../fixtures/portal.ts';
import { smallStore } from '../../fixtures/small-store.ts';

function person(roles: Identity['roles'], department: string | null = null): Identity {
  return { subject: 's', name: '某人', roles, department };
}
const clerk = person(['department'], 'sfj');
const office = person(['legal-office']);
const auditor = person(['auditor']);
const both = person(['department', 'auditor'], 'sfj');

describe('who may use a route', () => {
  const own: Access = ['department'];
  const mixed: Access = ['department', 'legal-office'];
  it.each<[string, Access, Identity | undefined, string | undefined, ReturnType<typeof decide>]>([
    ['anyone: nobody', 'anyone', undefined, undefined, 'allowed'],
    ['anyone: a clerk, of another department', 'anyone', clerk, 'gaj', 'allowed'],
    ['whoever is signed in: nobody', 'signed-in', undefined, undefined, 'sign-in-first'],
    ['whoever is signed in: a clerk', 'signed-in', clerk, undefined, 'allowed'],
    ['clerks: nobody', own, undefined, 'sfj', 'sign-in-first'],
    ['clerks: the own department', own, clerk, 'sfj', 'allowed'],
    ['clerks: another department', own, clerk, 'gaj', 'denied'],
    ['clerks: no department named', own, clerk, undefined, 'allowed'],
    ['clerks: the legal office', own, office, 'sfj', 'denied'],
    ['clerks: an auditor who is also a clerk of it', own, both, 'sfj', 'allowed'],
    ['clerks: an auditor who is a clerk of another', own, both, 'gaj', 'denied'],
    ['clerks and office: another department', mixed, clerk, 'gaj', 'denied'],
    ['clerks and office: the office, any department', mixed, office, 'gaj', 'allowed'],
    ['clerks and office: an auditor', mixed, auditor, 'sfj', 'denied'],
    ['the office: a clerk', ['legal-office'], clerk, undefined, 'denied'],
    ['the office: the office', ['legal-office'], office, undefined, 'allowed'],
    ['auditors: one who is also a clerk, any department', ['auditor'], both, 'gaj', 'allowed'],
    ['nobody at all: the office', [], office, undefined, 'denied'],
  ])('%s', (_, access, identity, department, decision) => {
    expect(decide(access, identity, department)).toBe(decision);
  });

  it.each([
    ['a clerk sees the own department alone', clerk, 'sfj'],
    ['the office sees every one', office, null],
    ['who is more than a clerk sees every one', both, null],
  ])('%s', (_, identity, only) => {
    expect(onlyDepartmentOf(identity)).toBe(only);
  });

  it('a clerk without a department is no identity', () => {
    expect(identitySchema.safeParse(person(['department'])).success).toBe(false);
  });
});

const key = new Uint8Array(32).fill(1);
const began = 1_700_000_000;
const session: Session = {
  id: 'i'.repeat(32),
  identity: clerk,
  formToken: 't'.repeat(32),
  signedInAt: began,
  seenAt: began,
};
const pending = { state: 's', nonce: 'n', verifier: 'v', returnTo: '/' };

describe('what a session cookie holds', () => {
  const seal = new CookieSeal(key);

  it('comes back as it was, and shows nothing of itself', async () => {
    const cookie = await seal.sealSession(session);
    expect(await seal.openSession(cookie, began + 1)).toEqual(session);
    expect(Buffer.from(cookie.split('.')[3] ?? '', 'base64url').toString()).not.toContain('sfj');
  });

  it.each([
    ['used within the hour', 3600, 3600, true],
    ['idle for more than an hour', 3601, 0, false],
    ['just under eight hours old', 8 * 3600 - 1, 8 * 3600 - 10, true],
    ['eight hours old, however busy', 8 * 3600, 8 * 3600 - 10, false],
  ])('%s', async (_, later, seenLater, isGood) => {
    const cookie = await seal.sealSession({ ...session, seenAt: began + Math.min(seenLater, later) });
    const idle = seenLater === 0 ? await seal.sealSession(session) : cookie;
    expect((await seal.openSession(idle, began + later)) !== undefined).toBe(isGood);
  });

  it.each([1, 2, 3, 4])('is nothing once part %i is changed', async (part) => {
    const parts = (await seal.sealSession(session)).split('.');
    const old = parts[part] ?? '';
    parts[part] = `${old.startsWith('A') ? 'B' : 'A'}${old.slice(1)}`;
    expect(await seal.openSession(parts.join('.'), began + 1)).toBeUndefined();
  });

  it.each([
    ['no cookie', async () => undefined],
    ['no token', async () => 'abc'],
    ['a cookie of another key', () => new CookieSeal(new Uint8Array(32).fill(2)).sealSession(session)],
    ['a cookie of a sign-in that was begun', () => seal.sealSignIn(pending, began)],
    ['a session of nobody', () => seal.sealSession({ ...session, identity: person(['department']) })],
    ['a session without an id', () => seal.sealSession({ ...session, id: '' })],
  ])('%s opens nothing', async (_, cookie) => {
    expect(await seal.openSession(await cookie(), began + 1)).toBeUndefined();
  });

  it.each([
    ['ten minutes', 599, pending],
    ['no longer', 600, undefined],
  ])('a sign-in that was begun is remembered for %s', async (_, later, expected) => {
    const cookie = await seal.sealSignIn(pending, began);
    expect(await seal.openSignIn(cookie, began + later)).toEqual(expected);
  });

  it('a session is no sign-in that was begun', async () => {
    expect(await seal.openSignIn(await seal.sealSession(session), began)).toBeUndefined();
  });

  it('its last use is written down every five minutes', () => {
    expect(wantsRefresh(session, began + 299)).toBe(false);
    expect(wantsRefresh(session, began + 300)).toBe(true);
  });

  it('wants a key of 32 bytes', () => {
    expect(() => new CookieSeal(new Uint8Array(16))).toThrow(RangeError);
  });
});

describe('sessions that were ended', () => {
  it('are remembered until they would have ended by themselves, and no others with them', () => {
    const ended = new EndedSessions();
    ended.add(session, began);
    const other = { ...session, id: 'j'.repeat(32), signedInAt: began + 9 * 3600 };
    expect([ended.has(session), ended.has(other)]).toEqual([true, false]);
    ended.add(other, began + 9 * 3600);
    expect([ended.has(session), ended.has(other)]).toEqual([false, true]);
  });

  it('are forgotten when there are too many, the oldest first', () => {
    const ended = new EndedSessions();
    const nth = (number: number) => ({ ...session, id: `session-number-${number}` });
    for (let number = 0; number <= 5_000; number++) ended.add(nth(number), began);
    expect([ended.has(nth(0)), ended.has(nth(1)), ended.has(nth(5_000))]).toEqual([false, true, true]);
  });
});

describe('cookies', () => {
  async function setBy(origin: string): Promise<string> {
    const app = new Hono();
    app.get('/', (context) => {
      new PortalCookies(origin).write(context, 'session', 'x');
      return context.text('');
    });
    return (await app.request('/')).headers.get('set-cookie') ?? '';
  }

  it.each([
    ['https://indicators.example', '__Host-indicators-session=x; Path=/; HttpOnly; Secure; SameSite=Lax'],
    ['http://127.0.0.1:8080', 'indicators-8080-session=x; Path=/; HttpOnly; SameSite=Lax'],
  ])('at %s', async (origin, cookie) => {
    expect(await setBy(origin)).toBe(cookie);
  });
});

describe('where somebody goes after signing in', () => {
  it.each([
    [undefined, '/'],
    ['/2023/figures?a=1&b=2', '/2023/figures?a=1&b=2'],
    ['/2023/部门', '/2023/部门'],
    ['', '/'],
    ['2023', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/a\\b', '/'],
    ['/\t/evil.example', '/'],
    ['/\r\nSet-Cookie: a=b', '/'],
    ['/\u007f', '/'],
    ['/a\u0085b', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    [`/${'a'.repeat(1000)}`, '/'],
  ])('%j leads to %j', (asked, path) => {
    expect(localPath(asked)).toBe(path);
  });
});

describe('the name under which a file is saved', () => {
  it.each([
    ['sfj-2023-03.xlsx', `attachment; filename="sfj-2023-03.xlsx"; filename*=UTF-8''sfj-2023-03.xlsx`],
    ['3月.xlsx', `attachment; filename="3_.xlsx"; filename*=UTF-8''3%E6%9C%88.xlsx`],
    ['a"; b.html', `attachment; filename="a___b.html"; filename*=UTF-8''a%22%3B%20b.html`],
    ['a\r\nb.xlsx', `attachment; filename="a__b.xlsx"; filename*=UTF-8''a%0D%0Ab.xlsx`],
    [`o'b(1)*.xlsx`, `attachment; filename="o_b_1__.xlsx"; filename*=UTF-8''o%27b%281%29%2A.xlsx`],
    ['\ud800.xlsx', `attachment; filename="_.xlsx"; filename*=UTF-8''%EF%BF%BD.xlsx`],
  ])('%j', (name, header) => {
    expect(attachment(name)).toBe(header);
  });
});

describe('claims', () => {
  const names = { roleClaim: 'role', departmentClaim: 'department' };
  it.each<[string, object, Partial<Identity>]>([
    ['one role as text', { role: 'auditor' }, { roles: ['auditor'], department: null }],
    ['roles among others', { role: ['x', 3, 'legal-office'] }, { roles: ['legal-office'] }],
    ['a role that is named twice', { role: ['auditor', 'auditor'] }, { roles: ['auditor'] }],
    ['the name of the account', { role: 'auditor', preferred_username: 'zhang' }, { name: 'zhang' }],
    ['no name at all', { role: 'auditor', name: ' ' }, { name: 'id' }],
    [
      'a name, with the account that it is of',
      { role: 'auditor', name: '张三', preferred_username: 'zs' },
      { name: '张三（zs）' },
    ],
    ['a name that is the account', { role: 'auditor', name: 'zs', preferred_username: 'zs' }, { name: 'zs' }],
    [
      'a name that is too long',
      { role: 'auditor', name: '长'.repeat(100) },
      { name: `${'长'.repeat(76)}（id）` },
    ],
    [
      'an account that is too long',
      { role: 'auditor', name: '张三', preferred_username: 'z'.repeat(60) },
      { name: `张三（${'z'.repeat(39)}…）` },
    ],
    ['a department in a list', { role: 'department', department: ['sfj'] }, { department: 'sfj' }],
    ['an office that is no department', { role: 'auditor', department: '审计局' }, { department: null }],
  ])('%s', (_, claims, expected) => {
    expect(identityFromClaims({ sub: 'id', ...claims }, names)).toMatchObject(expected);
  });

  it.each<[string, object, string]>([
    ['no role', {}, '没有身份'],
    ['a role of another system', { role: 'Auditor' }, '没有身份'],
    ['roles in a thing', { role: { auditor: true } }, '没有身份'],
    ['a clerk of nowhere', { role: 'department' }, '所属的部门'],
    ['a clerk of a name, not an id', { role: 'department', department: '司法局' }, '所属的部门'],
    ['nobody', { sub: '', role: 'auditor' }, '哪个账号'],
  ])('of %s are refused', (_, claims, sentence) => {
    const given = () => identityFromClaims({ sub: 'id', ...claims }, names);
    expect(given).toThrow(SignInError);
    expect(given).toThrow(sentence);
  });
});

describe('requests', () => {
  it('are limited by address; those that change something more than others', async () => {
    const limit = requestLimiter({ any: 4, changing: 2 });
    await limit('a', 'POST');
    await limit('a', 'POST');
    await expect(limit('a', 'POST')).rejects.toThrow(PortalError);
    await limit('a', 'GET');
    await expect(limit('a', 'GET')).rejects.toThrow('一分钟内的请求太多');
    await limit('b', 'GET');
  });

  it.each([
    ['http://127.0.0.1:8080/a?b=1', 200, null],
    ['http://localhost:8080/a?b=1', 307, 'http://127.0.0.1:8080/a?b=1'],
    ['http://127.0.0.1:8081/', 400, null],
    ['http://evil.example:8080/', 400, null],
    ['http://localhost:8080//evil.example/', 307, 'http://127.0.0.1:8080//evil.example/'],
  ])('to %s', async (address, status, location) => {
    const app = new Hono();
    app.use(onlyUnderOwnName('http://127.0.0.1:8080', ['localhost:8080']));
    app.all('*', (context) => context.text(''));
    app.onError((error, context) => context.text('', error instanceof PortalError ? 400 : 500));
    const answer = await app.request(address);
    expect([answer.status, answer.headers.get('location')]).toEqual([status, location]);
    if (status === 307) expect((await app.request(address, { method: 'POST' })).status).toBe(400);
  });
});

describe('the log', () => {
  it('names the route that answered, and no department, upload or person', async () => {
    const { app, log } = openPortal(smallStore(), { now: '2023-04-05T01:00:00.000Z' });
    for (const path of ['/sign-in', '/2023/departments/sfj', '/nowhere/at/all', '/assets/none']) {
      await app.request(portalOrigin + path);
    }
    expect(log.map(({ route, status }) => [route, status])).toEqual([
      ['/sign-in', 200],
      ['/:year/departments/:department', 303],
      ['/*', 404],
      ['/assets/:file', 404],
    ]);
  });
});

describe('what browsers are told', () => {
  async function headersAt(origin: string): Promise<Headers> {
    const app = new Hono();
    app.use(
      protectAnswers({ origin, uploadTarget: { kind: 'store', origin: 'https://store.example' } as never }),
    );
    app.get('/', (context) => context.text(''));
    return (await app.request('/')).headers;
  }

  it('is the same on every answer: nothing from elsewhere, in no frame, kept nowhere', async () => {
    const headers = await headersAt('https://indicators.example');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self' https://store.example; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
  });

  it('does not insist on https where there is none', async () => {
    expect((await headersAt('http://127.0.0.1:8080')).get('strict-transport-security')).toBeNull();
  });
});
