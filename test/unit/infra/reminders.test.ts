import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { remindEnvironmentSchema } from '../../../functions/lambda/environment.ts';
import { remindInputSchema } from '../../../functions/lambda/remind/handler.ts';
import { stages } from '../../../infra/stages.ts';
import { channelSettingsSchema } from '../../../shared/adapters/reminder-channels.ts';
import { isHere } from '../../fixtures/programs.ts';
import { appWith, deployedStage, resourceNamed, resourcesOf, templateOf } from './synthesized.ts';

const reminders = { schedule: 'cron(0 9-18 * * ? *)' };
const { template, properties, deployed } = deployedStage('production-cn', { reminders });
const variablesOf = (id: string) =>
  (properties(id).Environment as { Variables: Record<string, string> }).Variables;

const folder = mkdtempSync(join(tmpdir(), 'indicators-reminders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('without reminders, as every stage is before it is told otherwise', () => {
  it.each(stages.map(({ name }) => name))(
    '%s has no function, no schedule and no secret for them',
    (name) => {
      const plain = templateOf(name);
      expect(Object.keys(plain.Resources).filter((id) => id.startsWith('Reminders'))).toEqual([]);
      const { Environment } = resourceNamed(plain, 'PortalFunction').Properties;
      expect(Environment).toMatchObject({ Variables: { REMINDERS: 'off' } });
    },
  );
});

describe('with reminders', () => {
  it('the stack has a function more, with what starts it and what it needs, and nothing else', () => {
    const added = Object.values(template.Resources).map(({ Type }) => Type);
    for (const { Type } of Object.values(templateOf('production-cn').Resources))
      added.splice(added.indexOf(Type), 1);
    expect(
      Object.fromEntries(
        Map.groupBy(added, (type) => type.replace('AWS::', ''))
          .entries()
          .map(([type, of]) => [type, of.length]),
      ),
    ).toEqual({
      ...{ 'SQS::Queue': 1, 'SQS::QueuePolicy': 1, 'SecretsManager::Secret': 1, 'Logs::LogGroup': 1 },
      ...{ 'Lambda::Function': 1, 'Lambda::EventInvokeConfig': 1, 'IAM::Role': 2, 'CloudWatch::Alarm': 5 },
      ...{ 'Scheduler::Schedule': 1, 'Scheduler::ScheduleGroup': 1 },
    });
    expect(Object.keys(template.Outputs ?? {})).toEqual(
      expect.arrayContaining(['RemindFunction', 'RemindersSecret']),
    );
  });

  it('the function is given just the variables that it parses, and the portal is told that there is one', () => {
    const variables = variablesOf('RemindersRemindFunction');
    const own = (names: string[]) =>
      names.filter((name) => !/^(?:POWERTOOLS_|LOG_|NODE_|OTEL_)/.test(name)).sort();
    expect(own(Object.keys(variables))).toEqual(own(Object.keys(remindEnvironmentSchema.shape)));
    expect(remindEnvironmentSchema.parse(variables)).toEqual(variables);
    expect(variables).toMatchObject({
      LEDGER_TABLE: 'StoresLedger',
      DOCUMENTS_BUCKET: 'indicators-production-cn-storesdocuments',
      PORTAL_ORIGIN: variablesOf('PortalFunction').PORTAL_ORIGIN,
      POWERTOOLS_SERVICE_NAME: 'production-cn-remind',
    });
    expect(variablesOf('PortalFunction').REMINDERS).toBe('on');
  });

  it('it runs every hour of the day’s work in the city’s time; what fails for good is kept', () => {
    const { Target, ...schedule } = properties('RemindersSchedule');
    expect(schedule).toMatchObject({
      ScheduleExpression: reminders.schedule,
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      GroupName: properties('RemindersSchedules').Name,
    });
    const target = Target as Record<string, unknown>;
    expect(remindInputSchema.parse(JSON.parse(String(target.Input)))).toEqual({ kind: 'hourly' });
    expect(target.Arn).toBe(deployed.arn('RemindersRemindFunction'));
    expect(target.DeadLetterConfig).toEqual({ Arn: deployed.arn('RemindersDeadLetters') });
  });

  it('nobody is written to before somebody says by what: the secret is made with no channel', () => {
    const { SecretString } = properties('RemindersSecret');
    expect(channelSettingsSchema.parse(JSON.parse(String(SecretString)))).toEqual({ robots: [] });
  });

  it('it is watched', () => {
    const added = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id]) => id.replace('Alarms', ''));
    expect(added.slice(-5)).toEqual([
      ...['DeadReminders', 'RemindErrors', 'RemindThrottles', 'RemindSlow', 'RemindersFailed'],
    ]);
    expect(properties('AlarmsRemindersFailed').AlarmDescription).toMatch(/reminders-do-not-go-out\.md$/);
  });
});

describe('who may do what with reminders', () => {
  const documents = deployed.arn('StoresDocuments');
  const objects = {
    list: `${documents}/reminders/list.json`,
    list2: `${documents}/reminders/list.json.old`,
    record: `${documents}/reminders/records/2023/2023-02-10/sfj-mail.json`,
    feedback: `${documents}/feedback/sfj/2023-03/a/feedback.json`,
    catalogue: `${documents}/catalogues/2023/a.json`,
    upload: `${deployed.arn('StoresUploads')}/uploads/sfj/2023-03/a.xlsx`,
    publication: `${deployed.arn('StoresPublications')}/publications/2023/0001/summary.json`,
  };
  const others = {
    ledger: deployed.arn('StoresLedger'),
    secret: deployed.arn('RemindersSecret'),
    'secret of the portal': deployed.arn('PortalSecret'),
    key: deployed.arn('WitnessKey'),
    publish: deployed.arn('PublicationPublishFunction'),
    remind: deployed.arn('RemindersRemindFunction'),
  };
  const actions = [
    ...['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion'],
    ...['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'kms:Sign', 'lambda:InvokeFunction'],
    ...['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
  ];
  const may = (role: string, named: Record<string, string>) =>
    actions.flatMap((action) =>
      Object.entries(named)
        .filter(([, arn]) => deployed.roleMay(role, action, arn))
        .map(([name]) => `${action} ${name}`),
    );

  it('the function reads the ledger, catalogues, the list and its secret, and writes records alone', () => {
    expect(may('RemindersRemindRole', { ...objects, ...others })).toEqual([
      's3:GetObject list',
      's3:GetObject list2',
      's3:GetObject record',
      's3:GetObject catalogue',
      's3:PutObject record',
      'dynamodb:Query ledger',
      'secretsmanager:GetSecretValue secret',
    ]);
  });

  it('the portal reads the list and the records, and writes the list alone; it knows no password', () => {
    const { list, list2, record } = objects;
    expect(may('PortalRole', { list, list2, record, secret: others.secret, remind: others.remind })).toEqual([
      's3:GetObject list',
      's3:GetObject list2',
      's3:GetObject record',
      's3:PutObject list',
      's3:GetObjectVersion list',
      's3:GetObjectVersion list2',
      's3:GetObjectVersion record',
    ]);
  });

  it.each([
    'AccessDepartment',
    'AccessLegalOffice',
    'AccessAuditor',
    'IngestionIngestRole',
    'PublicationPublishRole',
    'PublicationSchedulerRole',
  ])('%s may do nothing with any of it', (role) => {
    const { list, record } = objects;
    expect(may(role, { list, record, secret: others.secret, remind: others.remind })).toEqual([]);
  });

  it.each([
    ['reminders/', true],
    ['catalogues/', true],
    ['feedback/', false],
    ['', false],
  ])('the function lists %j of the documents: %s', (prefix, allowed) => {
    const context = { 's3:prefix': prefix };
    expect(deployed.roleMay('RemindersRemindRole', 's3:ListBucket', documents, context)).toBe(allowed);
  });

  it('its schedule starts it, for this account and this group of schedules', () => {
    expect(may('RemindersSchedulerRole', { ...objects, ...others })).toEqual([
      'lambda:InvokeFunction remind',
    ]);
    const scheduler = { service: 'scheduler.amazonaws.com' };
    const from = (group: string) => ({
      'aws:SourceArn': `arn:aws-cn:scheduler:cn-north-1:123456789012:schedule-group/${group}`,
      'aws:SourceAccount': '123456789012',
    });
    const groups = ['indicators-production-cn-reminders', 'indicators-production-cn', 'default'];
    expect(
      groups.map((group) => deployed.mayAssume('RemindersSchedulerRole', scheduler, from(group))),
    ).toEqual([true, false, false]);
  });
});

describe('the stack with reminders', () => {
  it('breaks no rule of cdk-nag that is not acknowledged', () => {
    const { app } = appWith({ name: 'production', reminders }, { outdir: join(folder, 'out') });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    app.synth();
  });

  it.skipIf(!isHere('cfn-lint', '--version'))('is clean to cfn-lint, where that is here', () => {
    const file = join(folder, 'reminders.template.json');
    writeFileSync(file, JSON.stringify(template));
    const given = ['--template', file, '--regions', 'cn-north-1', '--ignore-checks', 'W3005'];
    const { stdout, stderr, status } = spawnSync('cfn-lint', given, { encoding: 'utf8' });
    expect([`${stdout}${stderr}`, status]).toEqual(['', 0]);
  });
});
