import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { UploadedFile } from '../../functions/portal/services.ts';
import { tokenFolder } from '../../functions/portal/services.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { sanitizeText } from '../../shared/core/values/text.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { mended, submitButton, text, uploaded } from '../fixtures/mended-return.ts';
import { formOf, linksOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const now = '2023-02-06T02:00:00.000Z';
const own = '/2023/departments/sfj/2023-01';
const january = { department: 'sfj', period: '2023-01' } as const;
/** A form with one figure of each kind; what is given differs. */
function form(figures: Record<string, string>, more: object = {}, catalogue: Catalogue = smallCatalogue) {
  const typed = { cases: '5', money: '1.5', buses: '3', works: '0', ...figures };
  return writeForm(formLayout(catalogue, january), {
    figures: new Map(Object.entries(typed).map(([id, value]) => [id, text(value)])),
    signature: { preparer: '张三', reviewer: '李四', telephone: '110', correctionNote: '' },
    ...more,
  });
}

async function refused(bytes: Uint8Array, name?: string) {
  const store = smallStore();
  const portal = openPortal(store, { now });
  const clerk = await portal.as('department:sfj', '王芳');
  const result = await uploaded(clerk, bytes, own, name);
  return { store, portal, clerk, result, mend: `${result}/mend` };
}

const stateOf = async (store: Parameters<typeof readYear>[0]) =>
  returnOf((await readYear(store, 2023)).state, january)!;

describe('a refused return that is mended on the page', () => {
  it('offers the cells that are wrong, each with its place, what stands there and what is wrong, and no others', async () => {
    const { clerk, result, mend } = await refused(await form({ cases: '约五十', buses: '-3' }));
    const page = await visit(clerk, result);
    expect(linksOf(page)).toContainEqual(['在网页上改', mend]);
    const wanted = await visit(clerk, mend);
    const inputs = within(wanted).getAllByRole('textbox') as HTMLInputElement[];
    expect(inputs.map(({ name, value }) => [name, value])).toEqual([
      ['figure.cases', '约五十'],
      ['figure.buses', '-3'],
    ]);
    const cases = within(wanted).getByLabelText('案件（件）');
    const ids = cases.getAttribute('aria-describedby')?.split(' ') ?? [];
    const said = ids.map((id) => textOf(wanted.querySelector(`#${id}`)!));
    expect(said).toEqual([expect.stringContaining('约数'), '月报 E6，现在填的是“约五十”']);
  });

  it('is accepted with what was typed and all else as it was sent, in the name of who mended it', async () => {
    const remarks = [{ on: { kind: 'figure', indicator: 'money' }, entry: text('含追回的') }];
    const { store, clerk, mend } = await refused(
      await form({ cases: '约五十', money: '12万元' }, { remarks }),
    );
    const answer = await mended(clerk, mend, { '案件（件）': '1,250' });
    expect(answer.status).toBe(303);
    const { counting, refusals } = await stateOf(store);
    expect(refusals).toHaveLength(1);
    expect(counting?.upload).toMatchObject({ fileName: '1月（网页更正）.xlsx', uploader: '王芳' });
    const said = Object.fromEntries(
      counting!.observations.map((each) => [each.indicator, each.status === 'reported' && each.value]),
    );
    expect(said).toMatchObject({ cases: '1250', money: '12', buses: '3', works: '0' });
    expect(counting?.remarks.get('money')?.text).toBe('含追回的');
    expect(counting?.signature).toMatchObject({ preparer: '张三', reviewer: '李四', telephone: '110' });
    expect(textOf(await visit(clerk, answer.headers.get('location')!))).toContain('已接收');
  });

  it('is refused with what is left, from which it can be mended again', async () => {
    const { clerk, store, mend } = await refused(await form({ cases: '约五十', buses: '-3' }));
    const again = (await mended(clerk, mend, { '案件（件）': '5' })).headers.get('location')!;
    expect(textOf(await visit(clerk, again))).toContain('没有被接收：有 1 处必须改正');
    const page = await visit(clerk, `${again}/mend`);
    expect(within(page).getAllByRole('textbox')).toHaveLength(1);
    await mended(clerk, `${again}/mend`, { '车辆（辆）': '3' });
    const { counting } = await stateOf(store);
    expect(counting?.upload.fileName).toBe('1月（网页更正）.xlsx');
  });

  it('is not offered as long as the file itself has to be changed, and says what for', async () => {
    const other = { ...smallCatalogue, title: '别的目录' };
    const { clerk, result, mend } = await refused(await form({ cases: '-1' }, {}, other));
    expect(linksOf(await visit(clerk, result)).map(([name]) => name)).not.toContain('在网页上改');
    const page = await visit(clerk, mend);
    expect(textOf(page)).toContain('下面 1 处要在文件里改，不能在网页上改');
    expect(within(page).queryByRole('button', { name: submitButton })).toBeNull();
    expect((await clerk.post(mend, { newest: '', 'figure.cases': '1' })).status).toBe(409);
  });

  it('is none where nothing was refused, or nothing is there', async () => {
    const { clerk, store, result } = await refused(await form({}));
    expect((await clerk.get(`${result}/mend`)).status).toBe(409);
    const bad = await uploaded(clerk, await form({ cases: '-1' }), own);
    const { key } = (await stateOf(store)).refusals[0]!.upload;
    store.files.delete(key);
    expect((await clerk.get(`${bad}/mend`)).status).toBe(404);
  });

  it('takes no field that was not asked for, leaves none out, and bounds what is typed', async () => {
    const { clerk, store, mend } = await refused(await form({ cases: '-1', buses: '-3' }));
    const good = { newest: '', 'figure.cases': '1', 'figure.buses': '3' };
    for (const fields of [
      { ...good, 'figure.money': '9' },
      { ...good, 'figure.constructor': '9' },
      { newest: '', 'figure.cases': '1' },
      { ...good, 'figure.cases': '9'.repeat(40_000) },
    ]) {
      expect((await clerk.post(mend, fields)).status).toBe(400);
    }
    expect((await clerk.post(mend, { ...good, 'figure.cases': '9'.repeat(600_000) })).status).toBe(413);
    expect((await stateOf(store)).revisions).toEqual([]);
    expect((await clerk.post(mend, good)).status).toBe(303);
  });

  it('keeps whatever is typed as text: on pages, and in the workbook that is made of it', async () => {
    const hostile = `=1+1<script>alert(1)</script>\u202e"'&`;
    const { clerk, store, portal, mend } = await refused(await form({ cases: '-1' }));
    const again = (await mended(clerk, mend, { '案件（件）': hostile })).headers.get('location')!;
    const page = await clerk.read(`${again}/mend`);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('\u202e');
    const shown = within(await visit(clerk, `${again}/mend`)).getByLabelText(
      '案件（件）',
    ) as HTMLInputElement;
    expect(shown.value).toContain('<script>alert(1)</script>');
    expect(sanitizeText(shown.value)).toMatch(/^'=/);
    expect((await (await portal.as('legal-office')).read(again)).includes('<script>alert')).toBe(false);
    expect((await stateOf(store)).revisions).toEqual([]);
  });
});

describe('an old refusal', () => {
  const reviewed = catalogueSchema.parse({ ...smallCatalogue, signing: { scan: false, agreement: true } });

  it.each([
    ['counts', smallCatalogue],
    ['waits for the reviewer', reviewed],
  ])('is mended in place of what was accepted since, and %s, only by who says so', async (_, catalogue) => {
    const store = smallStore(catalogue);
    const portal = openPortal(store, { now });
    const clerk = await portal.as('department:sfj');
    const old = await uploaded(clerk, await form({ cases: '-1' }, {}, catalogue), own);
    portal.clock.now = '2023-02-06T03:00:00.000Z';
    await uploaded(clerk, await form({ cases: '7' }, {}, catalogue), own);
    const page = await visit(clerk, `${old}/mend`);
    expect(textOf(page)).toContain('后来已经接收了这一期的报表，在这里提交会代替它');
    const { fields } = formOf(within(page).getByRole('button', { name: submitButton }));
    const { instead, ...others } = { ...fields, 'figure.cases': '8' } as Record<string, string>;
    expect((await clerk.post(`${old}/mend`, others)).status).toBe(409);
    expect((await clerk.post(`${old}/mend`, { ...others, instead: instead! })).status).toBe(303);
    const { revisions } = await stateOf(store);
    expect(revisions.at(-1)?.observations[0]).toMatchObject({ value: '8' });
  });

  it.each([
    ['counts', smallCatalogue],
    ['waits for the reviewer', reviewed],
  ])('is not mended over what was accepted while somebody typed, and %s', async (_, catalogue) => {
    const store = smallStore(catalogue);
    const portal = openPortal(store, { now });
    const clerk = await portal.as('department:sfj');
    const old = await uploaded(clerk, await form({ cases: '-1' }, {}, catalogue), own);
    const { fields } = formOf(
      within(await visit(clerk, `${old}/mend`)).getByRole('button', { name: submitButton }),
    );
    await uploaded(clerk, await form({ cases: '7' }, {}, catalogue), own);
    const answer = await clerk.post(`${old}/mend`, { ...fields, 'figure.cases': '8' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('刚才填的没有提交');
  });
});

describe('where files go straight to a store', () => {
  it('the workbook is put there, and the page that waits for the result opened', async () => {
    const store = smallStore();
    const put: [UploadedFile, string][] = [];
    const portal = openPortal(store, { now });
    const bad = await uploaded(await portal.as('department:sfj'), await form({ cases: '-1' }), own);
    const elsewhere = openPortal(store, {
      now,
      uploadTarget: {
        kind: 'store',
        scanForm: async () => ({ action: '', fields: {}, minutes: 30 }),
        mostBytesHere: 1024,
        origin: 'https://store.example',
        form: async () => ({ action: 'https://store.example/', fields: {}, minutes: 15 }),
        put: async (file, token) => void put.push([file, token]),
      },
    });
    const answer = await mended(await elsewhere.as('department:sfj', '王芳'), `${bad}/mend`, {
      '案件（件）': '5',
    });
    const [[file, token]] = put as [[UploadedFile, string]];
    expect(answer.headers.get('location')).toBe(`${own}/uploads/received?token=${token}`);
    expect(file).toMatchObject({ address: january, fileName: '1月（网页更正）.xlsx', uploader: '王芳' });
    expect(tokenFolder(january, token)).toContain(token);
  });
});
