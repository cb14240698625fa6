import { describe, expect, it } from 'vitest';
import { createRemindHandler } from '../../../functions/lambda/remind/handler.ts';
import {
  keepReminderList,
  newestReminders,
  reminderListKey,
} from '../../../functions/use-cases/stores/reminder-store.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { usualList } from '../../../shared/core/reminders/contacts.ts';
import { instruments } from '../../fixtures/lambda.ts';
import { deadPort, startMailServer } from '../../fixtures/mail-server.ts';
import { lambdaContext } from '../../fixtures/s3-events.ts';
import { smallStore } from '../../fixtures/small-store.ts';

const now: Instant = '2023-02-10T01:00:00.000Z';

async function functionUnderTest(settings: unknown) {
  const store = smallStore();
  const contacts = [{ department: 'sfj', name: '张三', mail: 'sfj@example.gov.cn' }];
  await keepReminderList({ ...usualList, contacts }, store.documents);
  const tools = instruments();
  const given = { settings };
  const handler = createRemindHandler({
    ...{ ledger: store.ledger, documents: store.documents, ...tools },
    settings: async () => given.settings,
    link: (department, year) => `https://zb.example.gov.cn/${year}/${department}`,
    now: () => now,
  });
  return {
    store,
    given,
    ...tools,
    run: (input: unknown = { kind: 'hourly' }) => handler(input, lambdaContext()),
  };
}

describe('the remind function', () => {
  it('sends what is due by what its secret names, with the portal’s address, once', async () => {
    const { smtp, taken } = await startMailServer();
    const under = await functionUnderTest({ smtp, robots: [] });
    await under.run();
    await under.run();
    expect(taken.map(({ to }) => to)).toEqual([['sfj@example.gov.cn']]);
    expect(taken[0]!.text).toContain('办理页面：https://zb.example.gov.cn/2023/sfj');
    expect(await newestReminders(2023, 9, under.store.documents)).toHaveLength(1);
    expect([under.count('RemindersSent'), under.count('RemindersFailed')]).toEqual([1, 0]);
    expect(under.log()).not.toContain('sfj@example.gov.cn');
  });

  it('measures what does not go out, and does not fail by it', async () => {
    const smtp = { host: '127.0.0.1', port: await deadPort(), security: 'none', from: 'a@b.cn' };
    const under = await functionUnderTest({ smtp });
    await under.run();
    expect(under.count('RemindersFailed')).toBe(1);
    expect(under.log()).toContain('"outcome":"failed"');
  });

  it('reminds nobody where the secret names no channel, and takes a new one at the next run', async () => {
    const { smtp, taken } = await startMailServer();
    const under = await functionUnderTest({ robots: [] });
    await under.run();
    expect(under.log()).toContain('nobody is reminded');
    under.given.settings = { smtp };
    await under.run();
    expect(taken).toHaveLength(1);
  });

  it.each([
    ['a robot without encryption', { robots: [{ kind: 'wecom', webhook: 'http://a.cn/?key=secret-token' }] }],
    ['what nobody knows', { password: 'secret-token' }],
    ['no settings', 'secret-token'],
  ])('fails with %s in its secret, and tells none of it', async (_, settings) => {
    const under = await functionUnderTest(settings);
    const error = await under.run().catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('the secret of reminders is not as it should be');
    expect(String(error) + under.log()).not.toContain('secret-token');
  });

  it('fails where the office’s list cannot be read, to be seen', async () => {
    const { smtp } = await startMailServer();
    const under = await functionUnderTest({ smtp });
    under.store.files.set(reminderListKey, new TextEncoder().encode('{}'));
    await expect(under.run()).rejects.toThrow('nobody was reminded in 1 years');
  });

  it('takes nothing but what its schedule asks', async () => {
    const under = await functionUnderTest({});
    await expect(under.run({ kind: 'daily' })).rejects.toThrow();
  });
});
