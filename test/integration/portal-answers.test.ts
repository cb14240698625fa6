import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { answerWarnings } from '../../functions/use-cases/answer-warnings.ts';
import { recordDecision, type WarningAnswer } from '../../functions/use-cases/office.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { formOf, openPage, partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const now = '2023-04-04T01:00:00.000Z';
const march = '/2023/departments/sfj/2023-03';
const hostile = '=1+1 <script>alert(1)</script>';

/** A rule over the year to date beside those that ask whether a figure is right. */
const catalogue = catalogueSchema.parse({
  ...smallCatalogue,
  rules: [
    { id: 'few', over: 'year-to-date', expression: 'cases <= 1000', message: '不超过 1000。' },
    { id: 'fewer', over: 'year-to-date', expression: 'cases <= 900', message: '不超过 900。' },
  ],
});

/** March has a slip of unit, and of the other catalogue breaks its rules. */
async function warned({ remark = '', of = smallCatalogue } = {}) {
  const store = smallStore(of);
  const submit = (month: number, cases: string, more = {}) =>
    store.submit({
      ...{ period: `2023-0${month}`, cases, uploadedAt: `2023-0${month + 1}-03T01:00:00.000Z` },
      ...more,
    });
  await submit(1, '20');
  await submit(2, '30');
  const { feedback } = await submit(3, '300000', { remark });
  const warnings = async () => warningsOf((await readYear(store, 2023)).state);
  return { store, submit, feedback, warnings, portal: openPortal(store, { now }) };
}

/** Sends the form of the open warnings on a page, with these reasons by what their labels say, and one for the others. */
async function answer(user: PortalUser, path: string, reasons: Record<string, string>) {
  const page = await visit(user, path);
  const form = formOf(within(page).getByRole('button', { name: /^(?:提交说明|一并提交)$/ }));
  const fields: Record<string, string> = { ...form.fields };
  for (const [label, reason] of Object.entries(reasons)) {
    const field = within(page).getByRole('textbox', { name: new RegExp(label) });
    fields[field.getAttribute('name')!] = reason;
  }
  return send(user, form.address, fields);
}

async function send(user: PortalUser, address: string, fields: Record<string, string>) {
  const { _form: _token, ...own } = fields;
  const reply = await user.post(address, own);
  return {
    status: reply.status,
    said: reply.headers.get('location') ?? textOf(openPage(await reply.text())),
  };
}

const answersIn = (store: Awaited<ReturnType<typeof warned>>['store']) =>
  (store.events.get('2023/office') ?? [])
    .filter((event) => isEvent(event, 'warning-acknowledged'))
    .map(({ by, happening: { as, reason } }) => [by, as, reason]);

describe('a warning', () => {
  it.each([
    ['department:sfj', '部门说明'],
    ['legal-office', '法制机构确认无误'],
  ] as const)('is settled with a reason by %s', async (who, words) => {
    const { portal } = await warned();
    const user = await portal.as(who, '王芳');
    const open = partUnder(await visit(user, march), '请核对的数字（1 处）');
    expect(textOf(open)).toContain('案件 月报 E6');
    const { status, said } = await answer(user, march, { 案件: hostile });
    expect([status, said]).toEqual([303, `${march}?done=acknowledged`]);
    const settled = partUnder(await visit(user, said), '核对无误的数字（1 处）');
    expect(textOf(settled)).toContain(`王芳于 2023-04-04 09:00 ${words}：${hostile}`);
  });

  it('that is answered already, or gone with a correction, is named; what else was answered is recorded', async () => {
    const { portal, submit, store } = await warned({ of: catalogue });
    const clerk = await portal.as('department:sfj', '王芳');
    const page = await visit(clerk, march);
    const { address, fields } = formOf(within(page).getByRole('button', { name: '一并提交' }));
    await answer(clerk, march, { '“案件”核对无误': '一次清理' });
    const typed = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, name.startsWith('reason-') ? '说明' : value]),
    );
    const again = await send(clerk, address, typed);
    expect(again.status).toBe(409);
    expect(again.said).toContain('市司法局2023年3月“案件”已经由王芳说明过。其余 2 处已经记录。');
    await submit(3, '40', { uploadedAt: '2023-04-03T02:00:00.000Z' });
    const gone = await send(clerk, address, typed);
    expect(gone.status).toBe(409);
    expect(gone.said).toContain('市司法局2023年3月“案件”的数字已经更正，不用再说明');
    expect(answersIn(store)).toHaveLength(3);
  });

  it.each([
    ['no reason at all', {}, 400],
    ['blanks and what nobody sees', { 案件: ' \u200b' }, 400],
    ['a reason that is too long', { 案件: '长'.repeat(501) }, 400],
  ])('is not answered by %s', async (_, reasons, status) => {
    const { portal, store } = await warned();
    expect((await answer(await portal.as('department:sfj'), march, reasons)).status).toBe(status);
    expect(answersIn(store)).toEqual([]);
  });

  it('is shown to an auditor without a form', async () => {
    const auditor = await (await warned()).portal.as('auditor');
    const page = await visit(auditor, march);
    expect(textOf(page)).toContain('相差约一万倍');
    expect(within(page).queryAllByRole('textbox')).toEqual([]);
  });

  it('is not answered by a department on the totals of all, on whatever page', async () => {
    const { store, warnings } = await warned();
    const [first] = await warnings();
    const ofAll: WarningAnswer = {
      ...{ kind: 'warning-acknowledged', as: 'department', department: null, period: '2023-03' },
      ...{ warning: first!.id, reason: '无误' },
    };
    await expect(recordDecision(ofAll, { at: now, by: '王芳' }, store)).rejects.toThrow('the legal office');
  });
});

describe('several warnings on a page', () => {
  it('are answered together, those without a reason of their own by the one for the others', async () => {
    const { portal, store, warnings } = await warned({ of: catalogue });
    const office = await portal.as('legal-office', '赵科长');
    const { address, fields } = formOf(
      within(await visit(office, march)).getByRole('button', { name: '一并提交' }),
    );
    const [first] = Object.keys(fields).filter((name) => name.startsWith('reason-'));
    const { status } = await send(office, address, { ...fields, [first!]: '单列', others: '同一原因' });
    expect(status).toBe(303);
    expect(answersIn(store).map(([, as, reason]) => [as, reason])).toEqual([
      ['legal-office', '单列'],
      ['legal-office', '同一原因'],
      ['legal-office', '同一原因'],
    ]);
    expect((await warnings()).filter(({ acknowledged }) => acknowledged === null)).toEqual([]);
  });

  it('that came up since the form was shown are left open', async () => {
    const { portal, store } = await warned({ of: catalogue });
    const office = await portal.as('legal-office');
    const { address, fields } = formOf(
      within(await visit(office, march)).getByRole('button', { name: '一并提交' }),
    );
    const [first, ...unseen] = Object.keys(fields).filter((name) => name.startsWith('reason-'));
    const shown = Object.fromEntries(Object.entries(fields).filter(([name]) => !unseen.includes(name)));
    expect((await send(office, address, { ...shown, others: '同一原因' })).status).toBe(303);
    expect([first, answersIn(store).length]).toEqual([first, 1]);
  });

  it('are recorded though somebody else appends in between', async () => {
    const { store, warnings } = await warned({ of: catalogue });
    const answers = (await warnings()).map(
      ({ id, department, period }): WarningAnswer => ({
        ...{ kind: 'warning-acknowledged', as: 'legal-office', department, period },
        ...{ warning: id, reason: '无误' },
      }),
    );
    let conflicts = 0;
    const ledger = {
      ...store.ledger,
      read: store.ledger.read.bind(store.ledger),
      append: async (event: Parameters<typeof store.ledger.append>[0]) =>
        ++conflicts % 2 === 1 ? ('conflict' as const) : store.ledger.append(event),
    };
    const [first, ...more] = answers;
    const given = await answerWarnings([first!, ...more], { at: now, by: '赵科长' }, { ...store, ledger });
    expect([given.recorded.length, given.gone, answersIn(store).length]).toEqual([3, [], 3]);
  });
});

describe('a rule that is broken over the year to date', () => {
  it('is explained by the department, and closed by the office, which sees what was said', async () => {
    const { portal, warnings, store } = await warned({ of: catalogue });
    const clerk = await portal.as('department:sfj', '王芳');
    const page = await visit(clerk, march);
    expect(textOf(page)).toContain('请改正后重新上传，或写明情况由法制机构核实后结案。');
    const { address, fields } = formOf(within(page).getByRole('button', { name: '一并提交' }));
    const typed = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        name.startsWith('reason-') ? `ok ${hostile}` : value,
      ]),
    );
    expect((await send(clerk, address, typed)).status).toBe(303);
    const open = (await warnings()).filter(({ acknowledged }) => acknowledged === null);
    expect(open.map(({ finding, explained }) => [finding.rule, explained?.reason])).toEqual([
      ['rule-few', `ok ${hostile}`],
      ['rule-fewer', `ok ${hostile}`],
    ]);
    expect(textOf(await visit(clerk, march))).toContain(`王芳于 2023-04-04 09:00 部门说明：ok ${hostile}`);
    const office = await portal.as('legal-office', '赵科长');
    const findings = await visit(office, '/2023/findings');
    expect(textOf(findings)).toContain(`部门说明：ok ${hostile}`);
    const form = formOf(within(findings).getByRole('button', { name: '一并提交' }));
    expect(form.fields).not.toHaveProperty('others');
    const own = Object.keys(form.fields).filter((name) => name.startsWith('reason-'));
    const reasons = Object.fromEntries(own.map((name) => [name, '属实']));
    expect((await send(office, form.address, { ...form.fields, ...reasons })).status).toBe(303);
    expect((await warnings()).every(({ acknowledged }) => acknowledged !== null)).toBe(true);
    expect(answersIn(store).length).toBe(5);
  });
});

describe('a remark in the workbook', () => {
  it('answers before anybody asks: the upload leaves nothing to be done, and the reason is shown', async () => {
    const { portal, feedback, warnings } = await warned({ remark: hostile });
    expect(feedback).toMatchObject({ warnings: [], answered: [{ rule: 'unit-slip' }] });
    expect(feedback.summary).toContain('另有 1 处与往常不同，已由表中的“说明”答复');
    expect(await warnings()).toMatchObject([{ acknowledged: { as: 'remark', by: '张三', reason: hostile } }]);
    const clerk = await portal.as('department:sfj');
    const page = await visit(clerk, march);
    expect(textOf(partUnder(page, '核对无误的数字（1 处）'))).toContain(
      `张三于 2023-04-03 09:00 填报时在“说明”中写明：${hostile}`,
    );
    expect(within(page).queryAllByRole('textbox')).toEqual([]);
  });
});
