import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { addressOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const own = '/2023/departments/sfj';
const now = '2023-07-05T02:00:00.000Z';

/** The months of the department's page: how each looks, its mark for the eye, and what it says. */
async function monthsOf(user: PortalUser): Promise<Map<string, string>> {
  const list = within(await visit(user, own)).getByRole('list', { name: '各月月报' });
  return new Map(
    within(list)
      .getAllByRole('listitem')
      .map((item) => {
        const [month = '', ...words] = textOf(item).split(' ');
        const mark = item.querySelector('[aria-hidden]')?.textContent;
        return [month, [item.className, mark, ...words].join(' ')];
      }),
  );
}

/** A year with a month of every kind up to July. */
async function mixedYear() {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '20', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await store.submit({ period: '2023-02', cases: '30', uploadedAt: '2023-03-15T01:00:00.000Z' });
  await store.submit({ period: '2023-03', cases: '300000', uploadedAt: '2023-04-03T01:00:00.000Z' });
  await store.submit({ period: '2023-04', cases: '-1', uploadedAt: '2023-05-03T01:00:00.000Z' });
  const until = '2023-07-20T15:59:59.999Z';
  await recordDecision(
    { kind: 'deadline-extended', department: 'sfj', period: '2023-05', until, reason: '系统故障' },
    { at: '2023-06-08T01:00:00.000Z', by: '法制科' },
    store,
  );
  return store;
}

describe('the months of a department', () => {
  it('shows each month as it stands', async () => {
    const portal = openPortal(await mixedYear(), { now });
    const months = await monthsOf(await portal.as('department:sfj'));
    expect(Object.fromEntries(months)).toMatchObject({
      '1月': 'is-counting ● 已报 2月10日截止',
      '2月': 'is-counting ◎ 已报（迟报） 3月10日截止',
      '3月': 'is-counting-with-warnings ◆ 已报，1 处请核对 4月10日截止',
      '4月': 'is-refused × 退回 5月10日截止',
      '5月': 'is-due ○ 待报 延至7月20日',
      '6月': 'is-due ○ 待报 7月10日截止',
      '7月': 'is-not-due · 未到报送期 8月10日截止',
      '12月': 'is-not-due · 未到报送期 2024年1月10日截止',
    });
    expect(months.size).toBe(12);
  });

  it('turns what is due into what is overdue, and holds what comes after the cut-off', async () => {
    const store = await mixedYear();
    const portal = openPortal(store, { now: '2023-07-11T02:00:00.000Z' });
    const clerk = await portal.as('department:sfj');
    expect((await monthsOf(clerk)).get('6月')).toBe('is-overdue ！ 逾期 7月10日截止');
    await store.submit({ period: '2023-06', cases: '21', uploadedAt: '2024-02-03T01:00:00.000Z' });
    portal.clock.now = '2024-02-04T01:00:00.000Z';
    const later = await portal.as('department:sfj');
    expect((await monthsOf(later)).get('6月')).toBe('is-held △ 暂存 7月10日截止');
  });

  it('says of months without a form that nothing is to be reported', async () => {
    const indicators = smallCatalogue.indicators.map((indicator) => ({
      ...indicator,
      months: [3, 6, 9, 12],
    }));
    const portal = openPortal(smallStore({ ...smallCatalogue, indicators }), { now });
    const clerk = await portal.as('department:sfj');
    const months = await monthsOf(clerk);
    expect(months.get('1月')).toBe('is-not-expected  无需报送');
    expect(months.get('3月')).toBe('is-overdue ！ 逾期 4月10日截止');
    expect((await clerk.get(`${own}/2023-01`)).status).toBe(404);
    expect((await clerk.get(`${own}/2023-01/template.xlsx`)).status).toBe(404);
  });

  it.each<[string, { now: string; cases?: string[]; says: string; leadsTo?: [string, string] }]>([
    ['nothing at the beginning of the year', { now: '2023-01-15T02:00:00.000Z', says: '目前没有要办的事' }],
    [
      'what is due',
      {
        now: '2023-02-05T02:00:00.000Z',
        says: '1月的月报请在2月10日前报送',
        leadsTo: ['去报送1月月报', '2023-01'],
      },
    ],
    [
      'a refusal before what is due',
      {
        now: '2023-03-05T02:00:00.000Z',
        cases: ['-1'],
        says: '1月上传的文件有错误',
        leadsTo: ['去看1月月报哪里要改', '2023-01'],
      },
    ],
    [
      'what is overdue before a refusal',
      {
        now: '2023-03-12T02:00:00.000Z',
        cases: ['-1'],
        says: '2月的月报应在3月10日前报送',
        leadsTo: ['去报送2月月报', '2023-02'],
      },
    ],
    [
      'warnings before what is due',
      {
        now: '2023-05-05T02:00:00.000Z',
        cases: ['20', '30', '300000'],
        says: '3月的月报已报，有 1 处数字请核对',
        leadsTo: ['去核对3月月报', '2023-03'],
      },
    ],
  ])('says first: %s', async (_, { now, cases = [], says, leadsTo }) => {
    const store = smallStore();
    for (const [index, each] of cases.entries()) {
      const uploadedAt = `2023-0${index + 2}-03T01:00:00.000Z`;
      await store.submit({ period: `2023-0${index + 1}`, cases: each, uploadedAt });
    }
    const page = await visit(await openPortal(store, { now }).as('department:sfj'), own);
    expect(textOf(page)).toContain(says);
    const link = within(page).queryByRole('link', { name: /^去/ });
    expect(link && [textOf(link), addressOf(link)]).toEqual(
      leadsTo === undefined ? null : [leadsTo[0], `${own}/${leadsTo[1]}`],
    );
  });
});
