import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { addressOf, formOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../unit/core/small-year.ts';

const now = '2023-03-06T02:00:00.000Z';
const own = '/2023/departments/sfj/2023-02';
const february = { department: 'sfj', period: '2023-02' } as const;
const confirm = '确认零报告并提交';

async function opened() {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  const portal = openPortal(store, { now });
  return { store, portal, clerk: await portal.as('department:sfj', '王芳') };
}

describe('a period in which nothing happened', () => {
  it('is reported from the page of its return: zeros are shown, what stood before is proposed, one button confirms', async () => {
    const { store, clerk } = await opened();
    const link = within(await visit(clerk, own)).getByRole('link', { name: '本期无发生，零报告' });
    expect(addressOf(link)).toBe(`${own}/zero-report`);
    const page = await visit(clerk, `${own}/zero-report`);
    const zeros = within(page).getByRole('table', { name: '零报告的指标' });
    expect(textOf(zeros)).toContain('案件 0 件');
    expect((within(page).getByLabelText('车辆（辆）') as HTMLInputElement).value).toBe('3');
    const form = formOf(within(page).getByRole('button', { name: confirm }));
    expect(form.fields).toMatchObject({
      'signature.preparer': '王芳',
      'signature.reviewer': '李四',
      'signature.telephone': '1',
    });
    const answer = await clerk.post(form.address, form.fields);
    expect(textOf(await visit(clerk, answer.headers.get('location')!))).toContain('已接收，计入汇总');
    const { counting } = returnOf((await readYear(store, 2023)).state, february)!;
    expect(counting?.upload).toMatchObject({ fileName: '市司法局2023年2月零报告.xlsx', uploader: '王芳' });
    const said = counting!.observations.map((each) => [
      each.indicator,
      each.status === 'reported' && each.value,
    ]);
    expect(Object.fromEntries(said)).toEqual({ cases: '0', money: '0', buses: '3', works: '0' });
  });

  it('is none where figures are there, though they wait to count', async () => {
    const { store } = await opened();
    const late = openPortal(store, { now: '2024-02-06T02:00:00.000Z' });
    const clerk = await late.as('department:sfj', '王芳');
    const { fields, address } = formOf(
      within(await visit(clerk, `${own}/zero-report`)).getByRole('button', { name: confirm }),
    );
    await store.submit({ period: '2023-02', cases: '7', uploadedAt: '2024-02-03T01:00:00.000Z' });
    expect((await clerk.post(address, fields)).status).toBe(409);
    const page = await visit(clerk, own);
    expect(textOf(page)).toContain('暂存');
    expect(within(page).queryByRole('link', { name: '本期无发生，零报告' })).toBeNull();
  });

  it('is reported with what was typed in place of what was proposed, and refused as any other return', async () => {
    const { store, clerk } = await opened();
    const { fields, address } = formOf(
      within(await visit(clerk, `${own}/zero-report`)).getByRole('button', { name: confirm }),
    );
    const refused = await clerk.post(address, { ...fields, 'figure.buses': '' });
    const result = refused.headers.get('location')!;
    expect(textOf(await visit(clerk, result))).toContain('没有被接收：有 1 处必须改正');
    expect(within(await visit(clerk, `${result}/mend`)).getByLabelText('车辆（辆）')).toBeDefined();
    await clerk.post(address, { ...fields, 'figure.buses': '4' });
    const { counting } = returnOf((await readYear(store, 2023)).state, february)!;
    expect(counting?.observations.find((each) => each.indicator === 'buses')).toMatchObject({ value: '4' });
  });

  it('is reported neither once a return counts, nor before the period is over, nor with other fields', async () => {
    const { clerk } = await opened();
    expect(textOf(await visit(clerk, '/2023/departments/sfj/2023-01'))).not.toContain('零报告');
    for (const period of ['2023-01', '2023-03']) {
      const address = `/2023/departments/sfj/${period}/zero-report`;
      expect((await clerk.get(address)).status).toBe(409);
      expect((await clerk.post(address, {})).status).toBe(409);
    }
    const { fields } = formOf(
      within(await visit(clerk, `${own}/zero-report`)).getByRole('button', { name: confirm }),
    );
    expect((await clerk.post(`${own}/zero-report`, { ...fields, 'figure.cases': '9' })).status).toBe(400);
    const { 'figure.buses': _, ...fewer } = fields;
    expect((await clerk.post(`${own}/zero-report`, fewer)).status).toBe(400);
  });

  it('shows tables as they are published, and asks for texts that have to be written', async () => {
    const catalogue = catalogueOf({
      indicators: [indicator('a', 'flow', { overTime: 'cumulative' })],
      ...smallTable(),
      narratives: [narrative('told', { maxLength: 200 })],
      departments: [{ id: 'sfj', name: '市司法局' }],
    });
    const store = smallStore(catalogue);
    const clerk = await openPortal(store, { now }).as('department:sfj');
    const page = await visit(clerk, `${own}/zero-report`);
    expect(textOf(within(page).getByRole('table', { name: '表（件）' }))).toContain('收到 0 0 合计');
    const inputs = within(page).getAllByRole('textbox') as HTMLInputElement[];
    expect(inputs.map(({ name, value }) => [name, value]).slice(0, 2)).toEqual([
      ['figure.a', ''],
      ['narrative.told', ''],
    ]);
    const { fields } = formOf(within(page).getByRole('button', { name: confirm }));
    const typed = { ...fields, 'figure.a': '7', 'narrative.told': '=1+1<script>alert(1)</script>' };
    const result = (await clerk.post(`${own}/zero-report`, typed)).headers.get('location')!;
    const shown = await clerk.read(result);
    expect(shown).toContain('已接收，计入汇总');
    expect(shown).not.toContain('<script>alert');
    const { counting } = returnOf((await readYear(store, 2023)).state, february)!;
    expect(counting?.narratives[0]?.text).toBe('=1+1<script>alert(1)</script>');
    expect(counting?.observations).toHaveLength(5);
  });
});
