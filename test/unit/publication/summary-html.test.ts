import { within } from '@testing-library/dom';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { writeSummaryPage } from '../../../shared/publication/summary-html.ts';
import { rowsOf } from '../../fixtures/opened-page.ts';
import {
  comparedPublication,
  finalPublication,
  fixtureLedger,
  provisionalPublication,
} from '../../fixtures/publication.ts';

const opened = async (publication: Publication) => {
  const text = new TextDecoder().decode(await writeSummaryPage(publication));
  const { document } = new JSDOM(text).window;
  return { text, document, page: within(document.body) };
};

/** Two months have come, and the others are not over. */
const earlyPublication = () =>
  fixtureLedger({ isMissing: (_, period) => period > '2023-02' }).publication({
    at: '2023-03-01T01:00:00.000Z',
  });

describe('summary.html', () => {
  it('fetches and runs nothing', async () => {
    const { text, document } = await opened(finalPublication());
    expect(document.querySelectorAll('script, link, img, iframe, [onclick]')).toHaveLength(0);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain(
      "default-src 'none'",
    );
    expect(text).not.toMatch(/(?:src|href)="(?!#)/);
  });

  it('has every figure in a table, and drawn where something is known of it', async () => {
    const publication = finalPublication();
    const { page, document } = await opened(publication);
    const rows = rowsOf(page.getByRole('table', { name: '2023年各项指标' }));
    const said = rows.filter((row) => row.单位 !== undefined).map((row) => [row.指标, row.年度数, row.状态]);
    expect(said).toEqual(
      publication.totals.map(({ name, value, status }) => [
        name,
        value ?? '—',
        { final: '最终', provisional: '暂定', 'per-department': '分部门' }[status],
      ]),
    );
    for (const { indicator, name, byPeriod } of publication.totals) {
      const section = document.getElementById(indicator)!;
      expect(section.querySelector('h3')?.textContent).toContain(name);
      const isDrawn = byPeriod.some(({ value }) => value !== null);
      expect(section.querySelectorAll('svg[role=img]').length, name).toBe(isDrawn ? 1 : 0);
    }
  });

  it('puts last year beside this one where it is known', async () => {
    const compared = comparedPublication();
    const { page } = await opened(compared);
    const known = compared.comparisons.findLast(({ toDate }) => toDate.lastYear?.value != null)!;
    const { name } = compared.totals.find(({ indicator }) => indicator === known.indicator)!;
    const table = page.getByRole('table', { name: `${compared.year}年各项指标` });
    const row = rowsOf(table).find((each) => each.指标 === name);
    expect(row?.上年同期).toBe(known.toDate.lastYear?.value);
    expect(page.getAllByText('浅色为上年。').length).toBeGreaterThan(0);
  });

  it('marks what stands beside a last year of which returns are missing', async () => {
    const publication = structuredClone(finalPublication());
    const [first, second] = ['sessions', 'losses'].map(
      (id) => publication.comparisons.findLast(({ indicator }) => indicator === id)!,
    );
    const base = { value: '200', change: '34', rate: '17' } as const;
    first!.toDate.lastYear = { ...base, missing: 2 };
    first!.lastYear = { ...base, missing: 2 };
    second!.toDate.lastYear = { ...base, missing: 0 };
    const { page, document } = await opened(publication);
    const rows = rowsOf(page.getByRole('table', { name: '2023年各项指标' }));
    const of = (name: string) => rows.find((row) => row.指标 === name);
    expect(of('法治专题学习次数')).toMatchObject({ 上年同期: '200 上年缺 2 份', 同比: '+17% 待补' });
    expect(of('挽回经济损失')).toMatchObject({ 上年同期: '200', 同比: '+17%' });
    const section = within(document.getElementById('sessions')!);
    expect(section.getByText('标黄的数还缺报表，补报以后会变。')).toBeDefined();
    expect(section.getAllByText('200', { selector: 'mark' })).toHaveLength(1);
  });

  it('says what may still change', async () => {
    const { page } = await opened(provisionalPublication());
    expect(page.getByText('暂定', { selector: 'strong' }).parentElement?.textContent).toMatch(
      /项还不是最终数/,
    );
    expect(page.getAllByText(/缺少 \d+ 份/).length).toBeGreaterThan(0);
  });

  it('tells where each return stands by a mark, and what the marks mean', async () => {
    const { page } = await opened(provisionalPublication());
    const table = page.getByRole('table', { name: '各部门各期报表' });
    expect(within(table).getAllByTitle('未报').length).toBeGreaterThan(0);
    expect(page.getByText(/● 已报/).textContent).toContain('○ 未报');
  });

  it('leaves hostile text text', async () => {
    const publication = structuredClone(finalPublication());
    const [total] = publication.totals;
    total!.name = '<script>alert(1)</script>"';
    total!.definition = '<img src=x onerror=alert(1)>';
    publication.title = '</title><svg onload=alert(1)>';
    const { document } = await opened(publication);
    expect(document.querySelectorAll('script, img, [onload], [onerror]')).toHaveLength(0);
    expect(document.querySelector('section h3')?.textContent).toContain('<script>alert(1)</script>"');
  });

  it('shows what people typed in the order in which it is stored, a paragraph a line', async () => {
    const publication = structuredClone(finalPublication());
    const { cell, file, ledger, revision, upload, uploadedAt, uploader } = publication.observations[0]!;
    const source = { cell, file, ledger, revision, upload, uploadedAt, uploader };
    publication.title = '标题\u202e题标';
    publication.narratives = [{ id: 'how', name: '典型\u2066做法', section: '', definition: '写明' }];
    publication.texts = [
      {
        narrative: 'how',
        department: 'sfj',
        period: '2023-01',
        text: '先做\u202e一步。\n再做一步。',
        ...source,
      },
    ];
    const { text, page } = await opened(publication);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    const said = page.getByText(/^市司法局2023年1月/).closest('div')!;
    expect([...said.querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual([
      '市司法局2023年1月：',
      '先做 一步。',
      '再做一步。',
    ]);
  });

  it('shows which returns wait for their scan, as pages do', async () => {
    const publication = structuredClone(finalPublication());
    const of = async () =>
      within((await opened(publication)).page.getByRole('table', { name: '各部门各期报表' }));
    expect((await of()).queryByTitle('已报，待签章')).toBeNull();
    publication.returns[0]!.awaitsScan = true;
    expect((await of()).getByTitle('已报，待签章').textContent).toBe('●章');
    expect((await opened(publication)).page.getByText(/● 已报/).textContent).toContain('章 待签章');
  });

  it.each([
    ['of the year', finalPublication(), '年度数'],
    ['to date, while periods are not over', earlyPublication(), '本年累计（截至2月）'],
  ])('heads figures of departments %s', async (_, publication, heading) => {
    const { document } = await opened(publication);
    const section = within(document.getElementById('sessions')!);
    const table = section.getByRole('table', { name: /各部门的数/ });
    expect(within(table).getByRole('rowheader').textContent).toBe(heading);
  });

  it('draws a course anew where last year is another, and the figures are as before', async () => {
    const publication = comparedPublication();
    const otherwise = publication.comparisons.map((row) =>
      row.lastYear === null ? row : { ...row, lastYear: { ...row.lastYear, value: '4711' as never } },
    );
    const drawn = async (one: Publication) =>
      [...(await opened(one)).document.querySelectorAll('svg')].map(({ outerHTML }) => outerHTML);
    const before = await drawn(publication);
    expect(await drawn(publication)).toEqual(before);
    expect(await drawn({ ...publication, comparisons: otherwise })).not.toEqual(before);
  });

  it('is the same bytes again', async () => {
    expect(await writeSummaryPage(finalPublication())).toEqual(await writeSummaryPage(finalPublication()));
  });
});
