import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/portal/routes.ts';
import { type ApiDocument, documentFaults } from '../fixtures/api-contract.ts';
import { busyNow, busyStore } from '../fixtures/busy-store.ts';
import { openPortal, portalOrigin } from '../fixtures/portal.ts';

describe('the OpenAPI document', () => {
  let document: ApiDocument;
  let portal: ReturnType<typeof openPortal>;

  beforeAll(async () => {
    portal = openPortal(await busyStore(), { now: busyNow });
    const answer = await portal.app.request(`${portalOrigin}/api/openapi.json`);
    document = (await answer.json()) as ApiDocument;
  });

  it('is a sound one that anybody may read', () => {
    expect(documentFaults(document)).toEqual([]);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['session', 'bearer']);
  });

  it('names the cookie of this very portal', async () => {
    const answer = await portal.app.request(`${portalOrigin}/sign-in`);
    const [form = ''] = answer.headers.getSetCookie()[0]?.split('=') ?? [];
    expect(document.components.securitySchemes).toMatchObject({
      session: { name: form.replace(/form$/, 'session') },
    });
  });

  it('has every question of the routes, and nothing else', () => {
    const asked = routes.filter(({ api }) => api !== undefined).map(({ path }) => path);
    expect(Object.keys(document.paths)).toEqual(asked.map((path) => path.replace(/:(\w+)/g, '{$1}')));
    expect(asked.length).toBeGreaterThan(10);
    expect(routes.filter(({ path, api }) => path.startsWith('/api/') && api === undefined)).toEqual([]);
  });

  it.each([
    [
      'a reference that leads nowhere',
      (bad: ApiDocument) => Object.assign(bad.components.schemas, { Total: undefined }),
    ],
    [
      'a parameter that is not declared',
      (bad: ApiDocument) => Object.assign(bad.paths, { '/api/{what}': bad.paths['/api/years'] }),
    ],
  ])('is checked by what finds %s', (_, spoil) => {
    const bad = structuredClone(document);
    spoil(bad);
    expect(documentFaults(bad)).not.toEqual([]);
  });
});
