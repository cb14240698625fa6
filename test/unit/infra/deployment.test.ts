import { readFileSync } from 'node:fs';
import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { destructionsIn, notMeant } from '../../../infra/deployment/gate.ts';
import { stages } from '../../../infra/stages.ts';
import { areMet } from '../../fixtures/policies/conditions.ts';
import { templateOf } from './synthesized.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const change = (given: ResourceChange): ResourceChange => ({ LogicalResourceId: 'It', ...given });

describe('the gate of a deployment', () => {
  it.each<[string, ResourceChange, string | undefined]>([
    ['removing a table', { Action: 'Remove', ResourceType: 'AWS::DynamoDB::Table' }, 'removes'],
    [
      'another bucket in place of one',
      { Action: 'Modify', Replacement: 'True', ResourceType: 'AWS::S3::Bucket' },
      'replaces',
    ],
    [
      'perhaps another key',
      { Action: 'Modify', Replacement: 'Conditional', ResourceType: 'AWS::KMS::Key' },
      'may replace',
    ],
    ['removing the vault', { Action: 'Remove', ResourceType: 'AWS::Backup::BackupVault' }, 'removes'],
    [
      'another address for the portal',
      { Action: 'Modify', Replacement: 'True', ResourceType: 'AWS::ApiGatewayV2::Api' },
      'replaces',
    ],
    ['a new bucket', { Action: 'Add', ResourceType: 'AWS::S3::Bucket' }, undefined],
    [
      'a lifecycle of a bucket',
      { Action: 'Modify', Replacement: 'False', ResourceType: 'AWS::S3::Bucket' },
      undefined,
    ],
    ['removing an alarm', { Action: 'Remove', ResourceType: 'AWS::CloudWatch::Alarm' }, undefined],
    [
      'another function in place of one',
      { Action: 'Modify', Replacement: 'True', ResourceType: 'AWS::Lambda::Function' },
      undefined,
    ],
  ])('%s: %j %s', (_, given, does) => {
    expect(destructionsIn([change(given)]).map((each) => each.does)).toEqual(
      does === undefined ? [] : [does],
    );
  });

  it('lets through what is named as meant, and that alone', () => {
    const both = ['A', 'B'].map((LogicalResourceId) =>
      change({ LogicalResourceId, Action: 'Remove', ResourceType: 'AWS::S3::Bucket' }),
    );
    expect(notMeant(destructionsIn(both), ['A']).map(({ id }) => id)).toEqual(['B']);
  });

  it('knows every kind of thing that the stack keeps', () => {
    const kept = Object.values(templateOf('production').Resources).filter(
      ({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate',
    );
    for (const { Type } of kept) {
      expect([Type, destructionsIn([change({ Action: 'Remove', ResourceType: Type })]).length]).toEqual([
        Type,
        1,
      ]);
    }
  });
});

describe('the workflow that deploys', () => {
  const workflow = read('.github/workflows/deploy.yml');

  it('offers every stage, each an environment whose reviewers let it begin', () => {
    const [, options = ''] = /options: \[(.+)\]/.exec(workflow) ?? [];
    expect(options.split(', ')).toEqual(stages.map(({ name }) => name));
    expect(workflow).toContain(`environment: \${{ inputs.stage }}`);
  });

  it('keeps no key, and goes through the gate', () => {
    expect(workflow).not.toMatch(/secrets\./);
    expect(workflow).toMatch(/permissions:\n {6}contents: read\n {6}id-token: write\n/);
    expect(workflow).toContain('npm run deploy -- "$STAGE"');
    expect(workflow).not.toMatch(/cdk deploy/);
  });

  it('lets nothing that is typed become a part of a script', () => {
    const scripts = workflow.match(/run: (?:\|\n(?: {10,}.*\n)+|.*)/g) ?? [];
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts.filter((each) => each.includes('${{'))).toEqual([]);
  });

  it.each([
    ['repo:<owner>/<repository>:environment:<stage>', 'sts.amazonaws.com', true],
    ['repo:<owner>/<repository>:environment:other', 'sts.amazonaws.com', false],
    ['repo:<owner>/<repository>:ref:refs/heads/main', 'sts.amazonaws.com', false],
    ['repo:<owner>/<repository>:pull_request', 'sts.amazonaws.com', false],
    ['repo:somebody/else:environment:<stage>', 'sts.amazonaws.com', false],
    ['repo:<owner>/<repository>:environment:<stage>', 'another audience', false],
  ])('is trusted as %s for %s: %s', (sub, aud, trusted) => {
    const [statement] = JSON.parse(read('infra/deployment/github-trust.json')).Statement;
    const issuer = 'token.actions.githubusercontent.com';
    expect(areMet(statement.Condition, { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud })).toBe(trusted);
  });

  it('may do what CDK’s own roles do, and make the changes of its stack', () => {
    const may = JSON.parse(read('infra/deployment/github-may.json')).Statement as { Resource: string }[];
    expect(may.map(({ Resource }) => Resource.split(':').at(-1))).toEqual([
      'role/cdk-hnb659fds-*-<account>-<region>',
      'stack/indicators-<stage>/*',
    ]);
  });
});
