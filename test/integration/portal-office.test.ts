import { describe, expect, it } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { chainOf } from '../../shared/core/ledger/event.ts';
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
    await store.publish('2023-05-04T01:00:00.000Z');
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

/** The look and the words of a return in the matrix. */
function cellOf(page: string, department: string, period: string): string[] | undefined {
  const link = `<td><a href="/2023/departments/${department}/${period}">`;
  const cell = page.split(link)[1]?.split('</td>')[0] ?? '';
  return /class="standing sign ([\w-]+)" title="([^"]+)"/.exec(cell)?.slice(1, 3);
}

/** A part of a page, from a heading to the next. */
function partOf(page: string, heading: string): string {
  return page.split(new RegExp(`<h2[^>]*>${heading}`))[1]?.split('<h2')[0] ?? '';
}

/** Where the forms of a page post to. */
function formsOf(page: string): string[] {
  return [...page.matchAll(/method="post" action="([^"]+)"/g)]
    .map(([, address = '']) => address)
    .filter((address) => address !== '/sign-out');
}

async function idOfHeld(store: Awaited<ReturnType<typeof office>>['store'], department: string) {
  const last = store.events.get(chainOf(2023, department))?.at(-1);
  if (last?.happening.kind !== 'return-accepted') throw new Error('no return');
  return last.happening.upload;
}

describe('the overview', () => {
  it.each<[string, string, string, Moment, string[]]>([
    ['counted', 'sfj', '2023-01', spring, ['counting', '已报']],
    ['refused', 'sfj', '2023-02', spring, ['refused', '退回']],
    ['late', 'sfj', '2023-03', spring, ['counting', '已报（迟报）']],
    ['due', 'sfj', '2023-04', spring, ['due', '待报']],
    ['not due', 'sfj', '2023-05', spring, ['not-due', '未到期']],
    ['overdue', 'sfj2', '2023-03', spring, ['overdue', '逾期']],
    ['held after the cut-off', 'sfj', '2023-12', afterCutOff, ['held', '暂存']],
    ['counting with a held revision', 'sfj2', '2023-04', afterCutOff, ['counting', '已报，有暂存的修订']],
  ])('shows a return that is %s', async (_, department, period, now, expected) => {
    const { portal } = await office(now);
    const page = await (await portal.as('auditor')).read('/2023');
    expect(cellOf(page, department, period)).toEqual(expected);
  });

  it('counts what the matrix shows, and says what is due next', async () => {
    const { portal } = await office(spring);
    const page = await (await portal.as('legal-office')).read('/2023');
    const line = (/<ul class="counts">[\s\S]*?<\/ul>/.exec(page)?.[0] ?? '').replace(/<[^>]+>/g, '|');
    const counts = Object.fromEntries(
      [...line.matchAll(/([\p{L}]+) \|(\d+)/gu)].map(([, word, n]) => [word, n]),
    );
    expect(counts).toEqual({
      全年应报: '24',
      已报: '2',
      逾期未报: '3',
      退回未重报: '1',
      暂存: '0',
      请核对: '0',
      待报: '2',
      未到期: '16',
    });
    expect(page).toContain('下一个报送时限：2023-05-10（4月月报）');
  });

  it('lists who owes which months, refused ones apart', async () => {
    const { portal } = await office(spring);
    const part = partOf(await (await portal.as('legal-office')).read('/2023'), '逾期未收到');
    const months = (name: string) =>
      part
        .split(`>${name}</a></th>`)[1]
        ?.split('</tr>')[0]
        ?.match(/departments\/[\w-]+\/2023-\d\d/g);
    expect(months('市司法局二')).toEqual(['01', '02', '03'].map((month) => `departments/sfj2/2023-${month}`));
    expect(months('市司法局')).toEqual(['departments/sfj/2023-02']);
    expect(part).toContain('退回未重报：');
  });

  it('shows held returns with why, and lets the legal office admit those that came too late', async () => {
    const { portal, store } = await office(afterCutOff);
    const part = partOf(await (await portal.as('legal-office')).read('/2023'), '暂存的月报');
    expect(part).toContain('改动了已发布的数');
    const upload = (await idOfHeld(store, 'sfj')).fileName;
    expect(part).toContain(upload);
    expect(formsOf(part)).toHaveLength(1);
    const admitted = await (await portal.as('legal-office')).post(formsOf(part)[0] ?? '', { reason: '补报' });
    expect(admitted.status).toBe(303);
    const page = await (await portal.as('legal-office')).read('/2023');
    expect(cellOf(page, 'sfj', '2023-12')?.[0]).toBe('counting');
  });

  it('offers nothing to decide to an auditor', async () => {
    const { portal } = await office(afterCutOff);
    const auditor = await portal.as('auditor');
    for (const path of ['/2023', '/2023/findings', '/2023/deadlines', '/2023/publications']) {
      expect(formsOf(await auditor.read(path)), path).toEqual([]);
    }
    expect(await auditor.read('/2023')).not.toContain('延期</a>');
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
    const page = await auditor.read('/2023');
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<i>张');
    expect(page).toContain('&lt;i&gt;张&lt;/i&gt;');
    const address = /\/2023\/unaddressed\/[0-9a-f]{16}\/original/.exec(page)?.[0] ?? '';
    const answer = await auditor.get(address);
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
    const before = await user.read('/2023/figures/cases');
    const wish = { period: '2023-12', department: 'sfj', until: '2024-02-10', reason };
    const answer = await user.post('/2023/deadlines', wish);
    expect(answer.headers.get('location')).toBe('/2023/deadlines?done=extended');
    expect(cellOf(await user.read('/2023'), 'sfj', '2023-12')).toEqual(['counting', '已报']);
    expect([before, await user.read('/2023/figures/cases')].map(amountOf)).toEqual(['15', '24']);
    const deadlines = await user.read('/2023/deadlines?done=extended');
    expect(deadlines).toContain('已延期');
    expect(deadlines).toMatch(/市司法局延至 <strong>2024-02-10<\/strong>/);
    expect(deadlines).toContain('机构&lt;b&gt;搬迁&lt;/b&gt;');
    expect(deadlines).toContain('王&lt;五&gt;');
  });

  it('makes overdue returns wait until the end of the day, in the time zone of the catalogue', async () => {
    const { portal } = await office(spring);
    const user = await portal.as('legal-office');
    const wish = { period: '2023-03', department: '', until: '2023-05-05', reason };
    expect((await user.post('/2023/deadlines', wish)).status).toBe(303);
    expect(cellOf(await user.read('/2023'), 'sfj2', '2023-03')?.[0]).toBe('due');
    expect(partOf(await user.read('/2023'), '逾期未收到')).not.toContain('/2023-03');
    for (const [time, kind] of [
      ['2023-05-05T15:59:59.000Z', 'due'],
      ['2023-05-05T16:00:00.000Z', 'overdue'],
    ] as const) {
      portal.clock.now = time;
      const page = await (await portal.as('auditor')).read('/2023');
      expect(cellOf(page, 'sfj2', '2023-03')?.[0], time).toBe(kind);
    }
  });

  it.each([
    ['a day that is over', { until: '2023-05-04' }, '已经过去'],
    ['no day', { until: '2023-02-30' }, '延至的日期'],
    ['a slip in the year', { until: '2032-05-20' }, '一年以后'],
    ['a day that is no later than the deadline', { period: '2023-06', until: '2023-07-10' }, '不起作用'],
    ['another year', { period: '2024-01' }, '没有要报的月报'],
    ['an unknown department', { department: 'nobody' }, '没有要报的月报'],
    ['no reason', { reason: '  ' }, '原因'],
    ['a reason without end', { reason: '长'.repeat(501) }, '原因'],
  ])('is refused for %s, and says why', async (_, given, why) => {
    const { portal, store } = await office(spring);
    const user = await portal.as('legal-office');
    const wish = { period: '2023-03', department: 'sfj2', until: '2023-05-20', reason, ...given };
    const answer = await user.post('/2023/deadlines', wish);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(why);
    expect(store.events.get('2023/office')).toBeUndefined();
  });

  it('is not for auditors', async () => {
    const { portal, store } = await office(spring);
    const wish = { period: '2023-03', department: 'sfj2', until: '2023-05-20', reason };
    expect((await (await portal.as('auditor')).post('/2023/deadlines', wish)).status).toBe(403);
    expect(store.events.get('2023/office')).toBeUndefined();
  });

  it('begins with the department and month of the link that led there', async () => {
    const { portal } = await office(spring);
    const user = await portal.as('legal-office');
    const link = /\/2023\/deadlines\?department=sfj2[^"#]*/.exec(await user.read('/2023'))?.[0] ?? '';
    const page = await user.read(link.replaceAll('&amp;', '&'));
    expect(page).toContain('<option value="sfj2" selected>');
    expect(page).toContain('<option value="2023-01" selected>');
  });
});

describe('what waits for somebody', () => {
  async function withWarning() {
    const store = smallStore();
    for (const [month, cases] of [
      ['01', '5'],
      ['02', '6'],
      ['03', '60000'],
    ]) {
      const uploadedAt = `2023-0${Number(month) + 1}-03T01:00:00.000Z`;
      await store.submit({ period: `2023-${month}`, cases: cases ?? '', uploadedAt });
    }
    return openPortal(store, { now: spring });
  }

  it('is a warning until it is acknowledged, then it is kept with who, when and why', async () => {
    const portal = await withWarning();
    const user = await portal.as('legal-office', '王五');
    const page = await user.read('/2023/findings');
    expect(partOf(page, '请核对的数字')).toContain('填错了单位');
    const [address = ''] = formsOf(page);
    const reason = '<img src=x onerror=alert(1)>核对无误';
    expect((await user.post(address, { reason })).status).toBe(303);
    const after = await (await portal.as('auditor')).read('/2023/findings');
    expect(partOf(after, '请核对的数字')).toContain('没有需要核对的数字');
    const settled = partOf(after, '已确认');
    expect(settled).toContain('王五 于 2023-05-05 10:00 确认');
    expect(settled).toContain('&lt;img src=x onerror=alert(1)&gt;核对无误');
    expect(after).not.toContain('<img');
  });

  it.each([
    ['sfj', true],
    ['sfj2', false],
    ['', true],
  ])('can be narrowed to a department: "%s"', async (department, there) => {
    const page = await (await (await withWarning()).as('auditor')).read(
      `/2023/findings?department=${department}`,
    );
    expect(partOf(page, '请核对的数字').includes('填错了单位')).toBe(there);
  });
});

/** The figure at the top of its page. */
function amountOf(page: string): string | undefined {
  return /class="amount">([0-9.]+)/.exec(page)?.[1];
}
