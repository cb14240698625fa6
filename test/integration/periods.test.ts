import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { periodSchema } from '../../shared/core/catalogue/period.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { download, faultsIn, verifyInPython } from '../fixtures/downloaded.ts';
import { mixedCatalogue, mixedForm, mixedStore, wholeMixedYear } from '../fixtures/mixed-periods.ts';
import { cellOf, partUnder, rowOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { isHere } from '../fixtures/programs.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const hasPython = isHere('python3', '--version');

describe('a year of months, quarters, half-years and the year itself', () => {
  let store: Awaited<ReturnType<typeof wholeMixedYear>>;

  beforeAll(async () => {
    store = await wholeMixedYear();
    await store.publish('2024-02-01T01:00:00.000Z');
  });

  it('is published whole: flows added up over their own periods, stocks taken at the end, ratios of both', async () => {
    const { publication } = await store.publish('2024-02-02T01:00:00.000Z');
    expect(publication.status).toBe('final');
    const totals = publication.totals.map(({ indicator, value, coverage: { periods }, asOf }) => ({
      [indicator]: [value, periods.expected, periods.complete, asOf],
    }));
    expect(totals).toEqual([
      { cases: ['1356', 12, 12, null] },
      { inspections: ['410', 4, 4, null] },
      { trainings: ['206', 2, 2, null] },
      { passed: ['202', 2, 2, null] },
      { officers: ['104', 2, 2, '2023-H2'] },
      { spending: ['1', 1, 1, null] },
      { rate: ['98.1', 2, 2, null] },
    ]);
  });

  it('is sound to both verifiers', async () => {
    const files = await download(
      { chains: store.events, documents: store.documents, adopted: adoptedAlone(mixedCatalogue) },
      1,
    );
    expect(await faultsIn(files)).toEqual([]);
    if (!hasPython) return;
    const { output, errors } = await verifyInPython(files, await temporaryFolder());
    expect(output + errors).toContain('sound');
  });

  it('compares each indicator with its own period before, by the order of periods', async () => {
    const { publication } = await store.publish('2024-02-02T01:00:00.000Z');
    const of = (indicator: string) =>
      publication.comparisons
        .filter((each) => each.indicator === indicator)
        .map(({ period, value, before, toDate }) => [period, value, before?.value ?? null, toDate.value]);
    expect(of('inspections')).toEqual([
      ['2023-Q1', '101', null, '101'],
      ['2023-Q2', '102', '101', '203'],
      ['2023-Q3', '103', '102', '306'],
      ['2023-Q4', '104', '103', '410'],
    ]);
    expect(of('officers')).toEqual([
      ['2023-H1', '102', null, '102'],
      ['2023-H2', '104', '102', '104'],
    ]);
    expect(of('spending')).toEqual([['2023', '1', null, '1']]);
  });
});

/** The texts of the first rows of a form. */
async function headOf(department: string, period: string): Promise<string[]> {
  const { sheets } = await readWorkbook(await mixedForm(department, periodSchema.parse(period), {}));
  return sheets[0]!.cells.flatMap(({ row, column, value }) =>
    row >= 2 && row <= 5 && row !== 4 && column > 1 && value.kind === 'text' ? [value.text] : [],
  );
}

describe('a form', () => {
  it.each([
    ['2023-03', '月报表', '报告期：2023年3月', ['本月数', '上月数']],
    ['2023-Q1', '季报表', '报告期：2023年第一季度', ['本季数', '上季数']],
    ['2023-H1', '半年报表', '报告期：2023年上半年', ['本半年数', '上个半年数']],
    ['2023', '年报表', '报告期：2023年', ['本年数', '上年数']],
  ])('of %s is a %s and calls its period and columns so', async (period, title, heading, columns) => {
    const texts = await headOf(period === '2023' ? 'sfj' : 'gaj', period);
    expect(texts[0]).toBe(`测试市2023年指标${title}`);
    expect(texts).toContain(heading);
    expect(texts).toEqual(expect.arrayContaining(columns));
  });

  it('says by which days its period counts, where they are not the calendar’s', async () => {
    expect((await headOf('gaj', '2023-H1')).join('\n')).toContain(
      '统计期间：2022年12月11日至2023年6月10日\n报送截止：2023年6月20日（最迟不晚于2023年6月30日）',
    );
    expect((await headOf('gaj', '2023-Q1')).join('\n')).not.toContain('统计期间');
  });

  it('of a quarter that was put where a month should be is asked about', async () => {
    const store = mixedStore();
    const bytes = await mixedForm('gaj', '2023-Q1', { inspections: '3' });
    const result = await store.take(bytes, { department: 'gaj', period: '2023-03' });
    expect(result.feedback.findings.map(({ rule, found, expected }) => [rule, found, expected])).toEqual([
      ['form-of-another-period', '2023年第一季度', '2023年3月'],
    ]);
  });
});

describe('the pages', () => {
  const standing = (overview: HTMLElement, row: string, column: string) =>
    textOf(cellOf(within(overview).getByRole('table', { name: '2023年各部门报表' }), { row, column }));

  it('show months first, then quarters, half-years and the year, each due by its own days', async () => {
    const store = mixedStore();
    await store.submit('gaj', '2023-Q1', { inspections: '7' }, '2023-04-05T01:00:00.000Z');
    const portal = openPortal(store, { now: '2023-06-15T02:00:00.000Z' });
    const overview = await visit(await portal.as('legal-office'), '/2023');
    const table = within(overview).getByRole('table', { name: '2023年各部门报表' });
    const columns = within(table)
      .getAllByRole('columnheader')
      .map((each) => textOf(each));
    expect(columns.slice(11)).toEqual([
      ...['11月', '12月', '一季度', '二季度', '三季度', '四季度', '上半年', '下半年', '全年'],
    ]);
    expect(standing(overview, '市公安局', '一季度')).toContain('已报');
    expect(standing(overview, '市司法局', '一季度')).toBe('无需报送');
    expect(standing(overview, '市司法局', '5月')).toContain('逾期');
    expect(standing(overview, '市司法局', '6月')).toContain('未到报送期');
    expect(standing(overview, '市司法局', '上半年')).toContain('待报');
    expect(standing(overview, '市司法局', '全年')).toContain('未到报送期');
  });

  it('put first what was due first, whatever its period, and say by which days it counts', async () => {
    const portal = openPortal(mixedStore(), { now: '2023-07-12T02:00:00.000Z' });
    const office = await portal.as('legal-office');
    const overdue = partUnder(await visit(office, '/2023'), /^逾期未报/);
    expect(rowOf(within(overdue).getByRole('table'), '市公安局').textContent).toContain('2023-02-10');
    const deadlines = within(await visit(office, '/2023/deadlines')).getByRole('table');
    expect(textOf(rowOf(deadlines, /上半年/))).toContain('2022年12月11日至2023年6月10日');
    const half = await visit(await portal.as('department:gaj'), '/2023/departments/gaj/2023-H1');
    expect(half.textContent).toContain('统计期间2022年12月11日至2023年6月10日');
  });

  it('of a department show what it has to report of each frequency, and lead to each return', async () => {
    const portal = openPortal(mixedStore(), { now: '2023-06-15T02:00:00.000Z' });
    const gaj = await portal.as('department:gaj');
    const page = await visit(gaj, '/2023/departments/gaj');
    const lists = within(page)
      .getAllByRole('list')
      .map((each) => each.getAttribute('aria-label'));
    expect(lists).toEqual(expect.arrayContaining(['各月月报', '各季季报', '各半年半年报']));
    expect(lists).not.toContain('各年年报');
    const store = mixedStore();
    for (const month of ['2023-01', '2023-02', '2023-03', '2023-04', '2023-05'] as const) {
      await store.submit('gaj', month, { cases: '1' }, '2023-01-02T01:00:00.000Z');
    }
    for (const quarter of ['2023-Q1', '2023-Q2'] as const) {
      await store.submit('gaj', quarter, { inspections: '1' }, '2023-01-02T01:00:00.000Z');
    }
    const later = openPortal(store, { now: '2023-07-12T02:00:00.000Z' });
    const next = await visit(await later.as('department:gaj'), '/2023/departments/gaj');
    expect(next.textContent).toContain('上半年的半年报应在6月20日前报送，已经逾期');
    const quarter = await visit(gaj, '/2023/departments/gaj/2023-Q2');
    expect(textOf(within(quarter).getByRole('heading', { level: 1 }))).toBe('市公安局2023年第二季度季报');
    const template = await gaj.get('/2023/departments/gaj/2023-H1/template.xlsx');
    expect(decodeURIComponent(template.headers.get('content-disposition') ?? '')).toContain(
      '市公安局2023年上半年报模板.xlsx',
    );
  });
});
