import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { refuseUnread } from '../../functions/use-cases/ingest.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { addressOf, linksOf, openPage, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
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

/** Everything that was uploaded for a month, as its page lists it. */
async function historyOf(user: PortalUser, period: string): Promise<Record<string, string>[]> {
  const page = await visit(user, `${own}/${period}`);
  return rowsOf(within(page).getByRole('table', { name: '全部上传，最近的在前' }));
}

describe('uploading', () => {
  it('lists every problem of a refused file, marks them in a workbook, and takes the mended one', async () => {
    const portal = openPortal(smallStore(), { now: '2023-04-03T02:00:00.000Z' });
    const clerk = await portal.as('department:sfj', '王芳');
    const refused = await upload(clerk, '2023-03', await workbookFile('-1', { name: '3月.xlsx' }));
    const result = await visit(clerk, refused);
    expect(textOf(result)).toContain('没有被接收：有 1 处必须改正');
    const problems = partUnder(result, '要改的每一处');
    expect(textOf(problems)).toContain('本指标不能是负数');
    const places = within(within(problems).getAllByRole('list')[1]!).getAllByRole('listitem');
    expect(places.map(textOf)).toEqual(['月报 E6；案件；填写的是“-1”；应为：不小于 0 的数字']);
    const workbook = within(result).getByRole('link', { name: '下载标出问题的工作簿' });
    expect(addressOf(workbook)).toBe(`${refused}/marked.xlsx`);
    const marked = await readWorkbook(await bytesOf(clerk, `${refused}/marked.xlsx`));
    expect(marked.sheets.map(({ name }) => name)).toContain('校验结果');

    portal.clock.now = '2023-04-03T03:00:00.000Z';
    const accepted = await upload(clerk, '2023-03', await workbookFile('12', { name: '3月改.xlsx' }));
    expect(textOf(await visit(clerk, accepted))).toContain('已接收，计入汇总（第1版）');
    const later = within(await visit(clerk, refused)).getByRole('link', { name: '最近一次上传（已接收）' });
    expect(addressOf(later)).toBe(accepted);
    expect((await historyOf(clerk, '2023-03')).map((row) => [row.文件, row.结果])).toEqual([
      ['3月改.xlsx', '第1版：计入汇总'],
      ['3月.xlsx', '退回，1 处必须改正'],
    ]);
    const figures = within(await visit(clerk, `${own}/2023-03`)).getByRole('table', {
      name: '第1版的数字',
    });
    expect(rowsOf(figures)[0]).toMatchObject({ 指标: '案件', 数: '12 件' });
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

  it('counts a file that was sent before another one again', async () => {
    const portal = openPortal(smallStore(), { now });
    const clerk = await portal.as('department:sfj');
    const first = await workbookFile('12');
    await upload(clerk, '2023-03', first);
    portal.clock.now = '2023-07-05T02:01:00.000Z';
    await upload(clerk, '2023-03', await workbookFile('13'));
    portal.clock.now = '2023-07-05T02:02:00.000Z';
    const again = await visit(clerk, await upload(clerk, '2023-03', first));
    expect(textOf(again)).toContain('已接收，计入汇总（第3版）');
    const figures = within(again).getByRole('table', { name: '第3版的数字' });
    expect(rowsOf(figures)[0]).toMatchObject({ 指标: '案件', 数: '12 件' });
  });

  it('says of a file that was sent twice in a row that nothing is new, and counts it once', async () => {
    const portal = openPortal(smallStore(), { now });
    const clerk = await portal.as('department:sfj');
    const file = await workbookFile('12');
    const first = await upload(clerk, '2023-03', file);
    portal.clock.now = '2023-07-05T02:01:00.000Z';
    const second = await upload(clerk, '2023-03', file);
    expect(second).not.toBe(first);
    const page = textOf(await visit(clerk, second));
    expect(page).toContain('已接收，计入汇总（第1版）');
    expect(page).toContain('这个文件与第1版完全相同，没有新的变化。');
    expect(textOf(await visit(clerk, first))).not.toContain('完全相同');
    expect((await historyOf(clerk, '2023-03')).map((row) => row.结果)).toEqual([
      '与第1版相同：计入汇总，迟报',
      '第1版：计入汇总，迟报',
    ]);
    expect(textOf(await visit(clerk, `${own}/2023-03`))).toContain('计入汇总（第1版）');
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
    expect(textOf(within(openPage(await answer.text())).getByRole('alert'))).toContain('请选择文件');
    const page = await visit(clerk, `${own}/2023-03`);
    expect(within(page).queryByRole('heading', { name: '上传记录' })).toBeNull();
  });

  it('says before the upload that it would be held, after the cut-off or once published', async () => {
    const store = smallStore();
    const late = await openPortal(store, { now: '2024-02-03T01:00:00.000Z' }).as('department:sfj');
    expect(await late.read(`${own}/2023-01`)).toContain('已经过了最迟报送日（2024年1月31日）');
    const clerk = await openPortal(store, { now }).as('department:sfj');
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    expect(await clerk.read(`${own}/2023-01`)).not.toMatch(/已经过了最迟|已经正式发布/);
    await store.issue('2023-03-10T01:00:00.000Z');
    expect(await clerk.read(`${own}/2023-01`)).toContain('这一期的数字已经正式发布');
  });

  it('shows the office and auditors everything but the form', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-03', cases: '300000', uploadedAt: '2023-04-03T01:00:00.000Z' });
    const portal = openPortal(store, { now });
    for (const who of ['legal-office', 'auditor'] as const) {
      const page = await visit(await portal.as(who), `${own}/2023-03`);
      expect(textOf(within(page).getByRole('table', { name: '第1版的数字' }))).toContain('300000 件');
      expect(within(page).queryByLabelText(/填好的工作簿/)).toBeNull();
      expect(within(page).queryByRole('button', { name: '上传并检查' })).toBeNull();
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
        upload: {
          ...huge,
          ...{ size: 60_000_000, uploadedAt: '2023-04-04T01:00:00.000Z', claimedAt: null, uploader: '王芳' },
        },
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
    const links = linksOf(await visit(clerk, unread)).map(([, address]) => address);
    expect(links).toContain(`${unread}/original`);
    expect(links.filter((address) => address.endsWith('marked.xlsx'))).toEqual([]);
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
    const [listed] = await historyOf(clerk, '2023-03');
    expect(listed).toMatchObject({ 文件: name, 上传人: '<b>王芳</b>' });
    expect(listed?.结果).toContain('"><script>alert(2)</script>');
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
