import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { openPage, partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const store = smallStore();
await store.submit({ period: '2023-01', cases: '3', uploadedAt: '2023-02-01T00:00:00.000Z' });

describe('the id of a request', () => {
  it('leads from an answer to its line in the log, and is never one that was sent', async () => {
    const { app, log } = openPortal(store, { now: '2023-04-05T01:00:00.000Z' });
    const sent = '7f1c2a4e-0000-4000-8000-000000000000';
    const headers = { Host: '127.0.0.1:8080', 'X-Request-Id': sent };
    for (const path of ['/sign-in', '/nowhere/at/all', '/api/2023/records']) {
      const answer = await app.request(`http://127.0.0.1:8080${path}`, { headers });
      expect(answer.headers.get('X-Request-Id')).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(answer.headers.get('X-Request-Id')).toBe(log.at(-1)?.request);
    }
    expect(new Set(log.map(({ request }) => request)).size).toBe(3);
    expect(JSON.stringify(log)).not.toContain(sent);
  });
});

describe('a ledger that was altered', () => {
  it('gives no figures, and says where to look', async () => {
    const altered: typeof store.ledger = {
      ...store.ledger,
      read: async (chain) => (await store.ledger.read(chain)).map((event) => ({ ...event, by: '别人' })),
    };
    const { as, log } = openPortal({ ...store, ledger: altered }, { now: '2023-04-05T01:00:00.000Z' });
    const auditor = await as('auditor');
    for (const address of ['/2023', '/2023/figures', '/2023/records']) {
      const answer = await auditor.get(address);
      expect(answer.status).toBe(500);
      const alert = within(openPage(await answer.text())).getByRole('alert');
      expect(textOf(alert)).toContain('请法制机构或审计到“台账核验”查看');
    }
    expect(log.filter(({ error }) => error !== undefined)).toHaveLength(3);
    const chains = partUnder(await visit(auditor, '/2023/verification'), '2023年的台账链');
    expect(textOf(chains)).toContain('2023/sfj');
  });
});
