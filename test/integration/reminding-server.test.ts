import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UsageError } from '../../functions/cli/commands/exit-codes.ts';
import type { Logger } from '../../functions/local-server/logger.ts';
import { type ReminderSettings, reminderSettingsFrom } from '../../functions/local-server/reminding.ts';
import { startServer } from '../../functions/local-server/server.ts';
import { settingsFrom } from '../../functions/local-server/settings.ts';
import { memoize } from '../../functions/memoize.ts';
import { keepReminderList, newestReminders } from '../../functions/use-cases/stores/reminder-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { usualList } from '../../shared/core/reminders/contacts.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { deadPort, startMailServer } from '../fixtures/mail-server.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const contact = { department: 'sfj', name: '张三', mail: 'sfj@example.gov.cn' };

/** A server that begins at this moment, over a folder in which one department has a contact. */
async function started(now: Instant, reminders: ReminderSettings | undefined) {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, smallCatalogue);
  const documents = folderDocuments(data);
  await keepReminderList({ ...usualList, contacts: [contact] }, documents);
  const faults: unknown[] = [];
  const reports: Logger = { done: () => {}, fault: (...said) => faults.push(said) };
  const server = await startServer({ data, port: 0, now: () => now, reminders, reports });
  const stop = memoize(() => server.stop());
  onTestFinished(stop);
  return { server, documents, faults, stop };
}

/** The 11th of February 2023 at so many o'clock in China; January is overdue since midnight. */
const at = (hour: number): Instant => new Date(Date.UTC(2023, 1, 11, hour - 8)).toISOString() as Instant;

describe('a server that has a mail server', () => {
  it('reminds whoever lacks something when it starts within the day, and not again at the next start', async () => {
    const { smtp, taken } = await startMailServer();
    const reminders = { channels: { smtp, robots: [] }, hour: 9 };
    const { server, documents, stop } = await started(at(10), reminders);
    await vi.waitFor(() => expect(taken).toHaveLength(1), 20_000);
    expect(taken[0]!.to).toEqual([contact.mail]);
    expect(taken[0]!.text).not.toContain('127.0.0.1');
    await stop();
    expect((await newestReminders(2023, 9, documents)).map(({ outcome }) => outcome)).toEqual(['sent']);
    const again = await startServer({ data: server.data, port: 0, now: () => at(11), reminders });
    await again.stop();
    expect(taken).toHaveLength(1);
  });

  it('waits for the hour that it was told', async () => {
    const { smtp, taken } = await startMailServer();
    const { stop } = await started(at(8), { channels: { smtp, robots: [] }, hour: 9 });
    await stop();
    expect(taken).toEqual([]);
  });

  it('answers pages while it cannot be reached, reports that, and records it as tried', async () => {
    const smtp = { host: '127.0.0.1', port: await deadPort(), security: 'none', from: 'a@b.cn' } as const;
    const { server, documents, faults, stop } = await started(at(10), {
      channels: { smtp, robots: [] },
      hour: 9,
    });
    expect((await fetch(`${server.origin}/sign-in`)).status).toBe(200);
    await vi.waitFor(() => expect(faults).toHaveLength(1), 20_000);
    await stop();
    expect(await newestReminders(2023, 9, documents)).toMatchObject([
      { outcome: 'failed', tries: 1, department: 'sfj' },
    ]);
    expect(faults).toEqual([
      [
        'a reminder did not go out',
        expect.stringMatching(/^the mail server did not take the mail/),
        { year: 2023, department: 'sfj', channel: 'mail' },
      ],
    ]);
  });
});

describe('reminders as the environment sets them', () => {
  const mail = { INDICATORS_SMTP_HOST: 'mail.example.gov.cn', INDICATORS_SMTP_FROM: 'a@b.cn' };
  const smtp = { host: 'mail.example.gov.cn', port: 465, security: 'tls', from: 'a@b.cn' };

  it.each<[string, NodeJS.ProcessEnv, object | undefined]>([
    ['by nothing', {}, undefined],
    ['by empty variables', { INDICATORS_SMTP_HOST: '', INDICATORS_WECOM_WEBHOOK: '' }, undefined],
    ['by mail, encrypted where nothing else is said', mail, { hour: 9, channels: { smtp, robots: [] } }],
    [
      'by mail with STARTTLS and a password, from another hour on',
      {
        ...mail,
        INDICATORS_SMTP_SECURITY: 'starttls',
        INDICATORS_SMTP_USER: 'u',
        INDICATORS_SMTP_PASSWORD: 'p',
        INDICATORS_REMIND_HOUR: '8',
      },
      {
        hour: 8,
        channels: {
          smtp: { ...smtp, security: 'starttls', port: 587, user: 'u', password: 'p' },
          robots: [],
        },
      },
    ],
    [
      'by robots',
      {
        INDICATORS_WECOM_WEBHOOK: 'https://a.cn/1',
        INDICATORS_DINGTALK_WEBHOOK: 'https://a.cn/2',
        INDICATORS_DINGTALK_SECRET: 's',
        INDICATORS_FEISHU_WEBHOOK: 'https://a.cn/3',
      },
      {
        hour: 9,
        channels: {
          robots: [
            { kind: 'wecom', webhook: 'https://a.cn/1' },
            { kind: 'dingtalk', webhook: 'https://a.cn/2', secret: 's' },
            { kind: 'feishu', webhook: 'https://a.cn/3' },
          ],
        },
      },
    ],
  ])('go out %s', (_, variables, expected) => {
    expect(reminderSettingsFrom(variables)).toEqual(expected);
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    [
      'a robot without encryption',
      { INDICATORS_WECOM_WEBHOOK: 'http://a.cn/?key=secret-token' },
      /INDICATORS_…_WEBHOOK/,
    ],
    ['a mail server without an address to send from', { INDICATORS_SMTP_HOST: 'a' }, /INDICATORS_SMTP_FROM/],
    ['a port that is none', { ...mail, INDICATORS_SMTP_PORT: 'secret-token' }, /INDICATORS_SMTP_PORT/],
    [
      'a kind of encryption that is none',
      { ...mail, INDICATORS_SMTP_SECURITY: 'secret-token' },
      /INDICATORS_SMTP_SECURITY/,
    ],
    [
      'a password that would go unencrypted',
      {
        ...mail,
        INDICATORS_SMTP_SECURITY: 'none',
        INDICATORS_SMTP_USER: 'u',
        INDICATORS_SMTP_PASSWORD: 'secret-token',
      },
      /no password goes over the network unencrypted/,
    ],
    ['an hour that is none', { ...mail, INDICATORS_REMIND_HOUR: '25' }, /INDICATORS_REMIND_HOUR/],
  ])('are refused with %s, and nothing secret is said', (_, variables, expected) => {
    const settings = () => reminderSettingsFrom(variables);
    expect(settings).toThrow(UsageError);
    expect(settings).toThrow(expected);
    expect(settings).not.toThrow(/secret-token/);
  });

  it('are none of the sample', () => {
    expect(settingsFrom({ sample: true }, mail).reminders).toBeUndefined();
    expect(settingsFrom({}, mail).reminders).toMatchObject({ hour: 9 });
  });
});
