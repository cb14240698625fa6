import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { baselineEvents } from '../../shared/core/year/baseline.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { pageOf } from '../fixtures/catalogue-office.ts';
import { changedBaseline, filledBaseline } from '../fixtures/filled-baseline.ts';
import { figuresOf2022 } from '../fixtures/first-year.ts';
import { formOf, linksOf, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const now = '2023-01-05T01:00:00.000Z';
const address = '/catalogues/2023/baselines';

function office() {
  const store = smallStore();
  const { as } = openPortal(store, { now });
  return { store, as, recorded: () => baselineEvents(store.events.get('2023/office') ?? []) };
}

function upload(user: PortalUser, bytes: Uint8Array, name = '基数.xlsx'): Promise<Response> {
  return user.post(address, { file: new File([new Uint8Array(bytes)], name) });
}

describe('the baseline of a first year', () => {
  it('is led to from the catalogue, and begins with a workbook to fill in', async () => {
    const { as } = office();
    const clerk = await as('legal-office');
    const link = within(await visit(clerk, '/catalogues')).getByRole('link', { name: '录入2022年基数' });
    expect(link.getAttribute('href')).toBe(address);
    const page = await visit(clerk, address);
    expect(textOf(page)).toContain('还没有录入2022年的基数');
    const download = within(page).getByRole('link', { name: '下载2022年基数工作簿' });
    const bytes = await (await clerk.get(download.getAttribute('href')!)).arrayBuffer();
    const { sheets, findings } = await readWorkbook(new Uint8Array(bytes));
    expect([sheets.map(({ name }) => name), findings]).toEqual([['上年基数'], []]);
  });

  it('is looked at before it is recorded, with a reason, by the legal office', async () => {
    const { as, recorded, store } = office();
    const clerk = await as('legal-office', '王主任');
    const bytes = await filledBaseline(smallCatalogue, figuresOf2022);
    const kept = await upload(clerk, bytes);
    const location = kept.headers.get('location')!;
    expect([kept.status, recorded()]).toEqual([303, []]);
    const preview = await visit(clerk, location);
    expect(textOf(preview)).toContain('读到 27 个数，4 项指标');
    const rows = rowsOf(within(preview).getByRole('table', { name: '读到的上年数' }));
    expect(rows[0]).toMatchObject({
      指标: '案件',
      部门: '市司法局、市司法局二',
      部门各期: '1月至12月（12 期）',
      共: '24',
    });
    expect(rows[1]).toMatchObject({ 指标: '金额', 单位: '万元', 全市全年: '18.5', 共: '1' });
    const form = formOf(within(preview).getByRole('button', { name: '录入上年基数' }));
    const done = await clerk.post(form.address, { reason: '2022年度报告' });
    expect(done.headers.get('location')).toBe(address);
    expect(recorded()).toMatchObject([{ by: '王主任', happening: { reason: '2022年度报告' } }]);
    const page = await visit(clerk, address);
    expect(textOf(page)).toContain('现行基数：2023-01-05 09:00 由王主任录入，原因：2022年度报告');
    expect(rowsOf(within(page).getByRole('table', { name: '录入过的2022年基数' }))).toHaveLength(1);
    const after = await visit(clerk, location);
    expect(textOf(after)).toContain('这就是2023年现在所比的基数');
    const original = linksOf(after).find(([text]) => text === '下载工作簿原件')!;
    const answer = await clerk.get(original[1]);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(bytes));
    const auditor = await openPortal(store, { now }).as('auditor');
    expect(within(await visit(auditor, location)).queryByRole('button', { name: /录入/ })).toBeNull();
  });

  it('is told of what is wrong by cell, comes back marked, and is not kept', async () => {
    const { as, store } = office();
    const before = store.files.size;
    const bytes = await changedBaseline(smallCatalogue, ({ sheet, rowOf, columnOf }) => {
      sheet.getCell(rowOf('全市', '车辆'), columnOf('全年')).value = '<script>alert(1)</script>';
      sheet.getCell(rowOf('市司法局', '车辆'), columnOf('全年')).value = -1;
    });
    const answer = await upload(await as('legal-office'), bytes, '<img src=x>.xlsx');
    const body = await answer.clone().text();
    expect([answer.status, body.includes('<script>alert'), body.includes('<img')]).toEqual([
      400,
      false,
      false,
    ]);
    const page = await pageOf(answer);
    expect(textOf(within(page).getByRole('alert'))).toContain('有 2 处必须改正，没有保存');
    expect(rowsOf(within(page).getByRole('table', { name: '基数的检查结果' }))).toMatchObject([
      { 程度: '必须改正', 填写的: '<script>alert(1)</script>' },
      { 程度: '必须改正', 填写的: '-1' },
    ]);
    const marked = within(page).getByRole('link', { name: '下载标出问题的工作簿' });
    const data = marked.getAttribute('href')!.split(';base64,')[1]!;
    const { sheets } = await readWorkbook(Buffer.from(data, 'base64'));
    expect(sheets.map(({ name }) => name)).toEqual(['校验结果', '上年基数']);
    expect(store.files.size).toBe(before);
  });

  it('that leaves something to remark on says so before it is looked at', async () => {
    const { as } = office();
    const bytes = await changedBaseline(smallCatalogue, ({ sheet, header, rowOf, columnOf }) => {
      sheet.getCell(rowOf('全市', '案件'), columnOf('全年')).value = 30;
      sheet.getCell(header, columnOf('全年') + 1).value = '前年';
    });
    const page = await pageOf(await upload(await as('legal-office'), bytes));
    expect(textOf(page)).toContain('“前年”列不是上年的报告期，没有读取');
    expect(within(page).getByRole('link', { name: '看读到的数' })).toBeTruthy();
  });

  it('that is the same as the one that stands is not recorded again', async () => {
    const { as, recorded } = office();
    const clerk = await as('legal-office');
    const location = (await upload(clerk, await filledBaseline(smallCatalogue, figuresOf2022))).headers.get(
      'location',
    )!;
    const record = () => clerk.post(`${location}/recording`, { reason: '首年比较' });
    expect((await record()).status).toBe(303);
    const again = await record();
    expect([again.status, recorded().length]).toEqual([409, 1]);
    expect(textOf(await pageOf(again))).toContain('与现行的上年基数完全相同');
  });

  it('needs a catalogue', async () => {
    const { as } = office();
    const answer = await (await as('legal-office')).get('/catalogues/2025/baselines');
    expect([answer.status, textOf(await pageOf(answer))]).toEqual([
      404,
      expect.stringContaining('2025年还没有采用指标目录'),
    ]);
  });
});
