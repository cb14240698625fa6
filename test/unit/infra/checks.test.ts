import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { stages } from '../../../infra/stages.ts';
import { isHere } from '../../fixtures/programs.ts';
import { appWith, templateOf } from './synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'indicators-checks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Synthesizes a stage with cdk-nag, which throws if a rule is broken without an acknowledgement. */
function check(name: string, change: (stack: Stack) => void = () => {}): void {
  const { app, stack } = appWith({ name }, { outdir: mkdtempSync(join(folder, 'out-')) });
  change(stack);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

describe('cdk-nag', () => {
  it.each(stages.map(({ name }) => name))('%s breaks no rule that is not acknowledged', (name) => {
    check(name);
  });

  it('would find a careless bucket', () => {
    expect(() => check('production', (stack) => new Bucket(stack, 'Careless'))).toThrow('AwsSolutions-S10');
  });

  it('every acknowledgement is of one of six kinds, for one finding, with its reason', () => {
    const { stack } = appWith({ name: 'production' });
    const acknowledged = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>));
    expect(acknowledged).toHaveLength(38);
    for (const [rule, reason] of acknowledged) {
      expect(rule).toMatch(
        /AwsSolutions-(?:S1|SQS3|APIG4|SMG4|IAM5\[Resource::<.+\.Arn>\/.+\/\*\]|IAM4\[Policy::.+\/AWSBackupServiceRolePolicyFor\w+\])$/,
      );
      expect(reason).toMatch(
        /^(?:Keys go on below|It is the dead-letter queue itself|The log of who read|The function itself checks|A new key of sessions|What AWS Backup needs)/,
      );
    }
  });
});

const hasCfnLint = isHere('cfn-lint', '--version');

describe(`cfn-lint${hasCfnLint ? '' : ' (skipped: cfn-lint is not on this machine)'}`, () => {
  it.skipIf(!hasCfnLint).each([
    ['production', 'eu-west-1', 'us-east-1'],
    ['production-cn', 'cn-north-1', 'cn-northwest-1'],
  ])('%s is clean in %s and %s', (name, ...regions) => {
    const file = join(folder, `${name}.template.json`);
    writeFileSync(file, JSON.stringify(templateOf(name)));
    // W3005: CDK makes a function wait for its role, which it names anyway.
    const { stdout, stderr, status } = spawnSync(
      'cfn-lint',
      ['--template', file, '--regions', ...regions, '--ignore-checks', 'W3005'],
      { encoding: 'utf8' },
    );
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });
});
