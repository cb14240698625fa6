import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { pageLinks, pageOf } from '../../functions/portal/pages/table.ts';
import { adopt } from '../../functions/use-cases/adopt.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { addressOf, linksOf, openPage, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { copyOfStore, correctedStore } from '../fixtures/small-store.ts';

const now = '2023-06-05T02:00:00.000Z';
const note = '漏报<b>一件</b>';

const made = correctedStore(note);

/** A store of its own for each test, as `correctedStore` made it. */
async function corrected() {
  const store = copyOfStore(await made);
  return { store, portal: openPortal(store, { now }) };
}

describe('a figure', () => {
  it('leads to the cell, the file, the person and the ledger event, and to the original byte for byte', async () => {
    const { store, portal } = await corrected();
    const auditor = await portal.as('auditor');
    const markup = await auditor.read('/2023/figures/cases');
    expect(markup).not.toContain('<b>一件');
    const event = store.events.get('2023/sfj')?.[1];
    if (event?.happening.kind !== 'return-accepted') throw new Error('no return');
    const { upload, observations } = event.happening;
    const place = observations.find(({ indicator }) => indicator === 'cases')?.place;
    const table = within(openPage(markup)).getByRole('table', { name: '来源：案件' });
    expect(rowsOf(table)[0]).toEqual({
      '部门、报告期': '市司法局1月',
      数值: '6 件',
      单元格: `${place?.sheet} ${place?.cell}`,
      原始文件: `6.xlsx（市司法局1月的原始文件） SHA-256 ${upload.sha256}`,
      '谁、何时上传': '张三 2023-03-12 09:00 第2版',
      台账: `2023/sfj#2 ${event.hash.slice(0, 12)}…`,
      校验结果和理由: `迟报 更正理由：${note}（张三）`,
    });
    const file = within(table).getByRole('link', { name: '6.xlsx（市司法局1月的原始文件）' });
    const answer = await auditor.get(addressOf(file));
    const original = new Uint8Array(await answer.arrayBuffer());
    expect(original).toEqual(store.files.get(upload.key));
    expect(sha256(original)).toBe(upload.sha256);
  });

  it.each([
    ['', ['市司法局1月', '市司法局二2月']],
    ['?department=sfj2', ['市司法局二2月']],
    ['?period=2023-01', ['市司法局1月']],
    ['?department=&period=', ['市司法局1月', '市司法局二2月']],
    ['?department=sfj2&period=2023-01', []],
  ])('can be narrowed: %s', async (query, expected) => {
    const { portal } = await corrected();
    const page = await visit(await portal.as('auditor'), `/2023/figures/cases${query}`);
    const shown = within(partUnder(page, '每一个来源')).queryAllByRole('rowheader').map(textOf);
    expect(shown).toEqual(expected);
  });

  it('says which months of a stock it does not take', async () => {
    const { store, portal } = await corrected();
    await store.submit({ period: '2023-02', cases: '1', uploadedAt: '2023-03-13T01:00:00.000Z' });
    const page = await visit(await portal.as('auditor'), '/2023/figures/buses?department=sfj');
    const rows = rowsOf(within(page).getByRole('table', { name: '来源：车辆' }));
    expect(rows.map((row) => [row['部门、报告期'], row.数值?.includes('不计入全年数')])).toEqual([
      ['市司法局1月', true],
      ['市司法局2月', false],
    ]);
  });

  it('that is a ratio shows both of its parts, with what they come from', async () => {
    const { store } = await corrected();
    const ratio = {
      id: 'money-a-case',
      definition: '金额除以案件',
      name: '案均金额',
      unit: '万元',
      kind: 'ratio',
      overTime: 'recompute',
      overDepartments: 'recompute',
      decimals: 3,
      numerator: 'money',
      denominator: 'cases',
    };
    const catalogue = catalogueSchema.parse({
      ...smallCatalogue,
      indicators: [...smallCatalogue.indicators, ratio],
    });
    const replaces = catalogueHash(smallCatalogue);
    const acting = { at: instantSchema.parse(now), by: '法制科', reason: '增加案均金额' };
    await adopt({ catalogue, replaces, conversions: [], ...acting }, store);
    const portal = openPortal(store, { now });
    const page = await visit(await portal.as('auditor'), '/2023/figures/money-a-case');
    expect(textOf(within(page).getByRole('group', { name: /^本年累计/ }))).toMatch(/ 0\.065 万元 暂定/);
    const calculation = partUnder(page, '怎样算出来');
    expect(textOf(calculation)).toContain('3 ÷ 46');
    expect(linksOf(calculation)).toEqual([
      ['金额', '/2023/figures/money'],
      ['案件', '/2023/figures/cases'],
    ]);
    for (const name of ['来源：金额', '来源：案件']) within(page).getByRole('table', { name });
  });

  it.each(['nothing', 'constructor', '%3Cscript%3E'])(
    'that the catalogue does not know is not found: %s',
    async (id) => {
      const { portal } = await corrected();
      expect((await (await portal.as('auditor')).get(`/2023/figures/${id}`)).status).toBe(404);
    },
  );

  it('stands in the list under the number and the title of its section', async () => {
    const { store } = await corrected();
    const catalogue = catalogueSchema.parse({
      ...smallCatalogue,
      sections: [{ id: '一(二)', name: '完善<b>制度</b>' }],
      indicators: smallCatalogue.indicators.map((each) => ({ ...each, section: '一（二）' })),
    });
    const replaces = catalogueHash(smallCatalogue);
    const acting = { at: instantSchema.parse(now), by: '法制科', reason: '写上章节' };
    await adopt({ catalogue, replaces, conversions: [], ...acting }, store);
    const page = await visit(await openPortal(store, { now }).as('auditor'), '/2023/figures');
    const table = within(page).getByRole('table', { name: '2023年度汇总' });
    expect(textOf(within(table).getAllByRole('rowheader')[0]!)).toBe('一（二） 完善<b>制度</b>');
  });

  it('in the list says how much it covers, and whether it was published so', async () => {
    const { portal } = await corrected();
    const user = await portal.as('legal-office');
    const before = await visit(user, '/2023/figures');
    expect(rowsOf(within(before).getByRole('table', { name: '2023年度汇总' }))).toContainEqual({
      指标: '案件',
      '本年累计（截至2月）': '46 件',
      状态: '暂定',
      覆盖: '0/12 月，2/24 份',
      说明: '缺少 8 份月报，另有 14 份未到报送期（应报 24 份）',
    });
    expect(textOf(before)).toContain('第 2 次发布以后有变化');
    await user.post('/2023/publications');
    expect(textOf(await visit(user, '/2023/figures'))).toContain('与第 3 次发布一致。');
  });
});

describe('the pages of a long list', () => {
  it.each([
    [1, [1, 2], 1],
    [2, [3, 4], 2],
    [3, [5], 3],
    [9, [5], 3],
  ])('page %i', (wanted, rows, page) => {
    expect(pageOf([1, 2, 3, 4, 5], wanted, 2)).toEqual({ rows, page, pages: 3 });
  });

  it('keep the rest of the query', async () => {
    const url = new URL('http://x/2023/figures/cases?department=sfj&page=2');
    const links = openPage(
      String(await pageLinks({ page: 2, pages: 3 }, { url, label: '分页', anchor: '#sources' })),
    );
    const list = within(links).getByRole('navigation', { name: '分页' });
    expect(linksOf(list)).toEqual([
      ['上一页', '/2023/figures/cases?department=sfj&page=1#sources'],
      ['下一页', '/2023/figures/cases?department=sfj&page=3#sources'],
    ]);
  });
});
