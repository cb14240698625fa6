import { describe, expect, it } from 'vitest';
import { openPortal, portalOrigin } from '../../../fixtures/portal.ts';
import { smallStore } from '../../../fixtures/small-store.ts';

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
