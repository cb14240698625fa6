import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../fixtures/policies/conditions.ts';
import { deployedStage, resourceNamed, templateOf } from './synthesized.ts';

const other = '999999999999';
const {
  deployed,
  deployment: { account },
} = deployedStage('production-cn');
const arn = (id: string) => deployed.arn(id);
const from = (sourceArn: string, sourceAccount = account): Context => ({
  'aws:SourceArn': sourceArn,
  'aws:SourceAccount': sourceAccount,
});
const alarm = (of: string) => `arn:aws-cn:cloudwatch:cn-north-1:${of}:alarm:a`;

describe('services of AWS', () => {
  it.each<[string, string, string, string, Context, boolean]>([
    ['s3 tells of uploads', 's3', 'sqs:SendMessage', 'IngestionQueue', from(arn('StoresUploads')), true],
    [
      's3 for a bucket of another stack',
      's3',
      'sqs:SendMessage',
      'IngestionQueue',
      from(arn('StoresUploads').replace('-cn-', '-cn2-')),
      false,
    ],
    [
      's3 for a stranger',
      's3',
      'sqs:SendMessage',
      'IngestionQueue',
      from(arn('StoresUploads'), other),
      false,
    ],
    ['s3 for nobody', 's3', 'sqs:SendMessage', 'IngestionQueue', {}, false],
    ['s3 takes messages', 's3', 'sqs:ReceiveMessage', 'IngestionQueue', from(arn('StoresUploads')), false],
    [
      's3 to dead letters',
      's3',
      'sqs:SendMessage',
      'IngestionDeadLetters',
      from(arn('StoresUploads')),
      false,
    ],
    [
      'the rule keeps dead letters',
      ...([
        'events',
        'sqs:SendMessage',
        'AnnouncementsDeadLetters',
        from(arn('AnnouncementsToTopic')),
        true,
      ] as const),
    ],
    [
      'another rule’s dead letters',
      'events',
      'sqs:SendMessage',
      'AnnouncementsDeadLetters',
      from(`${arn('AnnouncementsToTopic')}2`),
      false,
    ],
    ['EventBridge itself announces', 'events', 'sns:Publish', 'AnnouncementsTopic', {}, false],
    [
      'EventBridge itself for the rule',
      ...(['events', 'sns:Publish', 'AnnouncementsTopic', from(arn('AnnouncementsToTopic')), false] as const),
    ],
    ['alarms notify', 'cloudwatch', 'sns:Publish', 'AlarmsTopic', from(alarm(account)), true],
    ['a stranger’s alarms', 'cloudwatch', 'sns:Publish', 'AlarmsTopic', from(alarm(other), other), false],
    ['alarms announce', 'cloudwatch', 'sns:Publish', 'AnnouncementsTopic', from(alarm(account)), false],
  ])('%s', (_, service, action, resource, context, allowed) => {
    expect(deployed.serviceMay(`${service}.amazonaws.com`, action, arn(resource), context)).toBe(allowed);
  });

  it.each([
    ['uploads', 'StoresUploads', account, true],
    ['uploads', 'StoresDocuments', account, false],
    ['publications', 'StoresPublications', account, true],
    ['publications', 'StoresPublications', other, false],
  ])('S3 logs who read what below %s/ for %s of %s: %s', (prefix, bucket, by, allowed) => {
    const log = `${arn('StoresAccessLogs')}/${prefix}/2023-01-01`;
    const context = from(arn(bucket), by);
    expect(deployed.serviceMay('logging.s3.amazonaws.com', 's3:PutObject', log, context)).toBe(allowed);
  });

  it('what the rule lets through reaches the topic, and nothing else of ours', () => {
    expect(deployed.ruleReachesTarget('AnnouncementsToTopic', 'sns:Publish')).toBe(true);
    expect(deployed.roleMay('AnnouncementsRuleRole', 'sns:Publish', arn('AlarmsTopic'))).toBe(false);
  });

  const group = `arn:aws-cn:scheduler:cn-north-1:${account}:schedule-group`;
  it.each<[string, string, string, Context, boolean]>([
    ['lambda', 'IngestionIngestRole', 'lambda', {}, true],
    ['lambda', 'PublicationPublishRole', 'lambda', {}, true],
    ['lambda', 'PortalRole', 'lambda', {}, true],
    ['the API', 'PortalRole', 'apigateway', {}, false],
    ['lambda', 'PublicationSchedulerRole', 'lambda', {}, false],
    ['lambda', 'AccessDepartment', 'lambda', {}, false],
    [
      'the schedule',
      'PublicationSchedulerRole',
      'scheduler',
      from(`${group}/indicators-production-cn`),
      true,
    ],
    ['other schedules', 'PublicationSchedulerRole', 'scheduler', from(`${group}/default`), false],
    [
      'a stranger',
      'PublicationSchedulerRole',
      'scheduler',
      from(`${group}/indicators-production-cn`, other),
      false,
    ],
    ['the rule', 'AnnouncementsRuleRole', 'events', from(arn('AnnouncementsToTopic')), true],
    ['another rule', 'AnnouncementsRuleRole', 'events', from(`${arn('AnnouncementsToTopic')}2`), false],
    ['a stranger’s rule', 'AnnouncementsRuleRole', 'events', from(arn('AnnouncementsToTopic'), other), false],
    ['EventBridge for nobody', 'AnnouncementsRuleRole', 'events', {}, false],
    ['the schedule', 'PublicationPublishRole', 'scheduler', from(`${group}/indicators-production-cn`), false],
  ])('%s assumes %s', (_, role, service, context, allowed) => {
    expect(deployed.mayAssume(role, { service: `${service}.amazonaws.com` }, context)).toBe(allowed);
  });
});

/**
 * What the documentation cited in infra/README.md says that a service sends along when it does something: a condition
 * on anything else is never met, so that nothing ever comes.
 */
const sent: Record<string, string[]> = {
  's3 sqs:SendMessage': ['aws:SourceAccount', 'aws:SourceArn'],
  'logging.s3 s3:PutObject': ['aws:SourceAccount', 'aws:SourceArn'],
  'events sts:AssumeRole': ['aws:SourceAccount', 'aws:SourceArn'],
  'events sqs:SendMessage': ['aws:SourceArn'],
  'cloudwatch sns:Publish': ['aws:SourceAccount', 'aws:SourceArn'],
  'scheduler sts:AssumeRole': ['aws:SourceAccount', 'aws:SourceArn'],
  'lambda sts:AssumeRole': [],
  'backup sts:AssumeRole': [],
};

describe('every permission of a service', () => {
  const given = deployed.statementsForServices().flatMap(({ Principal, Action, Condition = {} }) =>
    [Object(Principal).Service].flat().flatMap((service: string) =>
      [Action].flat().map((action) => ({
        permission: `${service.replace('.amazonaws.com', '')} ${action}`,
        keys: Object.values(Condition).flatMap((each) => Object.keys(each)),
      })),
    ),
  );
  const readme = readFileSync(new URL('../../../infra/README.md', import.meta.url), 'utf8');

  it('is one of these', () => {
    expect([...new Set(given.map(({ permission }) => permission))].sort()).toEqual(Object.keys(sent).sort());
  });

  it.each(given)('$permission asks for what the service sends: $keys', ({ permission, keys }) => {
    expect(sent[permission]).toEqual(expect.arrayContaining(keys));
    // A role is passed to these two only within its account.
    expect(keys.length > 0).toBe(!/^(?:lambda|backup) sts:AssumeRole$/.test(permission));
  });

  it.each(Object.entries(sent))(
    '%s stands in infra/README.md with %j and where that is documented',
    (permission, keys) => {
      const [service, action] = permission.split(' ');
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${service}\` | \`${action}\` |`));
      expect(row?.split('|')[4]?.match(/aws:\w+/g) ?? []).toEqual(keys);
      expect(row).toMatch(/\]\(https:\/\/docs\.aws\.amazon\.com\/[^)]+\) \|$/);
    },
  );
});

describe('people', () => {
  const user = { role: `arn:aws-cn:iam::${account}:role/somebody` };
  const stranger = { role: `arn:aws-cn:iam::${other}:role/somebody` };
  const tagged = (own: Record<string, string>, requested: Record<string, string>): Context => ({
    ...Object.fromEntries(Object.entries(own).map(([tag, value]) => [`aws:PrincipalTag/${tag}`, value])),
    ...Object.fromEntries(Object.entries(requested).map(([tag, value]) => [`aws:RequestTag/${tag}`, value])),
    'aws:TagKeys': Object.keys(requested),
  });
  const sfj = { department: 'sfj' };
  const auditor = { role: 'auditor' };

  it.each<[string, string, { role: string }, Context, boolean]>([
    ['as the own department', 'AccessDepartment', user, tagged(sfj, sfj), true],
    ['as another department', 'AccessDepartment', user, tagged(sfj, { department: 'zfb' }), false],
    ['as a department that nobody gave', 'AccessDepartment', user, tagged({}, sfj), false],
    ['as no department', 'AccessDepartment', user, tagged(sfj, {}), false],
    ['with more tags', 'AccessDepartment', user, tagged(sfj, { ...sfj, role: 'auditor' }), false],
    ['from another account', 'AccessDepartment', stranger, tagged(sfj, sfj), false],
    ['as auditor', 'AccessAuditor', user, tagged(auditor, auditor), true],
    ['auditor as legal office', 'AccessLegalOffice', user, tagged(auditor, auditor), false],
    ['by asking for it', 'AccessAuditor', user, tagged(sfj, auditor), false],
    ['a department as auditor', 'AccessAuditor', user, tagged(sfj, sfj), false],
  ])('%s', (_, role, principal, context, allowed) => {
    for (const action of ['sts:AssumeRole', 'sts:TagSession']) {
      expect(deployed.mayAssume(role, principal, context, action)).toBe(allowed);
    }
  });

  it('are somebody for an hour at a time', () => {
    const template = templateOf('production-cn');
    for (const id of ['AccessDepartment', 'AccessLegalOffice', 'AccessAuditor']) {
      expect(resourceNamed(template, id).Properties.MaxSessionDuration).toBe(3600);
    }
  });

  it('come by SAML where the stage says so, with tags that only the provider sets', () => {
    const identities = {
      kind: 'saml',
      provider: 'city',
      audience: 'https://signin.amazonaws.cn/saml',
    } as const;
    const { deployed: federated } = deployedStage('production-cn', { identities });
    const [trust, ...others] = federated.trustOf('AccessDepartment');
    expect(others).toEqual([]);
    expect(trust).toEqual({
      Effect: 'Allow',
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Principal: { Federated: `arn:aws-cn:iam::${account}:saml-provider/city` },
      Condition: {
        StringEquals: { 'SAML:aud': identities.audience },
        StringLike: { 'aws:RequestTag/department': '?*' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['department'] },
      },
    });
    expect(federated.trustOf('AccessAuditor')[0]?.Condition?.StringEquals).toEqual({
      'SAML:aud': identities.audience,
      'aws:RequestTag/role': 'auditor',
    });
  });
});
