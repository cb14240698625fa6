import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { stages } from '../../../infra/stages.ts';
import { isHere } from '../../fixtures/programs.ts';
import { casesTried, isThorough } from '../../fixtures/thoroughness.ts';
import { appWith, provinceWith, templateOf } from './synthesized.ts';

const reminders = { schedule: 'cron(0 9-18 * * ? *)' };
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
  it.each(stages.map(({ name }) => name).filter((name) => isThorough || name === 'production-cn'))(
    '%s breaks no rule that is not acknowledged',
    (name) => {
      check(name);
    },
  );

  it.each(['production', 'production-cn'].slice(0, casesTried(2, 1)))(
    'counties like %s, watched together, break none either',
    (like) => {
      const outdir = mkdtempSync(join(folder, 'out-'));
      const { app } = provinceWith(2, { like, reminders }, { outdir });
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      app.synth();
    },
  );

  it('would find a careless topic beside that which counties have together', () => {
    const { app, watch } = provinceWith(
      2,
      { like: 'production' },
      { outdir: mkdtempSync(join(folder, 'out-')) },
    );
    new Topic(watch, 'Careless');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow('AwsSolutions-SNS3');
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
  /** The harder of the two partitions first. */
  const places = [
    ['production-cn', 'cn-north-1', 'cn-northwest-1'],
    ['production', 'eu-west-1', 'us-east-1'],
  ] as const;

  it.skipIf(!hasCfnLint).each(places.slice(0, casesTried(2, 1)))(
    '%s is clean in %s and %s, and so are counties like it, watched together',
    (name, ...regions) => {
      const { app, watch } = provinceWith(2, { like: name, reminders });
      const assembly = app.synth();
      // What a county has of its own is little: it is looked at each night.
      const together = [watch.stackName, ...(isThorough ? ['indicators-county-0'] : [])];
      const templates = together.map((each) => [each, assembly.getStackByName(each).template] as const);
      const all = { [name]: templateOf(name), ...Object.fromEntries(templates) };
      expect(lint(all, regions)).toEqual({ says: '', status: 0 });
    },
  );
});

/** What cfn-lint finds in templates, in any of some regions. */
function lint(templates: Record<string, object>, regions: readonly string[]) {
  const files = Object.entries(templates).map(([name, template]) => {
    const file = join(folder, `${name}.template.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
  // W3005: CDK makes a function wait for its role, which it names anyway.
  const args = ['--template', ...files, '--regions', ...regions, '--ignore-checks', 'W3005'];
  const { stdout, stderr, status } = spawnSync('cfn-lint', args, { encoding: 'utf8' });
  return { says: `${stdout}${stderr}`, status };
}
