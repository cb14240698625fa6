import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { chainOf } from '../../shared/core/ledger/event.ts';
import {
  addressOf,
  cellOf,
  formOf,
  linksOf,
  openPage,
  partUnder,
  textOf,
  visit,
} from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { copyOfStore, smallStore } from '../fixtures/small-store.ts';

/**
 * 市司法局: January in time, February refused, March late, the rest nothing until December comes after the cut-off.
 * 市司法局二: April is corrected after it was published, without a reason.
 */
async function makeOffice(now: string) {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await store.submit({ period: '2023-02', cases: '-1', uploadedAt: '2023-03-03T01:00:00.000Z' });
  await store.submit({ period: '2023-03', cases: '7', uploadedAt: '2023-04-12T01:00:00.000Z' });
  if (now > '2024-02-01') {
    const second = { department: 'sfj2', period: '2023-04' };
    await store.submit({ ...second, cases: '3', uploadedAt: '2023-05-03T01:00:00.000Z' });
    await store.issue('2023-05-04T01:00:00.000Z');
    await store.submit({ ...second, cases: '4', uploadedAt: '2023-05-06T01:00:00.000Z' });
    await store.submit({ period: '2023-12', cases: '9', uploadedAt: '2024-02-05T01:00:00.000Z' });
  }
  return store;
}

const spring = '2023-05-05T02:00:00.000Z' as const;
const afterCutOff = '2024-02-06T02:00:00.000Z' as const;
const made = { [spring]: makeOffice(spring), [afterCutOff]: makeOffice(afterCutOff) };

type Moment = typeof spring | typeof afterCutOff;

/** A store of its own for each test, as `makeOffice` made it. */
async function office(now: Moment) {
  const store = copyOfStore(await made[now]);
  return { store, portal: openPortal(store, { now }) };
}

const names = { sfj: '市司法局', sfj2: '市司法局二' };

/** The look and the words of a return in the matrix, whose link says whose it is and how it stands, and leads to it. */
function standingOf(overview: HTMLElement, department: keyof typeof names, period: string): string[] {
  const matrix = within(overview).getByRole('table', { name: '2023年各部门报表' });
  const [row, column] = [names[department], `${Number(period.slice(5))}月`];
  const cell = cellOf(matrix, { row, column });
  const sign = within(cell).getByTitle(/./);
  const link = within(cell).getByRole('link', { name: `${row}${column}：${sign.title}` });
  expect(addressOf(link)).toBe(`/2023/departments/${department}/${period}`);
  return [sign.className.replace('standing sign ', ''), sign.title];
}

async function idOfHeld(store: Awaited<ReturnType<typeof office>>['store'], department: string) {
  const last = store.events.get(chainOf(2023, department))?.at(-1);
  if (last?.happening.kind !== 'return-accepted') throw new Error('no return');
  return last.happening.upload;
}

describe('the overview', () => {
  it.each<[string, keyof typeof names, string, Moment, string[]]>([
    ['counted', 'sfj', '2023-01', spring, ['counting', '已报']],
    ['refused', 'sfj', '2023-02', spring, ['refused', '退回']],
    ['late', 'sfj', '2023-03', spring, ['counting', '已报（迟报）']],
    ['due', 'sfj', '2023-04', spring, ['due', '待报']],
    ['not due', 'sfj', '2023-05', spring, ['not-due', '未到报送期']],
    ['overdue', 'sfj2', '2023-03', spring, ['overdue', '逾期']],
    ['held after the cut-off', 'sfj', '2023-12', afterCutOff, ['held', '暂存']],
    ['counting with a held revision', 'sfj2', '2023-04', afterCutOff, ['counting', '已报，有暂存的版本']],
  ])('shows a return that is %s', async (_, department, period, now, expected) => {
    const { portal } = await office(now);
    const page = await visit(await portal.as('auditor'), '/2023');
    expect(standingOf(page, department, period)).toEqual(expected);
  });

  it('counts what the matrix shows, and says what is due next', async () => {
    const { portal } = await office(spring);
    const page = await visit(await portal.as('legal-office'), '/2023');
    const counts = within(within(page).getByRole('list', { name: '报表份数' }))
      .getAllByRole('listitem')
      .map(textOf);
    expect(counts).toEqual([
      '全年应报 24',
      '已报 2',
      '逾期未报 3',
      '退回未重报 1',
      '待报 2',
      '未到报送期 16',
      '暂存 0',
      '申请延期 0',
      '核实中 0',
      '请核对 0',
    ]);
    expect(textOf(page)).toContain('下一个报送时限：2023-05-10（4月月报）');
  });

  it('lists who owes which months, refused ones apart', async () => {
    const { portal } = await office(spring);
    const page = await visit(await portal.as('legal-office'), '/2023');
    const months = (name: string, row: string) =>
      cellOf(within(page).getByRole('table', { name }), { row, column: '报告期' });
    expect(linksOf(months('逾期未报的部门', '市司法局二'))).toEqual(
      [1, 2, 3].map((month) => [`市司法局二${month}月`, `/2023/departments/sfj2/2023-0${month}`]),
    );
    const refused = months('退回后还没有重报的部门', '市司法局');
    expect(linksOf(refused)).toEqual([['市司法局2月', '/2023/departments/sfj/2023-02']]);
  });

  it('shows held returns with why, and lets the legal office admit those that came too late', async () => {
    const { portal, store } = await office(afterCutOff);
    const user = await portal.as('legal-office');
    const part = partUnder(await visit(user, '/2023'), '暂存的报表');
    expect(textOf(part)).toContain('改动了正式发布的内容');
    expect(textOf(part)).toContain((await idOfHeld(store, 'sfj')).fileName);
    const { address } = formOf(within(part).getByRole('button', { name: '同意计入' }));
    expect((await user.post(address, { reason: '补报' })).status).toBe(303);
    expect(standingOf(await visit(user, '/2023'), 'sfj', '2023-12')[0]).toBe('counting');
  });

  it('offers nothing to decide to an auditor', async () => {
    const { portal } = await office(afterCutOff);
    const auditor = await portal.as('auditor');
    for (const path of ['/2023', '/2023/findings', '/2023/deadlines', '/2023/publications']) {
      const forms = within(await visit(auditor, path))
        .getAllByRole('button')
        .map(formOf);
      const posted = forms.filter(({ method }) => method === 'post').map(({ address }) => address);
      expect(posted, path).toEqual(['/sign-out']);
    }
    const overview = await visit(auditor, '/2023');
    expect(within(overview).queryAllByRole('link', { name: /延期/ })).toEqual([]);
    const other = await visit(await portal.as('legal-office'), '/2023');
    expect(within(other).queryAllByRole('link', { name: /延期/ })).not.toEqual([]);
  });
});

describe('an upload that names no return', () => {
  async function strayed(fileName: string) {
    const store = smallStore();
    const bytes = new TextEncoder().encode(`not a workbook: ${fileName}`);
    const given = {
      address: { department: 'nobody', period: '2023-01' },
      fileName,
      bytes,
      uploader: '<i>张</i>',
    };
    const upload = await keepUpload({ ...given, uploadedAt: spring }, store.documents);
    await ingest({ ...given, upload, recordedAt: spring, recordedBy: 'tester' }, store);
    return { bytes, portal: openPortal(store, { now: spring }) };
  }

  it('is shown with its name escaped, and can be fetched byte for byte', async () => {
    const { bytes, portal } = await strayed('月报<script>alert(1)</script>&.xlsx');
    const auditor = await portal.as('auditor');
    const markup = await auditor.read('/2023');
    expect(markup).not.toContain('<script>alert');
    expect(markup).not.toContain('<i>张');
    const part = partUnder(openPage(markup), '没有写明部门或报告期的上传');
    expect(textOf(part)).toContain('<i>张</i> 于 2023-05-05 10:00 上传');
    const link = within(part).getByRole('link', { name: /^下载“月报.*\.xlsx”/ });
    expect(addressOf(link)).toMatch(/^\/2023\/unaddressed\/[0-9a-f]{16}\/original$/);
    const answer = await auditor.get(addressOf(link));
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it.each(['0000000000000000', 'x'])('of another id there is nothing: %s', async (id) => {
    const { portal } = await strayed('a.xlsx');
    const answer = await (await portal.as('legal-office')).get(`/2023/unaddressed/${id}/original`);
    expect(answer.status).toBe(404);
  });
});

describe('extending a deadline', () => {
  const reason = '机构<b>搬迁</b>"\'&';

  it('makes a return count that came after the cut-off', async () => {
    const { portal } = await office(afterCutOff);
    const user = await portal.as('legal-office', '王<五>');
    const amount = async () =>
      textOf(within(await visit(user, '/2023/figures/cases')).getByRole('group', { name: '年度数' }));
    expect(await amount()).toMatch(/^年度数 15 件 /);
    const wish = { period: '2023-12', department: 'sfj', until: '2024-02-10', reason };
    const answer = await user.post('/2023/deadlines', wish);
    expect(answer.headers.get('location')).toBe('/2023/deadlines?done=extended');
    expect(standingOf(await visit(user, '/2023'), 'sfj', '2023-12')).toEqual(['counting', '已报']);
    expect(await amount()).toMatch(/^年度数 24 件 /);
    const deadlines = await visit(user, '/2023/deadlines?done=extended');
    expect(textOf(within(deadlines).getByRole('status'))).toContain('已延期');
    const table = within(deadlines).getByRole('table', { name: '2023年各期报送期限' });
    const extension = cellOf(table, { row: '2023年12月', column: '延期' });
    expect(textOf(extension)).toBe(`市司法局延至 2024-02-10：${reason}（王<五>，2024-02-06 10:00）`);
    expect(textOf(within(extension).getByRole('strong'))).toBe('2024-02-10');
  });

  it('makes overdue returns wait until the end of the day, in the time zone of the catalogue', async () => {
    const { portal } = await office(spring);
    const user = await portal.as('legal-office');
    const wish = { period: '2023-03', department: '', until: '2023-05-05', reason };
    expect((await user.post('/2023/deadlines', wish)).status).toBe(303);
    const overview = await visit(user, '/2023');
    expect(standingOf(overview, 'sfj2', '2023-03')[0]).toBe('due');
    const owed = linksOf(partUnder(overview, /^逾期未报/)).map(([, address]) => address);
    expect(owed).toContain('/2023/departments/sfj2/2023-02');
    expect(owed.filter((address) => address.endsWith('/2023-03'))).toEqual([]);
    for (const [time, kind] of [
      ['2023-05-05T15:59:59.000Z', 'due'],
      ['2023-05-05T16:00:00.000Z', 'overdue'],
    ] as const) {
      portal.clock.now = time;
      const page = await visit(await portal.as('auditor'), '/2023');
      expect(standingOf(page, 'sfj2', '2023-03')[0], time).toBe(kind);
    }
  });

  it.each([
    ['a day that is over', { until: '2023-05-04' }, '已经过去'],
    ['no day', { until: '2023-02-30' }, '延至的日期'],
    ['a slip in the year', { until: '2032-05-20' }, '一年以后'],
    ['a day that is no later than the deadline', { period: '2023-06', until: '2023-07-10' }, '不起作用'],
    ['another year', { period: '2024-01' }, '没有要报的报表'],
    ['an unknown department', { department: 'nobody' }, '没有要报的报表'],
    ['no reason', { reason: '  ' }, '原因'],
    ['a reason without end', { reason: '长'.repeat(501) }, '原因'],
  ])('is refused for %s, and says why', async (_, given, why) => {
    const { portal, store } = await office(spring);
    const user = await portal.as('legal-office');
    const wish = { period: '2023-03', department: 'sfj2', until: '2023-05-20', reason, ...given };
    const answer = await user.post('/2023/deadlines', wish);
    expect(answer.status).toBe(400);
    expect(textOf(within(openPage(await answer.text())).getByRole('alert'))).toContain(why);
    expect(store.events.get('2023/office')).toEqual((await made[spring]).events.get('2023/office'));
  });

  it('is not for auditors', async () => {
    const { portal, store } = await office(spring);
    const wish = { period: '2023-03', department: 'sfj2', until: '2023-05-20', reason };
    expect((await (await portal.as('auditor')).post('/2023/deadlines', wish)).status).toBe(403);
    expect(store.events.get('2023/office')).toEqual((await made[spring]).events.get('2023/office'));
  });

  it('begins with the department and month of the link that led there', async () => {
    const { portal } = await office(spring);
    const user = await portal.as('legal-office');
    const link = within(await visit(user, '/2023')).getByRole('link', { name: '给市司法局二延期' });
    const form = within(await visit(user, addressOf(link))).getByRole('form', { name: '延期' });
    expect(within(form).getByLabelText('部门')).toHaveProperty('value', 'sfj2');
    expect(within(form).getByLabelText('报告期')).toHaveProperty('value', '2023-01');
  });
});
