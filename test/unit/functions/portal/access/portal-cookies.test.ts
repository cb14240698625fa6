import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { PortalCookies } from '../../../../../functions/portal/access/portal-cookies.ts';

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
