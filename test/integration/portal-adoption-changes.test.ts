import { within } from '@testing-library/dom';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { adopt } from '../../functions/use-cases/adopt.ts';
import { keepCatalogue } from '../../functions/use-cases/stores/catalogue-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { chainOf, nextEvent } from '../../shared/core/ledger/event.ts';
import { otherwise } from '../fixtures/catalogue-office.ts';
import { partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { recordsOf, sheetOf } from '../unit/workbook/summary/opened-summary.ts';

const now = '2023-04-05T01:00:00.000Z';
const reason = '改按元填<b>';
const inYuan = otherwise({ money: { unit: '元', alsoIn: [] } });

/** January is published; then the unit of 金额 becomes 元, and February comes on a form of the old catalogue. */
async function changedUnit() {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await store.publish('2023-02-10T01:00:00.000Z');
  const conversions = [{ indicator: 'money', from: '万元', to: '元', factor: '10000' } as const];
  const replaces = catalogueHash(smallCatalogue);
  const at = '2023-03-01T01:00:00.000Z';
  await adopt({ catalogue: inYuan, conversions, reason, replaces, at, by: '李主任' }, store);
  await store.submit({ period: '2023-02', cases: '6', uploadedAt: '2023-03-03T01:00:00.000Z' });
  await store.publish('2023-03-10T01:00:00.000Z');
  return store;
}

describe('a publication after another catalogue was adopted', () => {
  const adopted = {
    采用时间: '2023-03-01 09:00',
    采用人: '李主任',
    原因: reason,
    单位换算: '金额：1 万元 = 10000 元',
    目录: catalogueHash(inYuan).slice(0, 12),
  };

  it.each([
    ['/2023/publications/changes?from=1&to=2', '变动的年度数', '采用过的指标目录'],
    ['/2023/publications/2', '与第 1 次发布相比的变动', '其间采用过的指标目录'],
  ])('%s names it, and shows each figure in the unit that it is in', async (path, figures, adoptions) => {
    const auditor = await openPortal(await changedUnit(), { now }).as('auditor');
    const page = await visit(auditor, path);
    expect(rowsOf(within(page).getByRole('table', { name: adoptions }))).toEqual([adopted]);
    const money = rowsOf(within(page).getByRole('table', { name: figures })).find(
      ({ 指标 }) => 指标 === '金额',
    );
    expect(money).toMatchObject({ 原来: '1.5 万元', 现在: '30000 元' });
    expect(money?.变动的报表).toContain('未计入 → 1.5 万元（第1版）');
  });

  it('has it in its workbook too', async () => {
    const { files } = await changedUnit();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(files.get('publications/2023/0002/summary.xlsx')!) as never);
    const [first, ...rows] = recordsOf(sheetOf(workbook, '变动'));
    const said = (row: Map<string, ExcelJS.Cell> | undefined, heading: string) => row?.get(heading)?.value;
    expect(said(first, '指标')).toBe('采用指标目录');
    expect(said(first, '上传人')).toBe('李主任');
    expect(said(first, '理由')).toBe(`${reason}；金额：1 万元 = 10000 元`);
    const money = rows.find((row) => said(row, '指标') === '金额');
    expect([said(money, '上次年度数'), said(money, '本次年度数'), said(money, '现数')]).toEqual([
      1.5, 30000, 1.5,
    ]);
    for (const heading of ['上次年度数', '现数']) expect(money?.get(heading)?.numFmt).toContain('万元');
  });

  it('is announced before it is published', async () => {
    const store = smallStore();
    await store.publish('2023-02-10T01:00:00.000Z');
    const renamed = otherwise({ cases: { name: '案件数' } });
    const replaces = catalogueHash(smallCatalogue);
    const at = '2023-03-01T01:00:00.000Z';
    await adopt({ catalogue: renamed, conversions: [], reason, replaces, at, by: '李主任' }, store);
    const page = await visit(await openPortal(store, { now }).as('auditor'), '/2023/publications');
    const pending = partUnder(page, '现在发布会有什么变化');
    expect(textOf(pending)).toContain('采用过 1 次新的指标目录');
    expect(rowsOf(within(pending).getByRole('table', { name: '采用过的指标目录' }))).toHaveLength(1);
  });
});

describe('returns that the catalogue in force does not expect', () => {
  it('stand on the overview, so that none is left out in silence', async () => {
    const store = smallStore();
    await store.submit({
      department: 'sfj2',
      period: '2023-02',
      cases: '5',
      uploadedAt: '2023-03-03T01:00:00.000Z',
    });
    // As if the return had been accepted in the very moment of adopting: the adoption alone would be refused.
    const departments = smallCatalogue.departments.slice(0, 1);
    const without = catalogueSchema.parse({ ...smallCatalogue, departments });
    const catalogue = await keepCatalogue(without, store.documents);
    const chain = chainOf(2023, 'office');
    const event = nextEvent(chain, await store.ledger.read(chain), {
      ...{ at: '2023-03-03T01:00:00.000Z', by: '李主任', catalogue },
      happening: {
        ...{ kind: 'catalogue-adopted', catalogue, replaces: catalogueHash(smallCatalogue) },
        ...{ conversions: [], reason },
      },
    });
    await store.ledger.append(event);
    const office = await openPortal(store, { now }).as('legal-office');
    const page = await visit(office, '/2023');
    const part = partUnder(page, '已接收、现行目录不要求的报表（1）');
    expect(textOf(part)).toContain('市司法局二2023年2月：“5.xlsx”，张三 于 2023-03-03 09:00 上传');
    const why = '这份报表是按以前的目录接收的，现行目录不要求报送，没有计入汇总；请联系法制机构。';
    const nothing = '这个部门在这一期没有需要报送的报表。';
    for (const [period, said] of [
      ['2023-02', why],
      ['2023-01', nothing],
    ]) {
      const answer = await office.get(`/api/2023/returns/sfj2/${period}`);
      expect([answer.status, await answer.json()]).toMatchObject([404, { detail: said }]);
    }
  });
});

describe('a clerk who comes before any catalogue', () => {
  it('is told to wait for the legal office', async () => {
    const { as, services } = openPortal(smallStore(), { now });
    const clerk = await as('department:sfj');
    Object.assign(services.catalogues, { last: new Map(), read: async () => new Map() });
    const answer = await clerk.get('/');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('法制机构还没有采用指标目录');
  });
});
