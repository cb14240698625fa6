import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../infra/stages.ts';
import type { CloudTemplate } from '../../fixtures/policies/resolve.ts';
import { cdkJson, resourceNamed, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf('production');
const properties = (id: string) => resourceNamed(template, id).Properties;
const kept = ['StoresUploads', 'StoresDocuments', 'StoresPublications'];

/** The template without what changes with every change of the code that it runs. */
function normalised(of: CloudTemplate): CloudTemplate {
  return JSON.parse(JSON.stringify(of).replace(/[0-9a-f]{64}/g, '<hash of the bundle>'));
}

it('is this', () => {
  expect(normalised(template)).toMatchSnapshot();
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
    expect(resourceNamed(template, id).DeletionPolicy).toBe('Retain');
  });

  it.each(kept)('%s: versioned, its readers logged, with a lifecycle', (id) => {
    expect(properties(id)).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: expect.anything() },
      LifecycleConfiguration: { Rules: expect.arrayContaining([expect.anything()]) },
    });
  });

  it.each(['StoresUploads', 'StoresPublications'])('no version in %s ever ends', (id) => {
    const { Rules } = properties(id).LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    const ends = Rules.flatMap((rule) => Object.keys(rule)).filter((key) => key.includes('Expiration'));
    expect(ends).toEqual([]);
  });

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
      DeletionPolicy: 'Retain',
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
  it.each(stages.map(({ name }) => name))('%s: a name that fits into a bucket’s', (name) => {
    const bucket = `indicators-${name}-uploads-123456789012-cn-northwest-1`;
    expect(bucket).toMatch(/^[a-z0-9-]{3,63}$/);
  });

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
