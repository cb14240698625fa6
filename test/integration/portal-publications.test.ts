import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/core/values/digest.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { addressOf, formOf, openPage, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { copyOfStore, correctedStore, smallStore } from '../fixtures/small-store.ts';

const now = '2023-06-05T02:00:00.000Z';
const note = '漏报<b>一件</b>';

const made = correctedStore(note);

/** A store of its own for each test, as `correctedStore` made it. */
async function corrected() {
  const store = copyOfStore(await made);
  return { store, portal: openPortal(store, { now }) };
}

describe('where the figures of a publication come from', () => {
  it('is a workbook of what was published, which is linked, waited for on a page, and none where nothing was published', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    const address = '/2023/publications/1/lineage.xlsx';
    expect(await auditor.read('/2023/publications/1')).toContain(`href="${address}"`);
    const answer = await auditor.get(address);
    expect(answer.headers.get('content-disposition')).toContain(
      encodeURIComponent('2023年第1次发布溯源.xlsx'),
    );
    const { sheets } = await readWorkbook(new Uint8Array(await answer.arrayBuffer()));
    const texts = sheets.flatMap(({ cells }) =>
      cells.map(({ value }) => ('text' in value ? value.text : '')),
    );
    expect(texts).toEqual(expect.arrayContaining(['2023年第 1 次发布的观测值溯源', '5.xlsx', '张三']));
    expect(texts).not.toContain('6.xlsx');
    expect(await auditor.read('/2023/publications/1/lineage')).toContain(
      '“2023年第1次发布溯源.xlsx”已经做好',
    );
    for (const none of ['/2023/publications/9/lineage.xlsx', '/2023/publications/9/lineage'])
      expect((await auditor.get(none)).status).toBe(404);
  });
});

describe('publishing now', () => {
  it('tells what would change, publishes in the name of whoever asks, and then finds nothing new', async () => {
    const { portal } = await corrected();
    const user = await portal.as('legal-office', '王五');
    const pending = partUnder(await visit(user, '/2023/publications'), '现在发布会有什么变化');
    expect(formOf(within(pending).getByRole('button', { name: '现在发布' })).address).toBe(
      '/2023/publications',
    );
    expect(textOf(pending)).toContain('现在发布 这将是第 3 次发布。');
    expect(rowsOf(within(pending).getByRole('table', { name: '将变动的年度数' }))[0]).toEqual({
      指标: '案件',
      原来: '6 件',
      现在: '46 件',
      变动的报表: '市司法局二2月：未计入 → 40 件（第1版），张三 2023-04-12 09:00 上传',
    });
    const first = await user.post('/2023/publications');
    expect(first.headers.get('location')).toBe('/2023/publications?done=published');
    const after = await visit(user, '/2023/publications?done=published');
    expect(textOf(within(after).getByRole('status'))).toBe(
      '已发布：第 3 次，目前是存档。要正式发布，请打开它的页面。',
    );
    expect(rowsOf(within(after).getByRole('table', { name: '2023年历次发布' }))[0]).toMatchObject({
      次数: '第 3 次',
      发布时间: '2023-06-05 10:00',
      发布人: '王五',
      状态: '暂定',
    });
    expect(textOf(after)).toContain('台账与第 3 次发布一致');
    const second = await user.post('/2023/publications');
    expect(second.headers.get('location')).toBe('/2023/publications?done=unchanged');
    const unchanged = await visit(user, '/2023/publications?done=unchanged');
    expect(textOf(within(unchanged).getByRole('status'))).toContain('最新的仍是第 3 次');
    expect((await user.get('/2023/publications/4')).status).toBe(404);
  });

  it('is offered for the first time where nothing was published', async () => {
    const portal = openPortal(smallStore(), { now });
    const page = await (await portal.as('legal-office')).read('/2023/publications');
    expect(page).toContain('这将是第 1 次发布');
    expect(await (await portal.as('auditor')).read('/2023/figures')).toContain('还没有发布过');
  });

  it('is not for auditors', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    expect((await auditor.post('/2023/publications')).status).toBe(403);
    const page = await visit(auditor, '/2023/publications');
    expect(within(page).queryByRole('button', { name: '现在发布' })).toBeNull();
    expect(textOf(page)).not.toContain('第 3 次');
  });
});

describe('what changed between two publications', () => {
  it('is told with the observations that made the difference, also across those between', async () => {
    const { store, portal } = await corrected();
    await store.publish('2023-04-20T01:00:00.000Z');
    const markup = await (await portal.as('auditor')).read('/2023/publications/changes?from=1&to=3');
    expect(markup).not.toContain('<b>一件');
    const page = openPage(markup);
    const figure = rowsOf(within(page).getByRole('table', { name: '变动的年度数' }))[0];
    expect(figure).toMatchObject({ 指标: '案件', 原来: '5 件', 现在: '46 件' });
    expect(figure?.变动的报表).toContain(
      `5 件（第1版） → 6 件（第2版），张三 2023-03-12 09:00 上传，理由：${note}`,
    );
    expect(rowsOf(within(page).getByRole('table', { name: '变动的报表' }))).toContainEqual({
      报表: '市司法局二2023年2月',
      原来: '· 未到报送期',
      现在: expect.stringMatching(/^◎ 迟报，第1版/),
    });
  });

  it('counts warnings that came, were settled and went, and only the returns that stand elsewhere', async () => {
    const store = smallStore();
    const submit = (month: number, cases: string, uploadedAt: string, note = '') =>
      store.submit({ period: `2023-0${month}`, cases, uploadedAt, note });
    await submit(1, '5', '2023-02-03T01:00:00.000Z');
    await submit(2, '6', '2023-03-03T01:00:00.000Z');
    await store.publish('2023-03-10T01:00:00.000Z');
    await submit(3, '60000', '2023-04-03T01:00:00.000Z');
    await store.publish('2023-04-10T01:00:00.000Z');
    const portal = openPortal(store, { now });
    const user = await portal.as('legal-office', '王五');
    const findings = await visit(user, '/2023/findings');
    const { address, fields } = formOf(within(findings).getByRole('button', { name: '提交说明' }));
    const field = Object.keys(fields).find((name) => name.startsWith('reason-'))!;
    await user.post(address, { [field]: '属实' });
    await user.post('/2023/publications');
    await submit(3, '6', '2023-06-01T01:00:00.000Z', '多写了四个零');
    await user.post('/2023/publications');
    const told = async (from: number, to: number) => {
      const page = await visit(user, `/2023/publications/changes?from=${from}&to=${to}`);
      const [warning] = rowsOf(within(page).getByRole('table', { name: '变动的核对事项' }));
      return { text: textOf(page), warning };
    };
    const about = '市司法局2023年3月“案件”';
    const came = await told(1, 2);
    expect(came.text).toContain('4 项指标、1 份报表、1 处请核对的数字有变动');
    expect(came.warning).toMatchObject({ 变动: '新出现', 报表: about });
    const settled = await told(2, 3);
    expect(settled.text).toContain('0 项指标、0 份报表、1 处请核对的数字有变动');
    expect(settled.warning).toMatchObject({
      变动: '已确认',
      报表: about,
      说明: expect.stringMatching(/王五法制机构确认无误：属实$/),
    });
    const went = await told(3, 4);
    expect(went.text).toContain('1 项指标、1 份报表、1 处请核对的数字有变动');
    expect(went.warning).toMatchObject({ 变动: '已消除', 报表: about });
  });

  it('is the same whichever is named first', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    const contentAt = async (query: string) =>
      within(await visit(auditor, `/2023/publications/changes?${query}`)).getByRole('main').outerHTML;
    expect(await contentAt('from=2&to=1')).toBe(await contentAt('from=1&to=2'));
  });

  it.each([
    ['from=1&to=1', 400],
    ['from=1', 400],
    ['from=0&to=1', 400],
    ['from=1&to=x', 400],
    ['from=1&to=9', 404],
  ])('needs two that are there: %s', async (query, status) => {
    const { portal } = await corrected();
    const answer = await (await portal.as('auditor')).get(`/2023/publications/changes?${query}`);
    expect(answer.status).toBe(status);
  });
});

describe('a publication', () => {
  it('hands out every file that its page lists, with the hash that the page shows', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    const page = await visit(auditor, '/2023/publications/2');
    expect(textOf(partUnder(page, '文件'))).toContain('文件清单与台账中记下的一致');
    expect(rowsOf(within(page).getByRole('table', { name: '与第 1 次发布相比的变动' }))).not.toEqual([]);
    const files = within(page).getByRole('table', { name: '发布的文件' });
    const listed = rowsOf(files);
    expect(listed.map(({ 文件: name }) => name).sort()).toEqual([
      'by-department.csv',
      'by-group.csv',
      'by-period.csv',
      'catalogue.json',
      'catalogue.schema.json',
      'changes.csv',
      'changes.json',
      'comparisons.csv',
      'datapackage.json',
      'departments.csv',
      'findings.csv',
      'manifest.json',
      'observations.csv',
      'report.docx',
      'returns.csv',
      'summary.html',
      'summary.json',
      'summary.schema.json',
      'summary.xlsx',
      'texts.csv',
      'totals.csv',
    ]);
    for (const { 文件: name = '', 'SHA-256': hash } of listed) {
      const answer = await auditor.get(addressOf(within(files).getByRole('link', { name })));
      expect(sha256(new Uint8Array(await answer.arrayBuffer())), name).toBe(hash);
      const saved = decodeURIComponent(answer.headers.get('content-disposition') ?? '');
      expect(saved).toContain(
        {
          'report.docx': '2023年度法治政府建设情况报告（第2次·存档）.docx',
          'summary.xlsx': '汇总（第2次·存档）.xlsx',
          'summary.html': '汇总（第2次·存档）.html',
        }[name] ?? `2023-0002-${name}`,
      );
    }
  });

  it.each(['secret.txt', '..%2F0001%2Fsummary.json', 'constructor'])(
    'hands out nothing else: %s',
    async (name) => {
      const { store, portal } = await corrected();
      await store.documents.put('publications/2023/0002/secret.txt', new Uint8Array([1]));
      const answer = await (await portal.as('legal-office')).get(`/2023/publications/2/files/${name}`);
      expect(answer.status).toBe(404);
    },
  );

  it('says so if its manifest is not what the ledger recorded', async () => {
    const { store, portal } = await corrected();
    const key = 'publications/2023/0002/manifest.json';
    const text = new TextDecoder().decode(store.files.get(key));
    store.files.set(key, new TextEncoder().encode(text.replace('"software": "test"', '"software": "fake"')));
    const page = await visit(await portal.as('auditor'), '/2023/publications/2');
    expect(textOf(partUnder(page, '文件'))).toContain('文件清单与台账中记下的不一致');
  });

  it('is shown without files while its manifest is not written', async () => {
    const { store, portal } = await corrected();
    store.files.delete('publications/2023/0002/manifest.json');
    const auditor = await portal.as('auditor');
    expect(await auditor.read('/2023/publications/2')).toContain('文件清单还没有写完');
    expect((await auditor.get('/2023/publications/2/files/summary.json')).status).toBe(404);
  });

  it('does not take the list of publications with it if its summary is gone', async () => {
    const { store, portal } = await corrected();
    store.files.set('publications/2023/0002/summary.json', new TextEncoder().encode('{'));
    const auditor = await portal.as('auditor');
    const page = await visit(auditor, '/2023/publications');
    const table = within(page).getByRole('table', { name: '2023年历次发布' });
    expect(rowsOf(table).map((row) => [row.次数, row.状态])).toEqual([
      ['第 2 次', '文件缺失或被改动'],
      ['第 1 次', '暂定'],
    ]);
    const answer = await auditor.get('/2023/publications/2');
    const alert = textOf(within(openPage(await answer.text())).getByRole('alert'));
    expect([answer.status, alert.includes('台账核验')]).toEqual([500, true]);
  });

  it.each(['0', '3', '01', 'x'])('of no such number there is nothing: %s', async (number) => {
    const { portal } = await corrected();
    expect((await (await portal.as('auditor')).get(`/2023/publications/${number}`)).status).toBe(404);
  });
});
