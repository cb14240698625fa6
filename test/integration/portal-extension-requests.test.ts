import { within } from '@testing-library/dom';
import { beforeEach, describe, expect, it } from 'vitest';
import { formOf, openPage, partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const january = '/2023/departments/sfj/2023-01';
const hostile = '<script>alert(1)</script> =1+1';

let store: ReturnType<typeof smallStore>;
let office: PortalUser;
let clerk: PortalUser;

beforeEach(async () => {
  store = smallStore();
  const portal = openPortal(store, { now: '2023-02-08T01:00:00.000Z' });
  office = await portal.as('legal-office', '赵科长');
  clerk = await portal.as('department:sfj', '小张');
});

const ask = (fields: Record<string, string> = {}) =>
  clerk.post(`${january}/extension-requests`, { until: '2023-02-20', reason: '系统升级', ...fields });

async function addresses(): Promise<{ grant: string; decline: string }> {
  const page = within(partUnder(await visit(office, '/2023/deadlines'), '部门申请延期'));
  const decline = page.getByRole('button', { name: '不同意' }).getAttribute('formaction');
  return { grant: formOf(page.getByRole('button', { name: '同意延期' })).address, decline: decline ?? '' };
}

describe('申请延期', () => {
  it('is offered while nothing has come, and shown to the office first of all deadlines', async () => {
    const page = within(await visit(clerk, january));
    expect(formOf(page.getByRole('button', { name: '提交申请' })).address).toBe(
      `${january}/extension-requests`,
    );
    const answer = await ask({ reason: hostile });
    expect(answer.headers.get('location')).toBe(`${january}?done=requested`);
    expect(textOf(await visit(clerk, january))).toContain('小张于 2023-02-08 09:00 申请延至 2023-02-20');
    expect(within(await visit(clerk, january)).queryByRole('button', { name: '提交申请' })).toBeNull();
    const markup = await office.read('/2023/deadlines');
    expect(markup).not.toContain('<script>alert');
    expect(textOf(openPage(markup))).toContain(hostile);
    expect(textOf(await visit(office, '/2023'))).toContain('申请延期 1');
  });

  it('is granted by extending, to whatever day the office says', async () => {
    await ask();
    const { grant } = await addresses();
    const fields = { department: 'sfj', period: '2023-01', until: '2023-02-18', reason: '同意' };
    expect((await office.post(grant, fields)).status).toBe(303);
    expect(textOf(await visit(clerk, january))).toContain(
      '赵科长于 2023-02-08 09:00 同意，延至 2023-02-18：同意',
    );
    expect(textOf(await visit(office, '/2023/deadlines'))).toContain('没有等待答复的延期申请');
  });

  it('is declined with a reason, and may then be asked again', async () => {
    await ask();
    const { decline } = await addresses();
    expect((await clerk.post(decline, { reason: '不' })).status).toBe(403);
    expect((await office.post(decline, { reason: '请按时' })).status).toBe(303);
    expect((await office.post(decline, { reason: '请按时' })).status).toBe(409);
    expect(textOf(await visit(clerk, january))).toContain('不同意：请按时');
    expect((await ask()).status).toBe(303);
  });

  it.each<[what: string, fields: Record<string, string>, status: number]>([
    ['to a day that has passed', { until: '2023-02-01' }, 400],
    ['to a day that is in time anyway', { until: '2023-02-09' }, 400],
    ['for more than a year', { until: '2033-02-20' }, 400],
    ['without a reason', { reason: ' ' }, 400],
  ])('is not taken %s', async (_, fields, status) => {
    expect((await ask(fields)).status).toBe(status);
  });

  it('is not taken twice at once, nor of a return that has come', async () => {
    await ask();
    expect((await ask()).status).toBe(409);
    await store.submit({ period: '2023-02', cases: '5', uploadedAt: '2023-02-07T01:00:00.000Z' });
    const february = '/2023/departments/sfj/2023-02/extension-requests';
    expect((await clerk.post(february, { until: '2023-04-20', reason: '忙' })).status).toBe(409);
  });
});
