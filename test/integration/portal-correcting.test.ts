import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { text, uploaded } from '../fixtures/mended-return.ts';
import { addressOf, formOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../unit/core/small-year.ts';

const now = '2023-03-06T02:00:00.000Z';
const own = '/2023/departments/sfj/2023-01';
const january = { department: 'sfj', period: '2023-01' } as const;
const button = '提交更正';

async function opened() {
  const store = smallStore();
  const remark = '含积案';
  await store.submit({ period: '2023-01', cases: '5', remark, uploadedAt: '2023-02-03T01:00:00.000Z' });
  const portal = openPortal(store, { now });
  const clerk = await portal.as('department:sfj', '王芳');
  const link = within(await visit(clerk, own)).getByRole('link', { name: '在网页上更正' });
  const stateNow = async () => returnOf((await readYear(store, 2023)).state, january)!;
  return { store, portal, clerk, correction: addressOf(link), stateNow };
}

describe('a return that counts', () => {
  it('is corrected on the page: all that was typed is there, and what was not changed stays', async () => {
    const { store, clerk, correction, stateNow } = await opened();
    const { address, fields } = formOf(
      within(await visit(clerk, correction)).getByRole('button', { name: button }),
    );
    expect(fields).toMatchObject({
      'figure.cases': '5',
      'figure.money': '1.5',
      'figure.buses': '3',
      'items.works': '',
      'figure.works': '0',
      'remark.cases': '含积案',
      'signature.correctionNote': '',
    });
    const typed = { ...fields, 'figure.cases': '6', 'signature.correctionNote': '漏报一件' };
    const result = (await clerk.post(address, typed)).headers.get('location')!;
    expect(textOf(await visit(clerk, result))).toContain('已接收，计入汇总（第2版）');
    const { counting } = await stateNow();
    const said = counting!.observations.map((each) => [
      each.indicator,
      each.status === 'reported' && each.value,
    ]);
    expect(Object.fromEntries(said)).toEqual({ cases: '6', money: '1.5', buses: '3', works: '0' });
    expect(counting?.remarks.get('cases')?.text).toBe('含积案');
    expect(counting?.signature).toMatchObject({ preparer: '张三', correctionNote: '漏报一件' });
    expect(counting?.upload).toMatchObject({ fileName: '5（网页更正）.xlsx', uploader: '王芳' });
    const raw = await rawYearIn(store.events, store.documents);
    expect((await verifyStore(raw, store.documents)).faults).toEqual([]);
  });

  it('is not submitted again where nothing was changed, or something else counts by now', async () => {
    const { clerk, store, correction, stateNow } = await opened();
    const { fields } = formOf(within(await visit(clerk, correction)).getByRole('button', { name: button }));
    const unchanged = await clerk.post(correction, fields);
    expect([unchanged.status, await unchanged.text()]).toEqual([
      409,
      expect.stringContaining('没有改动任何一格'),
    ]);
    await store.submit({ period: '2023-01', cases: '7', uploadedAt: '2023-02-04T01:00:00.000Z' });
    expect((await clerk.post(correction, { ...fields, 'figure.cases': '6' })).status).toBe(409);
    expect((await clerk.get(correction)).status).toBe(409);
    expect((await stateNow()).revisions).toHaveLength(2);
  });

  it('is explained anew: what explained an earlier correction does not let this one count', async () => {
    const { store, clerk, correction, stateNow } = await opened();
    const first = formOf(within(await visit(clerk, correction)).getByRole('button', { name: button }));
    const corrected = { ...first.fields, 'figure.cases': '6', 'signature.correctionNote': '漏报一件' };
    await clerk.post(first.address, corrected);
    await store.issue('2023-03-20T01:00:00.000Z');
    const link = within(await visit(clerk, own)).getByRole('link', {
      name: button.replace('提交', '在网页上'),
    });
    const { fields, address } = formOf(
      within(await visit(clerk, addressOf(link))).getByRole('button', { name: button }),
    );
    expect(fields['signature.correctionNote']).toBe('');
    expect((await clerk.post(address, fields)).status).toBe(409);
    await clerk.post(address, { ...fields, 'figure.cases': '50000' });
    const { counting, revisions } = await stateNow();
    expect(counting?.number).toBe(2);
    expect(revisions.at(-1)?.state).toEqual({ kind: 'held', because: ['changes-issued'] });
  });

  it('is corrected from the newest version, though that waits to count, lest it be undone unseen', async () => {
    const store = smallStore(
      catalogueSchema.parse({ ...smallCatalogue, signing: { scan: false, agreement: true } }),
    );
    const portal = openPortal(store, { now: '2023-02-06T02:00:00.000Z' });
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    const clerk = await portal.as('department:sfj', '王芳');
    const reviewer = await portal.as('reviewer:sfj', '李四');
    const stateNow = async () => returnOf((await readYear(store, 2023)).state, january)!;
    const agree = async () => {
      const [newest] = within(await visit(reviewer, own)).getAllByRole('button', { name: /^审核同意/ });
      const form = formOf(newest!);
      await reviewer.post(form.address, form.fields);
    };
    await agree();
    const correct = async (typed: Record<string, string>) => {
      const link = within(await visit(clerk, own)).getByRole('link', { name: '在网页上更正' });
      const page = await visit(clerk, addressOf(link));
      const { address, fields } = formOf(within(page).getByRole('button', { name: button }));
      await clerk.post(address, { ...fields, ...typed });
      return { page, address, fields };
    };
    const first = await correct({ 'figure.cases': '50' });
    const second = await correct({ 'figure.buses': '4' });
    expect(textOf(second.page)).toContain('最新一版的数（第2版，暂存，还没有计入汇总）');
    expect(second.fields['figure.cases']).toBe('50');
    expect((await clerk.post(first.address, { ...first.fields, 'figure.cases': '7' })).status).toBe(409);
    await agree();
    const said = (await stateNow()).counting!.observations.map((each) => [
      each.indicator,
      each.status === 'reported' && each.value,
    ]);
    expect(Object.fromEntries(said)).toMatchObject({ cases: '50', buses: '4' });
  });

  it('is refused with what is wrong, while what counted counts on', async () => {
    const { clerk, correction, stateNow } = await opened();
    const { fields } = formOf(within(await visit(clerk, correction)).getByRole('button', { name: button }));
    const answer = await clerk.post(correction, { ...fields, 'figure.cases': '<script>alert(1)</script>' });
    const page = await clerk.read(answer.headers.get('location')!);
    expect(page).toContain('没有被接收');
    expect(page).not.toContain('<script>alert');
    expect((await stateNow()).counting?.number).toBe(1);
    expect((await clerk.post(correction, { ...fields, 'figure.other': '1' })).status).toBe(400);
  });

  it('has a field for each cell of its tables, named by row and column, and its texts', async () => {
    const catalogue = catalogueOf({
      indicators: [indicator('a')],
      ...smallTable(),
      narratives: [narrative('told')],
      departments: [{ id: 'sfj', name: '市司法局' }],
    });
    const cells = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((id) => [`grid-${id}`, text('1')] as const);
    const form = await writeForm(formLayout(catalogue, january), {
      figures: new Map([['a', text('1')], ...cells]),
      narratives: new Map([['told', text('第一段。\n第二段。')]]),
    });
    const store = smallStore(catalogue);
    const inTime = openPortal(store, { now: '2023-02-06T02:00:00.000Z' });
    const clerk = await inTime.as('department:sfj');
    const page = await visit(clerk, `${await uploaded(clerk, form, own)}/correction`);
    expect((within(page).getByLabelText('收到·单位（件）') as HTMLInputElement).value).toBe('1');
    expect((within(page).getByLabelText('说明told') as HTMLTextAreaElement).value).toBe('第一段。\n第二段。');
    const { address, fields } = formOf(within(page).getByRole('button', { name: button }));
    await clerk.post(address, {
      ...fields,
      'figure.grid-ra-cb': '9',
      'narrative.told': '第一段。\r\n第二段。',
    });
    const { counting } = returnOf((await readYear(store, 2023)).state, january)!;
    const said = counting!.observations.map((each) => each.status === 'reported' && each.value);
    expect(said).toEqual(['1', '1', '9', '1', '1']);
  });
});
