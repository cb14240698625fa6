import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { listRecords } from '../../functions/cli/commands/query.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { searchRecords } from '../../functions/use-cases/records/search-records.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { busyNow, busyStore } from '../fixtures/busy-store.ts';
import { fieldsOf, livingParts } from '../fixtures/hostile/dead-text.ts';
import { addressOf, formOf, linksOf, openPage, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallForm } from '../fixtures/small-store.ts';

const records = '/2023/records';
let store: Awaited<ReturnType<typeof busyStore>>;
let auditor: PortalUser;
let clerk: PortalUser;

/** Somebody whose name and file are as nasty as names can be. */
const nasty = { uploader: '=HYPERLINK("http://evil")<b>李四', fileName: '+cmd|calc<i>&.xlsx' };

beforeAll(async () => {
  store = await busyStore();
  for (const [department, period] of [
    ['sfj2', '2023-03'],
    ['sfj2', '2023-04'],
    ['sfj2', '2023-05'],
    ['sfj2', '2023-06'],
  ] as const) {
    const bytes = await smallForm({ department, period, cases: '3', uploadedAt: '' });
    // Half past midnight on the 2nd, by the clock of the catalogue's time zone.
    const handedOver = {
      address: { department, period },
      bytes,
      uploadedAt: '2023-07-01T16:30:00.000Z',
      ...nasty,
    } as const;
    const upload = await keepUpload(handedOver, store.documents);
    await ingest({ ...handedOver, upload, recordedAt: handedOver.uploadedAt, recordedBy: 'tester' }, store);
  }
  const portal = openPortal(store, { now: busyNow });
  auditor = await portal.as('auditor');
  clerk = await portal.as('department:sfj');
});

/** What a page lists. */
function recordsOn(page: HTMLElement): Record<string, string>[] {
  return rowsOf(within(page).getByRole('table', { name: /^共 \d+ 条/ }));
}

/** Where the links lead that have such a name. */
function addressesOf(page: HTMLElement, name: string | RegExp): string[] {
  return within(page).queryAllByRole('link', { name }).map(addressOf);
}

describe('the page of the records', () => {
  it('goes through every record exactly once, 50 to a page', async () => {
    const [first, second] = [await visit(auditor, records), await visit(auditor, `${records}?page=2`)];
    within(first).getByRole('table', { name: '共 52 条，本页第 1 至 50 条' });
    within(second).getByRole('table', { name: '共 52 条，本页第 51 至 52 条' });
    expect(recordsOn(first)).toHaveLength(50);
    expect(recordsOn(second)).toHaveLength(2);
    const all = [...recordsOn(first), ...recordsOn(second)];
    const positions = all.map((row) => [row.部门, row.报告期, row.指标, row.版次与状态].join(' '));
    expect(new Set(positions).size).toBe(52);
    const pages = (page: HTMLElement) =>
      linksOf(within(page).getByRole('navigation', { name: '查询结果的各页' }));
    expect(pages(first)).toEqual([
      ['下一页', '/2023/records?page=2'],
      ['最后一页', '/2023/records?page=2'],
    ]);
    expect(pages(second)).toEqual([
      ['第一页', '/2023/records?page=1'],
      ['上一页', '/2023/records?page=1'],
    ]);
  });

  it.each(['0', '99', 'x', '-1', ''])('shows the nearest page where there is no page %j', async (page) => {
    const navigation = within(await visit(auditor, `${records}?page=${page}`)).getByRole('navigation', {
      name: '查询结果的各页',
    });
    expect(textOf(navigation)).toContain(page === '99' ? '第 2 页，共 2 页' : '第 1 页，共 2 页');
  });

  it('says of a record all that there is to say, and leads to the figure and to the upload', async () => {
    const page = await visit(auditor, `${records}?period=2023-01&indicator=cases&department=sfj`);
    const [before, now] = recordsOn(page);
    expect(before).toEqual({
      部门: '市司法局',
      报告期: '2023-01',
      指标: '案件',
      数值: '5 件',
      说明: '',
      版次与状态: '第1版 已被替代',
      单元格: expect.stringMatching(/^\S+ [A-Z]+\d+$/),
      文件: '5.xlsx（市司法局2023年1月第1版）',
      上传时间: '2023-02-03 09:00',
      上传人: '张三',
      台账: '2023/sfj#1',
    });
    expect(now).toMatchObject({ 数值: '6 件', 版次与状态: '第2版 计入汇总' });
    expect(addressesOf(page, '案件')).toEqual(['/2023/figures/cases', '/2023/figures/cases']);
    expect(addressesOf(page, '5.xlsx（市司法局2023年1月第1版）')).toEqual([
      expect.stringMatching(/^\/2023\/departments\/sfj\/2023-01\/uploads\/[0-9a-f]{16}$/),
    ]);
  });

  it('keeps what was asked for in the form, and in the links', async () => {
    const query =
      'department=sfj2&indicator=buses&period=2023-05&standing=counting&uploader=%E6%9D%8E&from=2023-07-02';
    const page = await visit(auditor, `${records}?${query}&to=&revision=`);
    const form = formOf(within(page).getByRole('button', { name: '查询' }));
    expect(form).toEqual({
      address: records,
      method: 'get',
      fields: {
        department: 'sfj2',
        indicator: 'buses',
        period: '2023-05',
        revision: '',
        standing: 'counting',
        uploader: '李',
        from: '2023-07-02',
        to: '',
      },
    });
    const files = ['xlsx', 'csv', 'json'].map((ending) => `/2023/records.${ending}?${query}`);
    expect(addressesOf(page, /^(Excel 工作簿|CSV|JSON)$/)).toEqual(files);
    expect(recordsOn(page)).toHaveLength(1);
  });

  it('says what is wrong with a condition, and keeps it for mending', async () => {
    const answer = await auditor.get(`${records}?from=2023-4-3&uploader=x`);
    const page = openPage(await answer.text());
    expect(answer.status).toBe(400);
    expect(textOf(within(page).getByRole('alert'))).toBe('上传日期（起）请写作 2023-04-03 这样的日期。');
    expect(within(page).getByLabelText('上传日期（起）').getAttribute('value')).toBe('2023-4-3');
    expect(within(page).getByLabelText('上传人')).toHaveProperty('value', 'x');
    expect(textOf(page)).not.toContain('导出全部');
  });

  it('says so when nothing fits', async () => {
    const page = await visit(auditor, `${records}?uploader=nobody`);
    expect(textOf(within(page).getByRole('status'))).toContain('没有符合条件的记录');
  });

  it('shows what others typed as text, in answers and in the form', async () => {
    const markup = await auditor.read(`${records}?uploader=${encodeURIComponent('<b>李四')}`);
    expect(markup).not.toMatch(/<b>|<i>/);
    const page = openPage(markup);
    expect(within(page).getByLabelText('上传人')).toHaveProperty('value', '<b>李四');
    const listed = recordsOn(page);
    expect(listed).toHaveLength(16);
    expect(new Set(listed.map((row) => row.上传人))).toEqual(new Set([nasty.uploader]));
  });

  it.each([records, '/2023/records.csv', '/2023/records.json', '/2023/records.xlsx'])(
    'is not for clerks: %s',
    async (path) => {
      expect((await clerk.get(path)).status).toBe(403);
    },
  );
});

describe('records as files', () => {
  const query = 'department=sfj2&uploader=%E6%9D%8E';

  it('are everything that fits, saved under a Chinese name', async () => {
    const answer = await auditor.get(`/2023/records.json?${query}`);
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('2023年记录.json'));
    const { total, records: found, filter } = JSON.parse(await answer.text());
    expect([total, found.length]).toEqual([16, 16]);
    expect(filter).toEqual({ department: 'sfj2', uploader: '李' });
    const bytes = await (await auditor.get(`/2023/records.csv?${query}`)).arrayBuffer();
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    expect(fieldsOf(csv)).toHaveLength(17);
    expect(csv).toContain('"部门（department）","报告期（period）","指标（indicator）"');
    const all = JSON.parse(await (await auditor.get('/2023/records.json')).text());
    expect(all.total).toBe(52);
  });

  it('are the same bytes for the same records, as a workbook of dead text in Chinese', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(
        async () => new Uint8Array(await (await auditor.get(`/2023/records.xlsx?${query}`)).arrayBuffer()),
      ),
    );
    expect(Buffer.compare(one!, other!)).toBe(0);
    expect(await livingParts('records.xlsx', one!)).toEqual([]);
    const { default: ExcelJS } = await import('exceljs');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(one!) as never);
    const sheet = workbook.getWorksheet('记录')!;
    const texts = sheet.getSheetValues().flat().map(String);
    expect(texts).toEqual(
      expect.arrayContaining([
        '部门',
        '数值',
        '台账链',
        '市司法局二',
        '案件',
        '计入汇总',
        '\'=HYPERLINK("http://evil")<b>李四',
      ]),
    );
    expect(texts.join('\n')).toContain('查询条件：部门：市司法局二；上传人的姓名中有“李”。');
    expect(
      sheet.getSheetValues().filter((row) => Array.isArray(row) && row[1] === '市司法局二'),
    ).toHaveLength(16);
  });

  it('refuse a query that makes no sense', async () => {
    expect((await auditor.get('/2023/records.csv?period=x')).status).toBe(400);
  });
});

describe('the search of the records', () => {
  const found = async (filter: Parameters<typeof searchRecords>[1]) =>
    searchRecords((await readYear(store, 2023)).state, filter).slice();

  it('takes days as the clock of the catalogue has them', async () => {
    expect(await found({ from: '2023-07-02', to: '2023-07-02' })).toHaveLength(16);
    expect(await found({ from: '2023-07-01', to: '2023-07-01' })).toHaveLength(0);
  });

  it('takes part of a name in upper or lower case, and nothing in it for a pattern', async () => {
    expect(await found({ uploader: 'hyperlink(' })).toHaveLength(16);
    expect(await found({ uploader: '.*' })).toHaveLength(0);
    expect(await found({ uploader: ' 张三 ' })).toHaveLength(36);
  });

  it('holds every condition at once', async () => {
    expect(await found({ revision: 'counting', standing: 'held' })).toHaveLength(0);
    expect(await found({ revision: 2, standing: 'held', indicator: 'cases' })).toMatchObject([
      { value: '9' },
    ]);
  });

  it('is the same on the command line', async () => {
    const lines: string[] = [];
    const write = process.stdout.write;
    process.stdout.write = ((text: string) => lines.push(text) > 0) as typeof write;
    try {
      const options = { uploader: '李', from: '2023-07-02', revision: '1', format: 'json' } as const;
      const workplace = { ...store, year: 2023 } as unknown as Parameters<typeof listRecords>[1];
      await listRecords(options, workplace);
    } finally {
      process.stdout.write = write;
    }
    expect(JSON.parse(lines.join(''))).toEqual(
      await found({ uploader: '李', from: '2023-07-02', revision: 1 }),
    );
  });
});
