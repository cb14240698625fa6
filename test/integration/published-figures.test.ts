import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { addressOf, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { correctedStore, smallStore } from '../fixtures/small-store.ts';

const now = '2023-06-05T02:00:00.000Z';
const note = '漏报<b>一件</b>';

describe('a figure as it was published', () => {
  async function auditor() {
    return openPortal(await correctedStore(note), { now }).as('auditor');
  }

  it('is found from the publication, with what it was made of then', async () => {
    const user = await auditor();
    const publication = await visit(user, '/2023/publications/1');
    const link = within(partUnder(publication, '数字')).getByRole('link', { name: '案件' });
    expect(addressOf(link)).toBe('/2023/figures/cases?publication=1');
    const page = await visit(user, addressOf(link));
    expect(textOf(within(page).getByRole('group', { name: '本年累计（截至1月）' }))).toMatch(
      / 5 件 .*第 1 次发布/,
    );
    const rows = rowsOf(within(page).getByRole('table', { name: '来源：案件' }));
    expect(rows.map((row) => [row['部门、报告期'], row.数值, row['谁、何时上传']])).toEqual([
      ['市司法局1月', '5 件', '张三 2023-02-03 09:00 第1版'],
    ]);
  });

  it('says which it is, and leads from the ledger’s figure to the newest published one, and back', async () => {
    const user = await auditor();
    const live = within(await visit(user, '/2023/figures/cases')).getByRole('link', {
      name: '看第 2 次发布时的数',
    });
    expect(addressOf(live)).toBe('/2023/figures/cases?publication=2');
    const then = await visit(user, addressOf(live));
    expect(textOf(then)).toContain('此后台账有变动也不改变');
    const back = within(then).getByRole('link', { name: '看台账现在的数' });
    expect(addressOf(back)).toBe('/2023/figures/cases');
  });

  it.each([
    ['?publication=9', 404],
    ['?publication=0', 400],
    ['?publication=x', 400],
  ])('is not there: %s', async (query, status) => {
    expect((await (await auditor()).get(`/2023/figures/cases${query}`)).status).toBe(status);
  });
});

describe('a figure with many sources', () => {
  it('shows months by departments, and a source in full when its figure is chosen', async () => {
    const store = smallStore();
    for (const department of ['sfj', 'sfj2']) {
      for (let month = 1; month <= 12; month++) {
        const period = `2023-${String(month).padStart(2, '0')}`;
        const uploadedAt = `2024-01-0${department === 'sfj' ? 5 : 6}T01:00:00.000Z`;
        await store.submit({ department, period, cases: `${month}`, uploadedAt });
      }
    }
    const user = await openPortal(store, { now: '2024-01-20T01:00:00.000Z' }).as('auditor');
    const page = await visit(user, '/2023/figures/cases');
    expect(within(page).queryByRole('table', { name: '来源：案件' })).toBeNull();
    const grid = within(page).getByRole('table', { name: '案件：各部门各期的数（件）' });
    expect(rowsOf(grid).map((row) => [row.部门, row['3月']])).toEqual([
      ['市司法局', '市司法局3月：3'],
      ['市司法局二', '市司法局二3月：3'],
    ]);
    const figure = within(grid).getByRole('link', { name: '市司法局二3月：3' });
    expect(addressOf(figure)).toBe('/2023/figures/cases?department=sfj2&period=2023-03#sources');
    const chosen = await visit(user, '/2023/figures/cases?department=sfj2&period=2023-03');
    const rows = rowsOf(within(chosen).getByRole('table', { name: '来源：案件' }));
    expect(rows.map((row) => row['部门、报告期'])).toEqual(['市司法局二3月']);
  });
});
