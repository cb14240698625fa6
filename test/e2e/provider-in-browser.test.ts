import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../../functions/local-server/server.ts';
import { accessibilityFaults, chromiumHere, newPage, startBrowser } from '../fixtures/browser.ts';
import { TestIdentityProvider } from '../fixtures/identity-provider.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const accounts = { office: { name: '法制乙', role: 'legal-office' } };

/** What only a browser knows: whether the content security policy lets people through to the provider and back. */
describe.skipIf(chromiumHere === undefined)('a real browser at an identity provider', () => {
  let provider: TestIdentityProvider;
  let server: RunningServer;
  let temporary: Awaited<ReturnType<typeof newFolder>>;

  beforeAll(async () => {
    temporary = await newFolder();
    provider = await TestIdentityProvider.prepare();
    server = await startServer({
      data: temporary.folder,
      port: 0,
      openId: {
        issuer: provider.issuer,
        clientId: 'portal',
        clientSecret: 'a-secret-of-the-portal',
        roleClaim: 'role',
        departmentClaim: 'department',
      },
    });
    await provider.open(server.origin, { accounts, inIdToken: false });
    provider.next = 'office';
  });
  afterAll(async () => {
    await server?.stop();
    await provider?.stop();
    await temporary?.remove();
  });

  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('signs in and out at both, %s', async (_, javaScriptEnabled) => {
    const browser = await startBrowser();
    onTestFinished(() => browser.close());
    const page = await newPage(browser, { javaScriptEnabled });
    const complaints: string[] = [];
    page.on('console', (message) => {
      const isOfPortal = message.location().url.startsWith(server.origin);
      if (isOfPortal || /Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(server.origin);
    expect(new URL(page.url()).pathname).toBe('/2023');
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL(`${provider.issuer}/session/end**`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${server.origin}/signed-out`);
    expect(await page.getByRole('link', { name: '重新登录' }).getAttribute('href')).toBe('/sign-in');
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
