import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { revisionInWords } from '../../shared/core/words.ts';
import { formOf, openPage, partUnder, rowOf, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const own = '/2023/departments/sfj';
const january = `${own}/2023-01`;

/** Where the button posts that asks for a reason with these words; undefined if the page has none. */
function addressBehind(page: HTMLElement, button: string): string | undefined {
  const found = within(page).queryByRole('button', { name: button });
  return found === null ? undefined : formOf(found).address;
}

async function post(user: PortalUser, address: string, reason: string): Promise<[number, string]> {
  const answer = await user.post(address, { reason });
  return [answer.status, answer.headers.get('location') ?? textOf(openPage(await answer.text()))];
}

describe('a return after the cut-off', () => {
  async function heldReturn() {
    const store = smallStore();
    const { event } = await store.submit({
      period: '2023-01',
      cases: '5',
      uploadedAt: '2024-02-03T01:00:00.000Z',
    });
    const portal = openPortal(store, { now: '2024-02-04T01:00:00.000Z' });
    const result = `${january}/uploads/${uploadId(event.happening.upload)}`;
    return { store, portal, result };
  }

  it('is held, which the department is told calmly, until the office lets it in', async () => {
    const { portal, result } = await heldReturn();
    const clerk = await portal.as('department:sfj');
    const office = await portal.as('legal-office', '赵科长');
    for (const path of [january, result]) {
      const page = await visit(clerk, path);
      expect(textOf(page)).toContain('等法制机构同意后计入汇总');
      expect(addressBehind(page, '同意计入')).toBeUndefined();
    }
    const address = addressBehind(await visit(office, january), '同意计入');
    expect(address).toBe(`${result}/admission`);
    const [status, next] = await post(office, `${result}/admission`, '停电 <i>三天</i>');
    expect([status, next]).toEqual([303, `${january}?done=admitted`]);
    expect(textOf(within(await visit(office, next)).getByRole('status'))).toContain('已经同意计入');
    expect(textOf(await visit(clerk, january))).toContain('已报，计入汇总（第1版）');
  });

  it('can be admitted once only, and only by the office', async () => {
    const { portal, result } = await heldReturn();
    const address = `${result}/admission`;
    expect((await post(await portal.as('department:sfj'), address, '急'))[0]).toBe(403);
    expect((await post(await portal.as('auditor'), address, '急'))[0]).toBe(403);
    const office = await portal.as('legal-office');
    expect((await post(office, address, ' '))[0]).toBe(400);
    expect((await post(office, address, '停电'))[0]).toBe(303);
    const [status, page] = await post(office, address, '停电');
    expect(status).toBe(409);
    expect(page).toContain('情况已经变化');
    expect((await post(office, `${january}/uploads/0123456789abcdef/admission`, '停电'))[0]).toBe(404);
  });
});

describe('a correction of issued figures', () => {
  async function heldCorrection() {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    await store.submit({ period: '2023-02', cases: '5', uploadedAt: '2023-03-03T01:00:00.000Z' });
    await store.issue('2023-03-10T01:00:00.000Z');
    const { event } = await store.submit({
      period: '2023-01',
      cases: '6',
      uploadedAt: '2023-03-12T01:00:00.000Z',
    });
    const portal = openPortal(store, { now: '2023-03-13T01:00:00.000Z' });
    return { store, portal, result: `${january}/uploads/${uploadId(event.happening.upload)}` };
  }

  it('is held with what it changes, and counts once the department says why', async () => {
    const { portal, result } = await heldCorrection();
    const clerk = await portal.as('department:sfj');
    expect(textOf(await visit(clerk, own))).toContain('1月的更正改动了正式发布的内容');
    const page = await visit(clerk, january);
    expect(rowsOf(within(page).getByRole('table', { name: /改动的数字$/ }))).toEqual([
      { 指标: '案件', [revisionInWords(1)]: '5 件', [revisionInWords(2)]: '6 件', 增减: '+1' },
    ]);
    const office = await portal.as('legal-office');
    const address = `${result}/explanation`;
    expect(addressBehind(await visit(office, january), '提交原因')).toBeUndefined();
    expect((await post(office, address, '漏报'))[0]).toBe(403);

    expect(addressBehind(page, '提交原因')).toBe(address);
    const [status, next] = await post(clerk, address, '漏报一件<script>');
    expect([status, next]).toEqual([303, `${january}?done=explained`]);
    const after = await visit(clerk, next);
    expect(textOf(within(after).getByRole('status'))).toContain('更正的原因已经记录');
    expect(textOf(after)).toContain('计入汇总（第2版）');
    expect(textOf(partUnder(after, '上传记录'))).toContain('更正说明：漏报一件<script>');
    expect((await post(clerk, address, '漏报'))[0]).toBe(409);
  });

  it('wants no reason any more once a later upload counts', async () => {
    const { store, portal } = await heldCorrection();
    const clerk = await portal.as('department:sfj');
    await store.submit({
      period: '2023-01',
      cases: '7',
      note: '漏报',
      uploadedAt: '2023-03-12T02:00:00.000Z',
    });
    const page = await visit(clerk, january);
    expect(textOf(page)).toContain('已报，计入汇总（第3版）');
    expect(addressBehind(page, '提交原因')).toBeUndefined();
    const history = rowsOf(within(page).getByRole('table', { name: '全部上传，最近的在前' }));
    expect(history[1]).toMatchObject({ 文件: '6.xlsx', 结果: '第2版：由第3版代替' });
    expect(textOf(await visit(clerk, own))).not.toContain('更正改动了正式发布的内容');
  });
});

describe('the figures of the year', () => {
  it('shows each month and the total so far by the indicator’s own operator', async () => {
    const store = smallStore();
    await store.submit({
      period: '2023-01',
      cases: '999999999999992',
      uploadedAt: '2023-02-03T01:00:00.000Z',
    });
    await store.submit({
      period: '2023-03',
      cases: '999999999999999',
      uploadedAt: '2023-04-03T01:00:00.000Z',
    });
    await store.submit({ period: '2023-02', cases: '7', uploadedAt: '2023-03-03T01:00:00.000Z' });
    await store.submit({
      department: 'sfj2',
      period: '2023-03',
      cases: '471147',
      uploadedAt: '2023-04-03T01:00:00.000Z',
    });
    const portal = openPortal(store, { now: '2023-04-04T01:00:00.000Z' });
    const markup = await (await portal.as('department:sfj')).read(`${own}/figures`);
    expect(markup).not.toContain('471147');
    const page = openPage(markup);
    const table = within(page).getByRole('table', { name: '各项指标：各月的数' });
    const figures = (name: string) => [...rowOf(table, name).cells].slice(1).map(textOf);
    expect(figures('案件（件）')).toEqual([
      '999999999999992',
      '7',
      '999999999999999',
      ...Array(9).fill('—'),
      '1999999999999998',
    ]);
    expect(figures('金额（万元）').at(-1)).toBe('4.5');
    expect(figures('车辆（辆）').at(-1)).toBe('3');
    expect(figures('作品（部）').at(-1)).toBe('0');
    expect(
      within(page)
        .getAllByRole('img')
        .map((chart) => chart.getAttribute('aria-label')),
    ).toEqual(['案件，单位：件', '金额，单位：万元', '车辆，单位：辆', '作品，单位：部']);
  });
});

describe('an act', () => {
  it.each([
    ['blanks', '   '],
    ['characters that nobody sees', '\u200b\u2060'],
  ])('needs a reason that can be read, not %s', async (_, reason) => {
    const store = smallStore();
    const { event } = await store.submit({
      period: '2023-01',
      cases: '5',
      uploadedAt: '2024-02-03T01:00:00.000Z',
    });
    const office = await openPortal(store, { now: '2024-02-04T01:00:00.000Z' }).as('legal-office');
    const address = `${january}/uploads/${uploadId(event.happening.upload)}/admission`;
    expect((await post(office, address, reason))[0]).toBe(400);
  });

  it('is not taken on a held revision whose place a later one has taken', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-01T01:00:00.000Z' });
    await store.issue('2023-02-02T01:00:00.000Z');
    const { event } = await store.submit({
      period: '2023-01',
      cases: '6',
      uploadedAt: '2023-02-03T01:00:00.000Z',
    });
    await store.submit({
      period: '2023-01',
      cases: '7',
      uploadedAt: '2023-02-04T01:00:00.000Z',
      note: '漏报',
    });
    const clerk = await openPortal(store, { now: '2023-02-05T01:00:00.000Z' }).as('department:sfj');
    const address = `${january}/uploads/${uploadId(event.happening.upload)}/explanation`;
    expect((await post(clerk, address, '笔误'))[0]).toBe(409);
    expect((await store.ledger.read('2023/office')).map(({ happening }) => happening.kind)).toEqual([
      'catalogue-adopted',
      'published',
      'publication-issued',
    ]);
  });
});
