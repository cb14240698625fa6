import { describe, expect, it } from 'vitest';
import { listen } from '../../functions/local-server/listening.ts';
import { tokenFolder } from '../../functions/portal/services.ts';
import { ingest, refuseUnread } from '../../functions/use-cases/ingest.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { chromiumHere, newPage, startBrowser } from '../fixtures/browser.ts';
import { openPortal, type PortalUser, portalOrigin } from '../fixtures/portal.ts';
import { smallForm, smallStore } from '../fixtures/small-store.ts';

const own = '/2023/departments/sfj';
const now = '2023-07-05T02:00:00.000Z';

async function workbookFile(
  cases: string,
  { name = '月报.xlsx', ...more }: { name?: string; period?: string; note?: string } = {},
) {
  const bytes = await smallForm({ period: '2023-03', uploadedAt: '', ...more, cases });
  return new File([new Uint8Array(bytes)], name);
}

/** Uploads through the page and answers where the browser is sent. */
async function upload(user: PortalUser, period: string, file: File): Promise<string> {
  const answer = await user.post(`${own}/${period}/uploads`, { file });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

describe('uploading', () => {
  it('lists every problem of a refused file, marks them in a workbook, and takes the mended one', async () => {
    const portal = openPortal(smallStore(), { now: '2023-04-03T02:00:00.000Z' });
    const clerk = await portal.as('department:sfj', '王芳');
    const refused = await upload(clerk, '2023-03', await workbookFile('-1', { name: '3月.xlsx' }));
    const result = await clerk.read(refused);
    expect(result).toContain('没有被接收：有 1 处必须改正');
    expect(result).toContain('月报 E6');
    expect(result).toContain('本指标不能是负数');
    expect(result).toContain(`href="${refused}/marked.xlsx">下载标出问题的工作簿`);
    const marked = await readWorkbook(await bytesOf(clerk, `${refused}/marked.xlsx`));
    expect(marked.sheets.map(({ name }) => name)).toContain('校验结果');

    portal.clock.now = '2023-04-03T03:00:00.000Z';
    const accepted = await upload(clerk, '2023-03', await workbookFile('12', { name: '3月改.xlsx' }));
    expect(await clerk.read(accepted)).toContain('已接收，计入汇总（修订 1）');
    expect(await clerk.read(refused)).toContain(`href="${accepted}">最近一次上传（已接收）`);
    const history = await clerk.read(`${own}/2023-03`);
    expect(history.indexOf('3月改.xlsx')).toBeGreaterThan(0);
    expect(history.indexOf('3月改.xlsx')).toBeLessThan(history.indexOf('>3月.xlsx'));
    expect(history).toContain('退回，1 处必须改正');
    expect(history).toContain('12 件');
  });

  it('hands the original over byte for byte, as a file to save under its own name', async () => {
    const clerk = await openPortal(smallStore(), { now }).as('department:sfj');
    const file = await workbookFile('12', { name: '三月.xlsx' });
    const result = await upload(clerk, '2023-03', file);
    const answer = await clerk.get(`${result}/original`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('三月.xlsx'));
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  it('says of a file that was uploaded before that it is known, and how to bring it back', async () => {
    const portal = openPortal(smallStore(), { now });
    const clerk = await portal.as('department:sfj');
    const first = await workbookFile('12');
    await upload(clerk, '2023-03', first);
    portal.clock.now = '2023-07-05T03:00:00.000Z';
    await upload(clerk, '2023-03', await workbookFile('13'));
    const again = await upload(clerk, '2023-03', first);
    expect(again).toContain('?done=known');
    const page = await clerk.read(again);
    expect(page).toContain('以前上传过');
    expect(page).toContain('换一个名字');
    expect(page).toContain('后来又上传了修订 2');
  });

  it.each<[string, Record<string, string | File>]>([
    ['no file', {}],
    ['a text in place of a file', { file: 'x' }],
    ['a file without a byte', { file: new File([], 'a.xlsx') }],
  ])('asks for a file if there is %s', async (_, fields) => {
    const portal = openPortal(smallStore(), { now });
    const clerk = await portal.as('department:sfj');
    const answer = await clerk.post(`${own}/2023-03/uploads`, fields);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('请选择文件');
    expect(await clerk.read(`${own}/2023-03`)).not.toContain('上传记录');
  });

  it('says before the upload that it would be held, after the cut-off or once published', async () => {
    const store = smallStore();
    const late = await openPortal(store, { now: '2024-02-03T01:00:00.000Z' }).as('department:sfj');
    expect(await late.read(`${own}/2023-01`)).toContain('已经过了最迟报送日（2024年1月31日）');
    const clerk = await openPortal(store, { now }).as('department:sfj');
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    expect(await clerk.read(`${own}/2023-01`)).not.toMatch(/已经过了最迟|已经发布/);
    await store.publish('2023-03-10T01:00:00.000Z');
    expect(await clerk.read(`${own}/2023-01`)).toContain('这个月的数字已经发布');
  });

  it('shows the office and auditors everything but the form', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-03', cases: '300000', uploadedAt: '2023-04-03T01:00:00.000Z' });
    const portal = openPortal(store, { now });
    for (const who of ['legal-office', 'auditor'] as const) {
      const page = await (await portal.as(who)).read(`${own}/2023-03`);
      expect(page).toContain('300000 件');
      expect(page).not.toContain('type="file"');
    }
  });

  it('knows no upload of another department or month, and no marked workbook of a file that was not read', async () => {
    const store = smallStore();
    const { event } = await store.submit({
      department: 'sfj2',
      period: '2023-03',
      cases: '9',
      uploadedAt: '2023-04-03T01:00:00.000Z',
    });
    const id = uploadId(event.happening.upload);
    const huge = { key: 'uploads/sfj/2023-03/x/大.xlsx', version: null, fileName: '大.xlsx', sha256: null };
    await refuseUnread(
      {
        address: { department: 'sfj', period: '2023-03' },
        upload: { ...huge, size: 60_000_000, uploadedAt: '2023-04-04T01:00:00.000Z', uploader: '王芳' },
        recordedAt: '2023-04-04T01:00:00.000Z',
        recordedBy: 'tester',
      },
      store,
    );
    const clerk = await openPortal(store, { now }).as('department:sfj');
    const statuses = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => (await clerk.get(path)).status));
    const uploads = `${own}/2023-03/uploads`;
    expect(
      await statuses(`${uploads}/${id}`, `${uploads}/${id}/original`, `${uploads}/${id}/marked.xlsx`),
    ).toEqual([404, 404, 404]);
    expect(await statuses(`/2023/departments/sfj2/2023-03/uploads/${id}`)).toEqual([403]);
    const unread = `${uploads}/${uploadId(huge)}`;
    expect(await statuses(unread.replace('2023-03/', '2023-04/'), `${unread}/marked.xlsx`)).toEqual([
      404, 404,
    ]);
    expect(await clerk.read(unread)).not.toContain('marked.xlsx');
  });

  it('escapes what people typed wherever it shows', async () => {
    const portal = openPortal(smallStore(), { now });
    const clerk = await portal.as('department:sfj', '<b>王芳</b>');
    const name = '<img src=x onerror=alert(1)>.xlsx';
    const file = await workbookFile('12', { name, note: '"><script>alert(2)</script>' });
    const result = await upload(clerk, '2023-03', file);
    for (const path of [result, `${own}/2023-03`]) {
      const page = await clerk.read(path);
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(page).not.toMatch(/<img|<script>|<b>/);
    }
    expect(await clerk.read(`${own}/2023-03`)).toContain('&lt;script&gt;alert(2)');
  });
});

describe('the template', () => {
  it('is the form of that department and month, with the figures of the months before', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-02', cases: '37', uploadedAt: '2023-03-03T01:00:00.000Z' });
    const clerk = await openPortal(store, { now }).as('department:sfj');
    const answer = await clerk.get(`${own}/2023-03/template.xlsx`);
    expect(answer.headers.get('content-disposition')).toContain(
      encodeURIComponent('市司法局2023年3月月报模板.xlsx'),
    );
    const { sheets } = await readWorkbook(new Uint8Array(await answer.arrayBuffer()));
    expect(JSON.stringify(sheets.find(({ name }) => name === '月报'))).toContain('37');
  });
});

async function bytesOf(user: PortalUser, path: string): Promise<Uint8Array> {
  const answer = await user.get(path);
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

describe('an upload that goes straight to the store', () => {
  const address = { department: 'sfj', period: '2023-03' };

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
    return { store, ...openPortal(store, { now, uploadTarget: { kind: 'store', origin, form }, ...others }) };
  }

  it('gives a form whose file comes last, then waits, and leads to the result', async () => {
    const { store, as, clock } = storePortal();
    const clerk = await as('department:sfj');
    const page = await clerk.read(`${own}/2023-03`);
    const form = /<form method="post" action="https:\/\/store\.example[\s\S]*?<\/form>/.exec(page)?.[0] ?? '';
    expect([...form.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'key',
      'success_action_redirect',
      'file',
    ]);
    expect(form).toContain('30 分钟');
    const continueAt = /name="success_action_redirect" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const received = continueAt.replaceAll('&amp;', '&').slice(portalOrigin.length);
    const token = /token=([0-9a-f]{32})$/.exec(received)?.[1] ?? '';

    const waitingAt = (await clerk.get(received)).headers.get('location') ?? '';
    const waiting = await clerk.read(waitingAt);
    const refresh = /http-equiv="refresh" content="2; url=([^"]+)"/.exec(waiting)?.[1] ?? '';
    const next = refresh.replaceAll('&amp;', '&');
    expect(next).toContain(token);
    clock.now = '2023-07-05T02:02:59.000Z';
    expect(await clerk.read(next)).toContain('http-equiv="refresh"');
    clock.now = '2023-07-05T02:03:01.000Z';
    const patient = await clerk.read(next);
    expect(patient).not.toContain('http-equiv="refresh"');
    expect(patient).toContain('不会丢失');

    const bytes = await smallForm({ period: '2023-03', cases: '12', uploadedAt: now });
    const key = `${tokenFolder(address, token)}月报.xlsx`;
    const file = { key, version: 'v1', fileName: '月报.xlsx', sha256: sha256(bytes), size: bytes.length };
    const sent = { ...file, uploadedAt: now, uploader: '王芳' };
    await ingest({ address, upload: sent, bytes, recordedAt: now, recordedBy: 'ingest' }, store);
    const answer = await clerk.get(`${next}&bucket=b&etag=x`);
    expect(answer.headers.get('location')).toBe(`${own}/2023-03/uploads/${uploadId(file)}`);
  });

  it('leads to the newest where one form put two files', async () => {
    const { store, as } = storePortal();
    const clerk = await as('department:sfj');
    const token = 'a'.repeat(32);
    const key = `${tokenFolder(address, token)}月报.xlsx`;
    const sent = async (version: string, cases: string, uploadedAt: string) => {
      const bytes = await smallForm({ period: '2023-03', cases, uploadedAt });
      const file = { key, version, fileName: '月报.xlsx', sha256: sha256(bytes), size: bytes.length };
      const upload = { ...file, uploadedAt, uploader: '王芳' };
      await ingest({ address, upload, bytes, recordedAt: uploadedAt, recordedBy: 'ingest' }, store);
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

  it('takes no file through the portal', async () => {
    const clerk = await storePortal().as('department:sfj');
    const answer = await clerk.post(`${own}/2023-03/uploads`, { file: await workbookFile('12') });
    expect(answer.status).toBe(400);
  });
});
