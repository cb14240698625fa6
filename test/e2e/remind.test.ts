import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepReminderList } from '../../functions/use-cases/stores/reminder-store.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { usualList } from '../../shared/core/reminders/contacts.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { indicatorsIn, type Ran } from '../fixtures/command-line.ts';
import { startMailServer } from '../fixtures/mail-server.ts';
import { startRobotServer } from '../fixtures/robot-server.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

async function office() {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, smallCatalogue);
  const contacts = [{ department: 'sfj', name: '张三', mail: 'sfj@example.gov.cn' }];
  await keepReminderList({ ...usualList, contacts }, folderDocuments(data));
  return (args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> =>
    indicatorsIn(environment, '--data', data, '--year', '2023', 'remind', ...args);
}

const onTheDay = ['--on', '2023-02-10'];

it('shows what would go out, and sends nothing', async () => {
  const remind = await office();
  const { code, output } = await remind(['--dry-run', ...onTheDay, '--origin', 'https://zb.example.gov.cn']);
  expect(code).toBe(0);
  expect(output).toBe(`[张三 sfj@example.gov.cn]
【催报】市司法局：
还有 1 份报表没有办完，请尽快办理；已经办完的请忽略。
1. 2023年1月月报：未报，报送时限 2023-02-10，今天截止
办理页面：https://zb.example.gov.cn/2023/departments/sfj
有疑问请联系：测试市

[no contact]
【催报】市司法局二：
还有 1 份报表没有办完，请尽快办理；已经办完的请忽略。
1. 2023年1月月报：未报，报送时限 2023-02-10，今天截止
办理页面：https://zb.example.gov.cn/2023/departments/sfj2
有疑问请联系：测试市
`);
});

it('sends it by mail and into a group, once', async () => {
  const remind = await office();
  const { smtp, taken } = await startMailServer();
  const { webhook, told } = await startRobotServer();
  const environment = {
    INDICATORS_SMTP_HOST: smtp.host,
    INDICATORS_SMTP_PORT: String(smtp.port),
    INDICATORS_SMTP_SECURITY: 'none',
    INDICATORS_SMTP_FROM: smtp.from,
    INDICATORS_WECOM_WEBHOOK: webhook,
  };
  const first = await remind(onTheDay, environment);
  expect([first.code, first.output]).toEqual([
    0,
    '2023 sfj2 mail: has no contact\n2023 sfj mail: sent\n2023 sfj wecom: sent\n2023 sfj2 wecom: sent\n',
  ]);
  expect(taken.map(({ to }) => to)).toEqual([['sfj@example.gov.cn']]);
  expect(told).toHaveLength(1);
  const second = await remind(onTheDay, environment);
  expect(second.output).toContain('2023 sfj mail: had been sent\n');
  expect([taken.length, told.length]).toEqual([1, 1]);
});

it.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
  ['no channel', [], {}, /names no mail server and no robot/],
  [
    'a robot without encryption',
    [],
    { INDICATORS_WECOM_WEBHOOK: 'http://a.cn/?key=token' },
    /WEBHOOK: an https address/,
  ],
  ['a day to come', ['--on', '2099-01-01'], { INDICATORS_WECOM_WEBHOOK: 'https://a.cn/' }, /add --dry-run/],
  ['a portal without encryption', ['--dry-run', '--origin', 'http://a.cn'], {}, /--origin is https/],
])('is used wrongly with %s', async (_, args, environment, expected) => {
  const { code, errors } = await (await office())(args, environment);
  expect(code).toBe(2);
  expect(errors).toMatch(expected);
  expect(errors).not.toContain('token');
});
