import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { listen } from '../../functions/local-server/listening.ts';
import { tokenFolder } from '../../functions/portal/services.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { chromiumHere, newPage, startBrowser } from '../fixtures/browser.ts';
import { formOf, partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser, portalOrigin } from '../fixtures/portal.ts';
import { smallForm, smallStore } from '../fixtures/small-store.ts';

const own = '/2023/departments/sfj';
const now = '2023-07-05T02:00:00.000Z';

describe('an upload that goes straight to the store', () => {
  const address = { department: 'sfj', period: '2023-03' } as const;

  /** After how long and where a page has the browser look again. */
  async function refreshOf(user: PortalUser, path: string): Promise<string | undefined> {
    const { head } = (await visit(user, path)).ownerDocument;
    return head.querySelector('meta[http-equiv="refresh"]')?.getAttribute('content') ?? undefined;
  }

  function storePortal(others: { origin?: string } = {}) {
    const store = smallStore();
    const origin = 'https://store.example';
    const form = async (order: { token: string; continueAt: string; uploader: string }) => ({
      action: `${origin}/uploads`,
      fields: {
        key: `${tokenFolder(address, order.token)}\${filename}`,
        success_action_redirect: order.continueAt,
      },
      minutes: 30,
    });
    return {
      store,
      ...openPortal(store, {
        now,
        uploadTarget: {
          kind: 'store',
          origin,
          form,
          scanForm: async () => ({ action: '', fields: {}, minutes: 30 }),
          put: async () => undefined,
          mostBytesHere: 4 * 1024 * 1024,
        },
        ...others,
      }),
    };
  }

  it('gives a form whose file comes last, then waits, and leads to the result', async () => {
    const { store, as, clock } = storePortal();
    const clerk = await as('department:sfj');
    const page = await visit(clerk, `${own}/2023-03`);
    const { fields, ...form } = formOf(within(page).getByRole('button', { name: '上传并检查' }));
    expect(form).toEqual({ method: 'post', address: 'https://store.example/uploads' });
    expect(Object.keys(fields)).toEqual(['key', 'success_action_redirect', 'file']);
    expect(textOf(partUnder(page, '第二步：上传'))).toContain('30 分钟');
    const check = formOf(within(page).getByRole('button', { name: '先检查，不报送', hidden: true }));
    expect(check).toMatchObject({ address: `${own}/2023-03/check`, fields: { _form: expect.anything() } });
    const chosen = within(page)
      .getAllByLabelText(/^填好的工作簿/)
      .map((each) => (each as HTMLElement).dataset);
    expect(chosen.map(({ mostBytes }) => mostBytes)).toEqual([`${10 * 1024 * 1024}`, `${4 * 1024 * 1024}`]);
    expect(chosen[1]?.tooLarge).toBe('文件超过 4 MB，不能只检查；请直接上传，上传后一样逐处列出问题。');
    const received = fields.success_action_redirect?.slice(portalOrigin.length) ?? '';
    const token = /token=([0-9a-f]{32})$/.exec(received)?.[1] ?? '';

    const waitingAt = (await clerk.get(received)).headers.get('location') ?? '';
    const next = /^2; url=(.+)$/.exec((await refreshOf(clerk, waitingAt)) ?? '')?.[1] ?? '';
    expect(next).toContain(token);
    clock.now = '2023-07-05T02:02:59.000Z';
    expect(await refreshOf(clerk, next)).toBe(`2; url=${next}`);
    clock.now = '2023-07-05T02:03:01.000Z';
    expect(await refreshOf(clerk, next)).toBeUndefined();
    expect(textOf(within(await visit(clerk, next)).getByRole('status'))).toContain('不会丢失');

    const bytes = await smallForm({ period: '2023-03', cases: '12', uploadedAt: now });
    const key = `${tokenFolder(address, token)}月报.xlsx`;
    const file = { key, version: 'v1', fileName: '月报.xlsx', sha256: sha256(bytes), size: bytes.length };
    const sent = { ...file, uploadedAt: now, claimedAt: null, uploader: '王芳' } as const;
    await ingest({ upload: sent, bytes, recordedAt: now, recordedBy: 'ingest' }, store);
    const answer = await clerk.get(`${next}&bucket=b&etag=x`);
    expect(answer.headers.get('location')).toBe(`${own}/2023-03/uploads/${uploadId(file)}`);
  });

  it('leads to the newest where one form put two files', async () => {
    const { store, as } = storePortal();
    const clerk = await as('department:sfj');
    const token = 'a'.repeat(32);
    const key = `${tokenFolder(address, token)}月报.xlsx`;
    const sent = async (version: string, cases: string, uploadedAt: Instant) => {
      const bytes = await smallForm({ period: '2023-03', cases, uploadedAt });
      const file = { key, version, fileName: '月报.xlsx', sha256: sha256(bytes), size: bytes.length };
      const upload = { ...file, uploadedAt, claimedAt: null, uploader: '王芳' };
      await ingest({ upload, bytes, recordedAt: uploadedAt, recordedBy: 'ingest' }, store);
      return uploadId(file);
    };
    await sent('v1', '-1', '2023-07-05T01:50:00.000Z');
    const mended = await sent('v2', '12', '2023-07-05T01:55:00.000Z');
    const answer = await clerk.get(`${own}/2023-03/uploads/received?token=${token}`);
    expect(answer.headers.get('location')).toBe(`${own}/2023-03/uploads/${mended}`);
  });

  it.skipIf(chromiumHere === undefined)(
    'has a new form when a browser shows its page from memory',
    async () => {
      const listening = await listen('127.0.0.1', 0);
      const origin = `http://127.0.0.1:${listening.port}`;
      listening.answerWith(storePortal({ origin }).app);
      const browser = await startBrowser();
      try {
        const page = await newPage(browser);
        await page.goto(`${origin}/sign-in?return=${own}/2023-03`);
        await page.getByLabel('您的姓名').fill('王芳');
        await page.getByLabel('您的身份').selectOption('department:sfj');
        await page.getByRole('button', { name: '进入' }).click();
        const key = page.locator('input[name="key"]');
        const before = await key.inputValue();
        await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
        await expect.poll(() => key.inputValue()).not.toBe(before);
      } finally {
        await browser.close();
        await listening.close();
      }
    },
  );

  it.each(['', '?token=xyz', `?token=${'a'.repeat(33)}`])('refuses to wait for "%s"', async (query) => {
    const clerk = await storePortal().as('department:sfj');
    expect((await clerk.get(`${own}/2023-03/uploads/received${query}`)).status).toBe(400);
  });

  it('leaves Word files of the report to the portal, in forms that say how much it takes', async () => {
    const office = await storePortal().as('legal-office');
    const page = await visit(office, '/2023/report');
    const said = [/^改过的报告/, /^改好的模板/].map((name) => {
      const { mostBytes, tooLarge } = within(page).getByLabelText(name).dataset;
      return [mostBytes, tooLarge];
    });
    const bound = [String(4 * 1024 * 1024), '文件超过 4 MB；请压缩或删去图片后再试。'];
    expect(said).toEqual([bound, bound]);
  });

  it('takes no file through the portal', async () => {
    const clerk = await storePortal().as('department:sfj');
    const answer = await clerk.post(`${own}/2023-03/uploads`, { file: new File(['x'], '月报.xlsx') });
    expect(answer.status).toBe(400);
  });
});
