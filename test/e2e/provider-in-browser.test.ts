import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunningServer } from '../../functions/local-server/server.ts';
import { accessibilityFaults, chromiumHere, newPage, startBrowser } from '../fixtures/browser.ts';
import { startWithProvider, type TestIdentityProvider } from '../fixtures/identity-provider.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

const accounts = { office: { name: '法制乙', role: 'legal-office' } };

/** What only a browser knows: whether the content security policy lets people through to the provider and back. */
const withAndWithoutScripts: [string, boolean][] = [
  ['with scripts', true],
  ['without scripts', false],
];

describe.skipIf(chromiumHere === undefined)('a real browser at an identity provider', () => {
  let provider: TestIdentityProvider;
  let server: RunningServer;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ provider, server, stop } = await startWithProvider());
    await provider.open(server.origin, { accounts, inIdToken: false });
    provider.next = 'office';
  });
  afterAll(() => stop?.());

  it.each(withAndWithoutScripts.slice(0, casesTried(2, 1)))(
    'signs in and out at both, %s',
    async (_, javaScriptEnabled) => {
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
    },
  );
});
