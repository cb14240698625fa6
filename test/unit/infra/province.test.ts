import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { ProvinceWatch } from '../../../infra/constructs/province-watch.ts';
import { IndicatorsStack } from '../../../infra/indicators-stack.ts';
import type { CloudTemplate } from '../../fixtures/policies/resolve.ts';
import { cdkJson, resourcesOf, stageNamed, stubBundles } from './synthesized.ts';

const app = new App({
  analyticsReporting: false,
  context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] },
});
const names = Array.from({ length: 12 }, (_, index) => `county-${index}`);
const stacks = names.map((name) => {
  const stage = { ...stageNamed('production'), name, watch: { together: 'hubei' } };
  return new IndicatorsStack(app, { stage, bundles: stubBundles });
});
const watch = new ProvinceWatch(app, { name: 'hubei', counties: stacks.map(({ watched }) => watched) });
const assembly = app.synth();
const templateOfStack = (name: string) => assembly.getStackByName(name).template as CloudTemplate;
const shared = templateOfStack(watch.stackName);
const county = templateOfStack('indicators-county-0');

describe('twelve counties in one account', () => {
  it('have one topic, one dashboard and one set of alarms together, and none of their own', () => {
    expect(resourcesOf(shared, 'AWS::SNS::Topic')).toHaveLength(1);
    expect(resourcesOf(shared, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    for (const type of ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']) {
      expect(resourcesOf(county, type)).toEqual([]);
    }
    expect(JSON.stringify(county.Outputs?.AlarmsTopic)).toContain(':indicators-watch-hubei');
  });

  it('are watched for all that a stack of its own is, ten at a time', () => {
    const alarms = resourcesOf(shared, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    expect(alarms).toHaveLength(2 * 20);
    for (const each of alarms) {
      const metrics = each.Metrics as { Expression?: string; MetricStat?: object }[];
      expect(metrics[0]?.Expression).toMatch(/^M(?:AX|IN)\(\[FILL\(m0, 0\)/);
      expect(metrics.filter(({ MetricStat }) => MetricStat !== undefined).length).toBeGreaterThanOrEqual(2);
      expect(each.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Topic/) }]);
    }
  });

  it('rise if one is silent that should have run', () => {
    const [, alarm] = resourcesOf(shared, 'AWS::CloudWatch::Alarm').find(
      ([id]) => id === 'ScheduleDidNotRun0',
    )!;
    expect(alarm.Properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 26,
      TreatMissingData: 'breaching',
      Metrics: expect.arrayContaining([
        expect.objectContaining({ Expression: expect.stringMatching(/^MIN/) }),
      ]),
    });
  });
});
