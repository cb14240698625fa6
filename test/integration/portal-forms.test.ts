import { beforeAll, describe, expect, it } from 'vitest';
import { openPortal, PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const portal = openPortal(smallStore(), { now: '2023-04-05T01:00:00.000Z' });
const nobody = new PortalUser(portal.app);
let clerk: PortalUser;
let office: PortalUser;

beforeAll(async () => {
  clerk = await portal.as('department:sfj');
  office = await portal.as('legal-office');
});

describe('a form', () => {
  const address = '/2023/departments/sfj/2023-01/uploads';
  const given = () => ({ file: new File([new Uint8Array([1])], 'a.xlsx') });

  it.each([
    ['without the token of the session', async () => ({})],
    ['with the token of another session', async () => ({ _form: await office.formToken() })],
  ])('%s is denied', async (_, fields) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...(await fields()), ...given() })) form.set(name, value);
    expect((await clerk.send('POST', address, form)).status).toBe(403);
  });

  it.each([
    ['origin', { origin: 'https://evil.example' }],
    ['origin that is hidden', { origin: 'null' }],
    ['site', { 'sec-fetch-site': 'cross-site' }],
  ])('from another %s is denied, even with the token', async (_, headers) => {
    const form = new FormData();
    form.set('_form', await clerk.formToken());
    form.set('file', given().file);
    expect((await clerk.send('POST', address, form, headers)).status).toBe(403);
  });

  it('is not read at all if whoever sends it is not let in, however long it goes on', async () => {
    let read = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        read += 1;
        if (read > 20) controller.error(new Error('read on'));
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const answer = await nobody.send('POST', address, endless);
    expect(answer.status).toBe(401);
    expect(read).toBeLessThan(3);
  });

  it('that is no file may not be as large as a file, whose many fields would take minutes to read', async () => {
    const fields = new URLSearchParams({ _form: await clerk.formToken(), more: 'a'.repeat(200_000) });
    expect((await clerk.send('POST', address, fields)).status).toBe(413);
  });
});

describe('a request that no route takes', () => {
  it.each([
    ['PUT', '/2023/publications', 405, 'GET, HEAD, POST'],
    ['DELETE', '/api/2023/records', 405, 'GET, HEAD'],
    ['GET', '/2023/nothing/there', 404, null],
  ])('%s %s is answered with %i', async (method, path, status, allow) => {
    const answer = await office.send(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow]);
    expect(answer.headers.get('content-type')).toMatch(
      path.startsWith('/api/') ? /^application\/problem\+json$/ : /^text\/html/,
    );
  });
});
