import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { tokenFolder, type UploadedFile } from '../../functions/portal/services.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { restore } from '../../functions/use-cases/restore/restore.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { ingestFunction } from '../fixtures/ingest-function.ts';
import { formOf, partUnder, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallForm, smallStore } from '../fixtures/small-store.ts';

const own = '/2023/departments/sfj';
const now = '2023-12-05T02:00:00.000Z';
const octoberReturn = { department: 'sfj', period: '2023-10' } as const;
const novemberReturn = { department: 'sfj', period: '2023-11' } as const;

const october = () => smallForm({ period: '2023-10', cases: '5' });

async function upload(user: PortalUser, bytes: Uint8Array, name = '10月.xlsx'): Promise<string> {
  const file = new File([new Uint8Array(bytes)], name);
  const answer = await user.post(`${own}/2023-11/uploads`, { file });
  return answer.headers.get('location') ?? '';
}

async function misdirected(bytes?: Uint8Array, name?: string) {
  const store = smallStore();
  const portal = openPortal(store, { now });
  const clerk = await portal.as('department:sfj', '王芳');
  const result = await upload(clerk, bytes ?? (await october()), name);
  return { store, portal, clerk, result };
}

async function returnIn(store: Parameters<typeof readYear>[0], key: Parameters<typeof returnOf>[1]) {
  return returnOf((await readYear(store, 2023)).state, key);
}

describe('October’s form that is uploaded for November', () => {
  it('is said to be October’s, and is no refusal of November or October', async () => {
    const { store, portal, clerk, result } = await misdirected();
    const page = await visit(clerk, result);
    expect(textOf(page)).toContain('这个文件是2023年10月月报的表，不是2023年11月月报的');
    expect(textOf(page)).not.toMatch(/读不出|没有被接收|必须改正/);
    for (const key of [octoberReturn, novemberReturn]) {
      expect(await returnIn(store, key)).toMatchObject({ refusals: [], revisions: [] });
    }
    expect((await returnIn(store, novemberReturn))?.misdirected).toMatchObject([{ formOf: octoberReturn }]);
    const history = within(await visit(clerk, `${own}/2023-11`)).getByRole('table', {
      name: '全部上传，最近的在前',
    });
    expect(rowsOf(history).map(({ 结果 }) => 结果)).toEqual(['是2023年10月月报的表，没有收下']);
    const overview = await visit(await portal.as('legal-office'), '/2023');
    expect(textOf(partUnder(overview, '放错了位置的文件（1）'))).toContain('是市司法局2023年10月的表');
    expect(within(overview).queryByRole('heading', { name: /退回未重报/ })).toBeNull();
  });

  it('is submitted as October’s by one button, and then nobody is asked about it', async () => {
    const { store, portal, clerk, result } = await misdirected();
    const { address } = formOf(
      within(await visit(clerk, result)).getByRole('button', { name: '作为2023年10月月报提交' }),
    );
    const answer = await clerk.post(address);
    expect(answer.headers.get('location')).toMatch(
      /^\/2023\/departments\/sfj\/2023-10\/uploads\/[0-9a-f]{16}$/,
    );
    const { counting } = (await returnIn(store, octoberReturn))!;
    expect(counting?.upload).toMatchObject({ fileName: '10月.xlsx', uploader: '王芳' });
    const again = await visit(clerk, result);
    expect(textOf(again)).toContain('已经接收的就是这个文件');
    expect(within(again).queryByRole('button', { name: /作为/ })).toBeNull();
    const office = await portal.as('legal-office');
    expect(textOf(await visit(office, '/2023'))).not.toContain('放错了位置');
    await upload(clerk, await october(), '又是10月.xlsx');
    expect(textOf(await visit(office, '/2023'))).not.toContain('放错了位置');
  });

  it('goes the way of uploads into a store, which the page then waits for', async () => {
    const { store, result } = await misdirected();
    const put: { file: UploadedFile; token: string }[] = [];
    const portal = openPortal(store, {
      now,
      uploadTarget: {
        kind: 'store',
        mostBytesHere: 1024,
        origin: 'https://store.example',
        form: async () => ({ action: 'https://store.example/', fields: {}, minutes: 30 }),
        scanForm: async () => ({ action: '', fields: {}, minutes: 30 }),
        put: async (file, token) => void put.push({ file, token }),
      },
    });
    const clerk = await portal.as('department:sfj', '李四');
    const answer = await clerk.post(`${result}/submission`);
    const [sent] = put;
    expect(sent?.file).toMatchObject({ address: octoberReturn, uploader: '李四', bytes: await october() });
    expect(answer.headers.get('location')).toBe(`${own}/2023-10/uploads/received?token=${sent?.token}`);
    expect(tokenFolder(octoberReturn, sent!.token)).toMatch(/^uploads\/sfj\/2023-10\/[0-9a-f]{32}\/$/);
  });

  it('is what programs see of it too', async () => {
    const { clerk } = await misdirected();
    const answer = await (await clerk.get('/api/2023/returns/sfj/2023-11')).json();
    expect(answer).toMatchObject({
      refusals: [],
      misdirected: [{ formOf: octoberReturn, findings: [{ rule: 'form-of-another-period' }] }],
    });
  });

  it('shows what its name has as text', async () => {
    const { portal, clerk, result } = await misdirected(undefined, '<img src=x onerror=alert(1)>.xlsx');
    const office = await portal.as('legal-office');
    for (const page of [await clerk.read(result), await office.read('/2023')]) {
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(page).not.toContain('<img');
    }
  });
});

describe('a form of another department or year', () => {
  it.each<{ what: string; form: Parameters<typeof smallForm>; says: string; rule: string }>([
    {
      what: 'another department’s is not for this one to submit',
      form: [{ department: 'sfj2', period: '2023-11', cases: '7' }],
      says: '市司法局二的报表由市司法局二上传',
      rule: 'form-of-another-department',
    },
    {
      what: 'another department’s of another month',
      form: [{ department: 'sfj2', period: '2023-10', cases: '7' }],
      says: '这个文件是市司法局二2023年10月月报的表，不是本部门2023年11月月报的',
      rule: 'form-of-another-department',
    },
  ])('$what', async ({ form, says, rule }) => {
    const { store, clerk, result } = await misdirected(await smallForm(...form));
    const page = await visit(clerk, result);
    expect(textOf(page)).toContain(says);
    expect(within(page).queryByRole('button', { name: /作为/ })).toBeNull();
    expect((await clerk.post(`${result}/submission`)).status).toBe(409);
    const one = await returnIn(store, novemberReturn);
    expect(one).toMatchObject({ refusals: [], misdirected: [{ findings: [{ rule }] }] });
    expect([...store.events.keys()]).toEqual(['2023/office', '2023/sfj']);
  });

  it('of a year that is not kept here is said to be that, and cannot be submitted', async () => {
    const lastYear = smallStore().catalogue;
    const periods = lastYear.periods.map((each) => ({
      ...each,
      period: each.period.replace('2023', '2022') as typeof each.period,
    }));
    const form = await smallForm({ period: '2022-11', cases: '5' }, { ...lastYear, year: 2022, periods });
    const { clerk, result } = await misdirected(form);
    const page = await visit(clerk, result);
    expect(textOf(page)).toContain('这个文件是2022年11月月报的表');
    expect(textOf(page)).toContain('本部门没有需要报送的2022年11月月报');
    expect((await clerk.post(`${result}/submission`)).status).toBe(404);
  });
});

describe('a misdirected file that was put into a store', () => {
  it('is on record for whom it was sent, and sound, and restored as it was', async () => {
    const city = ingestFunction();
    await city.put('uploads/sfj/2023-03/a.xlsx', await smallForm({ period: '2023-02', cases: '4' }));
    const [event] = city.events.get('2023/sfj')! as [LedgerEvent];
    expect(event.happening).toMatchObject({
      kind: 'return-refused',
      department: 'sfj',
      period: null,
      misdirected: { sentFor: '2023-03', formOf: { department: 'sfj', period: '2023-02' } },
    });
    const raw = await rawYearIn(city.events, city.documents);
    expect((await verifyStore(raw, city.documents)).faults).toEqual([]);
    const { ledger, events } = inMemoryPorts();
    await restore(2023, { ledger, documents: city.documents });
    expect(events.get('2023/sfj')).toEqual([event]);
  });

  it('is found by whoever waits for it on November’s page', async () => {
    const { store, portal, result } = await misdirected();
    const id = result.split('/').at(-1);
    const { upload: kept } = (await returnIn(store, novemberReturn))!.misdirected[0]!;
    expect(uploadId(kept)).toBe(id);
    expect(await (await portal.as('auditor')).read(result)).toContain('没有作为2023年11月月报收下');
  });
});
