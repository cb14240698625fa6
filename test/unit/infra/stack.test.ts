import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../infra/stages.ts';
import type { CloudTemplate } from '../../fixtures/policies/resolve.ts';
import { cdkJson, deployedStage, resourceNamed, resourcesOf, templateOf } from './synthesized.ts';

const { template, deployed } = deployedStage('production');
const properties = (id: string) => resourceNamed(template, id).Properties;
const kept = ['StoresUploads', 'StoresDocuments', 'StoresPublications'];

describe('the stack', () => {
  it.each(stages.filter(({ keepData }) => keepData))(
    'of $name keeps every log, among them who looked at what, for 180 days at least',
    ({ name }) => {
      const logs = resourcesOf(templateOf(name), 'AWS::Logs::LogGroup');
      expect(logs.length).toBeGreaterThan(0);
      for (const [id, { Properties }] of logs)
        expect([id, Number(Properties.RetentionInDays) >= 180]).toEqual([id, true]);
    },
  );

  it('is made of these resources, and of no others', () => {
    const byType = Object.groupBy(Object.values(template.Resources), ({ Type }) => Type);
    const counts = Object.entries(byType).map(([type, of]) => [type.replace('AWS::', ''), of?.length]);
    expect(Object.fromEntries(counts)).toEqual({
      ...{
        'S3::Bucket': 4,
        'S3::BucketPolicy': 4,
        'DynamoDB::Table': 1,
        'SecretsManager::Secret': 1,
        'KMS::Key': 1,
      },
      ...{ 'SQS::Queue': 4, 'SQS::QueuePolicy': 4, 'SNS::Topic': 2, 'SNS::TopicPolicy': 2 },
      ...{ 'Lambda::Function': 3, 'Lambda::EventSourceMapping': 1, 'Lambda::EventInvokeConfig': 1 },
      ...{ 'Lambda::Permission': 1, 'Logs::LogGroup': 4, 'IAM::Role': 10 },
      ...{ 'ApiGatewayV2::Api': 1, 'ApiGatewayV2::Stage': 1, 'ApiGatewayV2::Route': 1 },
      ...{ 'ApiGatewayV2::Integration': 1, 'Events::EventBus': 1, 'Events::Rule': 2 },
      ...{ 'Backup::BackupVault': 1, 'Backup::BackupPlan': 1, 'Backup::BackupSelection': 1 },
      ...{ 'Scheduler::Schedule': 1, 'Scheduler::ScheduleGroup': 1 },
      ...{ 'CloudWatch::Alarm': 20, 'CloudWatch::Dashboard': 1 },
    });
  });

  it('tells whoever deploys it where everything is', () => {
    expect(Object.keys(template.Outputs ?? {})).toEqual([
      ...['UploadsBucket', 'DocumentsBucket', 'PublicationsBucket', 'LedgerTable', 'UploadsQueue'],
      ...['UploadsDeadLetters', 'IngestFunction', 'PublishFunction', 'PortalFunction', 'PortalAddress'],
      ...[
        'PortalEndpoint',
        'PortalSecret',
        'BackupVault',
        'WitnessKey',
        'EventBus',
        'AnnouncementsTopic',
        'AlarmsTopic',
      ],
      ...['DepartmentRole', 'LegalOfficeRole', 'AuditorRole'],
    ]);
  });
});

describe('what is kept', () => {
  it.each([...kept, 'StoresAccessLogs'])('%s: encrypted, shut to the public, owned by us, kept', (id) => {
    expect(properties(id)).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(resourceNamed(template, id).DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  it.each(kept)('%s: versioned, its readers logged, with a lifecycle', (id) => {
    expect(properties(id)).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: expect.anything() },
      LifecycleConfiguration: { Rules: expect.arrayContaining([expect.anything()]) },
    });
  });

  it('has the ids under which it was created: under another, a store would be another, empty one', () => {
    const ids = Object.keys(template.Resources).filter((id) => /^Stores[A-Z][A-Za-z]+[0-9A-F]{8}$/.test(id));
    expect(ids.filter((id) => !id.includes('Policy'))).toEqual([
      ...['StoresAccessLogs6879A8BE', 'StoresUploads65A833C8', 'StoresDocumentsEAA44F7D'],
      ...['StoresPublicationsABEDB264', 'StoresLedgerA56684EA'],
    ]);
  });

  it.each([
    ['StoresUploads', ['unfinished', 'seldom', 'came']],
    ['StoresDocuments', ['unfinished', 'seldom', 'replaced', 'deleted', 'extracts']],
    ['StoresPublications', ['unfinished']],
    ['StoresAccessLogs', ['ends']],
  ] as const)('%s: what is %j, and nothing else', (id, expected) => {
    const rules = {
      unfinished: { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } },
      seldom: { Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 400 }] },
      replaced: { NoncurrentVersionExpiration: { NoncurrentDays: 400 } },
      deleted: { Prefix: 'reminders/', NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      came: {
        ...{ Prefix: 'incoming/', ExpirationInDays: 2 },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
      extracts: {
        ...{ Prefix: 'extracts/', ExpirationInDays: 1 },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
      ends: { ExpirationInDays: 400 },
    };
    const { Rules } = properties(id).LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    expect(Rules.map(({ Id: _, Status, ...rule }) => [Status, rule])).toEqual(
      expected.map((name) => ['Enabled', rules[name]]),
    );
  });

  it.each(['StoresUploads', 'StoresPublications'])(
    'no version in %s ever ends, but of what only came in to be looked at',
    (id) => {
      const { Rules } = properties(id).LifecycleConfiguration as { Rules: Record<string, unknown>[] };
      const ends = Rules.filter(({ Prefix }) => Prefix !== 'incoming/')
        .flatMap((rule) => Object.keys(rule))
        .filter((key) => key.includes('Expiration'));
      expect(ends).toEqual([]);
    },
  );

  it('every bucket and queue has a policy that refuses what does not come by TLS', () => {
    for (const [policies, stores] of [
      ['AWS::S3::BucketPolicy', 'AWS::S3::Bucket'],
      ['AWS::SQS::QueuePolicy', 'AWS::SQS::Queue'],
      ['AWS::SNS::TopicPolicy', 'AWS::SNS::Topic'],
    ] as const) {
      const found = resourcesOf(template, policies);
      expect(found).toHaveLength(resourcesOf(template, stores).length);
      for (const [, policy] of found) {
        expect(JSON.stringify(policy.Properties)).toContain(
          '{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
        );
      }
    }
  });

  it('no bucket answers to what is older than TLS 1.2', () => {
    for (const [, policy] of resourcesOf(template, 'AWS::S3::BucketPolicy')) {
      expect(JSON.stringify(policy.Properties)).toContain(
        '{"NumericLessThan":{"s3:TlsVersion":1.2}},"Effect":"Deny"',
      );
    }
  });

  it('logs outlive the stack; where it is only tried out, nothing does', () => {
    for (const [, log] of resourcesOf(template, 'AWS::Logs::LogGroup')) {
      expect(log).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: { RetentionInDays: 365 },
      });
    }
    const trial = templateOf('development');
    for (const type of ['AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
      for (const [, { DeletionPolicy }] of resourcesOf(trial, type)) expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('what a first deployment made that fails is taken back, and blocks no second one', () => {
    for (const [, { Type, DeletionPolicy, Properties }] of Object.entries(template.Resources)) {
      expect([Type, DeletionPolicy]).not.toEqual([Type, 'Retain']);
      if (DeletionPolicy !== 'RetainExceptOnCreate') continue;
      const names = Object.keys(Properties).filter((key) => /^(?:Bucket|Table|LogGroup)?Name$/.test(key));
      expect([Type, names]).toEqual([Type, []]);
    }
  });

  it('what is kept is what cannot be made again: stores, logs, the portal’s secret, the key', () => {
    const kept = Object.entries(template.Resources)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'RetainExceptOnCreate')
      .map(([, { Type }]) => Type);
    expect([...new Set(kept)].sort()).toEqual([
      ...[
        'AWS::Backup::BackupVault',
        'AWS::DynamoDB::Table',
        'AWS::KMS::Key',
        'AWS::Logs::LogGroup',
        'AWS::S3::Bucket',
      ],
      'AWS::SecretsManager::Secret',
    ]);
  });

  it('a trial can be destroyed after an upload: its buckets are emptied first, those of others never', () => {
    const trial = templateOf('development');
    const emptied = resourcesOf(trial, 'Custom::S3AutoDeleteObjects');
    expect(emptied).toHaveLength(resourcesOf(trial, 'AWS::S3::Bucket').length);
    expect(resourcesOf(template, 'Custom::S3AutoDeleteObjects')).toEqual([]);
  });

  it.each(['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'])(
    'no event is changed or deleted, by an administrator either: %s',
    (action) => {
      const table = deployed.arn('StoresLedger');
      expect(deployed.administratorMay(`dynamodb:${action}`, table)).toBe(false);
      expect(deployed.administratorMay('dynamodb:PutItem', table)).toBe(true);
    },
  );

  it('publications are locked only where the stage says so', () => {
    expect(properties('StoresPublications')).not.toHaveProperty('ObjectLockEnabled');
    const locked = templateOf('production', { publicationLock: { mode: 'COMPLIANCE', days: 3650 } });
    expect(resourceNamed(locked, 'StoresPublications').Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
    });
    for (const id of ['StoresUploads', 'StoresDocuments']) {
      expect(resourceNamed(locked, id).Properties).not.toHaveProperty('ObjectLockEnabled');
    }
  });

  it('the ledger: paid by request, restorable for 35 days, not to be deleted, in the keys that are agreed', () => {
    expect(resourceNamed(template, 'StoresLedger')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        KeySchema: [
          { AttributeName: 'chain', KeyType: 'HASH' },
          { AttributeName: 'sequence', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'chain', AttributeType: 'S' },
          { AttributeName: 'sequence', AttributeType: 'N' },
        ],
      },
    });
    expect(properties('StoresLedger')).not.toHaveProperty('GlobalSecondaryIndexes');
  });
});

describe('the stages', () => {
  it.each(stages.map(({ name }) => name))(
    '%s: a name that CloudFormation need not shorten to name the bucket after it that tells of uploads',
    (name) => {
      const bucket = `indicators-${name}-StoresUploads12345678-abcdefghijkl`.toLowerCase();
      expect(bucket).toMatch(/^[a-z0-9-]{3,63}$/);
    },
  );

  it('the same code makes the same resources in both partitions', () => {
    const types = (of: CloudTemplate) =>
      Object.entries(of.Resources).map(([id, { Type }]) => `${id} ${Type}`);
    expect(types(templateOf('production-cn'))).toEqual(types(template));
  });

  it.each(stages.map(({ name }) => name))('%s: names no partition and no account', (name) => {
    const text = JSON.stringify(templateOf(name));
    expect(text).not.toMatch(/arn:aws/);
    expect(text).not.toMatch(/[^0-9a-f][0-9]{12}[^0-9a-f]/);
  });

  it('are synthesized with every flag that CDK recommends, but partitions are never written out', () => {
    const { resolve } = createRequire(import.meta.url);
    const recommended = readFileSync(resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8');
    const flags = { ...JSON.parse(recommended), '@aws-cdk/core:enablePartitionLiterals': false };
    expect(cdkJson.context).toEqual(flags);
  });

  it('every resource that can be is tagged for its cost', () => {
    const untagged = Object.entries(template.Resources)
      .filter(([, { Properties }]) => !JSON.stringify(Properties.Tags ?? '').includes('cost-centre'))
      .map(([, { Type }]) => Type);
    expect([...new Set(untagged)].sort()).toEqual([
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Route',
      'AWS::Backup::BackupPlan',
      'AWS::Backup::BackupSelection',
      'AWS::Backup::BackupVault',
      'AWS::CloudWatch::Dashboard',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::Permission',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::QueuePolicy',
      'AWS::Scheduler::Schedule',
    ]);
  });
});
