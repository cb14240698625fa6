import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { onlyUnderOwnName, protectAnswers } from '../../../../../functions/portal/access/protection.ts';
import { PortalError } from '../../../../../functions/portal/portal-error.ts';

describe('requests', () => {
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
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self' https://store.example; base-uri 'none'; frame-ancestors 'none'",
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
