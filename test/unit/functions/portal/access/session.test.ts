import { describe, expect, it } from 'vitest';
import { CookieSeal, type Session, wantsRefresh } from '../../../../../functions/portal/access/session.ts';
import { EndedSessions } from '../../../../../functions/portal/access/session-authentication.ts';
import { clerk, person } from './people.ts';

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

  it('is good for no longer where it was opened before', async () => {
    const cookie = await seal.sealSession(session);
    expect(await seal.openSession(cookie, began + 1)).toEqual(session);
    expect(await seal.openSession(cookie, began + 3600)).toEqual(session);
    expect(await seal.openSession(cookie, began + 3601)).toBeUndefined();
    const busy = await seal.sealSession({ ...session, seenAt: began + 8 * 3600 });
    expect(await seal.openSession(busy, began + 8 * 3600 - 1)).toBeDefined();
    expect(await seal.openSession(busy, began + 8 * 3600)).toBeUndefined();
  });

  it('is still that of one cookie among more than are known', async () => {
    const own = new CookieSeal(key);
    const idOf = (number: number) => `session-number-${number}`;
    const cookies = Array.from({ length: 2_001 }, (_, number) =>
      own.sealSession({ ...session, id: idOf(number) }),
    );
    for (const turn of [1, 2]) {
      const opened = (await Promise.all(cookies)).map((cookie) => own.openSession(cookie, began + turn));
      expect((await Promise.all(opened)).map((one) => one?.id)).toEqual(
        cookies.map((_, number) => idOf(number)),
      );
    }
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
