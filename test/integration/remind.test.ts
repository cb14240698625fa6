import { describe, expect, it } from 'vitest';
import {
  type PlannedReminder,
  planReminders,
  type ReminderOutcome,
  remind,
} from '../../functions/use-cases/remind.ts';
import { keepReminderList, newestReminders } from '../../functions/use-cases/stores/reminder-store.ts';
import { groupRobot } from '../../shared/adapters/group-robot.ts';
import { smtpMail } from '../../shared/adapters/smtp-mail.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { type Instant, instantSchema } from '../../shared/core/catalogue/period.ts';
import {
  DeliveryError,
  type OutgoingReminder,
  type ReminderChannel,
} from '../../shared/core/reminders/channel.ts';
import { usualList } from '../../shared/core/reminders/contacts.ts';
import type { ChannelName } from '../../shared/core/reminders/record.ts';
import { deadPort, startMailServer } from '../fixtures/mail-server.ts';
import { startRobotServer } from '../fixtures/robot-server.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

/** 市司法局 has reported January, 市司法局二 nothing. */
async function office() {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  const contacts = [
    { department: 'sfj', name: '张三', mail: 'sfj@example.gov.cn' },
    { department: 'sfj2', name: '李四', mail: 'sfj2@example.gov.cn' },
  ];
  await keepReminderList({ ...usualList, contacts }, store.documents);
  return store;
}

const dayOfReminder: Instant = '2023-02-11T01:00:00.000Z';

/** A channel that does as it is told, and what went out by it. */
function channelOf(name: ChannelName, groupLimit?: number) {
  const out: OutgoingReminder[] = [];
  const state = { fails: false };
  const channel: ReminderChannel = {
    name,
    groupLimit,
    send: async (reminder) => {
      if (state.fails) throw new DeliveryError('nobody answers');
      out.push(reminder);
      return { recipients: Math.max(1, reminder.to.length), refused: 0 };
    },
  };
  return { channel, out, state };
}

type Store = Awaited<ReturnType<typeof office>>;

function run(store: Store, channels: ReminderChannel[], asOf: string = dayOfReminder, year = 2023) {
  const at = instantSchema.parse(asOf);
  return remind({ year, asOf: at }, { ...store, channels, now: () => at });
}

const inShort = (outcomes: readonly ReminderOutcome[]) =>
  outcomes.map(({ department, channel, outcome }) => `${department} ${channel} ${outcome}`);

describe('reminding', () => {
  it('sends a mail by a server to those who lack something, and to nobody else', async () => {
    const store = await office();
    const { smtp, taken } = await startMailServer();
    expect(inShort(await run(store, [smtpMail(smtp)]))).toEqual(['sfj2 mail sent']);
    expect(taken.map(({ to }) => to)).toEqual([['sfj2@example.gov.cn']]);
    expect(taken[0]!.headers.get('subject')).toBe('【催报】市司法局二：1 份报表逾期催报');
    expect(taken[0]!.text).toContain('1. 2023年1月月报：未报，报送时限 2023-02-10，已逾期 1 天');
  });

  it('sends the very same text into a group, all departments in one message', async () => {
    const store = await office();
    const { webhook, told } = await startRobotServer();
    await run(
      store,
      [groupRobot({ kind: 'wecom', webhook }, () => dayOfReminder)],
      '2023-03-07T01:00:00.000Z',
    );
    const planned = await planReminders({ year: 2023, asOf: '2023-03-07T01:00:00.000Z' }, store);
    expect(told).toHaveLength(1);
    expect(told[0]!.body).toEqual({
      msgtype: 'text',
      text: { content: planned.map(({ text }: PlannedReminder) => text).join('\n\n') },
    });
    expect(planned).toHaveLength(2);
  });

  it('sends nothing twice, and again on the next day for which one is due', async () => {
    const store = await office();
    const { channel, out } = channelOf('mail');
    await run(store, [channel]);
    expect(inShort(await run(store, [channel], '2023-02-11T09:00:00.000Z'))).toEqual([
      'sfj2 mail had-been-sent',
    ]);
    await run(store, [channel], '2023-02-12T01:00:00.000Z');
    expect(out).toHaveLength(1);
    await run(store, [channel], '2023-02-18T01:00:00.000Z');
    expect(out).toHaveLength(2);
  });

  it('records what went out word for word, without an address', async () => {
    const store = await office();
    const { channel, out } = channelOf('mail');
    await run(store, [channel]);
    expect(await newestReminders(2023, 10, store.documents)).toEqual([
      {
        format: 'indicators-reminder/1',
        year: 2023,
        department: 'sfj2',
        channel: 'mail',
        day: '2023-02-11',
        occasion: 'overdue',
        periods: ['2023-01'],
        at: dayOfReminder,
        outcome: 'sent',
        subject: out[0]!.subject,
        text: out[0]!.text,
        recipients: 1,
        refused: 0,
      },
    ]);
    const [key] = [...store.files.keys()].filter((each) => each.startsWith('reminders/records/'));
    expect(key).toBe('reminders/records/2023/2023-02-11/sfj2-mail.json');
    expect(new TextDecoder().decode(store.files.get(key!))).not.toContain('example.gov.cn');
  });

  it('says who has no contact, and writes into the group all the same', async () => {
    const store = await office();
    await keepReminderList(usualList, store.documents);
    const [mail, group] = [channelOf('mail'), channelOf('feishu', 1_000)];
    expect(inShort(await run(store, [mail.channel, group.channel]))).toEqual([
      'sfj2 mail no-contact',
      'sfj2 feishu sent',
    ]);
    expect(mail.out).toEqual([]);
    expect(group.out).toHaveLength(1);
  });

  it('uses the list as it is now: who was deleted from it gets nothing', async () => {
    const store = await office();
    await keepReminderList({ ...usualList, contacts: [] }, store.documents);
    const { channel, out } = channelOf('mail');
    await run(store, [channel]);
    expect(out).toEqual([]);
    expect(new TextDecoder().decode(store.files.get('reminders/list.json'))).not.toContain('李四');
  });

  it('leaves what is not due, and sends nothing in a dry run', async () => {
    const store = await office();
    const keys = [...store.files.keys()];
    expect(await planReminders({ year: 2023, asOf: '2023-02-05T01:00:00.000Z' }, store)).toHaveLength(1);
    expect(await planReminders({ year: 2023, asOf: '2023-01-20T01:00:00.000Z' }, store)).toEqual([]);
    expect([...store.files.keys()]).toEqual(keys);
  });
});

describe('a channel that cannot be reached', () => {
  it('is recorded as tried and tried again at the next run, while another channel goes on', async () => {
    const store = await office();
    const [mail, group] = [channelOf('mail'), channelOf('dingtalk', 1_000)];
    mail.state.fails = true;
    expect(inShort(await run(store, [mail.channel, group.channel]))).toEqual([
      'sfj2 mail failed',
      'sfj2 dingtalk sent',
    ]);
    await run(store, [mail.channel, group.channel], '2023-02-11T02:00:00.000Z');
    const failed = (await newestReminders(2023, 10, store.documents)).find(
      ({ channel }) => channel === 'mail',
    );
    expect(failed).toMatchObject({
      outcome: 'failed',
      tries: 2,
      because: 'nobody answers',
      at: '2023-02-11T02:00:00.000Z',
    });
    mail.state.fails = false;
    expect(inShort(await run(store, [mail.channel], '2023-02-12T02:00:00.000Z'))).toEqual(['sfj2 mail sent']);
    const told = await newestReminders(2023, 10, store.documents);
    expect(told.map(({ channel, outcome, day }) => [channel, outcome, day])).toEqual([
      ['mail', 'sent', '2023-02-11'],
      ['dingtalk', 'sent', '2023-02-11'],
    ]);
    expect(group.out).toHaveLength(1);
  });

  it('hinders no return: it is taken in, counts and is published while nobody answers', async () => {
    const store = await office();
    const smtp = { host: '127.0.0.1', port: await deadPort(), security: 'none', from: 'a@b.cn' } as const;
    const reminding = run(store, [smtpMail(smtp)]);
    const second = { department: 'sfj2', period: '2023-01', cases: '3' };
    const { event } = await store.submit({ ...second, uploadedAt: '2023-02-11T01:00:01.000Z' });
    expect(event.happening.kind).toBe('return-accepted');
    expect((await store.publish('2023-02-11T02:00:00.000Z')).outcome).toBe('published');
    expect(inShort(await reminding)).toEqual(['sfj2 mail failed']);
    expect(await run(store, [smtpMail(smtp)], '2023-02-11T03:00:00.000Z')).toEqual([]);
  });

  it('is left alone after three failures in a row', async () => {
    const departments = ['jia', 'yi', 'bing', 'ding', 'wu'].map((id) => ({ id, name: `${id}局` }));
    const store = smallStore(catalogueSchema.parse({ ...smallCatalogue, departments }));
    const { channel, state } = channelOf('wecom', 1);
    state.fails = true;
    const outcomes = await run(store, [channel]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'failed',
      'not-tried',
      'not-tried',
    ]);
    state.fails = false;
    expect((await run(store, [channel])).map(({ outcome }) => outcome)).toEqual(Array(5).fill('sent'));
  });

  it('is left when the program stops, and what is left is due at the next run', async () => {
    const store = await office();
    const { channel } = channelOf('wecom', 1);
    const asOf = '2023-03-11T01:00:00.000Z' as const;
    let asked = 0;
    const services = { ...store, channels: [channel], now: () => asOf, isStopped: () => ++asked > 1 };
    expect(inShort(await remind({ year: 2023, asOf }, services))).toEqual([
      'sfj wecom sent',
      'sfj2 wecom not-tried',
    ]);
    expect(inShort(await run(store, [channel], asOf))).toEqual([
      'sfj wecom had-been-sent',
      'sfj2 wecom sent',
    ]);
  });
});
