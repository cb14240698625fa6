import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { openPage, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallForm, smallStore } from '../fixtures/small-store.ts';

const now = '2023-05-06T02:00:00.000Z';
const own = '/2023/departments/sfj/2023-04';

async function checked(user: PortalUser, bytes: Uint8Array | string, name = '4月.xlsx') {
  const content = typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
  const answer = await user.post(`${own}/check`, { file: new File([content], name) });
  return { status: answer.status, page: openPage(await answer.text()) };
}

/** A store with three months of figures alike, and all that is in it. */
async function opened() {
  const store = smallStore();
  for (const month of ['01', '02', '03']) {
    const uploadedAt = `2023-${month}-28T01:00:00.000Z`;
    await store.submit({ period: `2023-${month}`, cases: '10', uploadedAt });
  }
  const contents = () => JSON.stringify([[...store.events], [...store.files.keys()].sort()]);
  const portal = openPortal(store, { now });
  return { portal, contents, clerk: await portal.as('department:sfj', '王芳') };
}

describe('a file that is checked and not submitted', () => {
  it('is offered beside what submits it, with the same file', async () => {
    const { clerk } = await opened();
    const button = within(await visit(clerk, own)).getByRole('button', { name: '先检查，不报送' });
    expect(button.getAttribute('formaction')).toBe(`${own}/check`);
    expect((button as HTMLButtonElement).form?.getAttribute('action')).toBe(`${own}/uploads`);
  });

  it('has every error listed, and nothing of it is recorded or kept', async () => {
    const { clerk, contents } = await opened();
    const before = contents();
    const { status, page } = await checked(clerk, await smallForm({ period: '2023-04', cases: '-1' }));
    expect(status).toBe(200);
    expect(textOf(page)).toContain('只是检查，没有报送：2023年4月月报的报送情况不变，文件没有保存。');
    expect(textOf(page)).toContain('有 1 处必须改正，现在报送会被退回');
    expect(textOf(page)).toContain('月报 E6');
    expect(within(page).getByRole('button', { name: '上传并检查' })).toBeDefined();
    expect(contents()).toBe(before);
    expect(textOf(await visit(clerk, own))).not.toContain('上传记录');
  });

  it('is looked at beside the months before, as a submission would be', async () => {
    const { clerk, contents } = await opened();
    const before = contents();
    const { page } = await checked(clerk, await smallForm({ period: '2023-04', cases: '100000' }));
    expect(textOf(page)).toContain('没有必须改正的地方，现在报送会被接收');
    expect(textOf(page)).toMatch(/请核对.*E6/);
    expect(contents()).toBe(before);
  });

  it('is told to be held, where it would be', async () => {
    const { portal } = await opened();
    portal.clock.now = '2024-02-06T02:00:00.000Z';
    const clerk = await portal.as('department:sfj');
    const { page } = await checked(clerk, await smallForm({ period: '2023-04', cases: '10' }));
    expect(textOf(page)).toContain('现在报送会先暂存');
  });

  it('is asked about what it says itself, where it would be held', async () => {
    const { portal } = await opened();
    portal.clock.now = '2024-02-06T02:00:00.000Z';
    const clerk = await portal.as('department:sfj');
    const { page } = await checked(clerk, await smallForm({ period: '2023-04', cases: '100000' }));
    expect(textOf(page)).toContain('现在报送会先暂存');
    expect(textOf(page)).toMatch(/请核对.*E6/);
  });

  it.each<[string, () => Promise<Uint8Array | string>, string]>([
    [
      'the form of another month',
      () => smallForm({ period: '2023-05', cases: '1' }),
      '是2023年5月月报的表，不是2023年4月月报的',
    ],
    [
      'the form of another department',
      () => smallForm({ department: 'sfj2', period: '2023-04', cases: '1' }),
      '是市司法局二2023年4月月报的表，不是本部门2023年4月月报的',
    ],
    ['no workbook', async () => 'no workbook at all', '有 1 处必须改正'],
  ])('is told to be %s', async (_, bytes, said) => {
    const { clerk, contents } = await opened();
    const before = contents();
    const { status, page } = await checked(clerk, await bytes());
    expect(status).toBe(200);
    expect(textOf(page)).toContain(said);
    expect(contents()).toBe(before);
  });

  it('is wanted, bounded, and its name is text', async () => {
    const { clerk } = await opened();
    expect((await clerk.post(`${own}/check`)).status).toBe(400);
    const large = new Uint8Array(22 * 1024 * 1024);
    expect((await checked(clerk, large)).status).toBe(413);
    const answer = await clerk.post(`${own}/check`, { file: new File(['x'], '<img src=x>\u202e.xlsx') });
    const page = await answer.text();
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
  });
});
