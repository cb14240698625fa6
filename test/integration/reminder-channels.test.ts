import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { groupRobot, type RobotKind, robotSchema } from '../../shared/adapters/group-robot.ts';
import { channelSettingsSchema } from '../../shared/adapters/reminder-channels.ts';
import { type Smtp, smtpMail, smtpSchema } from '../../shared/adapters/smtp-mail.ts';
import { DeliveryError } from '../../shared/core/reminders/channel.ts';
import { deadPort, startMailServer } from '../fixtures/mail-server.ts';
import { startRobotServer } from '../fixtures/robot-server.ts';

const now = () => '2023-04-08T01:00:00.000Z' as const;
const text = '【催报】市司法局：\n1. 2023年3月月报：未报';
const subject = '【催报】市司法局：1 份报表今天截止';
const contact = (mail: string, name = '张三') => ({ department: 'sfj', name, mail });

describe('a mail', () => {
  it('reaches every contact of a department by a server, with its words as they are', async () => {
    const { smtp, taken } = await startMailServer();
    const to = [contact('a@example.gov.cn'), contact('b@example.gov.cn', '李四')];
    expect(await smtpMail(smtp).send({ to, subject, text })).toEqual({ recipients: 2, refused: 0 });
    expect(taken).toHaveLength(1);
    const [mail] = taken;
    expect(mail!.to).toEqual(['a@example.gov.cn', 'b@example.gov.cn']);
    expect(mail!.headers.get('subject')).toBe(subject);
    expect(mail!.headers.get('to')).toBe('张三 <a@example.gov.cn>, 李四 <b@example.gov.cn>');
    expect(mail!.headers.get('from')).toBe('法治政府建设指标报送 <indicators@example.gov.cn>');
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail!.text).toBe(text);
  });

  it.each([
    ['a subject', { subject: '月报\r\nBcc: all@evil.example\r\nX-Evil: 1' }],
    ['a name', { name: '张三" <all@evil.example>\r\nBcc: all@evil.example' }],
    ['a name with commas', { name: '张三, all@evil.example' }],
  ])(
    'takes no header and nobody else out of %s',
    async (_, { subject: said = subject, name = '张三' }: { subject?: string; name?: string }) => {
      const { smtp, taken } = await startMailServer();
      await smtpMail(smtp).send({ to: [contact('a@example.gov.cn', name)], subject: said, text });
      expect(taken[0]!.to).toEqual(['a@example.gov.cn']);
      expect([...taken[0]!.headers.keys()]).not.toContain('bcc');
      expect([...taken[0]!.headers.keys()]).not.toContain('x-evil');
    },
  );

  it('says how many addresses the server refused, and fails where it refused all', async () => {
    const { smtp } = await startMailServer();
    const [good, bad] = [contact('a@example.gov.cn'), contact('refused@example.gov.cn')];
    expect(await smtpMail(smtp).send({ to: [good, bad], subject, text })).toEqual({
      recipients: 1,
      refused: 1,
    });
    await expect(smtpMail(smtp).send({ to: [bad], subject, text })).rejects.toThrow(/: EENVELOPE 550$/);
  });

  it('signs in with a password, and tells nobody what it was when that fails', async () => {
    const { smtp, taken } = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        password === 'right'
          ? done(null, { user: username })
          : done(new Error(`${username} with ${password} is wrong`)),
    });
    const send = (password: string) =>
      smtpMail({ ...smtp, user: 'office', password }).send({
        to: [contact('a@example.gov.cn')],
        subject,
        text,
      });
    await send('right');
    expect(taken).toHaveLength(1);
    const error = await send('wrong-password').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toMatch(
      /wrong-password|office/,
    );
  });

  it('does not go to a server that does not encrypt, where that was asked for', async () => {
    const { smtp, taken } = await startMailServer();
    const send = (security: Smtp['security']) =>
      smtpMail({ ...smtp, security }).send({ to: [contact('a@example.gov.cn')], subject, text });
    await expect(send('starttls')).rejects.toThrow(DeliveryError);
    await expect(send('tls')).rejects.toThrow(DeliveryError);
    expect(taken).toEqual([]);
  });

  it('fails with a code where nobody listens', async () => {
    const smtp = { host: '127.0.0.1', port: await deadPort(), security: 'none', from: 'a@b.cn' } as const;
    const send = smtpMail(smtp).send({ to: [contact('a@example.gov.cn')], subject, text });
    await expect(send).rejects.toThrow(/did not take the mail: E\w+$/);
  });
});

describe('a robot', () => {
  const ok = {
    wecom: '{"errcode":0}',
    dingtalk: '{"errcode":0}',
    feishu: '{"code":0,"msg":"success","data":{}}',
  };
  const plain = { msgtype: 'text', text: { content: text } };

  it.each<[RobotKind, object]>([
    ['wecom', plain],
    ['dingtalk', plain],
    ['feishu', { msg_type: 'text', content: { text } }],
  ])('of %s is told plain text in its own form', async (kind, body) => {
    const { webhook, told } = await startRobotServer((response) => response.end(ok[kind]));
    await groupRobot({ kind, webhook }, now).send({ to: [], subject, text });
    expect(told).toEqual([
      {
        address: new URL('http://127.0.0.1/send?key=token-of-the-group'),
        type: 'application/json; charset=utf-8',
        body,
      },
    ]);
  });

  it('of 钉钉 is told signed, beside its token, by milliseconds', async () => {
    const { webhook, told } = await startRobotServer();
    await groupRobot({ kind: 'dingtalk', webhook, secret: 'SEC1' }, now).send({ to: [], subject, text });
    const { searchParams } = told[0]!.address;
    const sign = createHmac('sha256', 'SEC1').update('1680915600000\nSEC1').digest('base64');
    expect(Object.fromEntries(searchParams)).toEqual({
      key: 'token-of-the-group',
      timestamp: '1680915600000',
      sign,
    });
  });

  it('of 飞书 is told signed, in what it is told, by seconds', async () => {
    const { webhook, told } = await startRobotServer((response) => response.end(ok.feishu));
    await groupRobot({ kind: 'feishu', webhook, secret: 'S' }, now).send({ to: [], subject, text });
    const sign = createHmac('sha256', '1680915600\nS').update('').digest('base64');
    expect(told[0]!.body).toMatchObject({ timestamp: '1680915600', sign });
  });

  it.each<[string, Parameters<typeof startRobotServer>[0], RegExp]>([
    [
      'an error in an answer of 200',
      (response) => response.end('{"errcode":310000,"errmsg":"token-of-the-group"}'),
      /code 310000$/,
    ],
    [
      'an error of 飞书 in one',
      (response) => response.end('{"code":19021,"msg":"sign match fail"}'),
      /code 19021$/,
    ],
    ['another page', (response) => response.end('<html>'), /no answer of a robot$/],
    ['another status', (response) => response.writeHead(500).end('token-of-the-group'), /HTTP 500$/],
    ['too much', (response) => response.end('x'.repeat(70_000)), /larger than 65536 bytes$/],
    [
      'a way elsewhere',
      (response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
      /could not be told/,
    ],
    ['nothing', (response) => response.destroy(), /could not be told/],
  ])('that answers with %s fails, and its token is told nobody', async (_, answer, expected) => {
    const { webhook } = await startRobotServer(answer);
    const error = await groupRobot({ kind: 'feishu', webhook }, now)
      .send({ to: [], subject, text })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(String(error)).toMatch(expected);
    expect(JSON.stringify([error, (error as Error).stack])).not.toMatch(/token-of-the-group|sign match/);
  });
});

describe('settings of channels', () => {
  const robot = (webhook: string) => robotSchema.safeParse({ kind: 'wecom', webhook }).success;
  const smtp = { host: 'mail.example.gov.cn', port: 25, security: 'none', from: 'a@b.cn' };

  it('name a robot by https, or on this machine', () => {
    expect(
      ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1', 'http://127.0.0.1:1/'].map(robot),
    ).toEqual([true, true]);
    const wrong = [
      'http://qyapi.weixin.qq.com/',
      'https://a:b@c.cn/',
      'file:///etc/passwd',
      'ftp://a.cn',
      'send',
    ];
    expect(wrong.map(robot)).toEqual(wrong.map(() => false));
  });

  it('send no password unencrypted but on this machine, and none without a user', () => {
    const takes = (more: object) => smtpSchema.safeParse({ ...smtp, ...more }).success;
    expect(takes({})).toBe(true);
    expect(takes({ user: 'a', password: 'b' })).toBe(false);
    expect(takes({ user: 'a', password: 'b', host: '127.0.0.1' })).toBe(true);
    expect(takes({ user: 'a', password: 'b', security: 'starttls' })).toBe(true);
    expect(takes({ user: 'a', security: 'tls' })).toBe(false);
  });

  it('have one robot of each kind', () => {
    const one = { kind: 'wecom', webhook: 'https://a.cn/' };
    expect(channelSettingsSchema.safeParse({ robots: [one, one] }).success).toBe(false);
    expect(channelSettingsSchema.parse({})).toEqual({ robots: [] });
  });
});
