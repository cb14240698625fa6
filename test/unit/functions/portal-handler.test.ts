import { beforeEach, describe, expect, it } from 'vitest';
import { createPortalHandler } from '../../../functions/lambda/portal/handler.ts';
import type { RequestLimits } from '../../../functions/portal/access/request-limits.ts';
import { bodyOf, type HttpApiAnswer, type HttpRequest, httpApiEvent } from '../../fixtures/http-api.ts';
import { instruments } from '../../fixtures/lambda.ts';
import { openPortal } from '../../fixtures/portal.ts';
import { lambdaContext } from '../../fixtures/s3-events.ts';
import { smallStore } from '../../fixtures/small-store.ts';

const origin = 'https://abc123.execute-api.cn-north-1.amazonaws.com.cn';

function handlerOver(portalErrors = 0, limits?: RequestLimits) {
  const { services } = openPortal(smallStore(), { now: '2023-04-03T01:00:00.000Z', origin });
  const tools = instruments();
  const keepLarge = async () => 'https://documents.example/extract';
  let made = 0;
  const handler = createPortalHandler({
    services: async () => {
      made += 1;
      if (made <= portalErrors) throw new Error('the secret cannot be read');
      return { ...services, keepLarge };
    },
    logger: tools.logger,
    logGroup: '/aws/lambda/portal',
    limits,
  });
  const ask = async (request: Omit<HttpRequest, 'url'> & { path: string }, from = '192.0.2.7') => {
    const event = httpApiEvent({ ...request, url: origin + request.path });
    event.requestContext.http.sourceIp = from;
    return (await handler(event, lambdaContext())) as HttpApiAnswer;
  };
  return { ask, log: tools.log, made: () => made };
}

/** The cookies of an answer, as a browser sends them back. */
function namesAndValues({ cookies = [] }: HttpApiAnswer): string[] {
  return cookies.map((each) => each.split(';')[0] ?? '');
}

describe('the portal behind an HTTP API', () => {
  let under: ReturnType<typeof handlerOver>;

  beforeEach(() => {
    under = handlerOver();
  });

  it('answers with a page, and makes its services once', async () => {
    const first = await under.ask({ path: '/sign-in' });
    await under.ask({ path: '/sign-in' });
    expect(first).toMatchObject({ statusCode: 200, isBase64Encoded: false });
    expect(first.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(bodyOf(first).toString()).toContain('<h1>');
    expect(under.made()).toBe(1);
  });

  it('takes a posted form, and gives and takes cookies, which browsers keep to this very host', async () => {
    const signIn = await under.ask({ path: '/sign-in' });
    const [, token = ''] = /name="_form" value="([^"]*)"/.exec(bodyOf(signIn).toString()) ?? [];
    const signedIn = await under.ask({
      method: 'POST',
      path: '/sign-in',
      form: { name: '张三', who: 'department:sfj', _form: token },
      cookies: namesAndValues(signIn),
    });
    expect(signedIn).toMatchObject({ statusCode: 303, headers: { location: '/' } });
    const [cookie = ''] = (signedIn.cookies ?? []).filter((each) => each.includes('-session='));
    expect(cookie).toMatch(/^__Host-indicators-session=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const page = await under.ask({ path: '/sign-in', cookies: namesAndValues(signedIn) });
    expect(bodyOf(page).toString()).toContain('张三');
  });

  it('logs who signed in and looked at what, for auditors, who are told where', async () => {
    const signIn = await under.ask({ path: '/sign-in' });
    const [, token = ''] = /name="_form" value="([^"]*)"/.exec(bodyOf(signIn).toString()) ?? [];
    const form = { name: '李四', who: 'auditor', _form: token };
    const cookies = namesAndValues(signIn);
    const signedIn = await under.ask({ method: 'POST', path: '/sign-in', form, cookies });
    const page = await under.ask({ path: '/access?person=x', cookies: namesAndValues(signedIn) });
    expect(bodyOf(page).toString()).toContain('/aws/lambda/portal');
    const lines = under
      .log()
      .split('\n')
      .filter((line) => line.includes('"message":"access"'));
    expect(lines.map((line) => JSON.parse(line).access)).toMatchObject([
      { by: '李四', roles: ['auditor'], method: 'POST', address: '/sign-in', status: 303 },
      { by: '李四', method: 'GET', route: '/access', address: '/access', status: 200 },
    ]);
  });

  it('hands out bytes as they are', async () => {
    const page = bodyOf(await under.ask({ path: '/sign-in' })).toString();
    const icon = await under.ask({ path: /href="(\/assets\/icon[^"]+)"/.exec(page)?.[1] ?? '' });
    expect(icon.headers['content-type']).toBe('image/svg+xml');
    expect(bodyOf(icon).toString()).toMatch(/^<svg/);
  });

  it('logs each answer as one line that leads to the access log, and names nobody', async () => {
    await under.ask({ path: '/2023/departments/sfj?name=李四' });
    const line = under
      .log()
      .split('\n')
      .map((each) => JSON.parse(each))
      .find(({ message }) => message === 'answered');
    expect(line).toMatchObject({ level: 'INFO', method: 'GET', status: 303, apiRequest: 'JKJaXmPLvHcESHA=' });
    expect(under.log()).not.toMatch(/sfj|李四/);
  });

  it('counts requests by the address that the API saw', async () => {
    const limit = { any: 2, changing: 1 };
    const limited = handlerOver(0, { ofAddress: limit, ofPerson: limit });
    const ask = (from: string) => limited.ask({ method: 'POST', path: '/sign-out' }, from);
    await ask('192.0.2.1');
    expect((await ask('192.0.2.1')).statusCode).toBe(429);
    expect((await ask('192.0.2.2')).statusCode).not.toBe(429);
  });

  it('answers under its own name only', async () => {
    const event = httpApiEvent({ url: 'https://elsewhere.example/sign-in' });
    const { services } = openPortal(smallStore(), { now: '2023-04-03T01:00:00.000Z', origin });
    const { logger } = instruments();
    const keepLarge = async () => '';
    const handler = createPortalHandler({ services: async () => ({ ...services, keepLarge }), logger });
    expect((await handler(event, lambdaContext())).statusCode).toBe(400);
  });

  it('tries again to make its services when that failed', async () => {
    const failing = handlerOver(1);
    await expect(failing.ask({ path: '/sign-in' })).rejects.toThrow('the secret cannot be read');
    expect((await failing.ask({ path: '/sign-in' })).statusCode).toBe(200);
  });
});
