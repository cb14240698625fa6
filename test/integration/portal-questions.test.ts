import { within } from '@testing-library/dom';
import { beforeEach, describe, expect, it } from 'vitest';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { formOf, openPage, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const own = '/2023/departments/sfj';
const january = `${own}/2023-01`;
const hostile = '=cmd|"/c calc"!A1 <img src=x onerror=alert(1)> \u202e核实';
const firstUpload = { period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' };

let store: ReturnType<typeof smallStore>;
let portal: ReturnType<typeof openPortal>;
let office: PortalUser;
let clerk: PortalUser;
let upload: string;

beforeEach(async () => {
  store = smallStore();
  const { event } = await store.submit(firstUpload);
  upload = uploadId(event.happening.upload);
  portal = openPortal(store, { now: '2023-02-05T01:00:00.000Z' });
  office = await portal.as('legal-office', '赵科长');
  clerk = await portal.as('department:sfj', '小张');
});

/** Posts the form behind a button of the page, with what somebody fills in. */
async function press(user: PortalUser, page: string, button: string, fields: Record<string, string>) {
  const found = within(await visit(user, page)).getByRole('button', { name: button });
  const answer = await user.post(formOf(found).address, fields);
  return { status: answer.status, to: answer.headers.get('location') };
}

const ask = (fields: Record<string, string> = {}) =>
  press(office, january, '提出', {
    upload,
    about: '',
    effect: 'counts-meanwhile',
    reason: '为何是5件',
    ...fields,
  });

async function total(): Promise<string> {
  return textOf(await visit(office, '/2023/figures/cases'));
}

describe('核实', () => {
  it('counts meanwhile, is the first task of the department, and is closed by the office', async () => {
    expect(await ask({ about: 'cases' })).toEqual({ status: 303, to: `${january}?done=asked` });
    expect(textOf(await visit(clerk, own))).toContain('下一步：法制机构对1月的月报提出了核实');
    const page = await visit(clerk, january);
    expect(textOf(page)).toContain('已报，计入汇总（第1版）');
    const part = partUnder(page, '法制机构的核实（1 件）');
    expect(textOf(part)).toContain('核实：“案件”（等部门答复）');
    expect(textOf(part)).toContain('赵科长于 2023-02-05 09:00 提出：为何是5件');
    expect(await press(clerk, january, '提交答复', { reason: '确为5件' })).toMatchObject({ status: 303 });
    const row = rowsOf(
      within(await visit(office, '/2023')).getByRole('table', { name: '正在核实的数字和报表' }),
    );
    expect(row).toMatchObject([{ 目前: '等法制机构结案', 最近一次说明: '小张：确为5件' }]);
    expect(await press(office, january, '结案', { reason: '清楚了' })).toMatchObject({ status: 303 });
    expect(textOf(await visit(clerk, january))).toContain('赵科长于 2023-02-05 09:00 结案：清楚了');
    expect(textOf(await visit(office, '/2023'))).toContain('没有正在核实的数字或报表');
  });

  it('goes on where the office insists', async () => {
    await ask();
    await press(clerk, january, '提交答复', { reason: 'ok' });
    expect(await press(office, january, '继续核实', { reason: 'ok 不是原因' })).toMatchObject({
      status: 303,
    });
    expect(textOf(await visit(clerk, january))).toContain('要求继续核实：ok 不是原因');
    expect(textOf(await visit(clerk, own))).toContain('提出了核实');
  });

  it('stands beside the source of a figure, from which the office asks about another', async () => {
    await ask({ about: 'cases' });
    const page = within(await visit(office, '/2023/figures/cases')).getByRole('table', {
      name: '来源：案件',
    });
    expect(rowsOf(page)).toMatchObject([
      { 校验结果和理由: expect.stringContaining('核实，等部门答复：为何是5件') },
    ]);
    const link = within(page).getByRole('link', { name: '核实市司法局1月的这个数' });
    expect(link.getAttribute('href')).toBe(`${january}?about=cases#ask`);
    const seen = within(await visit(await portal.as('auditor'), '/2023/figures/cases'));
    expect(seen.queryByRole('link', { name: '核实市司法局1月的这个数' })).toBeNull();
    const other = within(await visit(office, '/2023/figures/money')).getByRole('table', { name: /^来源/ });
    expect(rowsOf(other)).toMatchObject([{ 校验结果和理由: expect.not.stringContaining('等部门答复') }]);
  });

  it('opens with the figure chosen that a link was about', async () => {
    const page = await visit(office, `${january}?about=cases`);
    const choice = within(page).getByLabelText<HTMLSelectElement>(/^核实什么/);
    expect(choice.value).toBe('cases');
    expect(choice.closest('details')?.open).toBe(true);
  });
});

describe('退回', () => {
  it('takes the return out of the totals until the department answers', async () => {
    expect(await total()).toMatch(/5 件/);
    await ask({ effect: 'sent-back' });
    expect(textOf(await visit(clerk, january))).toContain(
      '法制机构退回核实，暂不计入汇总。请答复，或者改正后重新上传。',
    );
    expect(await total()).toContain('退回核实');
    expect(await total()).not.toMatch(/5 件 暂定/);
    await press(clerk, january, '提交答复', { reason: '确为5件' });
    expect(await total()).toMatch(/5 件/);
  });

  it('is answered by a new upload, which counts', async () => {
    await ask({ effect: 'sent-back' });
    await store.submit({ ...firstUpload, cases: '6', uploadedAt: '2023-02-06T01:00:00.000Z' });
    const page = textOf(await visit(office, january));
    expect(page).toContain('计入汇总（第2版）');
    expect(page).toContain('等法制机构结案');
  });
});

describe('a question', () => {
  it.each<[what: string, user: () => PortalUser, path: () => string, status: number]>([
    ['is not asked by a clerk', () => clerk, () => `${january}/questions`, 403],
    ['is not asked about nothing', () => office, () => `${own}/2023-02/questions`, 409],
    [
      'that nobody asked is not answered',
      () => clerk,
      () => `${january}/questions/${'0'.repeat(64)}/answer`,
      409,
    ],
  ])('%s', async (_, user, path, status) => {
    const fields = { upload, about: '', effect: 'sent-back', reason: '为何' };
    expect((await user().post(path(), fields)).status).toBe(status);
  });

  it('is not asked twice at once, nor answered twice, nor about a figure that is not there', async () => {
    expect((await ask()).status).toBe(303);
    expect((await ask()).status).toBe(409);
    expect((await ask({ about: 'nothing' })).status).toBe(409);
    const answering = within(await visit(clerk, january)).getByRole('button', { name: '提交答复' });
    const { address } = formOf(answering);
    expect((await clerk.post(address, { reason: '是' })).status).toBe(303);
    expect((await clerk.post(address, { reason: '是' })).status).toBe(409);
  });

  it('shows what people typed as text', async () => {
    await ask({ reason: hostile });
    await press(clerk, january, '提交答复', { reason: hostile });
    for (const path of [january, '/2023']) {
      const markup = await office.read(path);
      expect(markup).not.toContain('<img src=x');
      expect(textOf(openPage(markup))).toContain('<img src=x onerror=alert(1)>');
    }
  });
});

describe('同意 and 不同意', () => {
  const late = { period: '2023-02', cases: '7', uploadedAt: '2024-02-03T01:00:00.000Z' };

  it('are the two answers to a return after the cut-off, and the second is shown with its reason', async () => {
    const { event } = await store.submit(late);
    const id = uploadId(event.happening.upload);
    const address = `${own}/2023-02/uploads/${id}`;
    expect((await clerk.post(`${address}/refusal-to-admit`, { reason: '晚了' })).status).toBe(403);
    expect((await office.post(`${address}/refusal-to-admit`, { reason: '无正当理由' })).status).toBe(303);
    for (const path of [`${own}/2023-02`, address]) {
      expect(textOf(await visit(clerk, path))).toMatch(/法制机构不同意计入.*无正当理由/);
    }
    expect(textOf(await visit(office, '/2023/figures/cases'))).toContain('不同意计入');
    expect((await office.post(`${address}/admission`, { reason: '补交了证明' })).status).toBe(303);
    expect(textOf(await visit(clerk, `${own}/2023-02`))).toContain('计入汇总（第1版）');
  });
});

describe('正式发布', () => {
  it('is confirmed on a page that says what is open, once, of the newest publication', async () => {
    await ask({ reason: '为何是5件' });
    await store.publish('2023-02-05T00:00:00.000Z');
    expect(textOf(await visit(office, '/2023/publications/1'))).toContain('存档：没有正式发布');
    const page = await visit(office, '/2023/publications/1/issue');
    expect(textOf(partUnder(page, '缺的报表'))).toContain('市司法局二');
    const confirm = '确认正式发布第 1 次';
    expect(await press(office, '/2023/publications/1/issue', confirm, { reason: '局长办公会审定' })).toEqual({
      status: 303,
      to: '/2023/publications/1?done=issued',
    });
    expect(textOf(await visit(await portal.as('auditor'), '/2023/publications/1'))).toContain(
      '赵科长于 2023-02-05 09:00 正式发布。说明：局长办公会审定',
    );
    expect((await office.post('/2023/publications/1/issue', { reason: '再来' })).status).toBe(409);
    const [row] = rowsOf(
      within(await visit(office, '/2023/publications')).getByRole('table', { name: '2023年历次发布' }),
    );
    expect(row).toMatchObject({ 性质: '正式发布' });
  });
});
