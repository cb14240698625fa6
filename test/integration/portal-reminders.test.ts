import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { planReminders, remind } from '../../functions/use-cases/remind.ts';
import { keepReminderList, readReminderList } from '../../functions/use-cases/stores/reminder-store.ts';
import { DeliveryError, type ReminderChannel } from '../../shared/core/reminders/channel.ts';
import { usualList } from '../../shared/core/reminders/contacts.ts';
import {
  cellOf,
  linksOf,
  openPage,
  partUnder,
  rowOf,
  rowsOf,
  textOf,
  visit,
} from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const now = '2023-03-11T01:00:00.000Z' as const;
const contact = { department: 'sfj2', name: '李四<b>', mail: 'li.si@example.gov.cn' };
const page = '/2023/reminders';
const link = (department: string, year: number) =>
  `https://zb.example.gov.cn/${year}/departments/${department}`;

/** 市司法局 has reported January, 市司法局二, which has a contact, nothing; February was due yesterday. */
async function office(more: Parameters<typeof openPortal>[1] | object = {}) {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await keepReminderList({ ...usualList, contacts: [contact] }, store.documents);
  const portal = openPortal(store, { now, ...more });
  return { store, portal, user: await portal.as('legal-office') };
}

const boxes = (part: HTMLElement) =>
  within(part)
    .getAllByRole<HTMLTextAreaElement>('textbox')
    .map(({ value, readOnly }) => ({ value, readOnly }));

describe('the page of reminders', () => {
  it('has the texts that go out, of all departments and of each, to be copied', async () => {
    const { store, user } = await office({ reminding: { by: [], link } });
    const part = partUnder(await visit(user, page), '催报文字');
    const planned = await planReminders({ year: 2023, asOf: now, link }, store);
    const texts = planned.map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(boxes(part).map(({ value }) => value)).toEqual([texts.join('\n\n'), ...texts]);
    expect(boxes(part).every(({ readOnly }) => readOnly)).toBe(true);
    expect(texts[0]).toContain('办理页面：https://zb.example.gov.cn/2023/departments/sfj');
    expect(texts[0]).toContain('最近填报人：张三（2023年1月）');
  });

  it('says so where nobody lacks anything', async () => {
    const { portal } = await office();
    portal.clock.now = '2023-01-15T01:00:00.000Z';
    const part = partUnder(await visit(await portal.as('auditor'), page), '催报文字');
    expect(textOf(part)).toBe('现在没有部门需要催报。');
  });

  it.each([
    ['nothing', [], '还没有配置发送渠道'],
    ['mail and a group', ['mail', 'wecom'], '系统会自动发送：邮件、企业微信群。'],
    ['what was deployed', 'what-was-deployed', '由部署的定时任务自动发送'],
  ] as const)('says that they go out by %s', async (_, by, expected) => {
    const { user } = await office({ reminding: { by, link: undefined } });
    expect(textOf(await visit(user, page))).toContain(expected);
  });

  it('lists what went out, word for word, and what did not', async () => {
    const { store, user } = await office();
    const channel = (name: 'mail' | 'feishu', fails: boolean): ReminderChannel => ({
      name,
      groupLimit: name === 'mail' ? undefined : 2_000,
      send: async () => {
        if (fails) throw new DeliveryError('the robot refused the message with code 19021');
        return { recipients: 1, refused: 1 };
      },
    });
    const channels = [channel('mail', false), channel('feishu', true)];
    await remind({ year: 2023, asOf: now }, { ...store, channels, now: () => now });
    const table = within(partUnder(await visit(user, page), '已发出的提醒')).getByRole('table');
    const rows = rowsOf(table).map(({ 部门, 渠道, 事由, 报告期 }) => [部门, 渠道, 事由, 报告期]);
    expect(rows).toEqual([
      ['市司法局二', '邮件', '逾期催报', '1月、2月'],
      ['市司法局二', '飞书群', '逾期催报', '1月、2月'],
      ['市司法局', '飞书群', '逾期催报', '2月'],
    ]);
    const [sent, failed] = rowsOf(table).map(({ 结果 }) => 结果);
    expect(sent).toContain('已发出，1 个地址，另有 1 个被拒收');
    expect(sent).toContain('1. 2023年1月月报：未报，报送时限 2023-02-10，已逾期 29 天');
    expect(failed).toContain('没有发出，已试 1 次；下次会再试。');
    expect(failed).toContain('code 19021');
  });

  it('is led to from what is overdue on the overview', async () => {
    const { user } = await office();
    const part = partUnder(await visit(user, '/2023'), /^逾期未报/);
    expect(linksOf(part)).toContainEqual(['催报：可以复制的文字、已发出的提醒、联系人', page]);
  });
});

describe('contacts', () => {
  it('are seen by the legal office, and by no auditor and no clerk', async () => {
    const { portal, user } = await office();
    expect(textOf(await visit(user, page))).toContain('李四<b>');
    const auditor = await portal.as('auditor');
    const shown = await auditor.read(page);
    for (const secret of ['李四', contact.mail, '/contacts', '/rules']) expect(shown).not.toContain(secret);
    const clerk = await portal.as('department:sfj2');
    expect((await clerk.get(page)).status).toBe(403);
    for (const path of ['/contacts', '/contacts/removal', '/rules']) {
      expect((await clerk.post(page + path, contact)).status).toBe(403);
      expect((await auditor.post(page + path, contact)).status).toBe(403);
    }
  });

  it('are added, changed and deleted, and then are nowhere any more', async () => {
    const { store, user } = await office();
    const added = { department: 'sfj', name: '王五', mail: 'wang@example.gov.cn' };
    const answer = await user.post(`${page}/contacts`, added);
    expect(answer.headers.get('location')).toBe(`${page}?done=kept`);
    await user.post(`${page}/contacts`, {
      ...added,
      name: '王六',
      mail: 'new@example.gov.cn',
      was: added.mail,
    });
    const list = (await readReminderList(store.documents)).contacts;
    expect(list).toEqual([{ department: 'sfj', name: '王六', mail: 'new@example.gov.cn' }, contact]);
    const { department, mail } = contact;
    expect((await user.post(`${page}/contacts/removal`, { department, mail })).status).toBe(303);
    const everything = [...store.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join();
    expect(everything).not.toContain(contact.mail);
    expect(everything).not.toContain(added.mail);
    expect(JSON.stringify([...store.events])).not.toContain('new@example.gov.cn');
  });

  it('are listed by department, with who has none', async () => {
    const { user } = await office();
    const part = partUnder(await visit(user, page), '联系人');
    expect(textOf(part)).toContain('还没有联系人的部门：市司法局。');
    const table = within(part).getByRole('table', { name: '联系人名单' });
    expect(textOf(cellOf(table, { row: '市司法局二', column: '邮件地址' }))).toBe(contact.mail);
    expect(within(rowOf(table, '市司法局二')).getByRole('button', { name: '删除李四<b>' })).toBeTruthy();
  });

  it.each<[string, Record<string, string>, string]>([
    ['no address', { mail: '李四' }, '邮件地址'],
    ['a header', { mail: 'a@b.cn\r\nBcc: c@d.cn' }, '邮件地址'],
    ['no name', { name: ' ' }, '姓名'],
    ['no department', { department: '' }, '部门'],
    ['a department of another city', { department: 'nowhere' }, '部门'],
  ])('with %s are refused, and it is said what is wrong', async (_, wrong, expected) => {
    const { store, user } = await office();
    const answer = await user.post(`${page}/contacts`, { ...contact, name: '李四', ...wrong });
    expect(answer.status).toBe(400);
    expect(textOf(openPage(await answer.text()))).toContain(expected);
    expect((await readReminderList(store.documents)).contacts).toEqual([contact]);
  });
});

describe('the rules of reminders', () => {
  it('are changed by the office, and go into the texts', async () => {
    const { store, user } = await office();
    const rules = { daysBefore: '1, 7、7', overdueEvery: '14', askWhom: '=法规科 <0818>' };
    expect((await user.post(`${page}/rules`, rules)).status).toBe(303);
    expect(await readReminderList(store.documents)).toEqual({
      ...usualList,
      daysBefore: [7, 1],
      overdueEvery: 14,
      askWhom: '=法规科 <0818>',
      contacts: [contact],
    });
    const [all] = boxes(partUnder(await visit(user, page), '催报文字'));
    expect(all!.value).toContain('有疑问请联系：=法规科 ＜0818＞');
  });

  it.each([
    ['days that are none', { daysBefore: '三天' }],
    ['too many of them', { daysBefore: '1 2 3 4 5 6' }],
    ['too long a wait', { overdueEvery: '91' }],
    ['none', { overdueEvery: '0' }],
    ['too long a line', { askWhom: '人'.repeat(101) }],
  ])('are refused with %s', async (_, wrong) => {
    const { store, user } = await office();
    const answer = await user.post(`${page}/rules`, {
      daysBefore: '',
      overdueEvery: '7',
      askWhom: '',
      ...wrong,
    });
    expect(answer.status).toBe(400);
    expect(await readReminderList(store.documents)).toMatchObject({ overdueEvery: 7, daysBefore: [3] });
  });
});
