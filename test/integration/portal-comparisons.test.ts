import { getByRole, within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { KnownYears } from '../../functions/use-cases/known-years.ts';
import type { PeriodComparison } from '../../shared/core/totals/period-comparison.ts';
import { textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { nextCatalogue, twoYears } from '../fixtures/two-years.ts';

const now = '2024-06-05T01:00:00.000Z';

/** The cells of a table's row, as they are read out. */
function rowOf(page: HTMLElement, table: RegExp, heading: string): string[] {
  const row = within(getByRole(page, 'table', { name: table }))
    .getByRole('rowheader', { name: heading })
    .closest('tr');
  return [...row!.cells].slice(1).map(textOf);
}

describe('figures beside last year and the month before', () => {
  let office: PortalUser;
  let years: Awaited<ReturnType<typeof twoYears>>;
  beforeAll(async () => {
    years = await twoYears();
    await years.last.publish('2024-01-20T01:00:00.000Z');
    await years.untilLast();
    office = await openPortal(years.present, { now }).as('legal-office');
  });

  it('stand on the page of figures, to the last month of which returns have come', async () => {
    const page = await visit(office, '/2024/figures');
    expect(rowOf(page, /^截至2024年5月/, '案件')).toEqual([
      '件',
      ...['843 缺 5 份', '150 缺 5 份', '+693', '+462% 待补'],
      ...['725 缺 1 份', '29 缺 1 份', '+696', '+2400% 待补'],
      ...['31 缺 1 份', '+694', '+2238.7% 待补'],
    ]);
    expect(textOf(page)).toContain('与2023年第 1 次发布的数比较。');
  });

  it('stand below a department’s own figures of the year, period by period', async () => {
    const page = await visit(office, '/2024/departments/sfj/figures');
    const row = within(page).getByRole('rowheader', { name: '案件（件）' }).closest('tr');
    const lastYear = row?.nextElementSibling as HTMLTableRowElement;
    expect([...lastYear.cells].slice(0, 7).map(textOf)).toEqual(['上年', '29', '31', '28', '33', '29', '30']);
    expect([...row!.cells].slice(1, 6).map(textOf)).toEqual(['29', '30', '28', '31', '725']);
  });

  it('stand there in this year’s unit', async () => {
    const alsoIn = [{ unit: '件', factor: '0.01' }];
    const changed = await twoYears(nextCatalogue({ cases: { unit: '百件', decimals: 2, alsoIn } }));
    await changed.last.publish('2024-01-20T01:00:00.000Z');
    const auditor = await openPortal(changed.present, { now }).as('auditor');
    const page = await visit(auditor, '/2024/departments/sfj/figures');
    const row = within(page).getByRole('rowheader', { name: '案件（百件）' }).closest('tr');
    const lastYear = row?.nextElementSibling as HTMLTableRowElement;
    expect([...lastYear.cells].slice(0, 3).map(textOf)).toEqual(['上年', '0.29', '0.31']);
  });

  it('are chosen to any month', async () => {
    const page = await visit(office, '/2024/figures?to=2024-02');
    expect(getByRole(page, 'combobox', { name: '截至' })).toHaveProperty('value', '2024-02');
    expect(rowOf(page, /^截至2024年2月/, '案件').slice(1, 5)).toEqual([
      '59 缺 2 份',
      '60 缺 2 份',
      '-1',
      '-1.7% 待补',
    ]);
  });

  it('stand month by month on the page of a figure', async () => {
    const page = await visit(office, '/2024/figures/cases');
    const table = /^与上年、上期比/;
    expect(rowOf(page, table, '上年本期').map((text) => text.split(' ')[0])).toEqual([
      '29',
      '31',
      '28',
      '33',
      '29',
    ]);
    expect(rowOf(page, table, '环比')).toEqual(
      ['+3.6%', '+3.4%', '-6.7%', '+10.7%', '+2238.7%'].map((text) => `${text} 待补`),
    );
  });

  it('stand department by department on the page of a figure, and for programs', async () => {
    const page = await visit(office, '/2024/figures/cases');
    expect(rowOf(page, /^各部门、各组的本年累计与上年同期/, '市司法局')).toEqual([
      '5月',
      ...['843', '150', '+693', '+462%'],
    ]);
    const path = '/api/2024/comparisons?indicator=cases&department=sfj&to=2024-02';
    const { items } = JSON.parse(await office.read(path)) as { items: PeriodComparison[] };
    expect(items.map(({ toDate }) => [toDate.value, toDate.missing, toDate.lastYear?.value])).toEqual([
      ['59', 0, '60'],
    ]);
    const alone = await office.get('/api/2024/comparisons?department=sfj');
    expect(alone.status).toBe(400);
  });

  it('are the same for programs', async () => {
    const ask = async (path: string): Promise<{ items: PeriodComparison[] }> =>
      JSON.parse(await office.read(path));
    const { items } = await ask('/api/2024/comparisons?indicator=cases&to=2024-02');
    expect(items).toEqual([
      {
        indicator: 'cases',
        period: '2024-02',
        value: '30',
        missing: 1,
        before: { value: '29', missing: 1, change: '1', rate: '3.4' },
        lastYear: { value: '31', missing: 1, change: '-1', rate: '-3.2' },
        toDate: {
          value: '59',
          missing: 2,
          lastYear: { value: '60', missing: 2, change: '-1', rate: '-1.7' },
        },
      },
    ]);
    expect((await ask('/api/2024/comparisons?indicator=cases')).items).toHaveLength(5);
  });

  it('say where nothing of last year was published', async () => {
    const alone = await twoYears();
    await alone.untilLast();
    const page = await visit(await openPortal(alone.present, { now }).as('auditor'), '/2024/figures');
    expect(textOf(page)).toContain('2023年没有发布，也没有录入基数，不能与上年比较。');
    expect(rowOf(page, /^截至2024年5月/, '案件').slice(2, 5)).toEqual(['没有数', '没有数', '没有数']);
  });

  it('say so before anything has come', async () => {
    const empty = await twoYears();
    const page = await visit(await openPortal(empty.present, { now }).as('auditor'), '/2024/figures');
    expect(textOf(page)).toContain('还没有计入的报表，没有可比的数。');
  });

  it('know of last year what all its departments said, and a clerk no more than the own', async () => {
    const known = new KnownYears(years);
    const departments = async (extent: { year: number; department?: string }) => {
      const { lastYear } = (await known.read(extent)).state;
      return [...new Set(lastYear?.state?.returns.map(({ department }) => department.id))];
    };
    expect(await departments({ year: 2024 })).toEqual(['sfj', 'sfj2']);
    expect(await departments({ year: 2024, department: 'sfj' })).toEqual(['sfj']);
  });
});
