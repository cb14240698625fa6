import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { adopt } from '../../functions/use-cases/adopt.ts';
import { baselinesOf } from '../../functions/use-cases/baselines.ts';
import { KnownYears } from '../../functions/use-cases/known-years.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { restore } from '../../functions/use-cases/restore/restore.ts';
import { baselineKey } from '../../functions/use-cases/stores/baseline-store.ts';
import { importLedger, readLedgerFile, writeLedgerFile } from '../../functions/use-cases/transfer.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { baselineEvents } from '../../shared/core/year/baseline.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { filledBaseline } from '../fixtures/filled-baseline.ts';
import { figuresOf2022, firstYear, recordedAt, recordWorkbook } from '../fixtures/first-year.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { usual } from '../fixtures/two-years.ts';

const now = '2023-06-05T01:00:00.000Z';

describe('a jump in May of a first year', () => {
  it('is asked about beside the baseline, by feedback, publication, pages and API', async () => {
    const year = await firstYear();
    const { feedback } = await year.untilMay();
    const { publication } = await year.publish(now);
    const [warning] = publication.warnings;
    expect(warning?.finding).toMatchObject({
      rule: 'outlier',
      found: '725',
      expected: '以前各月为 27 至 33 件',
    });
    expect(feedback.warnings).toEqual([warning?.finding]);
    const portal = openPortal(year, { now });
    const [clerk, office] = await Promise.all([portal.as('department:sfj'), portal.as('legal-office')]);
    for (const user of [clerk, office]) {
      expect(JSON.parse(await user.read('/api/2023/warnings')).items).toEqual([warning]);
    }
    expect(textOf(await visit(clerk, '/2023/departments/sfj/2023-05'))).toContain(warning!.finding.message);
  });

  it('is not asked about where the city alone is known', async () => {
    const year = await firstYear(inMemoryPorts(), [['全市', '案件', '全年', 372]]);
    expect((await year.untilMay()).feedback.warnings).toEqual([]);
  });
});

describe('a year beside a baseline', () => {
  it('shows last year on the form, of the own department alone', async () => {
    const year = await firstYear();
    const own = await new KnownYears(year).read({ year: 2023, department: 'sfj' });
    expect([...(own.state.lastYear?.figures.keys() ?? [])]).toEqual(['sfj']);
    const clerk = await openPortal(year, { now }).as('department:sfj');
    const answer = await clerk.get('/2023/departments/sfj/2023-05/template.xlsx');
    const { sheets } = await readWorkbook(new Uint8Array(await answer.arrayBuffer()));
    const [form] = sheets;
    const at = (row: number, column: number) =>
      form?.cells.find((cell) => cell.row === row && cell.column === column)?.value;
    const heading = form?.cells.find(({ value }) => value.kind === 'text' && value.text === '上年同期');
    expect(at((heading?.row ?? 0) + 1, heading?.column ?? 0)).toMatchObject({ text: '29' });
  });

  it('shows the change from last year on page, in the API and in the summary, and says what it is from', async () => {
    const year = await firstYear();
    await year.untilMay();
    await year.month(0, 2, 'sfj2');
    const { publication } = await year.publish(now);
    const january = publication.comparisons.find(
      ({ indicator, period }) => `${indicator} ${period}` === 'cases 2023-01',
    );
    expect(january).toMatchObject({
      value: '31',
      lastYear: { value: '30', change: '1', rate: '3.3', missing: 0 },
    });
    const [event] = baselineEvents(year.events.get('2023/office')!);
    const digest = event!.happening.baseline;
    const cited = { kind: 'baseline', year: 2022, digest, recordedAt, recordedBy: '法制机构' };
    expect(publication.comparedWith).toEqual(cited);
    const auditor = await openPortal(year, { now }).as('auditor');
    const said = '2022年基数（法制机构 2023-01-05 录入）';
    const figures = textOf(await visit(auditor, '/2023/figures'));
    expect(figures).toContain(`与${said}比较。`);
    const facts = partUnder(await visit(auditor, '/2023/publications/1'), '发布信息');
    expect(textOf(facts)).toContain(`所比的上年数 ${said}，内容摘要 ${digest}`);
    expect(within(facts).getByRole('link').getAttribute('href')).toBe(`/catalogues/2023/baselines/${digest}`);
    expect(JSON.parse(await auditor.read('/api/2023/publications/1')).comparedWith).toEqual(cited);
    const { items } = JSON.parse(await auditor.read('/api/2023/comparisons'));
    expect(items[0].lastYear).toEqual(january!.lastYear);
  });

  it('compares whole years of the city in December', async () => {
    const year = await firstYear();
    for (const [index, cases] of usual.entries()) {
      await year.month(index, cases);
      await year.month(index, 1, 'sfj2');
    }
    const { publication } = await year.publish('2024-01-20T01:00:00.000Z');
    const toDate = publication.comparisons
      .filter(({ period }) => period === '2023-12')
      .map(({ indicator, toDate: { value, lastYear } }) => [
        indicator,
        value,
        lastYear?.value,
        lastYear?.change,
      ]);
    expect(toDate).toEqual([
      ['cases', '369', '369', '0'],
      ['money', '36', '18.5', '17.5'],
      ['buses', '6', '40', '-34'],
      ['works', '0', '7', '-7'],
    ]);
  });

  it('goes by the newest baseline, and is published again with the reason in words', async () => {
    const year = await firstYear();
    await year.untilMay();
    await year.publish(now);
    const known = new KnownYears(year);
    const warned = async () => warningsOf((await known.read({ year: 2023 })).state).length;
    expect(await warned()).toBe(1);
    const others = figuresOf2022.map(([whose, what, column, figure]) =>
      what === '案件' && column === '5月' && whose === '市司法局'
        ? ([whose, what, column, 700] as const)
        : ([whose, what, column, figure] as const),
    );
    await recordWorkbook(await filledBaseline(smallCatalogue, others), year, {
      reason: '更正五月',
      at: '2023-06-06T01:00:00.000Z',
    });
    expect(await warned()).toBe(0);
    const office = await openPortal(year, { now }).as('legal-office');
    expect(textOf(await visit(office, '/2023/publications'))).toContain(
      '所比的上年数有变动：由2022年基数（法制机构 2023-01-05 录入）改为2022年基数（法制机构 2023-06-06 录入）。',
    );
    const next = await year.publish('2023-06-07T01:00:00.000Z');
    expect(next).toMatchObject({
      outcome: 'published',
      publication: { comparedWith: { recordedAt: '2023-06-06T01:00:00.000Z' } },
    });
  });

  it('yields to a publication of last year, after which none is recorded', async () => {
    const ports = inMemoryPorts();
    const year = await firstYear(ports);
    const before = smallStore(
      {
        ...smallCatalogue,
        year: 2022,
        periods: smallCatalogue.periods.map((one) => {
          const back = (text: string) => text.replace(/^20\d\d/, (of) => `${Number(of) - 1}`);
          return { period: back(one.period), due: back(one.due), cutOff: back(one.cutOff) } as typeof one;
        }),
      },
      ports,
    );
    await before.submit({ period: '2022-01', cases: '5', uploadedAt: '2022-02-03T01:00:00.000Z' });
    await before.publish('2023-01-20T01:00:00.000Z');
    expect((await readYear(year, 2023)).state.lastYear?.source).toMatchObject({
      kind: 'publication',
      year: 2022,
    });
    const again = recordWorkbook(await filledBaseline(smallCatalogue, [['全市', '车辆', '全年', 41]]), year);
    await expect(again).rejects.toThrow(
      '2022年已由本系统发布（第 1 次），本年一律与发布的数比较，不再录入基数',
    );
    const office = await openPortal(year, { now }).as('legal-office');
    expect(textOf(await visit(office, '/catalogues/2023/baselines'))).toContain('不再录入基数');
  });

  it.each<[how: string, before: (store: Store, bytes: Uint8Array) => Promise<unknown>, why: string]>([
    ['twice', (store, bytes) => recordWorkbook(bytes, store), '与现行的上年基数完全相同'],
    ['as it was read by a catalogue that is not in force', adoptAnother, '已采用了另一份指标目录'],
  ])('is not recorded %s', async (_, before, why) => {
    const store = smallStore();
    // Made once: whenever it is made, a workbook of the same figures is of other bytes.
    const bytes = await filledBaseline(smallCatalogue, figuresOf2022);
    await before(store, bytes);
    await expect(recordWorkbook(bytes, store)).rejects.toThrow(why);
  });
});

type Store = ReturnType<typeof smallStore>;

async function adoptAnother(store: Store): Promise<void> {
  const catalogue = { ...smallCatalogue, title: '改了名的指标目录' };
  const replaces = catalogueHash(smallCatalogue);
  await adopt(
    { catalogue, conversions: [], reason: '改名', replaces, at: recordedAt, by: '法制机构' },
    store,
  );
}

describe('what is kept of a baseline', () => {
  it('is read once by a process that takes in many returns', async () => {
    const year = await firstYear();
    const read: string[] = [];
    const documents: Documents = {
      ...year.documents,
      get: (key, version) => {
        read.push(key);
        return year.documents.get(key, version);
      },
    };
    const again = smallStore(smallCatalogue, { ...year, documents });
    for (const period of ['2023-01', '2023-02', '2023-03']) {
      await again.submit({ period, cases: '30', uploadedAt: `${period}-28T01:00:00.000Z` });
    }
    expect(read.filter((key) => key.includes('/baselines/'))).toHaveLength(1);
  });

  it('may be gone, until another takes its place', async () => {
    const year = await firstYear();
    const [{ happening }] = baselineEvents(year.events.get('2023/office')!) as [
      ReturnType<typeof baselineEvents>[0],
    ];
    year.files.delete(baselineKey(2023, happening.baseline));
    const fresh = { ...year, documents: { ...year.documents } };
    await expect(readYear(fresh, 2023)).rejects.toThrow('was recorded, and is gone or was edited');
    await recordWorkbook(await filledBaseline(smallCatalogue, [['全市', '车辆', '全年', 41]]), fresh);
    expect((await readYear(fresh, 2023)).state.lastYear?.source.kind).toBe('baseline');
  });

  it('goes along with an exported ledger', async () => {
    const year = await firstYear();
    await year.untilMay();
    const { chains, heads, state } = await readYear(year, 2023);
    const baselines = await baselinesOf(2023, year.events.get('2023/office')!, year.documents);
    const file = readLedgerFile(writeLedgerFile(chains, heads, state.adopted, baselines));
    const there = inMemoryPorts();
    await importLedger(file, there);
    const imported = await readYear(there, 2023);
    expect(imported.state.lastYear).toEqual(state.lastYear);
    const without = readLedgerFile(writeLedgerFile(chains, heads, state.adopted));
    await expect(importLedger(without, inMemoryPorts())).rejects.toThrow(
      'was recorded, and is gone or was edited',
    );
  });

  it('is recorded again where the ledger was lost', async () => {
    const year = await firstYear();
    await year.untilMay();
    const office = structuredClone(year.events.get('2023/office')!);
    year.events.clear();
    const { losses, identical } = await restore(2023, year);
    expect(year.events.get('2023/office')).toEqual(office);
    expect([identical, losses.filter(({ what }) => what !== 'office')]).toEqual([5, []]);
  });
});
