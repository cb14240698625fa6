import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { openPage, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { correctedStore, smallStore } from '../fixtures/small-store.ts';

const note = '漏报<b>一件</b>';
const made = correctedStore(note);
const as = async (who: 'auditor' | 'legal-office') =>
  openPortal(await made, { now: '2023-06-05T02:00:00.000Z' }).as(who);

describe('a certificate', () => {
  it('of a figure says what it rests on, as it was published, and what its code means', async () => {
    const page = within(await visit(await as('auditor'), '/2023/publications/2/figures/cases/certificate'));
    expect(textOf(page.getByRole('heading', { level: 1 }))).toBe('数据证明单：案件');
    expect(textOf(page.getByText('2023年的数').parentElement!)).toContain('6 件（暂定');
    const [row] = rowsOf(page.getByRole('table', { name: '依据的 1 个数' }));
    expect(row).toMatchObject({
      '部门、报告期': '市司法局1月',
      数: '6 件',
      文件和单元格: expect.stringMatching(/^6\.xlsx /),
      上传: '张三 2023-03-12 09:00，第2版',
    });
    expect(textOf(page.getByText('校验码', { selector: 'dt' }).parentElement!)).toMatch(
      /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/,
    );
    expect(rowsOf(page.getByRole('table', { name: '更正、同意和说明' }))).toMatchObject([
      {
        '部门、报告期': '市司法局1月',
        事项: '更正（第2版）',
        原因: note,
        '谁、何时': '张三 2023-03-12 09:00',
      },
    ]);
    expect(page.getByText(/任何一处与发布时不同，算出的校验码就不同/)).toBeDefined();
  });

  it('of a figure with many sources has a line for each department, and every source as an annex', async () => {
    const store = smallStore();
    for (const department of ['sfj', 'sfj2']) {
      for (let month = 1; month <= 12; month++) {
        const period = `2023-${String(month).padStart(2, '0')}`;
        const uploader = month === 12 ? '李<b>四' : '张三';
        await store.submit({
          department,
          period,
          cases: `${month}`,
          uploadedAt: '2024-01-05T01:00:00.000Z',
          uploader,
          remark: month === 12 ? '年底<i>集中' : '',
        });
      }
    }
    await store.publish('2024-01-10T01:00:00.000Z');
    const office = await openPortal(store, { now: '2024-01-20T01:00:00.000Z' }).as('legal-office');
    const page = within(await visit(office, '/2023/publications/1/figures/cases/certificate'));
    const rows = rowsOf(page.getByRole('table', { name: '依据的 24 个数，按部门' }));
    expect(rows).toMatchObject([
      {
        部门: '市司法局',
        各期的数:
          '1月 1，2月 2，3月 3，4月 4，5月 5，6月 6，7月 7，8月 8，9月 9，10月 10，11月 11，12月 12（件）',
        文件和单元格: expect.stringMatching(/^12 个文件 \S+ [A-Z]+\d+$/),
        上传: '张三、李<b>四',
        台账: expect.stringMatching(/#\d+–\d+$/),
      },
      { 部门: '市司法局二' },
    ]);
    expect(rowsOf(page.getByRole('table', { name: '依据的 24 个数' }))).toHaveLength(24);
    expect(rowsOf(page.getByRole('table', { name: '更正、同意和说明' }))).toMatchObject([
      {
        '部门、报告期': '市司法局12月',
        事项: '说明',
        原因: '年底<i>集中',
        '谁、何时': '李<b>四 2024-01-05 09:00',
      },
      { '部门、报告期': '市司法局二12月' },
    ]);
  });

  it('of a figure that came late says who let it in, and why', async () => {
    const store = smallStore();
    const late = { period: '2023-01', cases: '5', uploadedAt: '2024-02-03T01:00:00.000Z' };
    const { event } = await store.submit(late);
    const office = await openPortal(store, { now: '2024-02-04T01:00:00.000Z' }).as('legal-office', '赵科长');
    const upload = uploadId(event.happening.upload);
    const address = `/2023/departments/sfj/2023-01/uploads/${upload}/admission`;
    expect((await office.post(address, { reason: '停电<i>三天' })).status).toBe(303);
    await store.publish('2024-02-05T01:00:00.000Z');
    const page = within(await visit(office, '/2023/publications/1/figures/cases/certificate'));
    expect(rowsOf(page.getByRole('table', { name: '更正、同意和说明' }))).toMatchObject([
      { 事项: '同意计入', 原因: '停电<i>三天', '谁、何时': '赵科长 2024-02-04 09:00' },
    ]);
  });

  it('of a correction that was explained afterwards says who gave the reason, and when', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    await store.issue('2023-02-10T01:00:00.000Z');
    await store.submit({ period: '2023-01', cases: '6', uploadedAt: '2023-02-11T01:00:00.000Z' });
    const portal = openPortal(store, { now: '2023-02-14T01:00:00.000Z' });
    const clerk = await portal.as('department:sfj', '王芳');
    const [, upload = ''] = /uploads\/([0-9a-f]{16})\/explanation"/.exec(
      await clerk.read('/2023/departments/sfj/2023-01'),
    ) ?? ['', ''];
    const explained = `/2023/departments/sfj/2023-01/uploads/${upload}/explanation`;
    expect((await clerk.post(explained, { reason: '漏报一件' })).status).toBe(303);
    await store.publish('2023-02-15T01:00:00.000Z');
    const auditor = await portal.as('auditor');
    const page = within(await visit(auditor, '/2023/publications/2/figures/cases/certificate'));
    expect(rowsOf(page.getByRole('table', { name: '更正、同意和说明' }))).toMatchObject([
      { 事项: '更正（第2版）', 原因: '漏报一件', '谁、何时': '王芳 2023-02-14 09:00' },
    ]);
    expect(await auditor.read('/2023/figures/cases')).toMatch(/更正理由：<[^>]*>漏报一件<\/span>（王芳）/);
  });

  it('of a publication tells up to which period returns count, and how many were due by then', async () => {
    const auditor = await as('auditor');
    const page = within(await visit(auditor, '/2023/publications/2/certificate'));
    const content = textOf(page.getByText('内容', { selector: 'dt' }).parentElement!);
    expect(content).toContain('报告期至2023年1月');
    expect(content).toMatch(/应报 4 份报表，计入 1 份/);
  });

  it('has another code in a publication that says otherwise, and the same where nothing differs', async () => {
    const codes = async (number: number) => {
      const page = within(await visit(await as('legal-office'), `/2023/publications/${number}/certificate`));
      const rows = rowsOf(page.getByRole('table', { name: '各项指标' }));
      return new Map(rows.map((each) => [each.指标, each.校验码]));
    };
    const [first, second] = [await codes(1), await codes(2)];
    expect(first.get('案件')).not.toBe(second.get('案件'));
    expect(new Set(second.values()).size).toBe(second.size);
    const again = await codes(2);
    expect(again).toEqual(second);
  });

  it('is found by each code that stands on it, however many publications came after it', async () => {
    const auditor = await as('auditor');
    const codeOn = async (address: string) => {
      const label = within(await visit(auditor, address)).getByText('校验码', { selector: 'dt' });
      return textOf(label.parentElement!).replace('校验码', '').trim();
    };
    const look = async (code: string, publication: string) => {
      const answer = await auditor.get(`/2023/check-code?${new URLSearchParams({ code, publication })}`);
      return answer.headers.get('location') ?? openPage(await answer.text()).textContent;
    };
    const whole = '/2023/publications/1/certificate';
    const figure = '/2023/publications/1/figures/cases/certificate';
    expect(await look(await codeOn(whole), '')).toBe(whole);
    expect(await look(await codeOn(figure), '1')).toBe(figure);
    expect(await look(await codeOn(figure), '')).toMatch(
      /第 2 次发布的各项数字里也没有.*请同时填写是第几次发布/,
    );
    const newest = '/2023/publications/2/figures/cases/certificate';
    expect(await look(await codeOn(newest), '')).toBe(newest);
  });

  it('is linked from the publication and from its figures, and is of nothing that is not there', async () => {
    const auditor = await as('auditor');
    expect(await auditor.read('/2023/publications/2')).toContain('href="/2023/publications/2/certificate"');
    expect(await auditor.read('/2023/figures/cases?publication=2')).toContain(
      'href="/2023/publications/2/figures/cases/certificate"',
    );
    expect((await auditor.get('/2023/publications/9/certificate')).status).toBe(404);
    expect((await auditor.get('/2023/publications/2/figures/none/certificate')).status).toBe(404);
  });
});
